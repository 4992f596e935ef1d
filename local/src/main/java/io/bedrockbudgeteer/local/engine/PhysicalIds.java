package io.bedrockbudgeteer.local.engine;

import java.util.Locale;
import java.util.UUID;
import java.util.random.RandomGenerator;

/// Makes up names as CloudFormation does: `<stack>-<logical id>-<12 characters>`. The same seed
/// gives the same names.
public final class PhysicalIds {
    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
    private static final int SUFFIX = 12;

    private final RandomGenerator random;

    public PhysicalIds(RandomGenerator random) {
        this.random = random;
    }

    /// @param longest limit of the service; stack name and logical id are cut alike, the suffix
    ///   stays
    public synchronized String name(String stack, String logicalId, int longest) {
        StringBuilder suffix = new StringBuilder();
        for (int i = 0; i < SUFFIX; i++) {
            suffix.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        int room = longest - SUFFIX - 2;
        String first = stack;
        String second = logicalId;
        if (first.length() + second.length() > room) {
            int half = room / 2;
            first =
                    first.substring(
                            0, Math.min(first.length(), Math.max(half, room - second.length())));
            second = second.substring(0, Math.min(second.length(), room - first.length()));
        }
        return first + "-" + second + "-" + suffix;
    }

    /// As [#name], for services that take only small letters.
    public String lowerCaseName(String stack, String logicalId, int longest) {
        return name(stack, logicalId, longest).toLowerCase(Locale.ROOT);
    }

    public synchronized String uuid() {
        long high = (random.nextLong() & ~0xF000L) | 0x4000L;
        long low = (random.nextLong() & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L;
        return new UUID(high, low).toString();
    }
}
