package org.rosterkeep.appliance;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rosterkeep.access.Session;
import org.rosterkeep.commands.Schools;
import org.rosterkeep.commands.Trial;
import org.rosterkeep.commands.TrialDocuments;
import org.rosterkeep.disclosure.Collection;
import org.rosterkeep.disclosure.Inquiry;
import org.rosterkeep.disclosure.Outcome;
import org.rosterkeep.disclosure.Wire;
import org.rosterkeep.keys.EarlierKeys;
import org.rosterkeep.keys.KeyFault;
import org.rosterkeep.keys.UnsealingFile;
import org.rosterkeep.ledger.Disclosures;
import org.rosterkeep.roster.Entity;
import org.rosterkeep.rules.Checked;
import org.rosterkeep.rules.Recipient;
import org.rosterkeep.rules.RulesFault;

@DisplayName("The ids a vendor has")
class ForgottenIdsTest {
    private static final String DISTRICT = """
        {"legalName": "Made-up District", "kind": "public-authority", "country": "US", "regimes": ["US-FERPA"],
         "localised": false}\
        """;
    private static final int WRAPPED = 12 + 32 + 16;
    private static final int SEALED = 12 + 16;

    private static final class Hands extends Clock {
        private Instant now = Instant.parse("2026-10-05T06:30:00Z");

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    }

    private final Hands clock = new Hands();
    private Path home;
    private Path roster;
    private List<TrialDocuments.Sharing> sharings;

    @BeforeEach
    void roster(@TempDir Path directory) throws IOException {
        home = directory.resolve("home");
        roster = directory.resolve("roster.zip");
        try (var in = Trial.class.getResourceAsStream("sample-roster.zip")) {
            Files.write(roster, in.readAllBytes());
        }
        sharings = TrialDocuments.sharings(Schools.largestFirst(roster), true, clock.instant());
    }

    /// Two vendors with a rule each, in one group if there is a group.
    private LiveDistrict furnished(Optional<String> group) throws IOException {
        var district = LiveDistrict.make(home, clock, new SecureRandom());
        district.take(roster, Set.of());
        for (var sharing : sharings) {
            district.sign(DISTRICT, with("idGroup", group, sharing.vendorFile()), sharing.agreementFile());
        }
        district.activate(sharings.stream()
                .map(one -> with("domain", group, one.ruleFile()))
                .toList());
        return district;
    }

    private static String with(String key, Optional<String> value, String file) {
        return value.map(text -> file.replaceFirst("\\{", "{\"" + key + "\": \"" + text + "\", "))
                .orElse(file);
    }

    private Session person(Rooms rooms, String name) {
        return rooms.operators()
                .signIn(name, ("correct horse battery " + name.substring(7)).toCharArray(), clock.instant())
                .orElseThrow();
    }

    private Outcome ask(Rooms rooms, String client, int offset, int limit) {
        return rooms.gate()
                .ask(new Inquiry(
                        new Recipient.Vendor(client),
                        Wire.V1P2,
                        "/users",
                        List.of(),
                        Collection.USERS,
                        Optional.empty(),
                        Optional.empty(),
                        List.of(),
                        Optional.empty(),
                        false,
                        offset,
                        limit,
                        "https://roster.example.org/ims/oneroster/rostering/v1p2",
                        List.of(),
                        "192.0.2.7"));
    }

    private List<String> ids(Rooms rooms, String client, int offset, int limit) throws IOException {
        var granted = assertInstanceOf(Outcome.Granted.class, ask(rooms, client, offset, limit));
        var out = new ByteArrayOutputStream();
        granted.disclosure().writeTo(out);
        try (var reader = Json.createReader(new StringReader(out.toString(StandardCharsets.UTF_8)))) {
            return reader.readObject().getJsonArray("users").getValuesAs(JsonObject.class).stream()
                    .map(one -> one.getString("sourcedId"))
                    .toList();
        }
    }

    /// How many answers each user was in, and whether for certain.
    private static Map<Integer, Integer> told(Rooms rooms, boolean certain) {
        var told = new TreeMap<Integer, Integer>();
        for (int user :
                IntStream.range(0, rooms.vault().relations().size(Entity.USER)).toArray()) {
            long count = new Disclosures(rooms.ledger().pages(), rooms.spans(), rooms.holders())
                    .of(new Disclosures.Person(user, new int[0], new int[0]), Instant.MIN, Instant.MAX).stream()
                            .filter(one -> one.certain() == certain)
                            .count();
            if (count > 0) {
                told.put(user, (int) count);
            }
        }
        return told;
    }

