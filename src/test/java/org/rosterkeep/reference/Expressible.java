package org.rosterkeep.reference;

import static org.rosterkeep.reference.Case.with;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.rosterkeep.reference.Model.*;

/// The same world in words that OneRoster and the district's files have. Both sides are asked about what comes out of
/// here: an element without a field is told as one of the same kind that has one, a date as a day, an exemption in
/// whole days, and a rule gives besides what no user record of OneRoster can do without.
final class Expressible {
    /// What every user record needs, and so every rule here gives.
    static final Set<String> FRAME = Set.of("role.role", "org.membership", "org.record");
    private static final Set<String> LACKED_BY_NONE = Set.of("role.role", "org.membership");
    private static final Map<String, String> CARRIERS = Map.ofEntries(
            Map.entry("contact.address", "demo.birthdate"),
            Map.entry("special.health", "demo.race"),
            Map.entry("special.income", "name.pronouns"),
            Map.entry("special.disability", "demo.race"),
            Map.entry("special.ell", "name.pronouns"),
            Map.entry("transport.bus", "org.membership"),
            Map.entry("sched.class", "org.membership"),
            Map.entry("image.photo", "demo.birthdate"),
            Map.entry("guardian.phone", "contact.phone_other"));
    /// Fields that are what another element is, on both sides: prohibited, a credential, never forwarded, unknown.
    private static final Map<String, String> DISGUISED = Map.of(
            "id.ssn", "name.middle",
            "id.password", "id.username",
            "image.av", "name.preferred",
            "tech.usage", "id.profiles",
            "ext.unheard_of", "id.state");
    private static final Map<String, String> LOOKED_AT =
            Map.of("perf.grade", "contact.email", "survey", "account.enabled", "conduct", "account.enabled");
    private static final Map<String, String> LOOKED_AT_OF_DEMOGRAPHICS =
            Map.of("perf.grade", "demo.sex", "survey", "demo.residence", "conduct", "demo.residence");
    private static final Duration WEEK = Duration.ofDays(7);

    private Expressible() {}

    /// @param available whether the packs have a basis of this kind
    static Case of(Case made, java.util.function.Predicate<Kind> available) {
        var element = carrier(made.question().element());
        var rule = made.rule();
        var granted = framed(carriers(rule.granted()));
        var shaped = new Rule(
                rule.vendor(),
                rule.life(),
                rule.purpose(),
                rule.threatStated(),
                rule.stated(),
                bases(rule.bases(), available),
                rule.scope(),
                granted,
                transfer(rule.transfer(), made.question().now()),
                rule.special(),
                false,
                rule.personsPerDay(),
                rule.released());
        var world = with(made.world(), "catalogue", catalogue(made.world().catalogue()));
        world = with(world, "controller", controller(made.world().controller(), Case.minus(granted, element)));
        world = with(world, "orgs", orgs(made.world().orgs()));
        world = with(world, "people", Map.of("person", person(made.person(), element)));
        world = with(
                world,
                "vendors",
                made.world().vendors().entrySet().stream()
                        .collect(Collectors.toMap(
                                Map.Entry::getKey,
                                e -> vendor(
                                        e.getValue(), made.world().controller().home()))));
        world = with(
                world,
                "agreements",
                // An agreement is with a vendor the district has.
                made.world().agreements().entrySet().stream()
                        .filter(e -> made.world().vendors().containsKey(e.getKey()))
                        .collect(Collectors.toMap(Map.Entry::getKey, e -> agreement(e.getValue(), element))));
        world = with(world, "rules", made.world().rules().isEmpty() ? Map.of() : Map.of("client", shaped));
        var question = with(made.question(), "element", element);
        question = with(question, "selectors", selectors(made.question().selectors(), element));
        return new Case(world, question, shaped);
    }

    static boolean ofDemographics(String element) {
        return element.startsWith("demo.");
    }

    /// With what no user's record may lack, where the rule gives such records at all: one that gives the demographics
    /// alone tells of no place.
    private static Set<String> framed(Set<String> granted) {
        return granted.stream().allMatch(Expressible::ofDemographics) && !granted.isEmpty()
                ? granted
                : union(granted, FRAME);
    }

    private static String carrier(String id) {
        return CARRIERS.getOrDefault(id, DISGUISED.getOrDefault(id, id));
    }

    private static Set<String> carriers(Set<String> ids) {
        return ids.stream().map(Expressible::carrier).collect(Collectors.toUnmodifiableSet());
    }

    private static Set<String> union(Set<String> one, Set<String> other) {
        var all = new HashSet<>(one);
        all.addAll(other);
        return Set.copyOf(all);
    }

    private static Map<String, Element> catalogue(Map<String, Element> old) {
        var made = new HashMap<>(old);
        DISGUISED.forEach((id, field) -> {
            made.remove(field);
            Optional.ofNullable(old.get(id)).ifPresent(e -> made.put(field, with(e, "id", field)));
        });
        return Map.copyOf(made);
    }

