package io.bedrockbudgeteer.shrink;

import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeElement;
import java.lang.classfile.MethodModel;
import java.lang.classfile.constantpool.PoolEntry;
import java.lang.classfile.constantpool.Utf8Entry;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.NewObjectInstruction;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// What a class says: the texts in the constant pool of a class: names, descriptors, signatures and
/// string constants; and what its code uses.
final class Texts {
    private Texts() {}

    static List<String> of(byte[] code) {
        List<String> texts = new ArrayList<>();
        for (PoolEntry entry : ClassFile.of().parse(code).constantPool())
            if (entry instanceof Utf8Entry text) texts.add(text.stringValue());
        return texts;
    }

    /// The classes whose members the code of a class uses, or of which it makes objects.
    static Set<String> classesUsed(byte[] code) {
        Set<String> used = new TreeSet<>();
        for (MethodModel method : ClassFile.of().parse(code).methods())
            method.code()
                    .ifPresent(
                            body -> body.forEach(element -> owner(element).ifPresent(used::add)));
        return used;
    }

    private static Optional<String> owner(CodeElement element) {
        return switch (element) {
            case InvokeInstruction call -> Optional.of(call.owner().asInternalName());
            case FieldInstruction field -> Optional.of(field.owner().asInternalName());
            case NewObjectInstruction made -> Optional.of(made.className().asInternalName());
            default -> Optional.empty();
        };
    }
}
