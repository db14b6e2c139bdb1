package org.rosterkeep.reference;

import static org.rosterkeep.reference.Case.minus;
import static org.rosterkeep.reference.Case.with;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.rosterkeep.reference.Model.*;

/// The sentences.
final class Sentences {

    /// The instant of the base case.
    static final Instant NOW = Instant.parse("2027-03-01T12:00:00Z");
    private static final Instant BEFORE = NOW.minusSeconds(1);
    private static final Instant AFTER = NOW.plusSeconds(1);
    private static final Instant LONG_AGO = NOW.minus(Duration.ofDays(30));
    private static final Instant FAR = NOW.plus(Duration.ofDays(30));
    /// The law of the base case.
    static final Law LAW = Worlds.law(Duration.ofDays(30));

    private Sentences() {}

    /// A sentence of the text: a case its cause alone refuses, and the nearest case that is given.
    record Sentence(String says, Cause cause, Case refused, Case given) {}

    /// A German public school that gives one pupil's element to one vendor at home, by public task.
    static Case base(String element) {
        var home = Set.of("DE");
        var granted = Case.plus(Set.of("name.given"), element);
        var purpose = element.contains("phone") ? "account_security" : Worlds.ORDINARY;
        var rule = new Rule(
                "vendor",
                new Life(true, false, false, LONG_AGO, FAR),
                purpose,
                false,
                Set.of(),
                Map.of("EU", Kind.PUBLIC_TASK),
                new Scope(Set.of("district"), true, Set.of("student"), Set.of()),
                granted,
                new Transfer(Optional.of("DE"), home, Map.of(), Optional.empty()),
                new Special(true, true, true),
                false,
                2,
                Map.of());
        var person = new Person(
                Set.of(new Role("student", "north")),
                Set.of("03"),
                true,
                false,
                false,
                false,
                Optional.empty(),
                List.of(),
                List.of(),
                false,
                Set.of(),
                Set.of(),
                Optional.empty());
        var controller = new Controller(
                "DE",
                true,
                Set.of(new Regime("EU", RegimeType.GDPR)),
                false,
                false,
                true,
                new Directory(Set.of(element), Set.of(), Optional.empty()));
        var orgs = Map.of(
                "district",
                new Org(Optional.empty(), Optional.empty()),
                "north",
                new Org(Optional.of("district"), Optional.empty()));
        var world = new World(
                controller,
                LAW,
                Elements.catalogue(),
                Map.of("client", rule),
                Map.of("vendor", new Vendor(false, Optional.empty(), false, true, home, home, home, false, false)),
                Map.of(
                        "vendor",
                        new Agreement(
                                Optional.of(LONG_AGO),
                                LONG_AGO,
                                FAR,
                                false,
                                Set.of("no_sale"),
                                Set.of("no_sale"),
                                granted)),
                Map.of("person", person),
                orgs);
        return new Case(world, new Question("client", "person", element, NOW, true, true, Set.of()), rule);
    }

    /// The same at an American school, by the basis.
    static Case american(String element, Kind kind) {
        return base(element)
                .controller("home", "US")
                .controller("regimes", Set.of(new Regime("US-FERPA", RegimeType.US_FEDERAL)))
                .rule("bases", Map.of("US-FERPA", kind))
                .rule("stated", LAW.words().getOrDefault(kind, Set.of()));
    }

