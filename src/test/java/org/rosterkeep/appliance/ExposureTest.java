package org.rosterkeep.appliance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.roaringbitmap.RoaringBitmap;
import org.rosterkeep.commands.Schools;
import org.rosterkeep.commands.Trial;
import org.rosterkeep.commands.TrialDocuments;
import org.rosterkeep.custody.Custody;
import org.rosterkeep.custody.What;
import org.rosterkeep.disclosure.Collection;
import org.rosterkeep.disclosure.Inquiry;
import org.rosterkeep.disclosure.Outcome;
import org.rosterkeep.disclosure.Wire;
import org.rosterkeep.roster.Entity;
import org.rosterkeep.roster.Field;
import org.rosterkeep.rules.Recipient;
import org.rosterkeep.rules.Rule;

@DisplayName("The exposure meter of a whole district")
class ExposureTest {
    private static final String DISTRICT = """
        {"legalName": "Made-up District", "kind": "public-authority", "country": "US", "regimes": ["US-FERPA"],
         "localised": false}\
        """;
    private static final List<Collection> ASKED =
            List.of(Collection.USERS, Collection.STUDENTS, Collection.TEACHERS, Collection.ENROLLMENTS);

    /// A clock that stands still until it is told.
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

    /// One thing one vendor was told, as its own answers show it.
    private record Told(String vendor, Field field, String id) {}

    private final Hands clock = new Hands();
    private final Set<Told> told = new HashSet<>();
    /// The same whatever was deleted since, and when.
    private final Map<Told, TreeSet<Instant>> ever = new HashMap<>();

    @Test
    @DisplayName("equals what the captured answers told, less what was attested to be deleted, after a restart too")
    void exact(@TempDir Path directory) throws IOException {
        long seed = 20_261_124L;
        Random random = new Random(seed);
        Path home = directory.resolve("home");
        List<Rule> rules;
        try (var district = LiveDistrict.make(home, clock, new SecureRandom())) {
            rules = furnished(district, directory);
            for (int n = 0; n < 80; n++) {
                clock.now = clock.now.plusSeconds(61);
                step(district.rooms(), rules.get(random.nextInt(rules.size())), random);
            }
            check(district.rooms(), rules, seed);
        }
        try (var district = LiveDistrict.find(home, clock)) {
            check(district.rooms(), rules, seed);
            for (int n = 0; n < 40; n++) {
                clock.now = clock.now.plusSeconds(61);
                step(district.rooms(), rules.get(random.nextInt(rules.size())), random);
            }
            check(district.rooms(), rules, seed);
        }
        assertTrue(told.size() > 1000, "the run told too little to prove anything: " + told.size());
    }

    private List<Rule> furnished(LiveDistrict district, Path directory) throws IOException {
        Path roster = directory.resolve("roster.zip");
        try (var in = Trial.class.getResourceAsStream("sample-roster.zip")) {
            Files.write(roster, in.readAllBytes());
        }
        district.take(roster, Set.of());
        var schools = Schools.largestFirst(roster);
        var sharings = TrialDocuments.sharings(schools, true, clock.instant());
        for (var sharing : sharings) {
            district.sign(DISTRICT, sharing.vendorFile(), sharing.agreementFile());
        }
        district.activate(
                sharings.stream().map(TrialDocuments.Sharing::ruleFile).toList());
        return sharings.stream()
                .map(one -> district.rooms()
                        .book()
                        .newest(one.rule(), clock.instant())
                        .rule())
                .toList();
    }

    private void step(Rooms rooms, Rule rule, Random random) throws IOException {
        if (random.nextInt(12) == 0) {
            attest(rooms, rule, random);
        } else {
            pull(rooms, rule, random);
        }
    }

