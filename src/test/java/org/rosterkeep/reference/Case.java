package org.rosterkeep.reference;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.rosterkeep.reference.Model.*;

/// A world and a question about it. `spare` is the rule the client would have when the world has none for it. The
/// withers give the same case with one thing changed.
public record Case(World world, Question question, Rule spare) {

    /// The same case with one cause removed and every other left as it is. Where the client has no rule, only removing
    /// {@link Cause#F01} brings to light what the rule itself would meet.
    public Case without(Cause cause) {
        var element = question.element();
        return switch (cause) {
            case F01 -> map("rules", question.client(), spare);
            case F02 -> rule("life", life());
            case F03 -> map("agreements", rule().vendor(), agreement());
            case F04 ->
                map(
                        "vendors",
                        rule().vendor(),
                        new Vendor(
                                false,
                                Optional.empty(),
                                false,
                                true,
                                vendor().storage(),
                                vendor().remoteAccess(),
                                vendor().subProcessors(),
                                vendor().held(),
                                vendor().essential()));
            case F05 ->
                rule("purpose", world.law().purposes().contains(Worlds.ORDINARY) ? Worlds.ORDINARY : rule().purpose());
            case F06 -> lawful();
            case F07 -> home();
            case F09 -> optedIn();
            case F10 ->
                controller("strictOptOut", false).person("restricted", false).person("objections", List.of());
            case F11 ->
                person(
                        "consents",
                        List.of(new Consent(question.client(), question.now(), Optional.empty(), Optional.empty())));
            case F12 -> person("erased", false).person("erasedElements", minus(person().erasedElements(), element));
            case F13 -> forwardable();
            case F14 -> phone();
            case F15 -> rule("special", new Special(true, true, true));
            case F16 -> person("guarded", Optional.empty());
            case F17 -> unrevealing();
            case F18 -> person("contested", minus(person().contested(), element));
            case F19 -> person("left", Optional.empty());
            case F20 -> question("ledgerWritable", true);
            case F21 ->
                map(
                        "catalogue",
                        element,
                        new Element(element, Sensitive.NO, Forward.RULE, Eligible.ELIGIBLE, false, false));
            case F22 -> question("selectors", Set.of());
            case F23 -> map("vendors", rule().vendor(), with(vendor(), "held", false));
            case F24 -> question("clockTrusted", true);
            case F25 -> rule("released", Map.of());
            case OUT_OF_SCOPE -> inScope();
            case NOT_GRANTED -> grantedElement();
        };
    }

    private Life life() {
        var old = rule().life();
        var days =
                Duration.between(old.from(), old.until()).compareTo(world.law().emergencyMost()) > 0 ? 40 : 1;
        var span = Duration.ofDays(days);
        return new Life(
                true, false, false, question.now().minus(span), question.now().plus(span));
    }

    private Agreement agreement() {
        var year = Duration.ofDays(200);
        var from = question.now().minus(year);
        return new Agreement(
                Optional.of(from),
                from,
                question.now().plus(year),
                false,
                Set.of("no_sale"),
                Set.of("no_sale"),
                plus(rule().granted(), question.element()));
    }

    private Case lawful() {
        var bases = new HashMap<>(rule().bases());
        var regimes = world.controller().regimes().isEmpty()
                ? Set.of(new Regime("US-FERPA", RegimeType.US_FEDERAL))
                : world.controller().regimes();
        for (var regime : regimes) {
            var old = rule().bases().get(regime.name());
            var consent = old != null && old.consent();
            var fallback = switch (regime.type()) {
                case GDPR -> consent ? Kind.CONSENT : Kind.PUBLIC_TASK;
                case US_FEDERAL -> consent ? Kind.WRITTEN_CONSENT : Kind.SCHOOL_OFFICIAL;
            };
            var kept = old != null && old.type() == regime.type() && old != Kind.LEGITIMATE_INTERESTS;
            bases.put(regime.name(), kept ? old : fallback);
        }
        var stated = new HashSet<String>();
        world.law().words().values().forEach(stated::addAll);
        var directory =
                new Directory(world.catalogue().keySet(), world.catalogue().keySet(), Optional.empty());
        var known = world.catalogue().get(question.element());
        var designable = known == null
                        || known.directory() != Eligible.NEVER
                        || known.forward() == Forward.ALWAYS
                        || !bases.containsValue(Kind.DIRECTORY_INFORMATION)
                ? this
                : map("catalogue", known.id(), with(known, "directory", Eligible.ELIGIBLE));
        return designable
                .rule("bases", bases)
                .rule("stated", stated)
                .controller("regimes", regimes)
                .controller("directory", directory)
                .person("unstableHousing", false);
    }

    private Case home() {
        var home = Set.of(world.controller().home());
        var there = rule(
                "transfer", new Transfer(Optional.of(world.controller().home()), home, Map.of(), Optional.empty()));
        return world.vendors().containsKey(rule().vendor())
                ? there.map(
                        "vendors",
                        rule().vendor(),
                        with(with(with(vendor(), "storage", home), "remoteAccess", home), "subProcessors", home))
                : there;
    }

