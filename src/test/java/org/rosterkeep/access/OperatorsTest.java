package org.rosterkeep.access;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.rosterkeep.fixture.FakeJournal;
import org.rosterkeep.fixture.FakeShelf;
import org.rosterkeep.rules.Endorsement;
import org.rosterkeep.rules.Stopped;

class OperatorsTest {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final char[] GOOD = "seven green lamps in a row".toCharArray();
    private static final char[] OTHER = "a boat full of kettles".toCharArray();

    private final FakeShelf shelf = new FakeShelf();
    private final FakeJournal journal = new FakeJournal();
    private final Operators operators = open();

    private Operators open() {
        return new Operators(shelf, journal, new SecureRandom(), 64, 1);
    }

    private void ada() {
        operators.make("ada", GOOD, Set.of(Role.PRIVACY_OFFICER), "uid:0", NOON);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    @DisplayName("the right password opens a session that signs; after a restart too")
    void signsIn() {
        ada();
        byte[] statement = bytes("this");
        byte[] before = operators.signIn("ada", GOOD, NOON).orElseThrow().sign(statement);
        var again = open();
        byte[] after = again.signIn("ada", GOOD, NOON).orElseThrow().sign(statement);
        assertTrue(again.verifies("ada", statement, before));
        assertTrue(operators.verifies("ada", statement, after));
        assertFalse(operators.verifies("ada", bytes("that"), before));
        assertFalse(operators.verifies("ben", statement, before));
        assertFalse(operators.verifies("ada", statement, new byte[0]));
    }

    @Test
    @DisplayName("a wrong password, a wrong name, an endless password and nothing at all open nothing")
    void refuses() {
        ada();
        assertTrue(operators.signIn("ada", OTHER, NOON).isEmpty());
        assertTrue(operators.signIn("ben", GOOD, NOON).isEmpty());
        assertTrue(operators.signIn("ada", new char[0], NOON).isEmpty());
        assertTrue(operators.signIn("ada", new char[100_000], NOON).isEmpty());
    }

    @Test
    @DisplayName("whoever keeps guessing waits, longer each time, and the right password waits with them")
    void guessing() {
        ada();
        for (int i = 0; i < 5; i++) {
            assertTrue(operators.heldUntil("ada", NOON).isEmpty());
            operators.signIn("ada", OTHER, NOON);
        }
        assertTrue(operators.signIn("ada", GOOD, NOON).isEmpty());
        Instant first = operators.heldUntil("ada", NOON).orElseThrow();
        operators.signIn("ada", OTHER, first);
        Instant second = operators.heldUntil("ada", first).orElseThrow();
        assertTrue(Duration.between(first, second).compareTo(Duration.between(NOON, first)) > 0);
        assertTrue(operators.signIn("ada", GOOD, second).isPresent());
        assertTrue(operators.heldUntil("ada", second).isEmpty());
    }

    @Test
    @DisplayName("roles say who may sign what, and change while a session lasts")
    void roles() {
        ada();
        Session session = operators.signIn("ada", GOOD, NOON).orElseThrow();
        assertTrue(session.may(Endorsement.Act.PROPOSE, NOON));
        assertFalse(session.may(Endorsement.Act.APPROVE, NOON));
        operators.assign("ada", Set.of(Role.APPROVER), "uid:0");
        assertTrue(session.may(Endorsement.Act.APPROVE, NOON));
        assertFalse(session.may(Endorsement.Act.PROPOSE, NOON));
        operators.assign("ada", Set.of(Role.AUDITOR), "uid:0");
        for (Endorsement.Act act : Endorsement.Act.values()) {
            assertFalse(session.may(act, NOON));
        }
    }

    @Test
    @DisplayName("a session ends by itself, when it is closed, and when the person leaves")
    void sessionEnds() {
        ada();
        Session session = operators.signIn("ada", GOOD, NOON).orElseThrow();
        assertTrue(session.open(NOON.plus(Duration.ofHours(12)).minusMillis(1)));
        assertFalse(session.open(NOON.plus(Duration.ofHours(12))));
        assertFalse(session.open(NOON.minusMillis(1)));
        operators.retire("ada", "uid:0");
        assertFalse(session.may(Endorsement.Act.PROPOSE, NOON));
        session.close();
        assertEquals(
                AccessFault.Code.SESSION_OVER,
                assertThrows(AccessFault.class, () -> session.sign(bytes("x"))).code());
    }

    @Test
    @DisplayName("whoever has left signs in no more, and what they signed stays signed")
    void retires() {
        ada();
        byte[] signature = operators.signIn("ada", GOOD, NOON).orElseThrow().sign(bytes("x"));
        shelf.full(true);
        assertEquals(new Stopped(false, true), operators.retire("ada", "uid:0"));
        assertTrue(operators.signIn("ada", GOOD, NOON).isEmpty());
        shelf.full(false);
        assertTrue(operators.settle());
        assertTrue(open().signIn("ada", GOOD, NOON).isEmpty());
        assertTrue(open().verifies("ada", bytes("x"), signature));
    }

    @Test
    @DisplayName("a changed password keeps the key, a reset one makes a new key, and old signatures hold")
    void changes() {
        ada();
        byte[] signature = operators.signIn("ada", GOOD, NOON).orElseThrow().sign(bytes("x"));
        assertFalse(operators.changePassword("ada", OTHER, GOOD));
        assertTrue(operators.changePassword("ada", GOOD, OTHER));
        assertTrue(operators.signIn("ada", GOOD, NOON).isEmpty());
        assertArrayEquals(
                signature, operators.signIn("ada", OTHER, NOON).orElseThrow().sign(bytes("x")));
        operators.reset("ada", GOOD, "uid:0");
        byte[] fresh = operators.signIn("ada", GOOD, NOON).orElseThrow().sign(bytes("x"));
        assertTrue(open().verifies("ada", bytes("x"), signature));
        assertTrue(open().verifies("ada", bytes("x"), fresh));
    }

    @Test
    @DisplayName("neither the password nor the private key rests in the open")
    void sealed() {
        ada();
        String resting = new String(shelf.get(Operators.KIND, "ada").orElseThrow(), StandardCharsets.UTF_8);
        assertFalse(resting.contains(new String(GOOD)));
        // A PKCS#8 Ed25519 key starts like this in base64.
        assertFalse(resting.contains("MC4CAQAwBQYDK2Vw"));
        assertFalse(journal.acts().toString().contains(new String(GOOD)));
    }

    @Test
    @DisplayName("a sealed key somebody replaced is noticed, not used")
    void damaged() {
        ada();
        operators.make("ben", GOOD, Set.of(Role.APPROVER), "uid:0", NOON);
        String ada = new String(shelf.get(Operators.KIND, "ada").orElseThrow(), StandardCharsets.UTF_8);
        String ben = new String(shelf.get(Operators.KIND, "ben").orElseThrow(), StandardCharsets.UTF_8);
        String key = ben.replaceAll(".*\"key\":\"([^\"]+)\".*", "$1");
        shelf.put(Operators.KIND, "ada", bytes(ada.replaceAll("\"key\":\"[^\"]+\"", "\"key\":\"" + key + "\"")));
        assertEquals(
                AccessFault.Code.DOCUMENT_DAMAGED,
                assertThrows(AccessFault.class, () -> open().signIn("ada", GOOD, NOON))
                        .code());
    }

    @Test
    @DisplayName("passwords that are short, endless or obvious are refused, each with its reason")
    void judges() {
        Map.of(
                        "fourteen chars",
                        AccessFault.Code.PASSWORD_TOO_SHORT,
                        "x".repeat(257),
                        AccessFault.Code.PASSWORD_TOO_LONG,
                        "My Password is long",
                        AccessFault.Code.PASSWORD_GUESSABLE,
                        "aaaaaaaaaaaaaaabbbb",
                        AccessFault.Code.PASSWORD_GUESSABLE,
                        "charlotte likes tea",
                        AccessFault.Code.PASSWORD_GUESSABLE)
                .forEach((password, code) -> assertEquals(
                        code,
                        assertThrows(
                                        AccessFault.class,
                                        () -> operators.make(
                                                "charlotte",
                                                password.toCharArray(),
                                                Set.of(Role.AUDITOR),
                                                "uid:0",
                                                NOON))
                                .code()));
        assertTrue(operators.list().isEmpty());
    }

    @Test
    @DisplayName("names are not given twice, and nobody is without a role")
    void names() {
        ada();
        assertEquals(
                AccessFault.Code.OPERATOR_EXISTS,
                assertThrows(AccessFault.class, this::ada).code());
        assertEquals(
                AccessFault.Code.OPERATOR_WITHOUT_ROLE,
                assertThrows(AccessFault.class, () -> operators.make("ben", GOOD, Set.of(), "uid:0", NOON))
                        .code());
    }
}
