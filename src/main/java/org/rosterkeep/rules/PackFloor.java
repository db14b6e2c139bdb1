package org.rosterkeep.rules;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// What the active packs, and the bases they bring, ask of everything a rule rests on. Nothing is asked while nobody
/// has said who the district is: nothing is given then anyway.
final class PackFloor {
    private final Bench bench;
    private final Charter charter;

    PackFloor(Bench bench) {
        this.bench = bench;
        this.charter = bench.charter();
    }

    private Optional<Demands> demands() {
        return bench.controller().map(charter::demands);
    }

    private List<Demands.Lack> lacks(Pack.Paper paper, Set<String> stated) {
        return bench.controller()
                .map(of -> charter.demands(of).lacks(paper, of.kind(), stated))
                .orElse(List.of());
    }

    List<Demands.Lack> ofDistrict() {
        return lacks(
                Pack.Paper.CONTROLLER,
                bench.controller().map(Controller::stated).orElse(Set.of()));
    }

    List<Demands.Lack> of(Vendor vendor) {
        return lacks(Pack.Paper.VENDOR, vendor.stated());
    }

    List<Demands.Lack> of(Agreement agreement) {
        return lacks(Pack.Paper.AGREEMENT, agreement.stated());
    }

    List<Demands.Lack> of(Grounds grounds) {
        return lacks(Pack.Paper.RULE, grounds.evidence().keySet());
    }

    /// The pack that keeps an element from leaving, if one does.
    Optional<String> prohibiting(String element) {
        return demands().map(one -> one.prohibited().get(element));
    }

    /// What has to be looked up about each person under this rule.
    Lookup lookup(Rule rule) {
        return new Lookup(
                asks(rule),
                demands()
                        .flatMap(Demands::children)
                        .map(Pack.Children::adultRoles)
                        .orElse(Set.of()),
                Optional.ofNullable(bench.vendors().get(rule.vendor()))
                        .map(vendor -> vendor.particulars().essential())
                        .orElse(false));
    }

    Set<Charter.Basis.Person> asks(Rule rule) {
        Set<Charter.Basis.Person> asks = EnumSet.noneOf(Charter.Basis.Person.class);
        rule.basis()
                .forEach((regime, word) -> charter.regime(regime)
                        .map(one -> one.bases().get(word))
                        .flatMap(Charter.Basis::person)
                        .ifPresent(asks::add));
        if (demands().flatMap(Demands::children).isPresent() && !integral(rule)) {
            asks.add(Charter.Basis.Person.CHILD_CONSENT);
        }
        return asks;
    }

    private boolean integral(Rule rule) {
        return Optional.ofNullable(bench.vendors().get(rule.vendor()))
                .flatMap(vendor -> vendor.particulars().integral())
                .orElse(false);
    }

    /// What stands against giving these elements as directory information, in words; empty when nothing does.
    Optional<Designating> directory(Rule rule, Set<String> given, Instant now) {
        Controller of = bench.controller().orElseThrow();
        if (of.directory().isEmpty()) {
            return Optional.of(Designating.NOTHING);
        }
        Designation designation = of.directory().get();
        if (!charter.demands(of)
                .lacks(Pack.Paper.DIRECTORY, of.kind(), designation.stated())
                .isEmpty()) {
            return Optional.of(Designating.INCOMPLETE);
        }
        if (!designation.effective(of.profile().timeZone().orElse(ZoneOffset.UTC), now)) {
            return Optional.of(Designating.WINDOW);
        }
        if (!designation.limit().map(limit -> limit.covers(rule)).orElse(true)) {
            return Optional.of(Designating.LIMIT);
        }
        return undesignated(designation, given).isEmpty() ? Optional.empty() : Optional.of(Designating.ELEMENT);
    }

    /// The elements that the designation does not have, or that the catalogue has closed to it since.
    Set<String> undesignated(Designation designation, Set<String> given) {
        Set<String> left = new TreeSet<>(given);
        left.removeIf(
                id -> charter.impersonal(id) || designation.elements().contains(id) && designable(designation, id));
        return left;
    }

    private boolean designable(Designation designation, String id) {
        return bench.elements()
                .element(id)
                .filter(one -> switch (one.designable()) {
                    case YES -> true;
                    case WITH_SECOND_FACTOR -> designation.secondFactor().containsKey(id);
                    case NEVER -> false;
                })
                .isPresent();
    }

    /// What is missing for a rule to give directory information.
    enum Designating {
        NOTHING("the board has designated no directory information", "add `directory` to the district's profile"),
        INCOMPLETE(
                "the designation lacks what an active pack asks for",
                "add it under `directory`, `statements`, in the district's profile"),
        WINDOW(
                "people were not told yet, or can still opt out",
                "start the rule when the days in the profile's `directory` are over"),
        LIMIT(
                "the designation is limited to other vendors or purposes",
                "choose another basis, or have the board widen it"),
        ELEMENT("the rule gives elements that are not designated", "remove them, or choose another basis");

        private final String what;
        private final String remedy;

        Designating(String what, String remedy) {
            this.what = what;
            this.remedy = remedy;
        }

        String what() {
            return what;
        }

        String remedy() {
            return remedy;
        }
    }

    /// Whether the assessments that special elements, or the active packs, ask for are there, and the authority has
    /// answered where it was asked.
    boolean assessed(Proposal proposal, Instant now) {
        Grounds grounds = proposal.grounds();
        boolean special = bench.special(proposal.rule());
        if (special && grounds.special().isEmpty()) {
            return false;
        }
        boolean waits = grounds.assessment()
                .filter(one -> one.consultation() == Grounds.Consultation.PENDING)
                .isPresent();
        Set<Pack.Occasion> occasions = demands().map(Demands::assessments).orElse(Set.of());
        boolean needed = occasions.contains(Pack.Occasion.FOREIGN) && bench.foreign(proposal)
                || occasions.contains(Pack.Occasion.SPECIAL) && special
                || occasions.contains(Pack.Occasion.WIDE)
                        && charter.life().wide(grounds.found().share());
        return !waits && (!needed || made(grounds, now));
    }

    private static boolean made(Grounds grounds, Instant now) {
        return grounds.assessment()
                .filter(one ->
                        !now.isBefore(one.made().atStartOfDay(ZoneOffset.UTC).toInstant()))
                .isPresent();
    }
}
