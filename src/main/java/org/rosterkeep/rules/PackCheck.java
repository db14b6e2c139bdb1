package org.rosterkeep.rules;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What the active packs miss about a proposal, each with its place and a remedy: the other half of [RuleCheck].
final class PackCheck {
    private static final String PROFILE = "`rosterkeep district profile put` the profile with it";

    private final Bench bench;
    private final PackFloor packs;
    private final Proposal proposal;
    private final Rule rule;
    private final Instant now;
    private final List<Problem> problems = new ArrayList<>();

    private PackCheck(Bench bench, Proposal proposal, Instant now) {
        this.bench = bench;
        this.packs = bench.packs();
        this.proposal = proposal;
        this.rule = proposal.rule();
        this.now = now;
    }

    static List<Problem> problems(Bench bench, Proposal proposal, Instant now) {
        PackCheck check = new PackCheck(bench, proposal, now);
        if (bench.controller().isPresent()) {
            check.papers();
            check.directory(bench.controller().get());
        }
        check.assessment();
        return check.problems;
    }

    private void papers() {
        packs.ofDistrict().forEach(lack -> add("", "the district's profile lacks " + lack.words() + " (F06)", PROFILE));
        Optional.ofNullable(bench.vendors().get(rule.vendor()))
                .map(packs::of)
                .orElse(List.of())
                .forEach(lack -> add(
                        "/vendor",
                        "the vendor's file lacks " + lack.words() + " (F04)",
                        "`rosterkeep vendor put` it with that"));
        Optional.ofNullable(bench.agreements().get(rule.agreement()))
                .map(packs::of)
                .orElse(List.of())
                .forEach(lack -> add(
                        "/agreement",
                        "the agreement lacks " + lack.words() + " (F03)",
                        "`rosterkeep agreement put` it with that"));
        packs.of(proposal.grounds())
                .forEach(lack -> add(
                        "/evidence/" + lack.need().word(),
                        "the pack " + lack.pack() + " needs this stated (F06)",
                        "write down " + lack.need().label()));
    }

    private void directory(Controller of) {
        if (!packs.asks(rule).contains(Charter.Basis.Person.DIRECTORY)) {
            return;
        }
        Set<String> given = bench.elementsOf(rule);
        packs.directory(rule, given, now).ifPresent(why -> {
            String which = why == PackFloor.Designating.ELEMENT
                    ? ": " + String.join(", ", packs.undesignated(of.directory().orElseThrow(), given))
                    : "";
            add("/basis", why.what() + which + " (F06)", why.remedy());
        });
    }

    private void assessment() {
        Grounds grounds = proposal.grounds();
        if (bench.special(rule) && grounds.special().isEmpty()) {
            add(
                    "/special",
                    "the rule gives special elements (F15)",
                    "name the condition and the impact assessment: {\"condition\": \"...\", \"assessment\": \"...\"}");
        } else if (packs.assessed(proposal, now)) {
            return;
        } else if (grounds.assessment()
                .filter(one -> one.consultation() == Grounds.Consultation.PENDING)
                .isPresent()) {
            add(
                    "/assessment/consultation",
                    "the authority was asked and has not answered (F15)",
                    "wait for its answer; then write `done`");
        } else {
            add(
                    "/assessment",
                    "an active pack asks for an impact assessment, made already (F15)",
                    "{\"reference\": \"...\", \"made\": \"2026-08-01\", \"consultation\": \"not-needed\"}");
        }
    }

    private void add(String pointer, String what, String remedy) {
        problems.add(new Problem(pointer, what, remedy));
    }
}
