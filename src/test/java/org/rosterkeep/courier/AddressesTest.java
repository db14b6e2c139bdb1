package org.rosterkeep.courier;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressesTest {
    @ParameterizedTest
    @ValueSource(strings = {"8.8.8.8", "1.1.1.1", "185.199.108.153", "2606:4700::1111", "2a00:1450:4001:82a::200e"})
    @DisplayName("an address of the street is allowed")
    void street(String text) {
        assertEquals(false, Addresses.forbidden(Addresses.literal(text), false));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"127.0.0.1", "127.8.8.8", "::1", "10.1.2.3", "172.31.0.1", "192.168.1.1", "100.64.0.1", "fd00::1"
            })
    @DisplayName("an address of the house only when the signed text says so")
    void house(String text) {
        assertEquals(true, Addresses.forbidden(Addresses.literal(text), false));
        assertEquals(false, Addresses.forbidden(Addresses.literal(text), true));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.0.0.0",
                "169.254.169.254",
                "224.0.0.1",
                "255.255.255.255",
                "240.0.0.1",
                "192.0.2.1",
                "198.18.0.1",
                "::",
                "::a00:1",
                "64:ff9b::a00:1",
                "64:ff9b:1::1",
                "2002:a00:1::",
                "2001:0:1::1",
                "2001:db8::1",
                "fe80::1",
                "fec0::1",
                "ff02::1",
                "::ffff:0:a00:1"
            })
    @DisplayName("of nobody, of everybody, or another address in disguise: never")
    void never(String text) {
        assertEquals(true, Addresses.forbidden(Addresses.literal(text), false));
        assertEquals(true, Addresses.forbidden(Addresses.literal(text), true));
    }

    @ParameterizedTest
    @ValueSource(strings = {"::ffff:10.0.0.1", "::ffff:127.0.0.1"})
    @DisplayName("an IPv4 address written as IPv6 is the IPv4 address")
    void mapped(String text) {
        assertEquals(true, Addresses.forbidden(Addresses.literal(text), false));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost",
                "a.example",
                "2130706433",
                "0x7f000001",
                "127.1",
                "",
                "1.2.3.4.example",
                "fe80::1%eth0"
            })
    @DisplayName("what is no address is not looked up")
    void names(String text) {
        assertThrows(IllegalArgumentException.class, () -> Addresses.literal(text));
    }
}