    /// What rests in the documents' store with the length of a domain's wrapped key.
    private List<byte[]> sealed(String domain) throws IOException, SQLException {
        Path copy = Files.createDirectory(home.resolveSibling("copy" + System.nanoTime()));
        for (String file : List.of("house.db", "house.db-wal")) {
            if (Files.exists(home.resolve("town").resolve(file))) {
                Files.copy(home.resolve("town").resolve(file), copy.resolve(file));
            }
        }
        int length = 4 + domain.length() + WRAPPED + SEALED;
        var found = new ArrayList<byte[]>();
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + copy.resolve("house.db"));
                var statement = connection.createStatement();
                var rows = statement.executeQuery("SELECT data FROM document WHERE length(data) = " + length)) {
            while (rows.next()) {
                found.add(rows.getBytes(1));
            }
        }
        return found;
    }

    private boolean onDisk(byte[] part) throws IOException {
        String wanted = new String(part, StandardCharsets.ISO_8859_1);
        try (var files = Files.walk(home.resolve("town"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                if (Files.readString(file, StandardCharsets.ISO_8859_1).contains(wanted)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static void settle(Rooms rooms) throws InterruptedException {
        for (int n = 0; n < 100 && !rooms.vault().settleShelf(); n++) {
            Thread.sleep(50);
        }
        assertTrue(rooms.vault().settleShelf());
    }

    @Test
    @DisplayName("are forgotten by two people once nothing uses them: on disk, in backups, and not in the ledger")
    void forgotten() throws Exception {
        var first = sharings.getFirst();
        var other = sharings.getLast();
        String domain = first.client();
        Path backup = home.resolveSibling("backup");
        List<String> before;
        List<String> others;
        Map<Integer, Integer> holders;
        try (var district = furnished(Optional.empty())) {
            before = ids(district.rooms(), first.client(), 0, 30);
            before = new ArrayList<>(before);
            before.addAll(ids(district.rooms(), first.client(), 30, 30));
            others = ids(district.rooms(), other.client(), 0, 30);
            holders = told(district.rooms(), true);
            assertEquals(
                    90, holders.values().stream().mapToInt(Integer::intValue).sum());
        }
        LiveDistrict.copy(home, backup);
        try (var district = LiveDistrict.find(home, clock)) {
            var rooms = district.rooms();
            var sealed = sealed(domain);
            assertEquals(1, sealed.size());
            assertTrue(onDisk(sealed.getFirst()));
            int exposed = rooms.custody().exposure(domain, clock.instant()).persons();
            var book = rooms.book();
            try (var b = person(rooms, "signer-b");
                    var c = person(rooms, "signer-c")) {
                assertEquals(
                        RulesFault.Code.DOMAIN_IN_USE,
                        assertThrows(RulesFault.class, () -> book.forget(domain, "gone", b, clock.instant()))
                                .code());
                book.revoke(first.rule(), "test");
                assertEquals(1, book.forget(domain, "gone", b, clock.instant()));
                assertEquals(
                        RulesFault.Code.SAME_PERSON,
                        assertThrows(RulesFault.class, () -> book.forget(domain, "gone", b, clock.instant()))
                                .code());
                assertTrue(onDisk(sealed.getFirst()), "one person destroys nothing");
                assertEquals(0, book.forget(domain, "gone", c, clock.instant()));
            }
            rooms.forgetIds(domain);
            settle(rooms);
            assertFalse(onDisk(sealed.getFirst()));
            assertEquals(
                    KeyFault.Code.NO_SUCH_DOMAIN,
                    assertThrows(KeyFault.class, () -> rooms.aliases().of(domain))
                            .code());

            assertEquals(
                    exposed, rooms.custody().exposure(domain, clock.instant()).persons());
            var certain = told(rooms, true);
            var possible = told(rooms, false);
            assertEquals(
                    30, certain.values().stream().mapToInt(Integer::intValue).sum());
            for (int user : holders.keySet()) {
                assertTrue(certain.containsKey(user) || possible.containsKey(user), "nobody who was told of is missed");
            }
            int users = rooms.vault().relations().size(Entity.USER);
            assertTrue(possible.size() < users, "who was never in the view was not told of");
            assertEquals(others, ids(rooms, other.client(), 0, 30));

            assertInstanceOf(
                    Checked.Flawed.class,
                    book.check(first.ruleFile().getBytes(StandardCharsets.UTF_8), clock.instant()));
            renew(rooms, with("domain", Optional.of(domain + ".2"), first.ruleFile()));
            var fresh = ids(rooms, first.client(), 0, 5000);
            assertTrue(fresh.size() >= 60);
            assertTrue(Collections.disjoint(before, fresh));
        }
        try (var district = LiveDistrict.find(home, clock)) {
            assertTrue(district.rooms().aliases().forgot(domain), "and after a restart");
            assertTrue(told(district.rooms(), false).size() > 0);
        }
        Files.copy(
                home.resolve("town/keys/district.keys"),
                backup.resolve("town/keys/district.keys"),
                StandardCopyOption.REPLACE_EXISTING);
        try (var restored = LiveDistrict.find(backup, clock)) {
            assertEquals(others, ids(restored.rooms(), other.client(), 0, 30));
            assertThrows(KeyFault.class, () -> ask(restored.rooms(), first.client(), 0, 30));
        }
    }

    private void renew(Rooms rooms, String file) {
        var book = rooms.book();
        try (var author = person(rooms, "author-a");
                var b = person(rooms, "signer-b");
                var c = person(rooms, "signer-c")) {
            var read = book.draft(file.getBytes(StandardCharsets.UTF_8), author.operator(), clock.instant());
            var rule =
                    assertInstanceOf(Checked.Sound.class, read, read::toString).value();
            var drafted = ((org.rosterkeep.rules.Proposal) rule).rule();
            var version = book.submit(drafted.id(), drafted.version(), author, clock.instant());
            for (var signer : List.of(b, c).subList(0, version.approversNeeded())) {
                book.approve(drafted.id(), drafted.version(), signer, clock.instant());
            }
        }
    }

    @Test
    @DisplayName("are the same for the vendors of one group and different for others; nobody shares unasked")
    void groups() throws IOException {
        try (var district = furnished(Optional.of("both"))) {
            var rooms = district.rooms();
            var one = new TreeSet<>(ids(rooms, sharings.getFirst().client(), 0, 5000));
            var other = new TreeSet<>(ids(rooms, sharings.getLast().client(), 0, 5000));
            assertFalse(Collections.disjoint(one, other));
            var papers = rooms.book().papers();
            assertInstanceOf(
                    Checked.Sound.class,
                    papers.putVendor(sharings.getFirst().vendorFile().getBytes(StandardCharsets.UTF_8), "test"));
            var file = with("domain", Optional.of("both"), sharings.getFirst().ruleFile());
            var flawed = assertInstanceOf(
                    Checked.Flawed.class, rooms.book().check(file.getBytes(StandardCharsets.UTF_8), clock.instant()));
            assertTrue(flawed.problems().toString().contains("/domain"), flawed.toString());
            var stolen = with(
                    "domain",
                    Optional.of(sharings.getLast().client()),
                    sharings.getFirst().ruleFile());
            assertInstanceOf(
                    Checked.Flawed.class, rooms.book().check(stolen.getBytes(StandardCharsets.UTF_8), clock.instant()));
        }
    }

    @Test
    @DisplayName("stay what they were in a district that was made before its domains had keys of their own")
    void madeBefore() throws IOException {
        String domain = sharings.getFirst().client();
        furnished(Optional.empty()).close();
        Path keys = home.resolve("town/keys");
        var earlier = EarlierKeys.rewrite(
                keys, new UnsealingFile(District.unsealingFile(home.resolve("town"))), new SecureRandom());
        byte[] block = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16};
        for (int openings = 0; openings < 2; openings++) {
            try (var district = LiveDistrict.find(home, clock)) {
                byte[] id = block.clone();
                district.rooms().aliases().of(domain).conceal(id, 1);
                assertArrayEquals(earlier.outward(domain, block), id);
            }
        }
        assertTrue(Files.readString(keys.resolve("district.keys")).startsWith("rosterkeep-keys 3"));
    }
}
