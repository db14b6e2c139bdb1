package org.rosterkeep.reference;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.rosterkeep.reference.Model.*;

/// Random worlds and questions from a seed: a case in which everything is in order (though often by one second only),
/// then, in about two thirds, one to four things spoilt. Many spoilt things are only just spoilt, or only just not.
public final class Worlds {

    /// A purpose that needs nothing.
    static final String ORDINARY = "rostering_sso";

    private static final Instant NOON = Instant.parse("2027-03-01T12:00:00Z");
    private static final Set<String> ALONE = Set.of("contact.address", "demo.race", "special.health");
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration DAY = Duration.ofDays(1);
    private final Random random;
    private final Law law;

    /// @param seed the same seed gives the same cases
    public Worlds(long seed) {
        random = new Random(seed);
        law = law(Duration.ofDays(30));
    }

    /// The numbers of law with the defaults of the text; the grace has none there.
    static Law law(Duration grace) {
        var purposes = Set.of(
                ORDINARY,
                "instruction_content",
                "learning_management",
                "assessment_delivery",
                "library",
                "family_communication",
                "meals",
                "transport",
                "accommodation",
                "device_management",
                "account_security",
                "school_administration",
                "legal_reporting",
                "audit_evaluation",
                "research_agreement",
                "enrolment_transfer",
                "health_safety_emergency");
        var words = Map.of(
                Kind.SCHOOL_OFFICIAL, Set.of("annual_notice_with_criteria", "direct_control", "institutional_function"),
                Kind.DIRECTORY_INFORMATION, Set.of("board_designation", "public_notice", "opt_out_window_closed"),
                Kind.AUDIT_EVALUATION, Set.of("written_agreement"),
                Kind.STUDIES, Set.of("written_agreement"));
        var adequacy = List.of(
                entry("EEA", "JP", "2019-01-23", Optional.empty(), Set.of("recipient_in_scope_statement"), true),
                entry("EEA", "CA", "2001-12-20", Optional.empty(), Set.of("recipient_in_scope_statement"), true),
                entry("EEA", "GB", "2021-06-28", Optional.of("2031-12-27"), Set.of(), true),
                entry("EEA", "CH", "2000-07-26", Optional.empty(), Set.of(), true),
                entry(
                        "EEA",
                        "US",
                        "2023-07-10",
                        Optional.empty(),
                        Set.of("dpf_list_entry", "dpf_scope", "dpf_checked_on"),
                        true),
                entry("GB", "EEA", "2020-12-31", Optional.empty(), Set.of(), true),
                entry("GB", "FO", "2020-12-31", Optional.empty(), Set.of(), false),
                entry("CH", "EEA", "2023-09-01", Optional.empty(), Set.of(), true));
        return new Law(
                purposes,
                "account_security",
                "health_safety_emergency",
                Duration.ofHours(72),
                words,
                Map.of("EEA", Set.of("DE", "FR", "IE", "NO")),
                adequacy,
                Duration.ofDays(90),
                Duration.ofDays(366),
                Duration.ofDays(7),
                grace);
    }

    private static Adequacy entry(
            String exporter, String country, String since, Optional<String> until, Set<String> evidence, boolean on) {
        return new Adequacy(exporter, country, midnight(since), until.map(Worlds::midnight), evidence, on);
    }

    private static Instant midnight(String date) {
        return LocalDate.parse(date).atStartOfDay().toInstant(ZoneOffset.UTC);
    }

    /// The next case.
    public Case next() {
        var made = sound();
        var lot = random.nextInt(100);
        var spoils = lot < 20 ? 0 : lot < 60 ? 1 : 2 + random.nextInt(3);
        var spoiler = new Spoiler(random);
        for (var i = 0; i < spoils; i++) {
            made = spoiler.spoil(made, pick(Cause.values()));
        }
        return made;
    }

    /// A case in which some element is given.
    Case sound() {
        var ordinary = List.of(
                "name.given",
                "name.family",
                "contact.email",
                "enrol.grade",
                "org.membership",
                "contact.address",
                "id.local",
                "id.pairwise");
        if (chance(4)) {
            return sound(phone());
        }
        return sound(chance(4) ? special() : ordinary.get(random.nextInt(ordinary.size())));
    }

    private String phone() {
        return pick("contact.phone_13plus", "contact.phone_other");
    }

    private String special() {
        return pick("special.health", "special.income", "demo.race");
    }

