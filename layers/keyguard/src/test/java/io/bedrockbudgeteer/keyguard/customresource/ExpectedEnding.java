package io.bedrockbudgeteer.keyguard.customresource;

import io.bedrockbudgeteer.keyguard.json.JsonText;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/// How an event must end, worked out from its fields without the code under test.
///
/// @param ids what the answer must repeat; empty when nothing can be answered
/// @param missing the fields whose absence may be named when nothing can be answered
/// @param size bytes that the ids take in an answer, the event's physical id included
/// @param understood whether the work is reached
record ExpectedEnding(Optional<Ids> ids, List<String> missing, int size, boolean understood) {

    record Ids(String url, String stackId, String requestId, String logicalId) {}

    /// Below this every answer has room for a shortened reason.
    private static final int SURELY_FITS = 3_500;

    private static final List<String> NEEDED =
            List.of("ResponseURL", "StackId", "RequestId", "LogicalResourceId");
    private static final List<String> TEXTS =
            List.of(
                    "RequestType",
                    "ServiceToken",
                    "ResponseURL",
                    "StackId",
                    "RequestId",
                    "LogicalResourceId",
                    "PhysicalResourceId",
                    "ResourceType");
    private static final List<String> OBJECTS =
            List.of("ResourceProperties", "OldResourceProperties");
    private static final int LONGEST_ID = 1024;

    static ExpectedEnding of(List<EventField> fields, Predicate<String> isUsableUrl) {
        List<String> found = NEEDED.stream().map(name -> first(fields, name).orElse("")).toList();
        List<String> missing =
                NEEDED.stream()
                        .filter(name ->
                                name.equals("ResponseURL")
                                        ? !isUsableUrl.test(found.get(0))
                                        : found.get(NEEDED.indexOf(name)).isBlank())
                        .toList();
        String physicalId =
                first(fields, "PhysicalResourceId").filter(ExpectedEnding::isUsableId).orElse("");
        int size = found.stream().skip(1).mapToInt(ExpectedEnding::bytes).sum() + bytes(physicalId);
        Optional<Ids> ids =
                missing.isEmpty()
                        ? Optional.of(
                                new Ids(found.get(0), found.get(1), found.get(2), found.get(3)))
                        : Optional.empty();
        return new ExpectedEnding(ids, missing, size, missing.isEmpty() && isUnderstood(fields));
    }

    boolean surelyFits() {
        return size <= SURELY_FITS;
    }

    boolean surelyDoesNotFit() {
        return ids.filter(i ->
                        bytes(i.stackId()) + bytes(i.requestId()) + bytes(i.logicalId())
                                > Answer.MOST_BYTES)
                .isPresent();
    }

    // Of a repeated field the first string counts; what comes after the place where the reading
    // ends is lost.
    private static Optional<String> first(List<EventField> fields, String name) {
        for (EventField field : fields) {
            if (field.endsTheFirstReading()) return Optional.empty();
            if (field.name().equals(name) && field.text().isPresent()) return field.text();
        }
        return Optional.empty();
    }

    private static boolean isUnderstood(List<EventField> fields) {
        Set<String> names = new HashSet<>();
        for (EventField field : fields) {
            if (!names.add(field.name()) || field.endsTheSecondReading()) return false;
            if (TEXTS.contains(field.name()) && !field.isStringOrNull()) return false;
            if (OBJECTS.contains(field.name()) && !field.isObjectOrNull()) return false;
        }
        return Set.of("Create", "Update", "Delete").contains(value(fields, "RequestType"))
                && value(fields, "ResourceType").equals(GuardUnderTest.TYPE)
                && StackId.of(value(fields, "StackId")).isPresent();
    }

    private static String value(List<EventField> fields, String name) {
        return fields.stream()
                .filter(field -> field.name().equals(name))
                .findFirst()
                .flatMap(EventField::text)
                .orElse("");
    }

    private static boolean isUsableId(String id) {
        return !id.isBlank() && id.getBytes(StandardCharsets.UTF_8).length <= LONGEST_ID;
    }

    private static int bytes(String text) {
        return JsonText.quote(text).getBytes(StandardCharsets.UTF_8).length;
    }
}
