package io.bedrockbudgeteer.shrink;

import static java.lang.constant.ConstantDescs.CD_Object;
import static java.lang.constant.ConstantDescs.CD_void;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.Label;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/// Small jars, made for a test.
final class Jars {
    static final int LINE = 7;

    private static final MethodTypeDesc NOTHING = MethodTypeDesc.of(CD_void);

    private Jars() {}

    /// A class whose static methods each call one other static method `run`, as compiled with all
    /// that a debugger wants: on line 7, with a local variable.
    ///
    /// @param calls what `run` and further methods call, by method name; "" calls nothing
    static byte[] code(String name, Map<String, String> calls) {
        return ClassFile.of()
                .build(
                        desc(name),
                        type -> {
                            type.withSuperclass(CD_Object);
                            type.withFlags(ClassFile.ACC_PUBLIC);
                            calls.forEach((method, callee) ->
                                    type.withMethodBody(
                                            method,
                                            NOTHING,
                                            ClassFile.ACC_PUBLIC | ClassFile.ACC_STATIC,
                                            body -> {
                                                Label start = body.newBoundLabel();
                                                Label end = body.newLabel();
                                                body.lineNumber(LINE)
                                                        .localVariable(
                                                                0, "local", CD_Object, start, end);
                                                if (!callee.isEmpty())
                                                    body.invokestatic(desc(callee), "run", NOTHING);
                                                body.return_().labelBinding(end);
                                            }));
                        });
    }

    private static ClassDesc desc(String name) {
        return ClassDesc.ofInternalName(name);
    }

    static Path jar(Path file, Map<String, byte[]> entries) throws IOException {
        try (OutputStream out = Files.newOutputStream(file);
                ZipOutputStream zip = new ZipOutputStream(out)) {
            for (var entry : entries.entrySet()) {
                zip.putNextEntry(new ZipEntry(entry.getKey()));
                zip.write(entry.getValue());
            }
        }
        return file;
    }
}
