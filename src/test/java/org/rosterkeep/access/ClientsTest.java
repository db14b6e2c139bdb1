package org.rosterkeep.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.rosterkeep.fixture.FakeJournal;
import org.rosterkeep.fixture.FakeShelf;
import org.rosterkeep.rules.Stopped;

class ClientsTest {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final Duration WEEK = Duration.ofDays(7);

    private final FakeShelf shelf = new FakeShelf();
    private final FakeJournal journal = new FakeJournal();
    private final Clients clients = open();

    private Clients open() {
        return new Clients(shelf, journal, new SecureRandom(), WEEK);
    }

    private Client.Issued reading() {
        return clients.make(Client.Wanted.everything("reading", "reading-app", "reading-names"), "ada", NOON);
    }

    @Test
    @DisplayName("knows a client by its id and secret, before and after a restart")
    void knowsAClient() {
        String secret = reading().secret().disclose();
        assertEquals(
                "reading",
                clients.authenticate("reading", secret, NOON).orElseThrow().id());
        assertEquals(
                "reading-names",
                open().authenticate("reading", secret, NOON).orElseThrow().rule());
        assertTrue(secret.length() >= 43, "256 bits in base64url");
    }

    @Test
    @DisplayName("knows nobody by a wrong secret, an unknown id or nothing")
    void knowsNobodyElse() {
        String secret = reading().secret().disclose();
        assertTrue(clients.authenticate("reading", secret + "x", NOON).isEmpty());
        assertTrue(clients.authenticate("reading", "", NOON).isEmpty());
        assertTrue(clients.authenticate("nobody", secret, NOON).isEmpty());
        assertTrue(clients.authenticate("", "", NOON).isEmpty());
    }

    @Test
    @DisplayName("keeps two secrets good during a changeover, and exactly as long as it lasts")
    void rotates() {
        String first = reading().secret().disclose();
        String second = clients.rotate("reading", "ada", NOON).secret().disclose();
        assertTrue(clients.authenticate("reading", second, NOON).isPresent());
        assertTrue(clients.authenticate("reading", first, NOON.plus(WEEK).minusMillis(1))
                .isPresent());
        assertTrue(clients.authenticate("reading", first, NOON.plus(WEEK)).isEmpty());
        assertTrue(open().authenticate("reading", first, NOON).isPresent(), "the changeover survives a restart");

        String third = clients.rotate("reading", "ada", NOON).secret().disclose();
        assertTrue(clients.authenticate("reading", first, NOON).isEmpty(), "a third secret ends the first");
        assertTrue(clients.authenticate("reading", second, NOON).isPresent());
        clients.endChangeover("reading", "ada");
        assertTrue(clients.authenticate("reading", second, NOON).isEmpty());
        assertTrue(clients.authenticate("reading", third, NOON).isPresent());
    }

    @Test
    @DisplayName("ends a revoked client at once and for ever")
    void revokes() {
        String secret = reading().secret().disclose();
        assertEquals(new Stopped(true, true), clients.revoke("reading", "ada"));
        assertTrue(clients.authenticate("reading", secret, NOON).isEmpty());
        assertTrue(open().authenticate("reading", secret, NOON).isEmpty());
        assertEquals(
                AccessFault.Code.CLIENT_REVOKED,
                assertThrows(AccessFault.class, () -> clients.rotate("reading", "ada", NOON))
                        .code());
        assertEquals(
                AccessFault.Code.CLIENT_EXISTS,
                assertThrows(AccessFault.class, this::reading).code());
    }

    @Test
    @DisplayName("revokes although the disk is full and the ledger blocked, says so, and writes it down later")
    void revokesOnAFullDisk() {
        String secret = reading().secret().disclose();
        shelf.full(true);
        journal.blocked(true);
        assertEquals(new Stopped(false, false), clients.revoke("reading", "ada"));
        assertTrue(clients.authenticate("reading", secret, NOON).isEmpty());
        assertFalse(clients.settle());
        shelf.full(false);
        assertFalse(clients.settle());
        assertTrue(open().authenticate("reading", secret, NOON).isEmpty());
        journal.blocked(false);
        assertTrue(clients.settle());
        assertEquals(List.of("client.made", "client.revoked"), journal.kinds());
    }

    @Test
    @DisplayName("makes no client that cannot be recorded")
    void recordsFirst() {
        journal.blocked(true);
        assertThrows(IllegalStateException.class, this::reading);
        assertTrue(clients.list().isEmpty());
        assertTrue(shelf.ids(Clients.KIND).isEmpty());
    }

    @Test
    @DisplayName("gives a rule one live client")
    void oneClientOneRule() {
        reading();
        var another = Client.Wanted.everything("reading-2", "reading-app", "reading-names");
        assertEquals(
                AccessFault.Code.RULE_TAKEN,
                assertThrows(AccessFault.class, () -> clients.make(another, "ada", NOON))
                        .code());
        clients.revoke("reading", "ada");
        assertEquals("reading-2", clients.make(another, "ada", NOON).client().id());
    }

    @Test
    @DisplayName("keeps no secret in a form that can be shown")
    void storesHashes() {
        Client.Issued issued = reading();
        String stored = new String(shelf.get(Clients.KIND, "reading").orElseThrow(), StandardCharsets.UTF_8);
        assertFalse(stored.contains(issued.secret().disclose()));
        assertEquals("(secret)", issued.secret().toString());
        assertFalse(issued.toString().contains(issued.secret().disclose()));
        assertFalse(journal.acts().toString().contains(issued.secret().disclose()));
    }

    @Test
    @DisplayName("refuses names that would not survive a URL, a shell or a file")
    void refusesNames() {
        for (String name : List.of("", "A", "a b", "../x", "-a", "a".repeat(65), "ä")) {
            var wanted = Client.Wanted.everything(name, "v", "r");
            assertEquals(
                    AccessFault.Code.NAME_NOT_ALLOWED,
                    assertThrows(AccessFault.class, () -> clients.make(wanted, "ada", NOON))
                            .code());
        }
    }

    @Test
    @DisplayName("refuses a document somebody has damaged")
    void refusesDamage() {
        shelf.put(Clients.KIND, "x", "{\"id\":\"x\"}".getBytes(StandardCharsets.UTF_8));
        assertEquals(
                AccessFault.Code.DOCUMENT_DAMAGED,
                assertThrows(AccessFault.class, this::open).code());
    }
}