    private Case optedIn() {
        var strict = world.controller().strictOptOut() && !vendor().essential();
        var kept = strict ? List.of(new Objection(Optional.empty(), State.UPHELD)) : person().objections();
        return person("optedOut", false).person("objections", kept);
    }

    private Case forwardable() {
        var old = world.catalogue().get(question.element());
        var sensitive = switch (old.sensitive()) {
            case PROHIBITED, CREDENTIAL -> Sensitive.NO;
            case NO, ELEVATED, SPECIAL -> old.sensitive();
        };
        var forward = old.forward() == Forward.NEVER ? Forward.RULE : old.forward();
        return map("catalogue", old.id(), with(with(old, "sensitive", sensitive), "forward", forward));
    }

    private Case phone() {
        var grown = person("age13plus", true);
        return world.law().purposes().contains(rule().purpose())
                        && !rule().purpose().equals(world.law().emergencyPurpose())
                ? grown.rule("purpose", world.law().phonePurpose())
                : grown.map(
                        "catalogue",
                        question.element(),
                        with(world.catalogue().get(question.element()), "phone", false));
    }

    private Case unrevealing() {
        var orgs = new HashMap<String, Org>();
        world.orgs().forEach((id, org) -> orgs.put(id, with(org, "reveals", Optional.empty())));
        return new Case(with(world, "orgs", orgs), question, spare);
    }

    /// A query that selects on the element selects on another that is not granted instead.
    private Case grantedElement() {
        var element = question.element();
        var granting = rule("granted", plus(rule().granted(), element));
        return question.selectors().contains(element)
                ? granting.question("selectors", plus(minus(question.selectors(), element), "conduct"))
                : granting;
    }

    private Case inScope() {
        var role = person().roles().iterator().next();
        return rule("scope", new Scope(Set.of(role.org()), true, Set.of(role.name()), Set.of()));
    }

    /// The rule of the question's client, in force or spare.
    public Rule rule() {
        return world.rules().getOrDefault(question.client(), spare);
    }

    /// The person the question is about.
    public Person person() {
        return world.people().get(question.person());
    }

    /// The vendor of the rule; one of no countries when the world has none.
    public Vendor vendor() {
        return world.vendors()
                .getOrDefault(
                        rule().vendor(),
                        new Vendor(false, Optional.empty(), false, true, Set.of(), Set.of(), Set.of(), false, false));
    }

    /// With a component of the rule changed.
    public Case rule(String component, Object value) {
        var rule = with(rule(), component, value);
        return world.rules().containsKey(question.client())
                ? map("rules", question.client(), rule)
                : new Case(world, question, rule);
    }

    /// With a component of the person changed.
    public Case person(String component, Object value) {
        return map("people", question.person(), with(person(), component, value));
    }

    /// With a component of the vendor changed.
    public Case vendor(String component, Object value) {
        return map("vendors", rule().vendor(), with(vendor(), component, value));
    }

    /// With a component of the controller changed.
    public Case controller(String component, Object value) {
        return new Case(with(world, "controller", with(world.controller(), component, value)), question, spare);
    }

    /// With a component of the question changed.
    public Case question(String component, Object value) {
        return new Case(world, with(question, component, value), spare);
    }

    /// With one entry of one of the world's maps put.
    public Case map(String component, String key, Object value) {
        var changed = new HashMap<Object, Object>((Map<?, ?>) component(world, component));
        changed.put(key, value);
        return new Case(with(world, component, changed), question, spare);
    }

    /// With one entry of one of the world's maps gone.
    public Case unmap(String component, String key) {
        var changed = new HashMap<Object, Object>((Map<?, ?>) component(world, component));
        changed.remove(key);
        return new Case(with(world, component, changed), question, spare);
    }

    /// The record with one component changed.
    @SuppressWarnings("unchecked")
    static <R extends Record> R with(R record, String component, Object value) {
        var parts = record.getClass().getRecordComponents();
        if (Arrays.stream(parts).noneMatch(p -> p.getName().equals(component))) {
            throw new IllegalArgumentException(record.getClass().getSimpleName() + " has no " + component);
        }
        var types = Arrays.stream(parts).map(RecordComponent::getType).toArray(Class<?>[]::new);
        var values = Arrays.stream(parts)
                .map(p -> p.getName().equals(component) ? value : component(record, p.getName()))
                .toArray();
        try {
            return (R) record.getClass().getDeclaredConstructor(types).newInstance(values);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Object component(Record record, String name) {
        try {
            return record.getClass().getMethod(name).invoke(record);
        } catch (NoSuchMethodException | IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException(e);
        }
    }

    static Set<String> plus(Set<String> set, String one) {
        var more = new HashSet<>(set);
        more.add(one);
        return Set.copyOf(more);
    }

    static Set<String> minus(Set<String> set, String one) {
        var less = new HashSet<>(set);
        less.remove(one);
        return Set.copyOf(less);
    }
}
