package org.rosterkeep.appliance;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import de.siegmar.fastcsv.reader.CsvReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rosterkeep.intake.Options;
import org.rosterkeep.intake.Progress;
import org.rosterkeep.intake.Report;
import org.rosterkeep.intake.Source;
import org.rosterkeep.log.Log;
import org.rosterkeep.roster.Catalogue;
import org.rosterkeep.roster.Entity;

@DisplayName("A rehearsal's made-up roster")
class MadeUpRosterTest {
    private static final Instant NOW = Instant.parse("2026-10-05T06:45:00Z");
    private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
    private static final List<String> ROLES = List.of(
            "student",
            "teacher",
            "guardian",
            "parent",
            "relative",
            "aide",
            "counselor",
            "proctor",
            "principal",
            "siteAdministrator",
            "districtAdministrator",
            "systemAdministrator",
            "ext:librarian");

    private final RehearsalScale scale = RehearsalScale.shipped();

    private MadeUpCast cast(Population population, long seed, int day) {
        return new MadeUpCast(scale, population, seed, day);
    }

    private byte[] zip(Population population, long seed, int day) {
        return new MadeUpRoster(scale, cast(population, seed, day), LocalDate.ofInstant(NOW, ZoneOffset.UTC)).zip();
    }

    private static Set<String> some(Random random, List<String> from) {
        var some = from.stream().filter(one -> random.nextInt(3) == 0).collect(Collectors.toSet());
        return some.isEmpty() ? Set.of(from.getFirst()) : some;
    }

    private static Set<String> ids(Random random, String kind, int most) {
        var ids = new HashSet<String>();
        for (int n = random.nextInt(most); n >= 0; n--) {
            ids.add(kind + "@" + n + "/x");
        }
        return ids;
    }

    private static Population population(Random random) {
        return new Population(
                ids(random, "org", random.nextBoolean() ? 3 : 120),
                random.nextBoolean(),
                some(random, ROLES),
                random.nextBoolean() ? some(random, List.of("01", "03", "KG", "12")) : Set.of(),
                random.nextBoolean() ? ids(random, "class", random.nextBoolean() ? 5 : 900) : Set.of());
    }

    private static Report take(District district, byte[] zip) {
        var elements = Catalogue.shipped().elements().stream()
                .map(Catalogue.Element::id)
                .collect(Collectors.toSet());
        elements.add("id.state.local");
        var options = Options.of("test").keeping(elements).removing(Options.Removing.CONFIRMED);
        return district.rooms().intake().run(new Source.Held(zip), options, Progress.unwatched());
    }

    private static District district(Path directory) throws IOException {
        Home.makePrivate(directory);
        var log = new Log(System.err, CLOCK);
        var random = new SecureRandom();
        return District.make(
                new DistrictName("town"),
                directory,
                org.rosterkeep.keys.UnsealingFile.create(District.unsealingFile(directory), random),
                new Wiring(CLOCK, random, log));
    }

    @Test
    @DisplayName("is taken in without a single finding, whatever the scope, on its first day and the next ones")
    void clean(@TempDir Path directory) throws IOException {
        long seed = new Random().nextLong();
        System.out.println("seed " + seed);
        var random = new Random(seed);
        for (int n = 0; n < 6; n++) {
            var population = population(random);
            try (var district = district(directory.resolve("d" + n))) {
                for (int day = 1; day <= 3; day++) {
                    var report = take(district, zip(population, seed, day));
                    assertEquals(Report.Outcome.APPLIED, report.outcome(), "seed " + seed);
                    assertEquals(0, report.findings().size(), "seed " + seed + " " + report.findings());
                }
            }
        }
    }

    @Test
    @DisplayName("is the same bytes for the same scope, seed and day, and other bytes for another seed")
    void deterministic() {
        var population = population(new Random(7));
        assertArrayEquals(zip(population, 1, 2), zip(population, 1, 2));
        assertFalse(java.util.Arrays.equals(zip(population, 1, 1), zip(population, 2, 1)));
    }

