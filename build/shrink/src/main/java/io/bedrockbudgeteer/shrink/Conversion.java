package io.bedrockbudgeteer.shrink;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.util.Map;
import java.util.Optional;

/// Makes one type of another on the stack, as lambdas do: casts, boxes and wider numbers. Source:
/// API of `java.lang.invoke.LambdaMetafactory`, "adapted".
final class Conversion {
    private static final Map<ClassDesc, ClassDesc> BOXES =
            Map.of(
                    ConstantDescs.CD_boolean, ConstantDescs.CD_Boolean,
                    ConstantDescs.CD_byte, ConstantDescs.CD_Byte,
                    ConstantDescs.CD_char, ConstantDescs.CD_Character,
                    ConstantDescs.CD_short, ConstantDescs.CD_Short,
                    ConstantDescs.CD_int, ConstantDescs.CD_Integer,
                    ConstantDescs.CD_long, ConstantDescs.CD_Long,
                    ConstantDescs.CD_float, ConstantDescs.CD_Float,
                    ConstantDescs.CD_double, ConstantDescs.CD_Double);

    private Conversion() {}

    static void convert(CodeBuilder code, ClassDesc from, ClassDesc to) {
        if (from.equals(to)) return;
        if (to.equals(ConstantDescs.CD_void)) drop(code, from);
        else if (from.isPrimitive() && to.isPrimitive()) widen(code, from, to);
        else if (from.isPrimitive()) box(code, from);
        else if (to.isPrimitive()) unbox(code, from, to);
        else if (!to.equals(ConstantDescs.CD_Object)) code.checkcast(to);
    }

    private static void drop(CodeBuilder code, ClassDesc type) {
        if (TypeKind.from(type).slotSize() == 2) code.pop2();
        else code.pop();
    }

    private static void widen(CodeBuilder code, ClassDesc from, ClassDesc to) {
        code.conversion(TypeKind.from(from), TypeKind.from(to));
    }

    private static void box(CodeBuilder code, ClassDesc type) {
        ClassDesc box = BOXES.get(type);
        if (box == null) throw new IllegalArgumentException("no box for " + type.displayName());
        code.invokestatic(box, "valueOf", MethodTypeDesc.of(box, type));
    }

    private static void unbox(CodeBuilder code, ClassDesc from, ClassDesc to) {
        ClassDesc held = primitive(from).orElse(to);
        ClassDesc box = BOXES.get(held);
        if (box == null) throw new IllegalArgumentException("no box for " + to.displayName());
        if (!from.equals(box)) code.checkcast(box);
        code.invokevirtual(box, held.displayName() + "Value", MethodTypeDesc.of(held));
        if (!held.equals(to)) widen(code, held, to);
    }

    private static Optional<ClassDesc> primitive(ClassDesc box) {
        return BOXES.entrySet().stream()
                .filter(e -> e.getValue().equals(box))
                .map(Map.Entry::getKey)
                .findFirst();
    }
}
