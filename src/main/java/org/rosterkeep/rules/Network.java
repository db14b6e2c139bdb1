package org.rosterkeep.rules;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/// The addresses that begin with the same bits: `192.0.2.0/24`, `2001:db8::/32`. Addresses are read here and not by
/// `java.net`, which looks up what it takes for a name; rules ask nobody.
///
/// An IPv4 address that came mapped into IPv6 (`::ffff:192.0.2.1`) is the IPv4 address.
final class Network {
    private static final int V4 = 4;
    private static final int V6 = 16;

    private final byte[] address;
    private final int bits;

    private Network(byte[] address, int bits) {
        this.address = address;
        this.bits = bits;
    }

    /// Reads a network, or one address, which is a network of its own. Empty for anything else, for bits behind the
    /// prefix, and for the network of all addresses: who means that leaves the bound out.
    static Optional<Network> of(String text) {
        int slash = text.indexOf('/');
        Optional<byte[]> address = address(slash < 0 ? text : text.substring(0, slash));
        if (address.isEmpty() || text.contains("%")) {
            return Optional.empty();
        }
        int most = 8 * address.get().length;
        int bits = slash < 0 ? most : number(text.substring(slash + 1), 10, 3);
        if (bits < 1 || bits > most || !Arrays.equals(cut(address.get(), bits), address.get())) {
            return Optional.empty();
        }
        return Optional.of(new Network(address.get(), bits));
    }

    /// Whether this address is one of them; what is no address is not.
    boolean has(String source) {
        return address(source)
                .filter(one -> one.length == address.length && Arrays.equals(cut(one, bits), address))
                .isPresent();
    }

    /// The one way to write it down (RFC 5952).
    String text() {
        return (address.length == V4 ? dotted(address) : colons(address)) + "/" + bits;
    }

    private static byte[] cut(byte[] address, int bits) {
        byte[] cut = new byte[address.length];
        for (int i = 0; i < cut.length; i++) {
            int left = Math.clamp(bits - 8 * i, 0, 8);
            cut[i] = (byte) (address[i] & 0xff00 >> left);
        }
        return cut;
    }

    /// Four bytes or sixteen.
    private static Optional<byte[]> address(String text) {
        int zone = text.indexOf('%');
        String bare = zone < 0 ? text : text.substring(0, zone);
        if (!bare.contains(":")) {
            return zone < 0 ? v4(bare) : Optional.empty();
        }
        return v6(bare).map(Network::unmapped);
    }

    private static byte[] unmapped(byte[] v6) {
        byte[] prefix = new byte[V6 - V4];
        prefix[10] = (byte) 0xff;
        prefix[11] = (byte) 0xff;
        boolean mapped = Arrays.equals(prefix, Arrays.copyOf(v6, prefix.length));
        return mapped ? Arrays.copyOfRange(v6, prefix.length, V6) : v6;
    }

    private static Optional<byte[]> v4(String text) {
        String[] parts = text.split("\\.", -1);
        byte[] address = new byte[V4];
        for (int i = 0; i < parts.length; i++) {
            int part = number(parts[i], 10, 3);
            if (parts.length != V4 || part < 0 || part > 255 || parts[i].length() > 1 && parts[i].startsWith("0")) {
                return Optional.empty();
            }
            address[i] = (byte) part;
        }
        return Optional.of(address);
    }

    private static Optional<byte[]> v6(String text) {
        int gap = text.indexOf("::");
        if (gap < 0) {
            return groups(text).filter(all -> all.length == V6);
        }
        Optional<byte[]> head = gap == 0 ? Optional.of(new byte[0]) : groups(text.substring(0, gap));
        String rest = text.substring(gap + 2);
        Optional<byte[]> tail = rest.isEmpty() ? Optional.of(new byte[0]) : groups(rest);
        if (head.isEmpty() || tail.isEmpty() || head.get().length + tail.get().length > V6 - 2) {
            return Optional.empty();
        }
        byte[] address = Arrays.copyOf(head.get(), V6);
        System.arraycopy(tail.get(), 0, address, V6 - tail.get().length, tail.get().length);
        return Optional.of(address);
    }

    /// Groups of four digits; the last may be an IPv4 address, which takes the place of two.
    private static Optional<byte[]> groups(String text) {
        String[] parts = text.split(":", -1);
        byte[] bytes = new byte[2 * parts.length + 2];
        int size = 0;
        for (int i = 0; i < parts.length; i++) {
            Optional<byte[]> embedded = i == parts.length - 1 ? v4(parts[i]) : Optional.empty();
            int group = number(parts[i], 16, 4);
            if (embedded.isPresent()) {
                System.arraycopy(embedded.get(), 0, bytes, size, V4);
                size += V4;
            } else if (group < 0 || size > V6 - 2) {
                return Optional.empty();
            } else {
                bytes[size++] = (byte) (group >> 8);
                bytes[size++] = (byte) group;
            }
        }
        return size > V6 ? Optional.empty() : Optional.of(Arrays.copyOf(bytes, size));
    }

    /// -1 for what is no number of at most this many digits.
    private static int number(String text, int radix, int digits) {
        boolean fits = !text.isEmpty()
                && text.length() <= digits
                && text.chars().allMatch(c -> c < 128 && Character.digit(c, radix) >= 0);
        return fits ? Integer.parseInt(text, radix) : -1;
    }

    private static String dotted(byte[] address) {
        StringBuilder text = new StringBuilder();
        for (byte part : address) {
            text.append(text.isEmpty() ? "" : ".").append(part & 0xff);
        }
        return text.toString();
    }

    private static String colons(byte[] address) {
        int from = 0;
        int longest = 0;
        for (int start = 0; start < 8; start++) {
            int end = start;
            while (end < 8 && address[2 * end] == 0 && address[2 * end + 1] == 0) {
                end++;
            }
            if (end - start > longest) {
                from = start;
                longest = end - start;
            }
        }
        return longest < 2 ? hex(address, 0, 8) : hex(address, 0, from) + "::" + hex(address, from + longest, 8);
    }

    private static String hex(byte[] address, int from, int to) {
        StringBuilder text = new StringBuilder();
        for (int group = from; group < to; group++) {
            String digits =
                    HexFormat.of().toHexDigits((short) (address[2 * group] << 8 | address[2 * group + 1] & 0xff));
            text.append(group == from ? "" : ":").append(digits.replaceFirst("^0{1,3}", ""));
        }
        return text.toString();
    }
}