    static Stream<Sentence> floors() {
        var base = base("name.given");
        var life = base.rule().life();
        var deal = base.world().agreements().get("vendor");
        var emergency = base.rule("purpose", "health_safety_emergency")
                .rule("threatStated", true)
                .rule("life", with(with(life, "from", NOW), "until", NOW.plus(Duration.ofHours(72))));
        var american = american("name.given", Kind.DIRECTORY_INFORMATION);
        var limited = new Directory(
                Set.of("name.given"), Set.of(), Optional.of(new Limit(Set.of("another"), Set.of(Worlds.ORDINARY))));
        return Stream.of(
                says("no rule", Cause.F01, base.unmap("rules", "client"), base),
                says(
                        "not started",
                        Cause.F02,
                        base.rule("life", with(life, "from", AFTER)),
                        base.rule("life", with(life, "from", NOW))),
                says(
                        "at expiry none, a second before data",
                        Cause.F02,
                        base.rule("life", with(life, "until", NOW)),
                        base.rule("life", with(life, "until", AFTER))),
                says("not active", Cause.F02, base.rule("life", with(life, "suspended", true)), base),
                says("revoked", Cause.F02, base.rule("life", with(life, "revoked", true)), base),
                says("not approved by enough", Cause.F02, base.rule("life", with(life, "approved", false)), base),
                says("agreement missing", Cause.F03, base.unmap("agreements", "vendor"), base),
                says(
                        "agreement ended",
                        Cause.F03,
                        base.map("agreements", "vendor", with(deal, "ends", NOW)),
                        base.map("agreements", "vendor", with(deal, "ends", AFTER))),
                says(
                        "agreement terminated",
                        Cause.F03,
                        base.map("agreements", "vendor", with(deal, "terminated", true)),
                        base),
                says(
                        "a required clause unticked",
                        Cause.F03,
                        base.map("agreements", "vendor", with(deal, "ticked", Set.of())),
                        base),
                says(
                        "schedule lacks the element",
                        Cause.F03,
                        base.map("agreements", "vendor", with(deal, "schedule", minus(deal.schedule(), "name.given"))),
                        base),
                says("vendor suspended", Cause.F04, base.vendor("suspended", true), base),
                says(
                        "vendor debarred until",
                        Cause.F04,
                        base.vendor("debarredUntil", Optional.of(AFTER)),
                        base.vendor("debarredUntil", Optional.of(NOW))),
                says("change of control not accepted", Cause.F04, base.vendor("changeOfControlOpen", true), base),
                says("terms not acknowledged", Cause.F04, base.vendor("termsAcknowledged", false), base),
                says("prohibited purpose", Cause.F05, base.rule("purpose", "marketing"), base),
                says(
                        "an emergency of more than 72 h",
                        Cause.F05,
                        emergency.rule("life", with(emergency.rule().life(), "from", BEFORE)),
                        emergency),
                says("an emergency needs the threat", Cause.F05, emergency.rule("threatStated", false), emergency),
                says(
                        "legitimate interests of a public authority",
                        Cause.F06,
                        base.rule("bases", Map.of("EU", Kind.LEGITIMATE_INTERESTS)),
                        base.controller("publicAuthority", false)
                                .rule("bases", Map.of("EU", Kind.LEGITIMATE_INTERESTS))),
                says("one basis for each regime", Cause.F06, american.rule("bases", Map.of()), american),
                says("a notice not stated", Cause.F06, american.rule("stated", Set.of()), american),
                says(
                        "element not designated",
                        Cause.F06,
                        american.controller("directory", new Directory(Set.of(), Set.of(), Optional.empty())),
                        american),
                says(
                        "a limited designation",
                        Cause.F06,
                        american.controller("directory", limited),
                        american.controller(
                                "directory",
                                with(
                                        limited,
                                        "limit",
                                        Optional.of(new Limit(Set.of("vendor"), Set.of(Worlds.ORDINARY)))))),
                says("forward never", Cause.F13, base("tech.usage"), base),
                says(
                        "special without condition",
                        Cause.F15,
                        base("special.health").rule("special", new Special(false, true, true)),
                        base("special.health")),
                says(
                        "special without assessment",
                        Cause.F15,
                        base("special.health").rule("special", new Special(true, false, true)),
                        base("special.health")),
                says("register cannot be written", Cause.F20, base.question("ledgerWritable", false), base),
                says("not in the catalogue", Cause.F21, base("ext.unknown"), base),
                says(
                        "sorts by what is not granted",
                        Cause.F22,
                        base.question("selectors", Set.of("name.family")),
                        base.question("selectors", Set.of("name.given", "rec.envelope"))),
                says("incident hold", Cause.F23, base.vendor("held", true), base),
                says("clock not to be trusted", Cause.F24, base.question("clockTrusted", false), base),
                says(
                        "one person more than the ceiling in a UTC day",
                        Cause.F25,
                        released(base, "b"),
                        released(base, "person")),
                says(
                        "a new UTC day",
                        Cause.F25,
                        released(base, "b"),
                        base.rule("released", Map.of(LocalDate.parse("2027-02-28"), Set.of("a", "b")))),
                says("not granted", Cause.NOT_GRANTED, base.rule("granted", Set.of()), base));
    }

    /// The sentence, under its code.
    static Sentence says(String says, Cause cause, Case refused, Case given) {
        return new Sentence(cause + " " + says, cause, refused, given);
    }

    private static Case released(Case base, String second) {
        return base.rule("released", Map.of(LocalDate.parse("2027-03-01"), Set.of("a", second)));
    }
}
