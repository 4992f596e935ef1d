package io.bedrockbudgeteer.shrink;

import java.lang.classfile.ClassModel;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.DirectMethodHandleDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.reflect.AccessFlag;
import java.util.List;
import java.util.Optional;

/// Where a class makes a lambda or a method reference.
///
/// @param type interface of the object that is made
/// @param method name of its one abstract method
/// @param captured types of what the object remembers
/// @param erased the method as the interface declares it
/// @param actual the method with the types of this site
/// @param code what the method runs
record LambdaSite(
        ClassDesc type,
        String method,
        List<ClassDesc> captured,
        MethodTypeDesc erased,
        MethodTypeDesc actual,
        DirectMethodHandleDesc code) {
    private static final ClassDesc FACTORY = ClassDesc.of("java.lang.invoke.LambdaMetafactory");

    /// What objects of one class can serve: they differ in the code they run only.
    ///
    /// @param captured types as the object keeps them
    record Shape(ClassDesc type, String method, MethodTypeDesc erased, List<ClassDesc> captured) {}

    /// Empty for everything that is not made by the plain factory: strings, switches, lambdas that
    /// are serializable.
    ///
    /// @param host class that has the instruction
    static Optional<LambdaSite> of(InvokeDynamicInstruction instruction, ClassModel host) {
        DirectMethodHandleDesc bootstrap = instruction.bootstrapMethod();
        if (!bootstrap.owner().equals(FACTORY) || !bootstrap.methodName().equals("metafactory"))
            return Optional.empty();
        if (!(instruction.bootstrapArgs().get(0) instanceof MethodTypeDesc erased)
                || !(instruction.bootstrapArgs().get(1) instanceof DirectMethodHandleDesc code)
                || !(instruction.bootstrapArgs().get(2) instanceof MethodTypeDesc actual)
                || !isPlain(code, host)) return Optional.empty();
        MethodTypeDesc made = instruction.typeSymbol();
        return Optional.of(
                new LambdaSite(
                        made.returnType(),
                        instruction.name().stringValue(),
                        made.parameterList(),
                        erased,
                        actual,
                        code));
    }

    // A call past overriding methods can be made by the class itself only. To a private method,
    // which nothing overrides, it is a plain call.
    private static boolean isPlain(DirectMethodHandleDesc code, ClassModel host) {
        return switch (code.kind()) {
            case STATIC, INTERFACE_STATIC, VIRTUAL, INTERFACE_VIRTUAL, CONSTRUCTOR -> true;
            case SPECIAL, INTERFACE_SPECIAL -> isPrivate(code, host);
            default -> false;
        };
    }

    private static boolean isPrivate(DirectMethodHandleDesc code, ClassModel host) {
        return code.owner().equals(host.thisClass().asSymbol())
                && host.methods().stream()
                        .filter(method -> method.flags().has(AccessFlag.PRIVATE))
                        .anyMatch(method ->
                                method.methodName().equalsString(code.methodName())
                                        && method.methodType()
                                                .equalsString(code.lookupDescriptor()));
    }

    Shape shape() {
        return new Shape(type, method, erased, captured.stream().map(LambdaSite::kept).toList());
    }

    // More lambdas share a class when objects are objects to it.
    private static ClassDesc kept(ClassDesc type) {
        return type.isPrimitive() ? type : ConstantDescs.CD_Object;
    }
}
