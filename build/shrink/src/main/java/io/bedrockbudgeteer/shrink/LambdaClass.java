package io.bedrockbudgeteer.shrink;

import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.TypeKind;
import java.lang.classfile.attribute.NestHostAttribute;
import java.lang.classfile.instruction.SwitchCase;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.DirectMethodHandleDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.ArrayList;
import java.util.List;

/// A class whose objects stand for the lambdas of one shape in one class. An object remembers what
/// was captured and which of the lambdas it is.
///
/// @param name of the class
/// @param nest host of the nest it belongs to, so that it may call private methods
/// @param sites which lambdas, in the order of their numbers
record LambdaClass(ClassDesc name, ClassDesc nest, LambdaSite.Shape shape, List<LambdaSite> sites) {
    private static final String MAKER = "of";
    private static final String WHICH = "which";
    private static final String CAPTURED = "captured";
    private static final int HIDDEN =
            ClassFile.ACC_FINAL | ClassFile.ACC_SUPER | ClassFile.ACC_SYNTHETIC;
    private static final int FIELD = ClassFile.ACC_PRIVATE | ClassFile.ACC_FINAL;

    LambdaClass(ClassDesc name, ClassDesc nest, LambdaSite.Shape shape) {
        this(name, nest, shape, new ArrayList<>());
    }

    /// The number of a lambda here, which is taken up when it is new.
    int number(LambdaSite site) {
        int known = sites.indexOf(site);
        if (known >= 0) return known;
        sites.add(site);
        return sites.size() - 1;
    }

    /// Puts the call that makes the object in place of the instruction that did; what is captured
    /// is on the stack.
    void make(CodeBuilder code, LambdaSite site) {
        code.loadConstant(number(site)).invokestatic(name, MAKER, makerType());
    }

    private MethodTypeDesc makerType() {
        return MethodTypeDesc.of(shape.type(), parameters());
    }

    private List<ClassDesc> parameters() {
        List<ClassDesc> parameters = new ArrayList<>(shape.captured());
        parameters.add(ConstantDescs.CD_int);
        return parameters;
    }

    byte[] code(ClassFile format) {
        return format.build(
                name,
                built -> {
                    built.withVersion(ClassFile.JAVA_11_VERSION, 0)
                            .withFlags(HIDDEN)
                            .withInterfaceSymbols(shape.type())
                            .with(NestHostAttribute.of(nest))
                            .withField(WHICH, ConstantDescs.CD_int, FIELD);
                    for (int i = 0; i < shape.captured().size(); i++)
                        built.withField(CAPTURED + i, shape.captured().get(i), FIELD);
                    constructor(built);
                    factory(built);
                    built.withMethodBody(
                            shape.method(), shape.erased(), ClassFile.ACC_PUBLIC, this::choose);
                });
    }

    private void constructor(ClassBuilder built) {
        built.withMethodBody(
                ConstantDescs.INIT_NAME,
                MethodTypeDesc.of(ConstantDescs.CD_void, parameters()),
                ClassFile.ACC_PRIVATE,
                code -> {
                    code.aload(0)
                            .invokespecial(
                                    ConstantDescs.CD_Object,
                                    ConstantDescs.INIT_NAME,
                                    ConstantDescs.MTD_void);
                    List<ClassDesc> captured = shape.captured();
                    for (int i = 0; i < captured.size(); i++)
                        code.aload(0)
                                .loadLocal(TypeKind.from(captured.get(i)), code.parameterSlot(i))
                                .putfield(name, CAPTURED + i, captured.get(i));
                    code.aload(0)
                            .iload(code.parameterSlot(captured.size()))
                            .putfield(name, WHICH, ConstantDescs.CD_int)
                            .return_();
                });
    }

    private void factory(ClassBuilder built) {
        built.withMethodBody(
                MAKER,
                makerType(),
                ClassFile.ACC_STATIC,
                code -> {
                    List<ClassDesc> parameters = parameters();
                    code.new_(name).dup();
                    for (int i = 0; i < parameters.size(); i++)
                        code.loadLocal(TypeKind.from(parameters.get(i)), code.parameterSlot(i));
                    code.invokespecial(
                                    name,
                                    ConstantDescs.INIT_NAME,
                                    MethodTypeDesc.of(ConstantDescs.CD_void, parameters))
                            .areturn();
                });
    }

    private void choose(CodeBuilder code) {
        List<SwitchCase> cases = new ArrayList<>();
        for (int i = 1; i < sites.size(); i++) cases.add(SwitchCase.of(i, code.newLabel()));
        Label first = code.newLabel();
        if (!cases.isEmpty())
            code.aload(0).getfield(name, WHICH, ConstantDescs.CD_int).tableswitch(first, cases);
        code.labelBinding(first);
        run(code, sites.getFirst());
        for (SwitchCase other : cases) {
            code.labelBinding(other.target());
            run(code, sites.get(other.caseValue()));
        }
    }

    private void run(CodeBuilder code, LambdaSite site) {
        DirectMethodHandleDesc target = site.code();
        boolean isNew = target.kind() == DirectMethodHandleDesc.Kind.CONSTRUCTOR;
        if (isNew) code.new_(target.owner()).dup();
        // The receiver first, where there is one.
        List<ClassDesc> takes = target.invocationType().parameterList();
        int captured = shape.captured().size();
        for (int i = 0; i < captured; i++) {
            ClassDesc type = shape.captured().get(i);
            code.aload(0).getfield(name, CAPTURED + i, type);
            Conversion.convert(code, type, site.captured().get(i));
            Conversion.convert(code, site.captured().get(i), takes.get(i));
        }
        for (int i = captured; i < takes.size(); i++) {
            ClassDesc declared = shape.erased().parameterType(i - captured);
            ClassDesc actual = site.actual().parameterType(i - captured);
            code.loadLocal(TypeKind.from(declared), code.parameterSlot(i - captured));
            Conversion.convert(code, declared, actual);
            Conversion.convert(code, actual, takes.get(i));
        }
        call(code, target);
        ClassDesc given = isNew ? target.owner() : target.invocationType().returnType();
        ClassDesc wanted = shape.erased().returnType();
        Conversion.convert(code, given, wanted);
        code.return_(TypeKind.from(wanted));
    }

    private static void call(CodeBuilder code, DirectMethodHandleDesc target) {
        ClassDesc owner = target.owner();
        String method = target.methodName();
        MethodTypeDesc type = MethodTypeDesc.ofDescriptor(target.lookupDescriptor());
        switch (target.kind()) {
            case STATIC, INTERFACE_STATIC ->
                    code.invokestatic(owner, method, type, target.isOwnerInterface());
            case CONSTRUCTOR -> code.invokespecial(owner, ConstantDescs.INIT_NAME, type);
            case VIRTUAL, SPECIAL -> code.invokevirtual(owner, method, type);
            case INTERFACE_VIRTUAL, INTERFACE_SPECIAL -> code.invokeinterface(owner, method, type);
            default -> throw new IllegalArgumentException(target.toString());
        }
    }
}
