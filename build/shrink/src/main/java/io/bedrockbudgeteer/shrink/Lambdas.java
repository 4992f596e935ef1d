package io.bedrockbudgeteer.shrink;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.lang.classfile.Attributes;
import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassElement;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFileVersion;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeModel;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.attribute.NestMembersAttribute;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.constant.ClassDesc;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Gives lambdas and method references classes while the layer is built. The JVM would make one for
/// each when it first meets it, which costs processor time at every cold start; the SDK meets nine
/// hundred on the way to a first answer, two for each field of a message. Here those of one class
/// and one interface share a class.
///
/// What they do stays as it is, with one exception: a lambda that captures nothing is not the same
/// object each time. The Java Language Specification leaves that open (15.27.4).
final class Lambdas {
    private static final String SUFFIX = "$$Lambda";

    private final Bundle classes;
    private final ClassFile format;
    private final SortedMap<String, byte[]> result;
    // What nest hosts found elsewhere have to name.
    private final Map<ClassDesc, List<ClassDesc>> members = new LinkedHashMap<>();

    private Lambdas(Bundle classes, Bundle known) {
        this.classes = classes;
        this.result = new TreeMap<>(classes.files());
        this.format =
                ClassFile.of(
                        ClassFile.ConstantPoolSharingOption.NEW_POOL,
                        ClassFile.ClassHierarchyResolverOption.of(
                                ClassHierarchyResolver.ofResourceParsing(type -> file(known, type))
                                        .orElse(ClassHierarchyResolver.defaultResolver())
                                        .cached()));
    }

    /// @param known where to look for what the classes extend
    /// @throws ShrinkingFailed when a class that was made would not pass the JVM's verification
    static Bundle withClasses(Bundle classes, Bundle known) {
        Lambdas lambdas = new Lambdas(classes, known);
        classes.classes().forEach(lambdas::replace);
        lambdas.members.forEach(lambdas::enter);
        return new Bundle(lambdas.result);
    }

    private static @Nullable InputStream file(Bundle known, ClassDesc type) {
        String name = internal(type);
        return known.has(name) ? new ByteArrayInputStream(known.code(name)) : null;
    }

    private static String internal(ClassDesc type) {
        String descriptor = type.descriptorString();
        return descriptor.substring(1, descriptor.length() - 1);
    }

    private void replace(String name) {
        ClassModel model = format.parse(classes.code(name));
        Map<LambdaSite.Shape, LambdaClass> made = new LinkedHashMap<>();
        if (!hasSites(model)) return;
        ClassDesc nest =
                model.findAttribute(Attributes.nestHost())
                        .map(host -> host.nestHost().asSymbol())
                        .orElse(model.thisClass().asSymbol());
        CodeTransform replacing =
                (code, element) -> {
                    Optional<LambdaSite> site = site(element, model);
                    if (site.isEmpty()) code.with(element);
                    else made(name, nest, made, site.get()).make(code, site.get());
                };
        byte[] changed =
                format.transformClass(model, ClassTransform.transformingMethodBodies(replacing));
        put(name, changed);
        for (LambdaClass lambdas : made.values()) {
            put(internal(lambdas.name()), lambdas.code(format));
            members.computeIfAbsent(nest, _ -> new ArrayList<>()).add(lambdas.name());
        }
    }

    private static boolean hasSites(ClassModel model) {
        return model.methods().stream()
                .flatMap(method -> method.code().stream())
                .flatMap(CodeModel::elementStream)
                .anyMatch(element -> site(element, model).isPresent());
    }

    private static Optional<LambdaSite> site(CodeElement element, ClassModel host) {
        return element instanceof InvokeDynamicInstruction instruction
                ? LambdaSite.of(instruction, host)
                : Optional.empty();
    }

    private static LambdaClass made(
            String host, ClassDesc nest, Map<LambdaSite.Shape, LambdaClass> made, LambdaSite site) {
        return made.computeIfAbsent(
                site.shape(),
                shape ->
                        new LambdaClass(
                                ClassDesc.ofInternalName(host + SUFFIX + (made.size() + 1)),
                                nest,
                                shape));
    }

    /// Only what the host of a nest names may call private methods (Java Virtual Machine
    /// Specification, 5.4.4), and only classes of Java 11 and later know nests.
    private void enter(ClassDesc host, List<ClassDesc> added) {
        String name = internal(host);
        ClassModel model = format.parse(result.getOrDefault(name + ".class", new byte[0]));
        List<ClassDesc> all = new ArrayList<>();
        model.findAttribute(Attributes.nestMembers())
                .ifPresent(
                        nest -> nest.nestMembers().forEach(member -> all.add(member.asSymbol())));
        all.addAll(added);
        put(
                name,
                format.transformClass(
                        model,
                        ClassTransform.dropping(NestMembersAttribute.class::isInstance)
                                .andThen(new Entering(all))));
    }

    private record Entering(List<ClassDesc> members) implements ClassTransform {
        @Override
        public void accept(ClassBuilder built, ClassElement element) {
            if (element instanceof ClassFileVersion version
                    && version.majorVersion() < ClassFile.JAVA_11_VERSION)
                built.withVersion(ClassFile.JAVA_11_VERSION, 0);
            else built.with(element);
        }

        @Override
        public void atEnd(ClassBuilder built) {
            built.with(NestMembersAttribute.ofSymbols(members));
        }
    }

    private void put(String name, byte[] code) {
        List<VerifyError> errors = format.verify(code);
        if (!errors.isEmpty())
            throw new ShrinkingFailed(
                    "the lambdas of " + name + ": " + errors.getFirst().getMessage());
        result.put(name + ".class", code);
    }
}
