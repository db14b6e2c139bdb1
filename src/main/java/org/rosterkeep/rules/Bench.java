package org.rosterkeep.rules;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.rosterkeep.roster.Entity;
import org.rosterkeep.roster.Field;

/// Where an ask is weighed against one version of a rule and everything it rests on, floor by floor.
///
/// @param adequacy the list of adequate countries that counts in this district
/// @param controller empty while nobody has said who the district is: then nothing is allowed
record Bench(
        Charter charter,
        Elements elements,
        Optional<Controller> controller,
        Map<String, Vendor> vendors,
        Map<String, Agreement> agreements,
        Adequacy adequacy,
        List<Restraint> restraints) {
    Bench {
        vendors = Map.copyOf(vendors);
        agreements = Map.copyOf(agreements);
        restraints = List.copyOf(restraints);
    }

    /// With the list of adequate countries that comes with the program, and no vendor restrained.
    Bench(
            Charter charter,
            Elements elements,
            Optional<Controller> controller,
            Map<String, Vendor> vendors,
            Map<String, Agreement> agreements) {
        this(charter, elements, controller, vendors, agreements, charter.adequacy(), List.of());
    }

    Bench restraining(List<Restraint> all) {
        return new Bench(charter, elements, controller, vendors, agreements, adequacy, all);
    }

    Bench with(Adequacy list) {
        return new Bench(charter, elements, controller, vendors, agreements, list, restraints);
    }

    /// The first objection to an ask, vendor first; the order is that of privacy.md section 2.
    Optional<Reason> objection(Proposal proposal, Ask ask, Instant now) {
        return standing(proposal, now).or(() -> question(proposal.rule(), ask));
    }

    Optional<Reason> vendor(String id, Instant now) {
        List<Restraint> restrained = Restraints.of(restraints, id, now);
        if (!restrained.isEmpty()) {
            return Optional.of(restrained.getFirst().kind().reason());
        }
        Vendor vendor = vendors.get(id);
        boolean active = vendor != null
                && vendor.active(charter, now)
                && packs().of(vendor).isEmpty();
        return active ? Optional.empty() : Optional.of(Reason.VENDOR_NOT_ACTIVE);
    }

    PackFloor packs() {
        return new PackFloor(this);
    }

    /// Whether an agreement has every clause and statement this district needs.
    boolean complete(Agreement agreement) {
        return controller.isPresent()
                && clausesMissing(agreement).isEmpty()
                && packs().of(agreement).isEmpty();
    }

    /// What stands against the rule itself, whatever is asked.
    Optional<Reason> standing(Proposal proposal, Instant now) {
        Rule rule = proposal.rule();
        Set<String> given = elementsOf(rule);
        return vendor(rule.vendor(), now)
                .or(() -> agreement(rule, given, now))
                .or(() -> purpose(proposal))
                .or(() -> basis(proposal, given, now))
                .or(() -> destination(proposal, now))
                .or(() -> barred(given))
                .or(() -> purposeOf(rule, given))
                .or(() -> packs().assessed(proposal, now) ? Optional.empty() : Optional.of(Reason.ASSESSMENT_MISSING));
    }

    private Optional<Reason> agreement(Rule rule, Set<String> given, Instant now) {
        Agreement agreement = agreements.get(rule.agreement());
        if (agreement == null || !agreement.vendor().equals(rule.vendor())) {
            return Optional.of(Reason.AGREEMENT_MISSING);
        }
        if (!agreement.live(now) || !complete(agreement)) {
            return Optional.of(Reason.AGREEMENT_NOT_LIVE);
        }
        return agreement.schedule().containsAll(given) ? Optional.empty() : Optional.of(Reason.AGREEMENT_NARROWER);
    }

    /// The clauses an agreement should have and has not; all it could need while nobody has said who the district is.
    Set<String> clausesMissing(Agreement agreement) {
        Set<String> missing = new TreeSet<>(charter.agreementType(agreement.type())
                .flatMap(type -> controller.map(one -> charter.clausesNeeded(type, one)))
                .orElse(charter.clauses()));
        missing.removeAll(agreement.clauses());
        return missing;
    }

    private Optional<Reason> purpose(Proposal proposal) {
        boolean stated = charter.purpose(proposal.rule().purpose())
                .filter(purpose -> proposal.grounds().evidence().keySet().containsAll(purpose.evidence()))
                .isPresent();
        return stated ? Optional.empty() : Optional.of(Reason.PURPOSE_NOT_ALLOWED);
    }

    private Optional<Reason> purposeOf(Rule rule, Set<String> given) {
        boolean fits = given.stream()
                .map(charter::purposesOf)
                .allMatch(purposes -> purposes.isEmpty() || purposes.contains(rule.purpose()));
        return fits ? Optional.empty() : Optional.of(Reason.ELEMENT_FOR_OTHER_PURPOSE);
    }

    private Optional<Reason> basis(Proposal proposal, Set<String> given, Instant now) {
        boolean allowed = controller.isPresent()
                && packs().ofDistrict().isEmpty()
                && packs().of(proposal.grounds()).isEmpty()
                && controller.get().regimes().stream().allMatch(regime -> basis(proposal, controller.get(), regime))
                && (!packs().asks(proposal.rule()).contains(Charter.Basis.Person.DIRECTORY)
                        || packs().directory(proposal.rule(), given, now).isEmpty());
        return allowed ? Optional.empty() : Optional.of(Reason.BASIS_NOT_ALLOWED);
    }

    private boolean basis(Proposal proposal, Controller of, String regime) {
        String word = proposal.rule().basis().getOrDefault(regime, "");
        return charter.regime(regime)
                .map(one -> one.bases().get(word))
                .filter(basis -> basis.unavailable().isEmpty())
                .filter(basis -> basis.publicAuthority() || of.kind() == Controller.Kind.PRIVATE)
                .filter(basis -> proposal.grounds().evidence().keySet().containsAll(basis.evidence()))
                .isPresent();
    }

    private Optional<Reason> destination(Proposal proposal, Instant now) {
        Set<String> reach = reach(proposal.rule());
        boolean allowed = proposal.grounds().found().reach().orElse(reach).containsAll(reach)
                && reach.stream().allMatch(country -> destinationAllowed(proposal, country, now));
        return allowed ? Optional.empty() : Optional.of(Reason.DESTINATION_NOT_ALLOWED);
    }

    boolean destinationAllowed(Proposal proposal, String country, Instant now) {
        return controller.isPresent() && allowed(controller.get(), proposal, country, now);
    }

    private boolean allowed(Controller from, Proposal proposal, String country, Instant now) {
        if (from.localised()) {
            return from.country().equals(country);
        }
        return from.regimes().stream()
                .flatMap(code -> charter.regime(code).flatMap(Charter.Regime::exporter).stream())
                .allMatch(exporter -> adequacy.allows(
                        new Adequacy.Way(exporter, from.country(), country),
                        proposal.grounds(),
                        specialOf(proposal.rule()),
                        charter.life(),
                        now));
    }

    /// Every country the data reach: the rule's destination and the vendor's own.
    Set<String> reach(Rule rule) {
        Set<String> reach = new TreeSet<>(Set.of(rule.country()));
        Vendor vendor = vendors.get(rule.vendor());
        if (vendor != null) {
            reach.addAll(vendor.reach());
        }
        return reach;
    }

    /// Whether the version was signed for another country than home and its neighbours.
    boolean foreign(Proposal proposal) {
        Set<String> reach = proposal.grounds().found().reach().orElseGet(() -> reach(proposal.rule()));
        return controller.isEmpty()
                || reach.stream()
                        .anyMatch(country -> !adequacy.near(controller.get().country(), country));
    }

    boolean special(Rule rule) {
        return special(elementsOf(rule));
    }

    private boolean special(Set<String> given) {
        return given.stream().anyMatch(this::special);
    }

    /// What the catalogue does not know is handled with as much care as what it calls special.
    private boolean special(String id) {
        return elements.element(id)
                .filter(one -> one.sensitivity() != Elements.Sensitivity.SPECIAL)
                .isEmpty();
    }

    /// The special elements a rule gives.
    Set<String> specialOf(Rule rule) {
        Set<String> special = new TreeSet<>(elementsOf(rule));
        special.removeIf(id -> !special(id));
        return special;
    }

    private boolean elevated(Rule rule) {
        return elementsOf(rule).stream()
                .flatMap(id -> elements.element(id).stream())
                .anyMatch(one -> one.sensitivity() == Elements.Sensitivity.ELEVATED);
    }

    /// The catalogue may have become stricter since the rule was signed: what never leaves does not leave now
    /// either, nor
    /// what it does not have any more.
    private Optional<Reason> barred(Set<String> given) {
        if (!given.stream().allMatch(id -> elements.element(id).isPresent())) {
            return Optional.of(Reason.ELEMENT_UNKNOWN);
        }
        boolean leaves = given.stream()
                .flatMap(id -> elements.element(id).stream())
                .allMatch(one -> one.sensitivity() != Elements.Sensitivity.BARRED
                        && one.forward() != Elements.Forward.NEVER
                        && packs().prohibiting(one.id()).isEmpty());
        return leaves ? Optional.empty() : Optional.of(Reason.ELEMENT_BARRED);
    }

    /// How many persons besides its author must sign the rule: the strictest that applies.
    int approversNeeded(Proposal proposal) {
        Rule rule = proposal.rule();
        LifeTerms.Approvers counts = charter.life().approvers();
        int needed = counts.ordinary();
        needed = elevated(rule) ? Math.max(needed, counts.elevated()) : needed;
        needed = special(rule) ? Math.max(needed, counts.special()) : needed;
        needed = foreign(proposal) ? Math.max(needed, counts.foreign()) : needed;
        boolean wide = charter.life().wide(proposal.grounds().found().share());
        return wide ? Math.max(needed, counts.population()) : needed;
    }

    /// Roles of which somebody must be among the approvers.
    Set<String> approverRoles() {
        return controller.map(of -> charter.demands(of).approverRoles()).orElse(Set.of());
    }

    /// Days between the last signature and the first byte.
    ///
    /// @param material whether it adds something to what is running
    int noticeDays(boolean material) {
        Pack.Notice asked = controller.map(of -> charter.demands(of).notice()).orElse(Pack.Notice.NONE);
        return material
                ? Math.max(charter.life().noticeMaterial(), asked.material())
                : Math.max(charter.life().noticeNew(), asked.fresh());
    }

    /// The elements a field gives as it is treated: a preferred name is one of its own, whatever property it leaves
    /// under.
    Set<String> elements(Field field, Treatment treatment, Scope scope) {
        Set<String> elements = new TreeSet<>(charter.elements(field, scope));
        if (treatment instanceof Treatment.Preferred) {
            elements.addAll(charter.elements(Treatment.Preferred.source(field), scope));
        }
        return elements;
    }

    Set<String> elementsOf(Rule rule) {
        Set<String> ids = new TreeSet<>();
        rule.grants().forEach((field, treatment) -> ids.addAll(elements(field, treatment, rule.scope())));
        if (rule.passThroughIds()) {
            ids.add(charter.passThroughElement());
        }
        return ids;
    }

    private static Optional<Reason> question(Rule rule, Ask ask) {
        Set<Entity> given = rule.entities();
        if (!given.contains(ask.entity()) || !given.containsAll(ask.by())) {
            return Optional.of(Reason.ENTITY_NOT_GIVEN);
        }
        boolean mayLook = ask.consulted().stream().allMatch(field -> mayLook(rule, ask.entity(), field));
        return mayLook ? Optional.empty() : Optional.of(Reason.FIELD_NOT_GIVEN);
    }

    private static boolean mayLook(Rule rule, Entity entity, Field field) {
        return field.entity() == entity
                && (field.need() == Field.Need.ENVELOPE || rule.grants().containsKey(field));
    }
}
