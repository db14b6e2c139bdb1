package org.rosterkeep.appliance;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import org.rosterkeep.entitlement.Edition;
import org.rosterkeep.fixture.MadeUpDistrict;
import org.rosterkeep.rules.Checked;
import org.rosterkeep.rules.Proposal;
import org.rosterkeep.rules.Rule;

/// What an edit of a rule costs, by what the edit changes: its draft, which is drawn to be counted, and the
/// edition after
/// it. The rule is for every school of the district; the limit is the draft and first edition of such a rule,
/// which have
/// to look at everybody. Each edit is made several times over, and the middle one counts.
///
/// `EditionCurveBench DIRECTORY [students, default 50000] [other rules, default 1000] [times, default 7]`
final class EditionCurveBench {
    private final LiveDistrict district;
    private final List<String> schools;
    private final int times;
    private final Clock clock = Clock.systemUTC();
    private Cost limit = new Cost(0, 1, 1);

    private EditionCurveBench(LiveDistrict district, List<String> schools, int times) {
        this.times = times;
        this.district = district;
        this.schools = schools;
    }

    /// @param draft CPU of the draft
    /// @param cpu of the draft and the edition
    /// @param wall of both
    private record Cost(long draft, long cpu, long wall) {}

    public static void main(String[] args) throws IOException {
        Path directory = Files.createDirectories(Path.of(args[0]));
        int students = args.length > 1 ? Integer.parseInt(args[1]) : 50_000;
        int rules = args.length > 2 ? Integer.parseInt(args[2]) : 1000;
        Path zip = directory.resolve("roster.zip");
        new MadeUpDistrict(MadeUpDistrict.Shape.of(students).schools(Math.max(10, students / 1000))).zip(zip);
        try (LiveDistrict district =
                LiveDistrict.make(directory.resolve("home"), Clock.systemUTC(), new SecureRandom())) {
            district.sign(RuleEditBench.PROFILE, RuleEditBench.VENDOR, RuleEditBench.agreement());
            district.take(zip, Set.of());
            int times = args.length > 3 ? Integer.parseInt(args[3]) : 7;
            new EditionCurveBench(district, RuleEditBench.schools(zip), times).run(students, rules);
        }
    }

    private void run(int students, int rules) {
        System.out.printf("%,d students, %,d schools, %,d other rules%n", students, schools.size(), rules);
        for (int n = 0; n < rules; n++) {
            edition(rule("rule-" + n, List.of(schools.get(n % schools.size())), 2, Set.of()));
        }
        limit = middle(n -> rule("limit-" + n, besides("nowhere-" + n), 2, Set.of()));
        print("LIMIT: a first rule for every school", limit);
        List<String> fewer = schools.subList(1, schools.size());
        Set<String> grades = grades();
        edition(rule("whole", schools, 2, Set.of()));
        alternating(
                "one school dropped",
                "one school added",
                n -> rule("whole", n % 2 == 0 ? fewer : schools, 2, Set.of()));
        alternating("one field dropped", "one field added", n -> rule("whole", schools, n % 2 == 0 ? 0 : 2, Set.of()));
        Set<String> fewerGrades = new TreeSet<>(grades);
        fewerGrades.remove(grades.iterator().next());
        edition(rule("whole", schools, 2, grades));
        alternating(
                "one grade dropped, of " + grades.size(),
                "one grade added",
                n -> rule("whole", schools, 2, n % 2 == 0 ? fewerGrades : grades));
    }

    /// Every school, in a scope that no other rule has: rules of one scope share the work.
    private List<String> besides(String nowhere) {
        List<String> orgs = new ArrayList<>(schools);
        orgs.add(nowhere);
        return orgs;
    }

    private Set<String> grades() {
        return new TreeSet<>(district.rooms().vault().relations().userGrades().keySet());
    }

    private void alternating(String even, String odd, IntFunction<Rule> rules) {
        Cost[] costs = new Cost[2 * times];
        for (int n = 0; n < costs.length; n++) {
            int which = n;
            costs[n] = timed(() -> rules.apply(which));
        }
        for (int first = 0; first < 2; first++) {
            Cost[] every = new Cost[times];
            for (int n = 0; n < times; n++) {
                every[n] = costs[2 * n + first];
            }
            print(first == 0 ? even : odd, middle(every));
        }
    }

    private Cost middle(IntFunction<Rule> rules) {
        Cost[] costs = new Cost[times];
        for (int n = 0; n < times; n++) {
            int which = n;
            costs[n] = timed(() -> rules.apply(which));
        }
        return middle(costs);
    }

    private static Cost middle(Cost[] costs) {
        return new Cost(middle(costs, Cost::draft), middle(costs, Cost::cpu), middle(costs, Cost::wall));
    }

    private static long middle(Cost[] costs, ToLongFunction<Cost> part) {
        return Arrays.stream(costs).mapToLong(part).sorted().toArray()[costs.length / 2];
    }

    private Cost timed(Supplier<Rule> drafting) {
        long wall = System.nanoTime();
        long before = cpu();
        Rule rule = drafting.get();
        long drafted = cpu();
        edition(rule);
        return new Cost(drafted - before, cpu() - before, System.nanoTime() - wall);
    }

    private static long cpu() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    private Edition edition(Rule rule) {
        return district.rooms().editions().current(rule, clock.instant());
    }

    private Rule rule(String id, List<String> orgs, int names, Set<String> grades) {
        String text = RuleEditBench.rule(id, orgs, names);
        String scoped = grades.isEmpty()
                ? text
                : text.replace(
                        "\"subOrgs\": false",
                        "\"subOrgs\": false, \"grades\": [\"" + String.join("\", \"", grades) + "\"]");
        return switch (district.rooms()
                .book()
                .draft(scoped.getBytes(StandardCharsets.UTF_8), "author", clock.instant())) {
            case Checked.Sound<?> sound -> ((Proposal) sound.value()).rule();
            case Checked.Flawed<?> flawed ->
                throw new IllegalStateException(flawed.problems().toString());
        };
    }

    private void print(String what, Cost cost) {
        System.out.printf(
                "%-40s draft %,8.1f, whole %,8.1f ms CPU, %,8.1f ms wall %8.3f of the limit%n",
                what, cost.draft() / 1e6, cost.cpu() / 1e6, cost.wall() / 1e6, (double) cost.cpu() / limit.cpu());
    }
}
