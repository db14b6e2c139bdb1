package org.rosterkeep.appliance;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.rosterkeep.entitlement.Hold;
import org.rosterkeep.fixture.HandClock;
import org.rosterkeep.fixture.Rules;
import org.rosterkeep.oracle.Papers;
import org.rosterkeep.rights.Act;
import org.rosterkeep.rights.Entry;
import org.rosterkeep.roster.Entity;
import org.rosterkeep.roster.Field;
import org.rosterkeep.roster.SourcedId;
import org.rosterkeep.rules.Checked;
import org.rosterkeep.rules.Proposal;
import org.rosterkeep.rules.Restraint;
import org.rosterkeep.rules.RulesFault;
import org.rosterkeep.rules.Treatment;

/// Some months of a district with three clients, in which whatever can change does, at random; between the changes the
/// clients ask. No two things happen at the same instant.
final class SimulatedTerm implements AutoCloseable {
    static final List<String> RULES = List.of("alpha", "beta", "gamma");
    private static final int STEPS = 60;
    /// How many decisions against somebody there are.
    private static final int AGAINST = 9;
    private static final Duration NOTICE = Duration.ofDays(31);
    private static final List<Field> OPTIONAL = Answered.FIELDS.stream()
            .filter(field -> field.need() != Field.Need.GRANT)
            .toList();

    final HandClock clock = new HandClock();
    final LiveDistrict district;
    final List<Answered> answers = new ArrayList<>();
    /// How often each act was done.
    final Map<String, Integer> acts = new TreeMap<>();

    private final Path directory;
    private final Random random;
    private final StirredRoster roster = new StirredRoster();
    private final Map<String, String> secrets = new TreeMap<>();
    private final EnduringSigner author;
    private final List<EnduringSigner> signers;
    private int deliveries;

    SimulatedTerm(Path directory, long seed) throws IOException {
        this.directory = directory;
        random = new Random(seed);
        district = LiveDistrict.make(directory.resolve("home"), clock, new SecureRandom());
        deliver();
        district.sign(Papers.DISTRICT, Papers.VENDOR, Papers.agreement());
        district.sign(Papers.DISTRICT, others(Papers.VENDOR), others(Papers.agreement()));
        var made = district.activate(RULES.stream()
                .map(rule -> file(rule, full(rule), Instant.parse("2026-09-01T00:00:00Z")))
                .toList());
        for (int n = 0; n < RULES.size(); n++) {
            secrets.put(RULES.get(n), made.get(n));
        }
        author = district.staff().getFirst();
        signers = district.staff().subList(1, 3);
    }

    Clock clock() {
        return clock;
    }

    Rooms rooms() {
        return district.rooms();
    }

    void live() throws IOException {
        for (int step = 0; step < STEPS; step++) {
            clock.forward(Duration.ofHours(6 + random.nextInt(54)).plusNanos(random.nextInt(1_000)));
            rooms().tidy(clock.instant());
            furnish(step);
            for (int n = random.nextInt(5); n > 0; n--) {
                clock.forward(Duration.ofSeconds(1 + random.nextInt(90)));
                happens(step);
            }
            for (var client : RULES) {
                clock.forward(Duration.ofSeconds(1 + random.nextInt(90)));
                answers.add(Answered.ask(district, client, secrets.get(client), clock.instant()));
            }
        }
    }

    /// What chance may leave out: each decision against somebody comes once, each rule stops once while it is
    /// asked, and
    /// neither a stop nor what stands against a person lasts for good. A refusal to go on is that of something
    /// that does.
    private void furnish(int step) {
        if (step < AGAINST) {
            var id = SourcedId.of(StirredRoster.id(step * 3));
            if (rooms().rights().knows(Entity.USER, id)) {
                clock.forward(Duration.ofSeconds(1));
                did(against(id, step));
            }
        } else if (step % 3 == 0) {
            givenBack(step);
        }
        for (var rule : RULES) {
            clock.forward(Duration.ofSeconds(1));
            try {
                if (step % 6 == 2) {
                    rooms().book().suspend(rule, "test", clock.instant());
                    did("suspend");
                } else if (step % 3 == 1) {
                    goOn(rule);
                }
            } catch (RulesFault refused) {
                did("refused " + refused.code());
            }
        }
    }

    /// One thing that stands against each second person is taken back.
    private void givenBack(int step) {
        for (int n = step / 3 % 2; n < StirredRoster.PERSONS; n += 2) {
            var id = SourcedId.of(StirredRoster.id(n));
            if (rooms().rights().knows(Entity.USER, id)) {
                clock.forward(Duration.ofSeconds(1));
                rooms().rights().dossier(Entity.USER, id).entries().stream()
                        .filter(Entry::open)
                        .filter(entry -> !(entry instanceof Entry.Departure))
                        .findFirst()
                        .ifPresent(entry -> did(back(id, entry)));
            }
        }
    }