    private static Set<String> selectors(Set<String> old, String asked) {
        var names = ofDemographics(asked) ? LOOKED_AT_OF_DEMOGRAPHICS : LOOKED_AT;
        return old.stream()
                .map(id -> id.equals("name.given") && ofDemographics(asked) ? asked : names.getOrDefault(id, id))
                .collect(Collectors.toUnmodifiableSet());
    }

    private static Map<String, Kind> bases(Map<String, Kind> old, java.util.function.Predicate<Kind> available) {
        var bases = new HashMap<>(old);
        bases.replaceAll((_, kind) ->
                available.test(kind) ? kind : kind.type() == RegimeType.GDPR ? Kind.PUBLIC_TASK : Kind.SCHOOL_OFFICIAL);
        return bases;
    }

    private static Transfer transfer(Transfer old, Instant now) {
        var evidence = old.evidence().entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, e -> day(e.getValue(), now)));
        var safeguard = old.safeguard()
                .map(s -> new Safeguard(day(s.signed(), now), s.assessed().map(d -> day(d, now)), carriers(s.named())));
        return new Transfer(
                old.destination().map(Expressible::country), countries(old.approved()), evidence, safeguard);
    }

    /// Data are always somewhere: a vendor that stores nowhere does so at home.
    private static Vendor vendor(Vendor old, String home) {
        var storage = old.storage().isEmpty() ? Set.of(home) : countries(old.storage());
        var vendor = with(old, "storage", storage);
        vendor = with(vendor, "remoteAccess", countries(old.remoteAccess()));
        return with(vendor, "subProcessors", countries(old.subProcessors()));
    }

    private static Set<String> countries(Set<String> old) {
        return old.stream().map(Expressible::country).collect(Collectors.toUnmodifiableSet());
    }

    /// No file may name a country that is none: one of which no list says anything stands for it.
    private static String country(String code) {
        return code.equals("XX") ? "IN" : code;
    }

    /// What somebody has just written down is told as of last month, so that it could be seen when the rule was
    /// drafted.
    private static Instant day(Instant at, Instant now) {
        var day = at.truncatedTo(ChronoUnit.DAYS);
        return Duration.between(at, now).abs().compareTo(Duration.ofDays(3)) < 0 ? day.minus(Duration.ofDays(30)) : day;
    }

    /// Whatever else the rule gives is designated: the world says it of the element that is asked about.
    private static Controller controller(Controller old, Set<String> besides) {
        var directory = old.directory();
        return with(
                old,
                "directory",
                new Directory(
                        union(union(carriers(directory.designated()), FRAME), besides),
                        carriers(directory.secondFactor()),
                        directory.limit()));
    }

    /// The roster has one tree, whatever the world says.
    private static Map<String, Org> orgs(Map<String, Org> old) {
        return Map.of(
                "district", new Org(Optional.empty(), revealed(old, "district")),
                "north", new Org(Optional.of("district"), revealed(old, "north")),
                "south", new Org(Optional.of("district"), revealed(old, "south")));
    }

    private static Optional<String> revealed(Map<String, Org> old, String id) {
        return Optional.ofNullable(old.get(id)).flatMap(Org::reveals).map(Expressible::carrier);
    }

    private static Agreement agreement(Agreement old, String asked) {
        var schedule = union(carriers(old.schedule()), FRAME);
        var spoilt = FRAME.contains(asked) && !carriers(old.schedule()).contains(asked);
        return with(old, "schedule", spoilt ? Case.minus(schedule, asked) : schedule);
    }

    private static Person person(Person old, String asked) {
        var person = with(old, "erasedElements", fields(old.erasedElements()));
        person = with(person, "contested", fields(old.contested()));
        person = with(person, "unstableHousing", false);
        return with(
                person,
                "guarded",
                old.guarded().map(g -> new Guarded(g.exemption().map(Expressible::days))));
    }

    /// The id a vendor knows somebody by is no field that could be erased or contested by itself.
    private static Set<String> fields(Set<String> ids) {
        return Case.minus(carriers(ids), "id.pairwise");
    }

    /// An exemption lasts whole days, from its last signature on.
    private static Exemption days(Exemption old) {
        var asked = Duration.between(old.from(), old.until());
        var days = Math.max(1, asked.plusHours(12).toDays());
        var longer = asked.compareTo(WEEK) > 0 ? 8 : days;
        return with(old, "from", old.until().minus(Duration.ofDays(longer)));
    }

    /// What has to be given for the element to be: itself, and in a user's record what no such record may lack.
    static Set<String> standing(String element) {
        return ofDemographics(element) ? Set.of(element) : Case.plus(LACKED_BY_NONE, element);
    }

    /// Every element of a person that the rule gives. The name and type of a school are the school's.
    static List<String> given(Case made) {
        return Case.minus(made.rule().granted(), "org.record").stream().sorted().toList();
    }
}
