package org.rosterkeep.oracle;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rosterkeep.fixture.MadeUpDistrict;
import org.rosterkeep.intake.Confidence;
import org.rosterkeep.intake.Intake;
import org.rosterkeep.intake.Limits;
import org.rosterkeep.intake.Options;
import org.rosterkeep.intake.Progress;
import org.rosterkeep.intake.Proposals;
import org.rosterkeep.intake.Report;
import org.rosterkeep.intake.Source;
import org.rosterkeep.keys.KeyRing;
import org.rosterkeep.keys.UnsealingFile;
import org.rosterkeep.roster.Catalogue;
import org.rosterkeep.roster.Entity;
import org.rosterkeep.vault.Vault;

@DisplayName("A mapping that is proposed")
class MatchedTest {
    private static final int SEEDS = 20;

    @TempDir
    private Path directory;

    /// How many proposals were right, and how many people could have been found.
    private static final class Score {
        private final Map<Confidence, long[]> of = new EnumMap<>(Confidence.class);
        private long there;
        private long named;

        void count(Confidence confidence, boolean right) {
            long[] counts = of.computeIfAbsent(confidence, c -> new long[2]);
            counts[0]++;
            counts[1] += right ? 1 : 0;
        }

        long proposed(Confidence confidence) {
            return of.getOrDefault(confidence, new long[2])[0];
        }

        long right(Confidence confidence) {
            return of.getOrDefault(confidence, new long[2])[1];
        }

        @Override
        public String toString() {
            StringBuilder text = new StringBuilder("of " + there + " people, " + named + " with a name");
            for (Confidence confidence : Confidence.values()) {
                text.append(", ").append(confidence.word()).append(' ').append(right(confidence));
                text.append(" right of ").append(proposed(confidence));
            }
            return text.toString();
        }
    }

    @Test
    @DisplayName("is right in every exact pair, whatever got lost, swapped, renamed, split or reused on the way")
    void precise() throws Exception {
        Score score = new Score();
        for (long seed = 1; seed <= SEEDS; seed++) {
            run(seed, score);
        }
        assertEquals(score.proposed(Confidence.EXACT), score.right(Confidence.EXACT), score.toString());
        // Guardians, whose names are not kept, are never exact.
        assertTrue(score.right(Confidence.EXACT) * 100 > score.named * 65, score.toString());
        long all = 0;
        for (Confidence confidence : Confidence.values()) {
            all += score.right(confidence);
        }
        assertTrue(all * 100 > score.there * 80, score.toString());
        assertTrue(score.right(Confidence.LIKELY) * 100 >= score.proposed(Confidence.LIKELY) * 98, score.toString());
    }

    private void run(long seed, Score score) throws Exception {
        Path old = directory.resolve("old" + seed);
        Path now = directory.resolve("now" + seed);
        new MadeUpDistrict(MadeUpDistrict.Shape.of(160).schools(2).guardians(1).seed(seed)).folder(old);
        NextSystem next = new NextSystem(seed);
        List<List<String>> twins = next.twins(old);
        assertTrue(twins.size() > 5, "a test of nothing");
        copy(old, now);
        next.change(now, twins);
        Renaming renaming = new Renaming(seed * 31);
        renaming.learn(now);
        renaming.rewrite(now);
        Path home = Files.createDirectory(directory.resolve("home" + seed));
        SecureRandom random = new SecureRandom();
        try (KeyRing keys = KeyRing.create(
                        home.resolve("keys"), UnsealingFile.create(home.resolve("unseal"), random), random);
                Vault vault = Vault.open(home, keys, Clock.systemUTC())) {
            Intake intake = new Intake(
                    Catalogue.shipped(),
                    Limits.shipped(),
                    vault,
                    vault,
                    (kind, actor, facts) -> {
                        assertFalse(facts.toString().contains("z"), "ids in the journal");
                        return 1;
                    },
                    Clock.systemUTC());
            Options options = Options.of("anna");
            assertEquals(
                    Report.Outcome.APPLIED,
                    intake.run(Source.at(old), options, Progress.unwatched()).outcome());
            long batch = vault.relations().batch();
            Proposals proposals = intake.matching().propose(Source.at(now), options, Progress.unwatched());
            assertEquals(batch, vault.relations().batch(), "it changed something");
            judge(seed, proposals, renaming);
            judge(proposals, renaming, old, score);
            Proposals again = follow(seed, intake, proposals, now, vault);
            judge(seed, again, renaming);
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        try (var files = Files.list(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(file.getFileName()));
            }
        }
    }