    private void happens(int step) throws IOException {
        var rule = one(RULES);
        try {
            switch (random.nextInt(16)) {
                case 0, 1 -> deliver();
                case 2 -> narrow(rule);
                case 3 -> widen(rule);
                case 4, 11 -> stop(rule);
                case 5, 6, 12 -> goOn(rule);
                case 7 -> strictness();
                case 8 -> release(rule);
                case 9 -> place();
                case 10 -> standstill();
                default -> {
                    person(StirredRoster.id(random.nextInt(StirredRoster.PERSONS)));
                    person(StirredRoster.id(random.nextInt(StirredRoster.PERSONS)));
                }
            }
            if (step == STEPS / 2) {
                rooms().book().revoke("gamma", "test");
                did("rule revoked");
            } else if (step >= STEPS - 8 && acts.putIfAbsent("client revoked", 1) == null) {
                rooms().clients().revoke("alpha", "test");
            }
        } catch (RulesFault refused) {
            // What the rules do not allow at this moment was refused, and changed nothing.
            did("refused " + refused.code());
        }
    }

    private void did(String act) {
        acts.merge(act, 1, Integer::sum);
    }

    private <T> T one(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }

    private void deliver() throws IOException {
        var folder = directory.resolve("delivery-" + deliveries++);
        roster.stir(random);
        roster.write(folder);
        var report = district.take(folder, Set.copyOf(Papers.grantable()));
        if (report.quarantined() > 0) {
            throw new AssertionError(report.findings().toString());
        }
        did("import " + report.outcome());
    }

    private static String others(String paper) {
        return paper.replace("a-vendor", "b-vendor").replace("an-agreement", "b-agreement");
    }

    private static Rules full(String rule) {
        Map<Field, Treatment> grants = new EnumMap<>(Field.class);
        for (var field : Field.values()) {
            if (field.need() == Field.Need.GRANT) {
                grants.put(field, new Treatment.AsIs());
            }
        }
        OPTIONAL.forEach(field -> grants.put(field, new Treatment.AsIs()));
        var rules = Rules.whole("north")
                .giving(grants)
                .named(rule)
                .roles("student", "teacher")
                .passingIdsThrough();
        return switch (rule) {
            case "beta" -> rules.grades("05").roles("student");
            case "gamma" -> rules.classes("class-0", "class-1");
            default -> rules;
        };
    }

    private static String file(String rule, Rules rules, Instant from) {
        var file = Papers.rule(rules).replace("\"from\":\"2026-09-01\"", "\"from\":\"" + from + "\"");
        return rule.equals("alpha") ? file : others(file);
    }

    private void narrow(String rule) {
        var fewer = full(rule);
        for (int n = 1 + random.nextInt(4); n > 0; n--) {
            fewer = fewer.without(one(OPTIONAL));
        }
        if (rule.equals("gamma") && random.nextBoolean()) {
            fewer = fewer.classes("class-0");
        }
        propose("narrow", rule, fewer, clock.instant());
    }

    private void widen(String rule) {
        var wider = rule.equals("beta") && random.nextBoolean() ? full(rule).grades("05", "06") : full(rule);
        propose("widen", rule, wider, clock.instant().plus(NOTICE));
    }

    private void propose(String what, String rule, Rules rules, Instant from) {
        var book = rooms().book();
        var text = file(rule, rules, from.truncatedTo(ChronoUnit.SECONDS).plusSeconds(1));
        switch (book.draft(text.getBytes(StandardCharsets.UTF_8), author.operator(), clock.instant())) {
            case Checked.Flawed<?>(var problems) ->
                did(what + " flawed " + problems.getFirst().pointer());
            case Checked.Sound<Proposal>(var proposal) -> {
                int version = proposal.rule().version();
                int needed = book.submit(rule, version, author, clock.instant()).approversNeeded();
                for (var signer : signers.subList(0, needed)) {
                    clock.forward(Duration.ofSeconds(1));
                    book.approve(rule, version, signer, clock.instant());
                }
                rooms().clearance().look(rule, clock.instant());
                did(what);
            }
        }
    }

    private void release(String rule) {
        rooms().book().release(rule, signers.getFirst(), clock.instant());
        did("release");
    }

    private void stop(String rule) {
        boolean first = random.nextBoolean();
        switch (random.nextInt(3)) {
            case 0 -> {
                rooms().book().suspend(rule, "test", clock.instant());
                did("suspend");
            }
            case 1 -> {
                rooms().book()
                        .papers()
                        .restrain(vendor(first), Restraint.Kind.HOLD, Instant.MAX, "test", clock.instant());
                did("hold");
            }
            default -> agreement(first, false);
        }
    }

    private static String vendor(boolean first) {
        return first ? "a-vendor" : "b-vendor";
    }

    /// Lifts every stop there is of one rule.
    private void goOn(String rule) {
        boolean first = rule.equals("alpha");
        agreement(first, true);
        if (!rooms().book().papers().restraints(vendor(first), clock.instant()).isEmpty()) {
            for (var signer : signers) {
                rooms().book().lift(vendor(first), Restraint.Kind.HOLD, signer, clock.instant());
                clock.forward(Duration.ofSeconds(1));
            }
            did("lift");
        }
        for (var signer : signers) {
            rooms().book().resume(rule, signer, clock.instant());
            clock.forward(Duration.ofSeconds(1));
        }
        did("resume");
    }

