package org.rosterkeep.intake;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.RepeatedTest;
import org.rosterkeep.intake.World.Files;

@DisplayName("Whatever two random rosters are")
class EquivalenceTest {
    private static final String THEN = "2026-10-05T06:30:00.000Z";
    private static final int ORGS = 4;
    private static final int CLASSES = 5;
    private static final int USERS = 12;
    private static final int ENROLLMENTS = 30;

    /// A random roster, each record with an id out of a small set, every reference to a record that is there.
    private static final class Roster {
        private final Map<String, Map<String, String>> files = new TreeMap<>();

        Roster(Random random) {
            for (String file : HEADERS.keySet()) {
                files.put(file, new TreeMap<>());
            }
            put("academicSessions", "y", "Y,schoolYear,2026-08-24,2027-06-12,,2027");
            put("orgs", "o0", "District,district,,");
            put("courses", "c", "y,Course,,,o0,,");
            for (int i = 1; i < ORGS; i++) {
                if (random.nextInt(4) > 0) {
                    String parent = has("orgs", "o" + (i - 1)) && random.nextBoolean() ? "o" + (i - 1) : "o0";
                    put("orgs", "o" + i, "School " + random.nextInt(3) + ",school,," + parent);
                }
            }
            // The first of each kind is always there: a file without rows deletes nothing, and that is another test.
            for (int i = 0; i < CLASSES; i++) {
                if (i == 0 || random.nextInt(4) > 0) {
                    put(
                            "classes",
                            "k" + i,
                            "Class " + random.nextInt(2) + ",,c,,scheduled,," + any("orgs", random) + ",y,,,");
                }
            }
            for (int i = 0; i < USERS; i++) {
                if (i == 0 || random.nextInt(4) > 0) {
                    put(
                            "users",
                            "u" + i,
                            "true,n" + i + ",,G" + random.nextInt(3) + ",F,,,,,,,0" + (1 + random.nextInt(3)) + ",,,,,,"
                                    + any("orgs", random) + ",");
                    for (int r = 0; r <= random.nextInt(2); r++) {
                        String role = List.of("student", "teacher", "parent").get(random.nextInt(3));
                        put(
                                "roles",
                                "r" + i + "-" + r,
                                "u" + i + ",primary," + role + ",,," + any("orgs", random) + ",");
                    }
                    if (i == 0 || random.nextBoolean()) {
                        put("demographics", "u" + i, (2009 + random.nextInt(8)) + "-05-05,,,,,,,,,,,,");
                    }
                }
            }
            for (int i = 0; i < ENROLLMENTS; i++) {
                if (i == 0 || random.nextInt(4) > 0) {
                    put(
                            "enrollments",
                            "e" + i,
                            any("classes", random) + "," + any("orgs", random) + "," + any("users", random)
                                    + ",student,,,");
                }
            }
        }

        private boolean has(String file, String id) {
            return files.get(file).containsKey(id);
        }

        private void put(String file, String id, String rest) {
            files.get(file).put(id, rest);
        }

        private String any(String file, Random random) {
            List<String> ids = new ArrayList<>(files.get(file).keySet());
            return ids.get(random.nextInt(ids.size()));
        }

        /// As a complete delivery, rows in random order.
        Files bulk(Random random) {
            Files delivery = new Files("1.2");
            files.forEach((file, rows) -> {
                List<String> lines = new ArrayList<>();
                rows.forEach((id, rest) -> lines.add(id + ",,," + rest));
                java.util.Collections.shuffle(lines, random);
                lines.add(0, HEADERS.get(file));
                delivery.with(file, "bulk", lines.toArray(String[]::new));
            });
            return delivery;
        }

        private List<String> rolesOf(String user) {
            return files.get("roles").values().stream()
                    .filter(role -> role.startsWith(user + ","))
                    .sorted()
                    .toList();
        }

