package org.rosterkeep.oracle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rosterkeep.fixture.HandClock;
import org.rosterkeep.fixture.Rules;

/// Three districts, alike at first. Two of them deliver the same to a vendor's eyes: two pupils are not named
/// any more. In
/// the one this passes; in the other so many people at another school are missing besides that all of it is held. The
/// third goes on naming the two for as long as the second holds them.
///
/// That the second is not as the first is what decision 0050 admits. That it is as the third, to the byte, is
/// the bound.
@DisplayName("What is held at intake, because more went than a vendor may know of,")
class HeldRemovalsTest {
    private static final int FAR = 30;
    private static final List<String> FILES = List.of("users", "roles", "userProfiles", "enrollments", "demographics");
    private static final List<String> PATHS = List.of(
            "/orgs",
            "/academicSessions",
            "/courses",
            "/classes",
            "/users",
            "/students",
            "/enrollments",
            "/demographics",
            "/users?sort=dateLastModified&orderBy=desc",
            "/users?filter=status%3D'tobedeleted'");

    @TempDir
    private Path directory;

    private final HandClock clock = new HandClock();
    private final List<Rules> rules = TwinRules.northern();
    private int deliveries;

    @Test
    @DisplayName("is to a vendor what is still delivered, and when it is let go, what is not delivered from then on")
    void delayedAlone() throws Exception {
        var mould = Twin.Mould.make(directory.resolve("mould"), clock, 1, rules);
        try (Twin passed = twin(mould, "passed");
                Twin held = twin(mould, "held");
                Twin named = twin(mould, "named")) {
            Path before = district(passed);
            for (Twin twin : List.of(passed, held, named)) {
                twin.takeGuarded(before);
            }
            alike("before", held, passed, named);
            clock.forward(Duration.ofMinutes(7));
            List<String> leavers = pupils(before).subList(0, 2);
            List<String> all = Stream.concat(leavers.stream(), far()).toList();
            assertEquals(Optional.empty(), passed.takeGuarded(without(before, leavers, FILES)));
            String report = held.takeGuarded(without(before, all, FILES)).orElseThrow();
            assertEquals(
                    Optional.empty(),
                    named.takeGuarded(without(before, leavers, List.of("enrollments", "demographics"))));
            alike("held", held, named);
            Set<String> still = active(held);
            assertNotEquals(still, active(passed), "this much can be told");
            assertEquals(still, active(named));
            clock.forward(Duration.ofDays(1));
            held.release(report);
            assertEquals(Optional.empty(), named.takeGuarded(without(before, leavers, FILES)));
            alike("let go", held, named);
            passed.forgetTokens();
            assertEquals(active(passed), active(held), "the same in the end");
        }
    }

    private Twin twin(Twin.Mould mould, String name) throws IOException {
        return new Twin(mould, directory.resolve(name), clock, new TwinRoster(7, 7000));
    }

    /// A delivery with many at the school that no rule here gives.
    private Path district(Twin twin) throws IOException {
        Path folder = twin.write(0);
        List<String> users = new ArrayList<>();
        List<String> roles = new ArrayList<>();
        far().forEach(id -> {
            users.add(id + ",,,true,login." + id + ",,Far,Away,,,,,,,05,,,,,,south,");
            roles.add("role-" + id + ",,," + id + ",primary,student,,,south,");
        });
        add(folder.resolve("users.csv"), users);
        add(folder.resolve("roles.csv"), roles);
        return folder;
    }

    private static Stream<String> far() {
        return Stream.iterate(0, n -> n + 1).limit(FAR).map(n -> "far" + n);
    }

    private static void add(Path file, List<String> rows) throws IOException {
        Files.writeString(file, Files.readString(file) + String.join("\r\n", rows) + "\r\n");
    }

    /// Who is a pupil in view.
    private static List<String> pupils(Path folder) throws IOException {
        try (Stream<String> rows = Files.lines(folder.resolve("roles.csv"))) {
            return rows.map(row -> row.split(",", -1))
                    .filter(cells -> cells[3].startsWith("pupil") && cells[4].equals("primary"))
                    .filter(cells -> cells[8].equals("north"))
                    .map(cells -> cells[3])
                    .sorted()
                    .toList();
        }
    }

    /// The same delivery, but for these people in these files.
    private Path without(Path folder, Collection<String> people, List<String> files) throws IOException {
        Path other = Files.createDirectory(directory.resolve("without-" + deliveries++));
        try (Stream<Path> all = Files.list(folder)) {
            for (Path file : all.toList()) {
                String name = file.getFileName().toString();
                String text = Files.readString(file);
                boolean touched = files.contains(name.replace(".csv", ""));
                Files.writeString(other.resolve(name), touched ? without(text, people) : text);
            }
        }
        return other;
    }

    private static String without(String text, Collection<String> people) {
        StringBuilder left = new StringBuilder();
        text.lines()
                .filter(row -> Arrays.stream(row.split(",", -1)).noneMatch(people::contains))
                .forEach(row -> left.append(row).append("\r\n"));
        return left.toString();
    }

    private void alike(String when, Twin... twins) {
        for (Rules rule : rules) {
            for (String path : PATHS) {
                Set<String> answers = new TreeSet<>();
                for (Twin twin : twins) {
                    answers.add(answer(twin, rule.id(), path));
                }
                assertEquals(1, answers.size(), () -> when + ": " + rule.id() + " asks " + path + answers);
                assertFalse(answers.toString().contains("Away"));
                assertTrue(!path.equals("/users") || answers.toString().contains("\"active\""), "a test of nothing");
            }
        }
    }

    private static String answer(Twin twin, String rule, String path) {
        return Pull.appearance(twin.as(rule).ask(Pull.V1P2 + path).join());
    }

    private static Set<String> active(Twin twin) {
        Set<String> ids = new TreeSet<>();
        Pull.records(twin.as("treated")
                        .get(Pull.V1P2 + "/users?filter=status%3D'active'")
                        .body())
                .forEach(record -> ids.add(record.asJsonObject().getString("sourcedId")));
        return ids;
    }
}