    /// A vendor's view stands still for a while.
    private void standstill() {
        var guard = rooms().guard();
        if (guard.chosen().containsKey("b-vendor")) {
            guard.choose("b-vendor", guard.of("a-vendor"), "signer-a");
            guard.choose("b-vendor", guard.of("a-vendor"), "signer-b");
            guard.holds().forEach(hold -> guard.release(hold, Hold.Choice.ALL, "signer-b", 1, clock.instant()));
            did("view goes on");
        } else {
            guard.freeze("b-vendor", "test");
            did("freeze");
        }
    }

    /// Ends within days, or goes on again.
    private void agreement(boolean first, boolean goesOn) {
        var papers = rooms().book().papers();
        var text = first ? Papers.agreement() : others(Papers.agreement());
        var ends = clock.instant().plus(random.nextInt(60), ChronoUnit.HOURS).truncatedTo(ChronoUnit.SECONDS);
        var file = goesOn ? text : text.replace("\"ends\":\"2027-07-31\"", "\"ends\":\"" + ends + "\"");
        papers.putAgreement(file.getBytes(StandardCharsets.UTF_8), "test");
        did(goesOn ? "agreement goes on" : "agreement ends");
    }

    private Act act() {
        return new Act("test", clock.instant());
    }

    private void strictness() {
        if (rooms().rights().strict()) {
            rooms().rights().giving().beLoose(act());
            did("loose");
        } else {
            rooms().rights().taking().beStrict(act());
            did("strict");
        }
    }

    /// A class reveals something of everybody in it, or does not any more.
    private void place() {
        var rights = rooms().rights();
        var klass = SourcedId.of("class-" + random.nextInt(4));
        var open = rights.dossier(Entity.CLASS, klass).entries().stream()
                .filter(Entry::open)
                .findFirst();
        open.ifPresentOrElse(
                entry -> rights.giving()
                        .conceal(Entity.CLASS, klass, entry.made().number(), "made up", act()),
                () -> rights.taking().reveal(Entity.CLASS, klass, "special.housing", "made up", act()));
        did(open.isPresent() ? "conceal" : "reveal");
    }

    private void person(String person) {
        var rights = rooms().rights();
        var id = SourcedId.of(person);
        if (!rights.knows(Entity.USER, id)) {
            return;
        }
        var open = rights.dossier(Entity.USER, id).entries().stream()
                .filter(Entry::open)
                .findFirst();
        did(open.filter(this::givenBack).map(entry -> back(id, entry)).orElseGet(() -> against(id)));
    }

    private boolean givenBack(Entry entry) {
        return random.nextInt(3) > 0;
    }

    private String back(SourcedId id, Entry entry) {
        var giving = rooms().rights().giving();
        int number = entry.made().number();
        switch (entry) {
            case Entry.OptOut _ -> giving.withdrawOptOut(id, act());
            case Entry.Objection _ -> giving.endObjection(id, number, "dismissed", "made up", act());
            case Entry.Restriction _ -> giving.liftRestriction(id, number, "made up", act());
            case Entry.Suppression _ -> giving.liftSuppression(id, number, "made up", act());
            case Entry.Contest _ -> giving.endContest(id, number, "withdrawn", "made up", act());
            case Entry.Departure _ -> giving.stay(id, number, "made up", act());
            case Entry.Protection _ ->
                signers.forEach(signer -> giving.liftProtection(id, number, "made up", signer, clock.instant()));
            case Entry.Exposure _, Entry.Consent _, Entry.Revealing _ -> {
                return "nothing";
            }
        }
        return "back " + entry.getClass().getSimpleName();
    }

    private String against(SourcedId id) {
        return against(id, random.nextInt(AGAINST));
    }

    private String against(SourcedId id, int which) {
        var taking = rooms().rights().taking();
        switch (which) {
            case 0 -> taking.optOut(List.of(id), Optional.empty(), act());
            case 1 -> taking.object(id, new Entry.Objection.Against.Everybody(), "made up", act());
            case 2 -> taking.object(id, new Entry.Objection.Against.OneVendor("b-vendor"), "made up", act());
            case 3 -> taking.object(id, new Entry.Objection.Against.OneElement("contact.email"), "made up", act());
            case 4 -> taking.restrict(id, "made up", act());
            case 5 -> taking.protect(id, "made up", Set.of(), act());
            case 6 -> taking.suppress(id, Optional.of(one(OPTIONAL.subList(0, 4))), "made up", act());
            case 7 -> taking.contest(id, Field.DEMOGRAPHICS_SEX, "made up", act());
            default -> taking.leave(id, clock.instant().plus(Duration.ofDays(2)), Optional.of(1), act());
        }
        return "against " + which;
    }

    @Override
    public void close() {
        district.close();
    }
}
