package io.bedrockbudgeteer.keyguard.policy;

import java.math.BigInteger;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Optional;
import java.util.regex.Pattern;

/// An IPv4 or IPv6 address with a prefix length, as `203.0.113.0/24`. Never asks a name server:
/// only literals are taken.
///
/// @param address the address as a number
/// @param bits 32 or 128
/// @param prefix leading bits that count
record IpRange(BigInteger address, int bits, int prefix) {
    private static final Pattern V4 = Pattern.compile("\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}");
    private static final Pattern V6 = Pattern.compile("[0-9a-fA-F:.]*:[0-9a-fA-F:.]*");

    static Optional<IpRange> parse(String text) {
        int slash = text.indexOf('/');
        String literal = slash < 0 ? text : text.substring(0, slash);
        if (literal.length() > 45
                || !(V4.matcher(literal).matches() || V6.matcher(literal).matches()))
            return Optional.empty();
        byte[] bytes;
        try {
            InetAddress parsed =
                    literal.indexOf(':') >= 0
                            ? Inet6Address.ofLiteral(literal)
                            : Inet4Address.ofLiteral(literal);
            bytes = parsed.getAddress();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
        int bits = bytes.length * 8;
        String prefix = slash < 0 ? String.valueOf(bits) : text.substring(slash + 1);
        if (!prefix.matches("\\d{1,3}") || Integer.parseInt(prefix) > bits) return Optional.empty();
        return Optional.of(new IpRange(new BigInteger(1, bytes), bits, Integer.parseInt(prefix)));
    }

    boolean isSingle() {
        return prefix == bits;
    }

    /// An IPv4 address lies in no IPv6 range, nor the other way round.
    boolean contains(IpRange other) {
        int ignored = bits - prefix;
        return bits == other.bits
                && address.shiftRight(ignored).equals(other.address.shiftRight(ignored));
    }
}
