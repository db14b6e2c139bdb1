package org.rosterkeep.appliance;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.zip.ZipFile;
import org.rosterkeep.access.Role;
import org.rosterkeep.access.Session;
import org.rosterkeep.entitlement.Edition;
import org.rosterkeep.fixture.MadeUpDistrict;
import org.rosterkeep.roster.Entity;
import org.rosterkeep.rules.Ask;
import org.rosterkeep.rules.Checked;
import org.rosterkeep.rules.Decision;
import org.rosterkeep.rules.Recipient;
import org.rosterkeep.rules.Rule;

/// What an edit of a rule costs in a district with many rules: from the last signature to the new decision, and from
/// there to the edition that the vendor's next page is of. The limit it is held against is the same program's own first
/// edition of a rule for the whole district, which has to look at everybody.
///
/// `RuleEditBench DIRECTORY [students, default 50000] [rules, default 1000]`
final class RuleEditBench {
    private static final Set<String> ELEMENTS = Set.of();

    private final LiveDistrict district;
    private final List<String> schools;
    private final Clock clock = Clock.systemUTC();

    private RuleEditBench(LiveDistrict district, List<String> schools) {
        this.district = district;
        this.schools = schools;
    }

    public static void main(String[] args) throws IOException {
        Path directory = Files.createDirectories(Path.of(args[0]));
        int students = args.length > 1 ? Integer.parseInt(args[1]) : 50_000;
        int rules = args.length > 2 ? Integer.parseInt(args[2]) : 1000;
        Path zip = directory.resolve("roster.zip");
        MadeUpDistrict.Shape shape = MadeUpDistrict.Shape.of(students).schools(Math.max(10, students / 1000));
        new MadeUpDistrict(shape).zip(zip);
        Path changed = directory.resolve("changed.zip");
        new MadeUpDistrict(shape.changed(0.001)).zip(changed);
        try (LiveDistrict district =
                LiveDistrict.make(directory.resolve("home"), Clock.systemUTC(), new SecureRandom())) {
            district.sign(PROFILE, VENDOR, agreement());
            district.take(zip, ELEMENTS);
            new RuleEditBench(district, schools(zip)).run(students, rules, changed);
        }
    }

    private void run(int students, int rules, Path changed) {
        System.out.printf("%,d students, %,d schools%n", students, schools.size());
        Session author = person("author");
        Session first = person("first");
        Session second = person("second");
        long began = System.nanoTime();
        for (int n = 0; n < rules; n++) {
            sign(draft("rule-" + n, List.of(schools.get(n % schools.size())), 2), author, first, second);
        }
        print("a rule made and put in force, of " + rules, (System.nanoTime() - began) / Math.max(1, rules));
        Rule whole = sign(draft("whole", schools, 2), author, first, second);
        long limit = timed("LIMIT: first edition of a rule for every school", () -> edition(whole));
        Rule one = decided("rule-0");
        timed("first edition of a rule for one school", () -> edition(one));
        // Only narrower versions: whatever adds something is announced for days first.
        for (int names = 1; names >= 0; names--) {
            Rule drafted = draft("rule-0", List.of(schools.getFirst()), names);
            submit(drafted, author, first, second);
            long last = System.nanoTime();
            approveLast(drafted, first, second);
            district.rooms().clearance().look("rule-0", clock.instant());
            Rule edited = decided("rule-0");
            print(
                    "one school, " + (names == 1 ? "an initial for a name" : "a field less")
                            + ": signature to decision",
                    System.nanoTime() - last);
            if (!edited.hash().equals(drafted.hash())) {
                throw new IllegalStateException("the edit is not in force");
            }
            ratio(timed("  then to its edition", () -> edition(edited)), limit);
        }
        if (schools.size() >= 50) {
            Rule drafted = draft("whole", schools.subList(1, schools.size()), 2);
            submit(drafted, author, first, second);
            long last = System.nanoTime();
            approveLast(drafted, first, second);
            district.rooms().clearance().look("whole", clock.instant());
            print("every school, one less: signature to decision", System.nanoTime() - last);
            Rule edited = decided("whole");
            ratio(timed("  then to its edition", () -> edition(edited)), limit);
        }
        List<Rule> all = java.util.stream.IntStream.range(0, rules)
                .mapToObj(n -> decided("rule-" + n))
                .toList();
        all.forEach(this::edition);
        timed("import, 0.1 % of the people changed", () -> district.take(changed, ELEMENTS));
        // What an import does itself before it says what it did: judge every view by its profile.
        long judged = timed("judging every rule after that import", () -> {
            district.rooms().foresee(clock.instant());
            return all;
        });
        ratio(judged, limit);
        long night = timed(all.size() + " rules for one school each, after that import", () -> {
            all.forEach(this::edition);
            return all;
        });
        print("  each", night / all.size());
        timed("the rule for every school, after that import", () -> edition(decided("whole")));
    }

    private Edition edition(Rule rule) {
        return district.rooms().editions().current(rule, clock.instant());
    }

    private Rule decided(String client) {
        var ask = new Ask(new Recipient.Vendor(client), Entity.USER, Set.of(), Set.of());
        return switch (district.rooms().book().decide(ask, clock.instant())) {
            case Decision.Allow allow -> allow.rule();
            case Decision.Deny deny ->
                throw new IllegalStateException(deny.reason().name());
        };
    }