    /// A case in which the element is given, with every period at random inside, or at the edge of, what is allowed.
    Case sound(String element) {
        var now = NOON.plusSeconds(random.nextInt(3) * 43_200L - random.nextInt(2));
        var type = pick("DE", "GB", "CH", "US");
        var regimes = type.equals("US")
                ? Set.of(new Regime("US-FERPA", RegimeType.US_FEDERAL))
                : chance(6)
                        ? Set.of(new Regime(type, RegimeType.GDPR), new Regime("US-FERPA", RegimeType.US_FEDERAL))
                        : Set.of(new Regime(type, RegimeType.GDPR));
        var catalogue = Elements.catalogue();
        var designable = catalogue.get(element).directory() == Eligible.ELIGIBLE || element.equals("id.pairwise");
        var bases = regimes.stream()
                .sorted(Comparator.comparing(Regime::name))
                .collect(Collectors.toMap(Regime::name, r -> kind(r, designable)));
        // A rule may give the demographics and nothing else of a person: that tells of no place.
        var alone = ALONE.contains(element) && chance(3);
        var granted = alone ? Set.of(element) : Case.plus(Set.of("name.given", "name.family", "enrol.grade"), element);
        var purpose = catalogue.get(element).phone() ? law.phonePurpose() : pick(ORDINARY, "meals", "transport");
        var homes = Set.of(type);
        var rule = new Rule(
                "vendor",
                new Life(true, false, false, now.minus(some()), now.plus(least())),
                purpose,
                false,
                words(),
                bases,
                new Scope(Set.of(pick("district", "north")), true, Set.of("student"), Set.of()),
                granted,
                new Transfer(Optional.of(type), homes, Map.of(), Optional.empty()),
                new Special(true, true, true),
                false,
                2,
                Map.of(day(now), Set.of("other"), day(now.minus(DAY)), Set.of("other", "third")));
        var person = new Person(
                Set.of(new Role("student", "north")),
                Set.of("03"),
                true,
                false,
                false,
                false,
                Optional.empty(),
                List.of(),
                List.of(new Consent("client", now.minus(some()), Optional.of(now.plus(least())), Optional.empty())),
                false,
                Set.of(),
                Set.of(),
                Optional.empty());
        var until = now.plus(least());
        var agreement = new Agreement(
                Optional.of(now.minus(DAY).minus(some())),
                now.minus(some()),
                until,
                false,
                Set.of("no_sale", "audit_right"),
                Set.of("no_sale"),
                granted);
        var vendor = new Vendor(false, Optional.empty(), false, true, homes, Set.of(), homes, false, chance(2));
        var controller = new Controller(
                type,
                chance(2),
                regimes,
                chance(6),
                chance(4),
                chance(2),
                new Directory(Case.plus(Set.of("name.given"), element), Set.of(), Optional.empty()));
        var orgs = Map.of(
                "district",
                new Org(Optional.empty(), Optional.empty()),
                "north",
                new Org(Optional.of("district"), Optional.empty()),
                "south",
                new Org(Optional.of("district"), Optional.empty()));
        var world = new World(
                controller,
                law,
                catalogue,
                Map.of("client", rule),
                Map.of("vendor", vendor),
                Map.of("vendor", agreement),
                Map.of("person", person),
                orgs);
        return new Case(world, new Question("client", "person", element, now, true, true, Set.of()), rule);
    }

    private Kind kind(Regime regime, boolean designable) {
        return switch (regime.type()) {
            case GDPR -> pick(Kind.PUBLIC_TASK, Kind.LEGAL_OBLIGATION, Kind.CONTRACT, Kind.CONSENT);
            case US_FEDERAL ->
                designable && chance(2)
                        ? Kind.DIRECTORY_INFORMATION
                        : pick(Kind.SCHOOL_OFFICIAL, Kind.WRITTEN_CONSENT, Kind.AUDIT_EVALUATION, Kind.TRANSFER);
        };
    }

    private Set<String> words() {
        return law.words().values().stream().flatMap(Set::stream).collect(Collectors.toUnmodifiableSet());
    }

    /// A time since which something holds: none at all, a second, or days.
    private Duration some() {
        return pick(Duration.ZERO, SECOND, DAY.multipliedBy(1 + random.nextInt(20)));
    }

    /// A time for which something still holds: a second, or days.
    private Duration least() {
        return pick(SECOND, DAY.multipliedBy(1 + random.nextInt(20)));
    }

    private static LocalDate day(Instant now) {
        return LocalDate.ofInstant(now, ZoneOffset.UTC);
    }

    private boolean chance(int oneIn) {
        return random.nextInt(oneIn) == 0;
    }

    @SafeVarargs
    private <T> T pick(T... from) {
        return from[random.nextInt(from.length)];
    }
}