    private void attest(Rooms rooms, Rule rule, Random random) {
        Set<Field> fields =
                random.nextBoolean() ? Set.of(Field.USER_GIVEN_NAME, Field.USER_ROLES) : Set.of(Field.values());
        Set<String> elements = fields.stream()
                .flatMap(field -> rooms.book().elements(rule.id(), rule.version(), field).stream())
                .collect(Collectors.toSet());
        boolean all = fields.size() > 2;
        var what = all ? What.EVERYTHING : new What(Optional.of(elements), Optional.empty());
        var word = new Custody.Word(Optional.empty(), clock.instant(), "Example Officer", "shredded", "", what);
        rooms.custody().attest(rule.vendor(), word, "ada", clock.instant());
        told.removeIf(one -> one.vendor().equals(rule.vendor())
                && (all || elements.containsAll(rooms.book().elements(rule.id(), rule.version(), one.field()))));
    }

    private void pull(Rooms rooms, Rule rule, Random random) throws IOException {
        Collection collection = ASKED.get(random.nextInt(ASKED.size()));
        List<Field> given = new ArrayList<>(rule.grantsOf(collection.entity()).keySet());
        if (given.isEmpty()) {
            return;
        }
        List<Field> selected = random.nextBoolean() ? List.of() : given.subList(0, 1 + random.nextInt(given.size()));
        var inquiry = new Inquiry(
                new Recipient.Vendor(rule.client()),
                Wire.V1P2,
                "/" + collection.segment(),
                List.of(),
                collection,
                Optional.empty(),
                Optional.empty(),
                selected.isEmpty()
                        ? List.of()
                        : Stream.concat(
                                        Stream.of("sourcedId", "status"),
                                        selected.stream().map(Field::wire))
                                .toList(),
                Optional.empty(),
                false,
                random.nextInt(40),
                1 + random.nextInt(60),
                "https://roster.example.org/ims/oneroster/rostering/v1p2",
                List.of(),
                "192.0.2.7");
        if (!(rooms.gate().ask(inquiry) instanceof Outcome.Granted granted)) {
            throw new AssertionError("refused");
        }
        var out = new ByteArrayOutputStream();
        granted.disclosure().writeTo(out);
        JsonObject body;
        try (var reader = Json.createReader(new StringReader(out.toString(StandardCharsets.UTF_8)))) {
            body = reader.readObject();
        }
        Set<Field> shown = new HashSet<>(selected.isEmpty() ? given : selected);
        body.getJsonArray(collection.entity().many())
                .getValuesAs(JsonObject.class)
                .forEach(record -> {
                    if (record.getString("status", "active").equals("active")) {
                        shown.forEach(field -> {
                            var one = new Told(rule.vendor(), field, record.getString("sourcedId"));
                            told.add(one);
                            ever.computeIfAbsent(one, any -> new TreeSet<>()).add(clock.instant());
                        });
                    }
                });
    }

    private void check(Rooms rooms, List<Rule> rules, long seed) {
        for (Rule rule : rules) {
            Map<Field, Set<Integer>> expected = new TreeMap<>();
            told.stream()
                    .filter(one -> one.vendor().equals(rule.vendor()))
                    .forEach(one -> expected.computeIfAbsent(one.field(), any -> new TreeSet<>())
                            .add(rooms.rolls()
                                    .meant(rule, one.field().entity(), one.id())
                                    .orElseThrow()));
            Map<Field, Set<Integer>> held = new TreeMap<>();
            rooms.custody().held(rule.vendor()).forEach((field, records) -> {
                if (rule.grants().containsKey(field)) {
                    Set<Integer> ordinals = new TreeSet<>();
                    records.forEach((org.roaringbitmap.IntConsumer) ordinals::add);
                    held.put(field, ordinals);
                }
            });
            assertEquals(expected, held, "seed " + seed + ", " + rule.id());
            Set<Integer> persons = new HashSet<>();
            expected.forEach((field, ordinals) -> ordinals.forEach(ordinal -> persons.add(
                    field.entity() == Entity.ENROLLMENT
                            ? rooms.vault().relations().enrollmentUser(ordinal)
                            : ordinal)));
            assertEquals(
                    persons.size(),
                    rooms.custody().exposure(rule.vendor(), clock.instant()).persons(),
                    "seed " + seed);
        }
    }

