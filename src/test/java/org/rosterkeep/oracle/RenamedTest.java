package org.rosterkeep.oracle;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.rosterkeep.fixture.HandClock;
import org.rosterkeep.fixture.Rules;
import org.rosterkeep.intake.Confidence;
import org.rosterkeep.intake.Proposals;
import org.rosterkeep.intake.Report;
import org.rosterkeep.roster.Entity;

/// Two whole appliances with equal keys and one clock that take in the same district; one of them out of one system for
/// ever, the other out of two more, each with ids of its own. Every vendor hears the same bytes from both.
///
/// `-Drosterkeep.seed=N` tries another roster and another renaming.
@DisplayName("A district whose source system changes")
class RenamedTest {
    @TempDir
    static Path directory;

    private static final HandClock CLOCK = new HandClock();
    private static Twin.Mould mould;
    private static List<String> patterns;
    private static List<Rules> rules;

    @BeforeAll
    static void furnish() throws Exception {
        patterns = new OfficialApi().paths();
        rules = Stream.concat(Stream.of(TwinRules.whole()), TwinRules.northern().stream())
                .toList();
        mould = Twin.Mould.make(directory.resolve("mould"), CLOCK, 1, rules);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    @DisplayName("answers as if it never had: status, headers, bytes, deltas and tombstones, in both versions")
    void alike(long number) throws Exception {
        long seed = Long.getLong("rosterkeep.seed", number);
        try (Twin stays =
                        new Twin(mould, directory.resolve("stays" + number), CLOCK, new TwinRoster(seed, seed * 1000));
                Twin moves = new Twin(
                        mould, directory.resolve("moves" + number), CLOCK, new TwinRoster(seed, seed * 1000))) {
            Pair pair = new Pair(seed, stays, moves);
            for (int round = 0; round < TwinRoster.ROUNDS; round++) {
                pair.arrive(round);
                pair.everything("round " + round);
                if (round < 2) {
                    pair.change(directory.resolve("old-to-new-" + number + "-" + round));
                    pair.everything("the change after round " + round);
                }
            }
            assertTrue(pair.asked > 1000, "a test of nothing");
            assertEquals(List.of(), stays.district.faults());
            assertEquals(List.of(), moves.district.faults());
        }
    }

    private static final class Pair {
        private final long seed;
        private final Random random;
        private final Twin stays;
        private final Twin moves;
        private final List<Renaming> systems = new ArrayList<>();
        private final Map<String, String> tags = new HashMap<>();
        private Path stayed = Path.of("");
        private Path moved = Path.of("");
        private long asked;

        Pair(long seed, Twin stays, Twin moves) {
            this.seed = seed;
            this.random = new Random(seed);
            this.stays = stays;
            this.moves = moves;
        }

        /// A night like any other: the new system needs no mapping any longer.
        void arrive(int round) throws Exception {
            CLOCK.forward(Duration.ofMinutes(7));
            stayed = stays.write(round);
            moved = moves.write(round);
            for (Renaming system : systems) {
                system.rewrite(moved);
            }
            take(Optional.empty());
        }

        /// The same district once more, out of the next system.
        void change(Path mapping) throws Exception {
            CLOCK.forward(Duration.ofMinutes(7));
            Renaming next = new Renaming(seed * 31 + systems.size());
            next.learn(moved);
            next.rewrite(moved);
            systems.add(next);
            Report report = take(Optional.of(systems.size() == 1 ? reviewed(next, mapping) : next.mapping(mapping)));
            assertTrue(report.renamed().get(Entity.USER) > 10, "seed " + seed);
            assertEquals(0, report.sum(Report.Change::added) + report.sum(Report.Change::removed), "seed " + seed);
            assertEquals(0, report.unmatched(), "seed " + seed);
        }

        /// What is proposed for certain, and in the place of the rest what a person found out.
        private Path reviewed(Renaming next, Path mapping) throws Exception {
            Proposals proposals = moves.district.match(moved);
            String exact = new String(proposals.mapping(Confidence.EXACT), UTF_8);
            next.mapping(mapping);
            Set<String> truth = new TreeSet<>(Files.readAllLines(mapping));
            Set<String> lines = new LinkedHashSet<>();
            for (String line : exact.split("\r\n")) {
                String[] cells = line.split(",");
                String plural = Arrays.stream(Entity.values())
                        .filter(entity -> entity.one().equals(cells[0]))
                        .map(Entity::many)
                        .findFirst()
                        .orElse(cells[0]);
                String whole = plural + "," + cells[1] + "," + cells[2];
                assertTrue(truth.contains(whole), "seed " + seed + " proposes " + line);
                lines.add(whole);
            }
            assertTrue(lines.size() > 15, "seed " + seed + ": hardly anybody is recognised");
            lines.addAll(truth);
            return Files.write(mapping, lines);
        }

        private Report take(Optional<Path> mapping) {
            stays.take(stayed, Optional.empty());
            return moves.take(moved, mapping);
        }

        void everything(String when) {
            CLOCK.forward(Duration.ofMinutes(1));
            String since = CLOCK.instant().minus(Duration.ofMinutes(4)).toString();
            for (Rules rule : rules) {
                for (String service : List.of(Pull.V1P2, Pull.V1P1)) {
                    for (String pattern : patterns) {
                        path(rule.id(), service, pattern, since, when);
                    }
                }
            }
        }

        private void path(String rule, String service, String pattern, String since, String when) {
            List<String> paths = stays.as(rule).filled(service, pattern, 1);
            moves.as(rule).filled(service, pattern, 1);
            for (String path : paths) {
                same(rule, service + path, when);
                if (!pattern.endsWith("}")) {
                    same(rule, service + path + "?limit=1000", when);
                    same(rule, service + path + "?limit=3&offset=" + random.nextInt(4), when);
                    String delta = Pull.encoded("dateLastModified>='" + since + "'");
                    same(rule, service + path + "?limit=1000&filter=" + delta, when);
                }
            }
            // A vendor cannot ask by the new system's ids either.
            if (pattern.equals("/users/{sourcedId}")) {
                for (String id : List.of(
                        "nobody", systems.isEmpty() ? "no" : systems.getLast().someUser())) {
                    assertTrue(same(rule, service + "/users/" + id, when).startsWith("404"), rule + " " + when);
                }
            }
        }

        private String same(String rule, String pathAndQuery, String when) {
            String known = tags.getOrDefault(rule + pathAndQuery, "\"none\"");
            var left = stays.as(rule).ask(pathAndQuery, "If-None-Match", known);
            var right = moves.as(rule).ask(pathAndQuery, "If-None-Match", known);
            assertEquals(
                    Pull.appearance(left.join()),
                    Pull.appearance(right.join()),
                    () -> "seed " + seed + ", " + rule + " asks " + pathAndQuery + " after " + when);
            left.join().headers().firstValue("ETag").ifPresent(tag -> tags.put(rule + pathAndQuery, tag));
            asked++;
            return Pull.appearance(left.join());
        }
    }
}