        /// What changed since, as a delta. A user whose roles changed has a row too: of a guardian less is
        /// kept, and what
        /// was not kept only a row can bring.
        Files since(Roster before) {
            Files delivery = new Files("1.2");
            files.forEach((file, rows) -> {
                List<String> lines = new ArrayList<>(List.of(HEADERS.get(file)));
                rows.forEach((id, rest) -> {
                    boolean roles = file.equals("users") && !rolesOf(id).equals(before.rolesOf(id));
                    if (roles || !rest.equals(before.files.get(file).get(id))) {
                        lines.add(id + ",active," + THEN + "," + rest);
                    }
                });
                before.files.get(file).forEach((id, rest) -> {
                    if (!rows.containsKey(id)) {
                        lines.add(id + ",tobedeleted," + THEN + "," + rest);
                    }
                });
                if (lines.size() > 1) {
                    delivery.with(file, "delta", lines.toArray(String[]::new));
                }
            });
            return delivery;
        }
    }

    private static final Map<String, String> HEADERS = new TreeMap<>(Map.of(
            "orgs",
            "sourcedId,status,dateLastModified,name,type,identifier,parentSourcedId",
            "academicSessions",
            "sourcedId,status,dateLastModified,title,type,startDate,endDate,parentSourcedId,schoolYear",
            "courses",
            "sourcedId,status,dateLastModified,schoolYearSourcedId,title,courseCode,grades,orgSourcedId,"
                    + "subjects,subjectCodes",
            "classes",
            "sourcedId,status,dateLastModified,title,grades,courseSourcedId,classCode,classType,location,"
                    + "schoolSourcedId,termSourcedIds,subjects,subjectCodes,periods",
            "users",
            World.USERS,
            "roles",
            World.ROLES,
            "demographics",
            World.DEMOGRAPHICS,
            "enrollments",
            World.ENROLLMENTS));

    private final long seed = System.nanoTime();
    private final Random random = new Random(seed);
    private final Roster first = new Roster(random);
    private final Roster second = new Roster(random);

    private World world() {
        World world = new World();
        world.options = world.options.removing(Options.Removing.CONFIRMED).keeping(java.util.Set.of("demo.birthdate"));
        return world;
    }

    private void clean(Report report) {
        assertEquals(0, report.quarantined(), () -> "seed " + seed + " " + report.findings());
    }

    @RepeatedTest(60)
    @DisplayName("taking in A and then B gives what B alone gives")
    void bulkAfterBulk() {
        World both = world();
        clean(both.run(first.bulk(random)));
        clean(both.run(second.bulk(random)));
        World one = world();
        clean(one.run(second.bulk(random)));
        assertEquals(one.landing.dump(), both.landing.dump(), "seed " + seed);
    }

    @RepeatedTest(60)
    @DisplayName("taking in A and the difference to B gives what B alone gives")
    void deltaAfterBulk() {
        World both = world();
        clean(both.run(first.bulk(random)));
        clean(both.run(second.since(first)));
        World one = world();
        clean(one.run(second.bulk(random)));
        assertEquals(one.landing.dump(), both.landing.dump(), "seed " + seed);
    }

    @RepeatedTest(20)
    @DisplayName("taking in A again, in another order, changes nothing")
    void again() {
        World world = world();
        world.run(first.bulk(random));
        assertEquals(Report.Outcome.UNCHANGED, world.run(first.bulk(random)).outcome(), "seed " + seed);
    }

    @RepeatedTest(20)
    @DisplayName("a dry run says exactly what the run then does")
    void dry() {
        World world = world();
        world.run(first.bulk(random));
        Options options = world.options;
        world.options = options.dry();
        Report said = world.run(second.bulk(random));
        world.options = options;
        Report done = world.run(second.bulk(random));
        assertEquals(said.changes(), done.changes(), "seed " + seed);
        assertEquals(said.schools(), done.schools(), "seed " + seed);
    }
}
