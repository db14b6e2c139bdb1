package org.rosterkeep.courier;

import java.math.BigInteger;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/// Which addresses a name may have. A name of the street must not lead into the house: not to the appliance itself, not
/// to its network, and not to an address that is wrapped in another one (RFC 6890, 6052, 3056, 4380).
final class Addresses {
    /// Of the house: allowed when the signed text says that the target is internal.
    private static final List<Net> HOUSE = List.of(
            Net.of("127.0.0.0/8"),
            Net.of("::1/128"),
            Net.of("10.0.0.0/8"),
            Net.of("172.16.0.0/12"),
            Net.of("192.168.0.0/16"),
            Net.of("100.64.0.0/10"),
            Net.of("fc00::/7"));

    /// Of nobody, of everybody, or another address in disguise: never.
    private static final List<Net> NEVER = List.of(
            Net.of("0.0.0.0/8"),
            Net.of("169.254.0.0/16"),
            Net.of("192.0.0.0/24"),
            Net.of("192.0.2.0/24"),
            Net.of("192.88.99.0/24"),
            Net.of("198.18.0.0/15"),
            Net.of("198.51.100.0/24"),
            Net.of("203.0.113.0/24"),
            Net.of("224.0.0.0/3"),
            Net.of("::/96"),
            Net.of("::ffff:0:0:0/96"),
            Net.of("64:ff9b::/96"),
            Net.of("64:ff9b:1::/48"),
            Net.of("100::/64"),
            Net.of("2001::/23"),
            Net.of("2001:db8::/32"),
            Net.of("2002::/16"),
            Net.of("3fff::/20"),
            Net.of("5f00::/16"),
            Net.of("fe80::/10"),
            Net.of("fec0::/10"),
            Net.of("ff00::/8"));

    private Addresses() {}

    static boolean forbidden(InetAddress address, boolean internal) {
        if (HOUSE.stream().anyMatch(net -> net.holds(address))) {
            return !internal;
        }
        return NEVER.stream().anyMatch(net -> net.holds(address));
    }

    /// Reads an address as [InetAddress#getHostAddress()] writes it; a name is not looked up but refused.
    static InetAddress literal(String text) {
        if (!text.matches("(?:[0-9]{1,3}\\.){3}[0-9]{1,3}|[0-9a-f:.]*:[0-9a-f:.]*")) {
            throw new IllegalArgumentException("no address");
        }
        try {
            InetAddress address = InetAddress.ofLiteral(text);
            return InetAddress.getByAddress(address.getAddress());
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private record Net(byte[] prefix, int bits) {
        static Net of(String text) {
            String[] parts = text.split("/", 2);
            return new Net(literal(parts[0]).getAddress(), Integer.parseInt(parts[1]));
        }

        boolean holds(InetAddress address) {
            byte[] bytes = address.getAddress();
            int shift = prefix.length * Byte.SIZE - bits;
            return bytes.length == prefix.length
                    && (address instanceof Inet4Address) == (prefix.length == 4)
                    && new BigInteger(1, bytes).shiftRight(shift).equals(new BigInteger(1, prefix).shiftRight(shift));
        }
    }
}