    @Test
    @DisplayName(
            "how far an incident reaches equals the captured answers of that stretch of time, deleted since or not")
    void reach(@TempDir Path directory) throws IOException {
        Random random = new Random(7);
        try (var district = LiveDistrict.make(directory.resolve("home"), clock, new SecureRandom())) {
            var rules = furnished(district, directory);
            List<Instant> moments = new ArrayList<>();
            for (int n = 0; n < 60; n++) {
                clock.now = clock.now.plusSeconds(61);
                moments.add(clock.now);
                step(district.rooms(), rules.get(random.nextInt(rules.size())), random);
            }
            int told = 0;
            for (Rule rule : rules) {
                for (int n = 0; n < 6; n++) {
                    int first = random.nextInt(moments.size());
                    Instant from = moments.get(first);
                    Instant until = moments.get(first + random.nextInt(moments.size() - first));
                    Field field = List.copyOf(
                                    new TreeSet<>(rule.grantsOf(Entity.USER).keySet()))
                            .get(random.nextInt(rule.grantsOf(Entity.USER).size()));
                    Set<String> elements = district.rooms().book().elements(rule.id(), rule.version(), field);
                    told += reach(district.rooms(), rule, from, until, elements);
                }
            }
            assertTrue(told > 100, "the run told too little to prove anything: " + told);
        }
    }

    private int reach(Rooms rooms, Rule rule, Instant from, Instant until, Set<String> elements) {
        Set<Integer> persons = new HashSet<>();
        ever.forEach((one, times) -> {
            Instant first = times.ceiling(from);
            boolean within = first != null && first.isBefore(until);
            boolean asked = rooms.book().elements(rule.id(), rule.version(), one.field()).stream()
                    .anyMatch(elements::contains);
            if (one.vendor().equals(rule.vendor()) && within && asked) {
                int ordinal = rooms.rolls()
                        .meant(rule, one.field().entity(), one.id())
                        .orElseThrow();
                persons.add(
                        one.field().entity() == Entity.ENROLLMENT
                                ? rooms.vault().relations().enrollmentUser(ordinal)
                                : ordinal);
            }
        });
        var reach = rooms.custody().reach(rule.vendor(), from, until, elements);
        assertEquals(persons.size(), reach.persons(), rule.id() + ", " + from + " to " + until + ", " + elements);
        assertTrue(elements.containsAll(reach.elements().keySet()), reach.toString());
        return persons.size();
    }

    @Test
    @DisplayName("tells whom a vendor holds and sees no more, and a directive about them names nobody")
    void gone(@TempDir Path directory) throws IOException {
        try (var district = LiveDistrict.make(directory.resolve("home"), clock, new SecureRandom())) {
            var rules = furnished(district, directory);
            var rooms = district.rooms();
            var rule = rules.getFirst();
            pull(rooms, rule, new Random(5));
            RoaringBitmap users = rooms.custody().users(rule.vendor());
            var made = rooms.custody()
                    .direct(
                            rule.vendor(),
                            rule.agreement(),
                            "left",
                            new What(Optional.empty(), Optional.of(users)),
                            30,
                            "ada",
                            clock.instant());
            var letter = String.join(
                    "\n",
                    DisposalLetter.lines(
                            "Made-up District",
                            rooms.book().papers().vendor(rule.vendor()).orElseThrow(),
                            rooms.book().papers().agreement(rule.agreement()).orElseThrow(),
                            made,
                            rooms.custody().exposure(rule.vendor(), clock.instant()),
                            clock.instant()));
            told.forEach(one -> assertTrue(!letter.contains(one.id()), letter));
            assertTrue(letter.contains("Due: " + made.due().toString().substring(0, 10)), letter);
            assertEquals(made.due(), clock.instant().plus(Duration.ofDays(30)));
        }
    }
}