    private Rule draft(String id, List<String> orgs, int names) {
        var book = district.rooms().book();
        return switch (book.draft(
                rule(id, orgs, names).getBytes(java.nio.charset.StandardCharsets.UTF_8), "author", clock.instant())) {
            case Checked.Sound<?> sound -> ((org.rosterkeep.rules.Proposal) sound.value()).rule();
            case Checked.Flawed<?> flawed ->
                throw new IllegalStateException(flawed.problems().toString());
        };
    }

    private Rule sign(Rule rule, Session author, Session... signers) {
        submit(rule, author, signers);
        approveLast(rule, signers);
        return rule;
    }

    /// Everything but the last signature.
    private void submit(Rule rule, Session author, Session... signers) {
        var book = district.rooms().book();
        int needed =
                book.submit(rule.id(), rule.version(), author, clock.instant()).approversNeeded();
        for (int n = 0; n < needed - 1; n++) {
            book.approve(rule.id(), rule.version(), signers[n], clock.instant());
        }
    }

    private void approveLast(Rule rule, Session... signers) {
        var book = district.rooms().book();
        int needed = book.newest(rule.id(), clock.instant()).approversNeeded();
        book.approve(rule.id(), rule.version(), signers[needed - 1], clock.instant());
    }

    private Session person(String name) {
        var password = ("correct horse battery staple, " + name.length()).toCharArray();
        var operators = district.rooms().operators();
        operators.make(name, password, Set.of(Role.PRIVACY_OFFICER, Role.APPROVER), "bench", clock.instant());
        return operators.signIn(name, password, clock.instant()).orElseThrow();
    }

    private static long timed(String what, Supplier<?> work) {
        long cpu = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        long wall = System.nanoTime();
        var _ = work.get();
        wall = System.nanoTime() - wall;
        cpu = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - cpu;
        System.out.printf("%-70s %,10.1f ms CPU %,10.1f ms wall%n", what, cpu / 1e6, wall / 1e6);
        return cpu;
    }

    private static void ratio(long cpu, long limit) {
        System.out.printf("%-70s %10.3f of the limit%n", "", (double) cpu / limit);
    }

    private static void print(String what, long nanos) {
        System.out.printf("%-70s %,24.1f ms wall%n", what, nanos / 1e6);
    }

    static List<String> schools(Path zip) throws IOException {
        try (ZipFile file = new ZipFile(zip.toFile());
                var in = new java.io.BufferedReader(new java.io.InputStreamReader(
                        file.getInputStream(file.getEntry("orgs.csv")), java.nio.charset.StandardCharsets.UTF_8))) {
            return in.lines()
                    .filter(line -> line.contains(",school,"))
                    .map(line -> line.substring(0, line.indexOf(',')).replace("\"", ""))
                    .toList();
        }
    }

    static final String PROFILE = """
        {"legalName": "Made-up District", "kind": "public-authority", "country": "US", "regimes": ["US-FERPA"],
         "localised": false}\
        """;
    static final String VENDOR = """
        {"id": "a-vendor", "name": "A vendor (made up)", "countries": ["US"], "subProcessors": [],
         "securityContact": "security@vendor.example",
         "terms": {"version": 1, "by": "somebody (made up)", "on": "2026-06-15"}}\
        """;

    static String agreement() {
        return """
            {"id": "an-agreement", "vendor": "a-vendor", "type": "LOCAL", "signed": "2026-06-15",
             "starts": "2026-07-01", "ends": "%s",
             "clauses": ["data_ownership", "purpose_limit", "element_schedule", "no_sale", "no_targeted_ads", "security",
               "breach_notice", "disposal", "direct_control", "no_redisclosure"],
             "schedule": ["name.given", "name.family", "role.role", "org.membership", "org.record", "enrol.grade",
               "sched.class", "sched.course", "sched.session", "sched.enrolment"],
             "document": {"name": "made-up.pdf", "sha256": "%s"}, "breachNoticeHours": 48, "disposalDays": 30}\
            """.formatted(LocalDate.ofInstant(Instant.now(), ZoneOffset.UTC).plusDays(300), "0".repeat(64));
    }

    static String rule(String id, List<String> orgs, int names) {
        LocalDate today = LocalDate.ofInstant(Instant.now(), ZoneOffset.UTC);
        return """
            {"id": "%s", "vendor": "a-vendor", "agreement": "an-agreement",
             "purpose": {"code": "instruction_content", "sentence": "Children find their class and get books that fit them."},
             "basis": {"US-FERPA": "school_official"},
             "evidence": {"annual_notice": "made up", "institutional_function": "made up"},
             "scope": {"orgs": ["%s"], "subOrgs": false, "roles": ["student", "teacher"]},
             "fields": {
               "org": {"name": "as-is", "type": "as-is"},
               "academicSession": {"title": "as-is", "startDate": "as-is", "endDate": "as-is", "type": "as-is",
                 "schoolYear": "as-is"},
               "course": {"title": "as-is"},
               "class": {"title": "as-is", "course": "as-is", "school": "as-is", "terms": "as-is"},
               "user": {"givenName": "as-is", %s"roles": "as-is", "grades": "as-is"},
               "enrollment": {"user": "as-is", "class": "as-is", "school": "as-is", "role": "as-is"}},
             "justifications": {"sched.class": "Without its title a child cannot find the right class."},
             "destination": {"country": "US"}, "from": "%s", "until": "%s"}\
            """.formatted(
                        id,
                        String.join("\", \"", orgs),
                        List.of("", "\"familyName\": \"initial\", ", "\"familyName\": \"as-is\", ")
                                .get(names),
                        today.minusDays(1),
                        today.plusDays(200));
    }
}