    @Test
    @DisplayName("is bounded however much the scope names, and never empty however little")
    void bounded() {
        var orgs = new HashSet<String>();
        var classes = new HashSet<String>();
        for (int n = 0; n < 5_000; n++) {
            orgs.add("org-" + n);
            classes.add("class-" + n);
        }
        for (var sub : List.of(true, false)) {
            var large = cast(new Population(orgs, sub, new HashSet<>(ROLES), Set.of(), classes), 1, 20);
            assertTrue(large.people().size() < 4_000, "people " + large.people().size());
            assertTrue(
                    large.enrolments().size() < 8_000,
                    "enrolments " + large.enrolments().size());
            var small = cast(new Population(Set.of("o"), sub, Set.of("student"), Set.of(), Set.of("c")), 1, 20);
            assertTrue(small.people().size() > 40, "people " + small.people().size());
            assertTrue(
                    small.enrolments().stream().anyMatch(one -> one.group().id().equals("c")));
        }
    }

    @Test
    @DisplayName("has, each further day, some who leave, some who come, some renamed, and some in another class")
    void days() {
        var population = new Population(Set.of("o"), false, Set.of("student", "teacher"), Set.of(), Set.of());
        for (int day = 1; day < scale.scriptDaysMax(); day++) {
            var before = cast(population, 5, day);
            var after = cast(population, 5, day + 1);
            var then = before.people().stream().map(MadeUpCast.Person::id).collect(Collectors.toSet());
            var now = after.people().stream().map(MadeUpCast.Person::id).collect(Collectors.toSet());
            var left = new ArrayList<>(then);
            left.removeAll(now);
            var came = new ArrayList<>(now);
            came.removeAll(then);
            assertEquals(scale.leave(), students(left), "day " + day);
            assertEquals(scale.come(), students(came), "day " + day);
            assertFalse(new HashSet<>(before.people()).containsAll(after.people()), "day " + day);
            var taught =
                    before.enrolments().stream().map(MadeUpCast.Enrolment::id).collect(Collectors.toSet());
            assertTrue(
                    after.enrolments().stream()
                            .anyMatch(one -> then.contains(one.user()) && !taught.contains(one.id())),
                    "day " + day);
        }
    }

    private static long students(List<String> ids) {
        return ids.stream().filter(id -> id.contains("student")).count();
    }

    @Test
    @DisplayName("fills every column the house can store, and nothing is dropped but logins and young pupils' phones")
    void filled(@TempDir Path directory) throws IOException {
        var population =
                new Population(Set.of("o"), true, Set.of("student", "teacher", "guardian"), Set.of(), Set.of());
        var zip = zip(population, 3, 1);
        // Blank in a complete file, never stored, or of another service.
        var blank = Set.of("status", "dateLastModified", "password", "resourceSourcedIds");
        try (var in = new ZipInputStream(new ByteArrayInputStream(zip))) {
            for (var entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                var empty = new HashSet<String>();
                var filled = new HashSet<String>();
                CsvReader.builder()
                        .ofNamedCsvRecord(new String(in.readAllBytes(), StandardCharsets.UTF_8))
                        .forEach(row -> row.getFieldsAsMap()
                                .forEach((column, cell) -> (cell.isEmpty() ? empty : filled).add(column)));
                empty.removeAll(filled);
                empty.removeAll(blank);
                assertEquals(Set.of(), empty, entry.getName());
            }
        }
        try (var district = district(directory.resolve("d"))) {
            assertEquals(
                    Set.of("demo.age13plus", "id.password"),
                    take(district, zip).dropped().keySet());
            for (var entity : Entity.values()) {
                assertTrue(district.rooms().vault().relations().live(entity).getCardinality() > 0, entity.one());
            }
        }
    }
}