    private static boolean right(Proposals.Pair pair, Renaming renaming) {
        return pair.now().equals(renaming.of(pair.entity().many()).get(pair.old()));
    }

    private static void judge(long seed, Proposals proposals, Renaming renaming) {
        for (Proposals.Pair pair : proposals.pairs()) {
            assertTrue(
                    right(pair, renaming) || pair.confidence() != Confidence.EXACT,
                    () -> "seed " + seed + ": " + pair.entity() + " " + pair.old() + " " + pair.why());
        }
    }

    private static void judge(Proposals proposals, Renaming renaming, Path old, Score score) throws IOException {
        Set<String> known = new HashSet<>();
        Renaming.rows(old.resolve("users.csv")).forEach(row -> known.add(row.getFirst()));
        score.there +=
                renaming.of("users").keySet().stream().filter(known::contains).count();
        Set<String> guardians = new HashSet<>();
        Renaming.rows(old.resolve("roles.csv")).stream()
                .filter(row -> row.contains("guardian"))
                .forEach(row -> guardians.add(row.get(3)));
        score.named += renaming.of("users").keySet().stream()
                .filter(id -> known.contains(id) && !guardians.contains(id))
                .count();
        proposals.pairs().stream()
                .filter(pair -> pair.entity() == Entity.USER)
                .forEach(pair -> score.count(pair.confidence(), right(pair, renaming)));
        assertEquals(renaming.of("orgs").size(), proposals.count(Entity.ORG, Confidence.EXACT));
        assertEquals(renaming.of("classes").size() - 1, proposals.count(Entity.CLASS, Confidence.EXACT));
        assertEquals(1, proposals.nobody().getOrDefault(Entity.CLASS, 0L) + proposals.unsure(Entity.CLASS));
    }

    /// What was exact is taken; the others are listed, and nobody is made twice or taken away.
    private Proposals follow(long seed, Intake intake, Proposals proposals, Path now, Vault vault) throws IOException {
        Path mapping = Files.write(directory.resolve("mapping" + seed), proposals.mapping(Confidence.EXACT));
        String review = new String(proposals.review(Confidence.EXACT), UTF_8);
        assertEquals(
                proposals.pairs().size() + 1L,
                review.lines().filter(line -> !line.contains(",unsure,")).count());
        Map<String, String> lines = new HashMap<>();
        List<String> written = Files.readAllLines(mapping);
        review.lines()
                .skip(1)
                .map(line -> line.split(","))
                .filter(cells -> !cells[0].isEmpty())
                .forEach(cells -> {
                    assertEquals(
                            cells[1] + "," + cells[2] + "," + cells[3], written.get(Integer.parseInt(cells[0]) - 1));
                    lines.put(cells[0], cells[4]);
                });
        assertEquals(written.size() - 1, lines.size());
        long people = vault.relations().live(Entity.USER).getLongCardinality();
        Report report = intake.run(Source.at(now), Options.of("anna").mappedBy(mapping), Progress.unwatched());
        assertEquals(Report.Outcome.APPLIED, report.outcome(), report.findings().toString());
        assertEquals(0, report.of(Entity.USER).added() + report.of(Entity.USER).removed());
        assertEquals(
                proposals.count(Entity.USER, Confidence.EXACT), report.renamed().get(Entity.USER));
        assertEquals(people, vault.relations().live(Entity.USER).getLongCardinality());
        assertTrue(report.unmatched() > 0);
        // The rest is proposed with what is known by now.
        Proposals again = intake.matching().propose(Source.at(now), Options.of("anna"), Progress.unwatched());
        assertTrue(again.count(Entity.USER, Confidence.LIKELY) > 0);
        return again;
    }
}
