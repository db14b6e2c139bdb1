package org.rosterkeep.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A network")
class NetworkTest {
    @ParameterizedTest
    @CsvSource({
        "192.0.2.0/24, 192.0.2.0/24",
        "192.0.2.7, 192.0.2.7/32",
        "128.0.0.0/1, 128.0.0.0/1",
        "2001:DB8::/32, 2001:db8::/32",
        "2001:0db8:0:0:1:0:0:1, 2001:db8::1:0:0:1/128",
        "::1, ::1/128",
        "fe80::/10, fe80::/10",
        "1:2:3:4:5:6:7:8, 1:2:3:4:5:6:7:8/128",
        "64:ff9b::192.0.2.0/120, 64:ff9b::c000:200/120",
        "::ffff:192.0.2.0/24, 192.0.2.0/24"
    })
    @DisplayName("has one way to be written, and reads what it writes")
    void text(String from, String to) {
        // Of a mapped address only the IPv4 part counts, with a prefix of its own length.
        assertEquals(Optional.of(to), Network.of(from).map(Network::text));
        assertEquals(Optional.of(to), Network.of(to).map(Network::text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "192.0.2.0/",
                "192.0.2.0/33",
                "192.0.2.0/-1",
                "192.0.2.1/24",
                "0.0.0.0/0",
                "::/0",
                "192.0.2",
                "192.0.2.0.1",
                "192.0.2.256",
                "192.0.02.1",
                "1:2:3",
                "1::2::3",
                "1:2:3:4:5:6:7:8:9",
                "::12345",
                "g::",
                "2001:db8::/129",
                "2001:db8::1/32",
                "fe80::1%eth0",
                "localhost",
                "192.0.2.0/24/24",
                " 192.0.2.1",
                ":::",
                "1:2:3:4:5:6:7::8",
                "1:",
                "\u0661.1.1.1",
                "192.0.2.0/0x8",
                ":1",
                "1:2:3:4:5:6:7:1.2.3.4"
            })
    @DisplayName("is none when it is written otherwise, and names no host")
    void none(String text) {
        assertEquals(Optional.empty(), Network.of(text).map(Network::text));
    }

    @ParameterizedTest
    @CsvSource({
        "192.0.2.0/24, 192.0.2.255, true",
        "192.0.2.0/24, 192.0.3.0, false",
        "192.0.2.0/24, ::ffff:192.0.2.1, true",
        "192.0.2.0/24, 0:0:0:0:0:ffff:c000:201, true",
        "192.0.2.0/24, ::192.0.2.1, false",
        "192.0.2.128/25, 192.0.2.127, false",
        "192.0.2.128/25, 192.0.2.128, true",
        "2001:db8::/33, 2001:db8:7fff::1, true",
        "2001:db8::/33, 2001:db8:8000::1, false",
        "2001:db8::/32, 192.0.2.1, false",
        "fe80::/10, fe80::1%eth0, true",
        "192.0.2.0/24, reading.example, false"
    })
    @DisplayName("has the addresses that begin with its bits")
    void has(String network, String address, boolean inside) {
        assertEquals(inside, Network.of(network).orElseThrow().has(address));
    }

    @Test
    @DisplayName("has what arithmetic says it has, for random addresses and prefixes")
    void arithmetic() {
        long seed = 8L;
        Random random = new Random(seed);
        for (int i = 0; i < 20_000; i++) {
            int bits = 1 + random.nextInt(32);
            int mask = -1 << (32 - bits);
            int base = random.nextInt() & mask;
            int other = random.nextBoolean() ? base | random.nextInt() & ~mask : random.nextInt();
            boolean inside = (other & mask) == base;
            assertEquals(
                    inside, Network.of(dotted(base) + "/" + bits).orElseThrow().has(dotted(other)), "seed " + seed);
        }
    }

    private static String dotted(int address) {
        return (address >>> 24) + "." + (address >> 16 & 255) + "." + (address >> 8 & 255) + "." + (address & 255);
    }

    @Test
    @DisplayName("that is damaged admits nobody, and no bound admits everybody")
    void bounds() {
        assertTrue(Bounds.NONE.admit("192.0.2.1"));
        assertTrue(Bounds.NONE.admit(""));
        assertFalse(new Bounds(Optional.empty(), Set.of("damaged")).admit("192.0.2.1"));
    }
}
