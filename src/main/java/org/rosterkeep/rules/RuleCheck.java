package org.rosterkeep.rules;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.rosterkeep.roster.Entity;
import org.rosterkeep.roster.Field;

/// Everything that stands against a proposal before anybody may sign it: the law's floors, the agreement's ceiling, and
/// what OneRoster needs to be valid. The decider looks at the same things again whenever something is asked; here each
/// comes with its place and a remedy.
final class RuleCheck {
    private final Bench bench;
    private final Charter charter;
    private final Proposal proposal;
    private final Rule rule;
    private final Instant now;
    private final List<Problem> problems = new ArrayList<>();

    private RuleCheck(Bench bench, Proposal proposal, Instant now) {
        this.bench = bench;
        this.charter = bench.charter();
        this.proposal = proposal;
        this.rule = proposal.rule();
        this.now = now;
    }

    /// All problems; none means that people may be asked to sign.
    static List<Problem> problems(Bench bench, Proposal proposal, Instant now) {
        RuleCheck check = new RuleCheck(bench, proposal, now);
        check.vendor();
        check.agreement();
        check.purpose();
        check.basis();
        check.destination();
        check.life();
        check.mandatory();
        check.elements();
        check.problems.addAll(PackCheck.problems(bench, proposal, now));
        return check.problems;
    }

    private void vendor() {
        Vendor vendor = bench.vendors().get(rule.vendor());
        if (vendor == null) {
            add("/vendor", "there is no vendor `" + rule.vendor() + "`", "`rosterkeep vendor put` it first");
        } else if (!vendor.active(charter, now)) {
            add(
                    "/vendor",
                    "this vendor may get nothing now (F04)",
                    "see `rosterkeep vendor show " + vendor.id() + "`: its standing, and its acknowledgement of terms"
                            + " version " + charter.termsVersion());
        }
    }

    private void agreement() {
        Agreement agreement = bench.agreements().get(rule.agreement());
        if (agreement == null || !agreement.vendor().equals(rule.vendor())) {
            add(
                    "/agreement",
                    "this vendor has no agreement `" + rule.agreement() + "` (F03)",
                    "`rosterkeep agreement put` it first");
            return;
        }
        if (!now.isBefore(agreement.ends())) {
            add("/agreement", "this agreement has ended (F03)", "name one that is in force");
        }
        Set<String> missing = bench.clausesMissing(agreement);
        if (!missing.isEmpty()) {
            add(
                    "/agreement",
                    "this agreement lacks the clauses " + String.join(", ", missing) + " (F03)",
                    "tick them in the agreement's file once they are in the document");
        }
        if (rule.until().isAfter(agreement.ends())) {
            add("/until", "the rule would outlive its agreement", "end it at " + agreement.ends() + " or before");
        }
    }

    private void purpose() {
        charter.purpose(rule.purpose()).ifPresent(purpose -> evidence(purpose.evidence(), "this purpose"));
    }

    private void basis() {
        if (bench.controller().isEmpty()) {
            add(
                    "",
                    "nobody has said who this district is, so no basis can be judged (F06)",
                    "put the district's profile first: its name, kind, country and regimes");
            return;
        }
        Controller controller = bench.controller().get();
        for (String code : new TreeSet<>(controller.regimes())) {
            String label = charter.regime(code).map(Charter.Regime::label).orElse(code);
            if (!rule.basis().containsKey(code)) {
                add("/basis", "no basis under " + label + " (F06)", "add \"" + code + "\" with one of " + bases(code));
            } else {
                basis(controller, code, rule.basis().get(code));
            }
        }
        rule.basis().keySet().stream()
                .filter(code -> !controller.regimes().contains(code))
                .forEach(code -> add(
                        "/basis/" + code,
                        "the district does not live under this regime",
                        "remove it, or add it to the district's profile"));
    }

    private void basis(Controller controller, String code, String word) {
        Optional<Charter.Basis> basis =
                charter.regime(code).map(regime -> regime.bases().get(word));
        if (basis.isEmpty()) {
            add("/basis/" + code, "`" + word + "` is no basis there (F06)", "use one of " + bases(code));
        } else if (basis.get().unavailable().isPresent()) {
            add(
                    "/basis/" + code,
                    "no rule can rest on this: " + basis.get().unavailable().get(),
                    "use one of " + bases(code));
        } else if (!basis.get().publicAuthority() && controller.kind() == Controller.Kind.PUBLIC_AUTHORITY) {
            add("/basis/" + code, "a public authority cannot rest on this (F06)", "use one of " + bases(code));
        } else {
            evidence(basis.get().evidence(), "this basis");
        }
    }

    private String bases(String regime) {
        return charter.regime(regime).stream()
                .flatMap(one -> one.bases().values().stream())
                .filter(basis -> basis.unavailable().isEmpty())
                .map(Charter.Basis::code)
                .sorted()
                .reduce((a, b) -> a + ", " + b)
                .orElse("none");
    }

    private void evidence(Set<String> words, String of) {
        for (String word : new TreeSet<>(words)) {
            if (!proposal.grounds().evidence().containsKey(word)) {
                add("/evidence/" + word, of + " needs this stated", "write down " + charter.evidence(word));
            }
        }
    }

    private void destination() {
        if (bench.controller().isEmpty()) {
            return;
        }
        List<String> barred = bench.reach(rule).stream()
                .filter(country -> !bench.destinationAllowed(proposal, country, now))
                .toList();
        // One way is enough (privacy.md section 2.5): what a safeguard lacks counts only where no other way is open.
        if (!barred.isEmpty()) {
            problems.addAll(SafeguardCheck.problems(bench, proposal));
        }
        for (String country : barred) {
            add("/destination", "the data would reach " + country + ", which is not allowed (F07)", way(country));
        }
    }

    private String way(String country) {
        Controller controller = bench.controller().orElseThrow();
        if (controller.localised()) {
            return "this district keeps everything in " + controller.country() + ": choose a vendor that does too";
        }
        String evidence = controller.regimes().stream()
                .flatMap(code -> charter.regime(code).flatMap(Charter.Regime::exporter).stream())
                .flatMap(exporter -> bench.adequacy().evidenceFor(exporter, country).stream())
                .flatMap(List::stream)
                .distinct()
                .sorted()
                .reduce((a, b) -> a + ", " + b)
                .map(words -> "state " + words + " under `evidence`, each as `YYYY-MM-DD what was seen`, or ")
                .orElse("");
        return evidence + "add a `safeguard` with a fresh assessment under `destination`";
    }

    private void life() {
        Duration longest = charter.purpose(rule.purpose())
                .flatMap(Charter.Purpose::hoursMax)
                .map(Duration::ofHours)
                .orElse(Duration.ofDays(charter.ruleDaysMax()));
        if (!rule.until().isAfter(rule.from())) {
            add("/until", "the rule would end before it starts", "choose a later end");
        } else if (!rule.until().isAfter(now)) {
            add("/until", "the rule would be over already", "choose a later end");
        } else if (Duration.between(rule.from(), rule.until()).compareTo(longest) > 0) {
            String bound = charter.purpose(rule.purpose())
                            .flatMap(Charter.Purpose::hoursMax)
                            .isPresent()
                    ? longest.toHours() + " hours"
                    : longest.toDays() + " days";
            add(
                    "/until",
                    "the rule would run too long",
                    "end it within " + bound + "; then renew it with new approvals");
        }
    }

    private void mandatory() {
        for (Entity entity : rule.entities()) {
            for (Field field : Field.of(entity)) {
                if (field.need() == Field.Need.GRANT && !rule.grants().containsKey(field)) {
                    add(
                            "/fields/" + entity.one(),
                            "OneRoster knows no " + entity.one() + " without `" + field.wire() + "`, and nothing honest"
                                    + " can stand in for it",
                            "add \"" + field.wire() + "\": \"as-is\", or give no " + entity.one());
                }
            }
        }
    }

    private void elements() {
        Set<String> schedule = Optional.ofNullable(bench.agreements().get(rule.agreement()))
                .map(Agreement::schedule)
                .orElse(Set.of());
        Map<String, Set<String>> places = places();
        places.forEach((id, pointers) -> {
            Optional<Elements.Element> element = bench.elements().element(id);
            if (element.isEmpty()) {
                add(first(pointers), "its element " + id + " is not in the catalogue (F21)", "remove the field");
            } else {
                element(element.get(), first(pointers), schedule);
            }
        });
        for (String id : proposal.grounds().justifications().keySet()) {
            if (!places.containsKey(id)) {
                add("/justifications/" + id, "the rule gives no such element", Words.advice(id, places.keySet()));
            }
        }
    }

    private void element(Elements.Element element, String pointer, Set<String> schedule) {
        String name = element.id() + " (" + element.label() + ")";
        if (element.sensitivity() == Elements.Sensitivity.BARRED || element.forward() == Elements.Forward.NEVER) {
            add(pointer, name + " never leaves (F13)", "remove it");
            return;
        }
        if (!bench.agreements().containsKey(rule.agreement())) {
            return;
        }
        if (element.forward() != Elements.Forward.ALWAYS && !schedule.contains(element.id())) {
            add(
                    pointer,
                    name + " is not in the schedule of agreement `" + rule.agreement() + "` (clause element_schedule)",
                    "remove it, or have the agreement changed");
        }
        if (bench.packs().prohibiting(element.id()).isPresent()) {
            String pack = bench.packs().prohibiting(element.id()).get();
            add(pointer, name + " never leaves while the pack " + pack + " is on (F13)", "remove it");
        }
        boolean delicate = element.sensitivity() == Elements.Sensitivity.ELEVATED
                || element.sensitivity() == Elements.Sensitivity.SPECIAL;
        if (delicate && !proposal.grounds().justifications().containsKey(element.id())) {
            add(
                    pointer,
                    name + " needs a reason",
                    "say why the purpose needs it: \"justifications\": {\"" + element.id() + "\": \"...\"}");
        }
        Set<String> purposes = charter.purposesOf(element.id());
        if (!purposes.isEmpty() && !purposes.contains(rule.purpose())) {
            add(
                    pointer,
                    name + " is not given for this purpose (F14)",
                    "remove it; it is for " + String.join(", ", new TreeSet<>(purposes)));
        }
    }

    /// Where the file gives each element.
    private Map<String, Set<String>> places() {
        Map<String, Set<String>> places = new java.util.TreeMap<>();
        rule.grants().forEach((field, treatment) -> {
            for (String id : bench.elements(field, treatment, rule.scope())) {
                places.computeIfAbsent(id, any -> new TreeSet<>())
                        .add("/fields/" + field.entity().one() + "/" + field.wire());
            }
        });
        if (rule.passThroughIds()) {
            places.computeIfAbsent(charter.passThroughElement(), any -> new TreeSet<>())
                    .add("/ids");
        }
        return places;
    }

    private static String first(Set<String> pointers) {
        return pointers.iterator().next();
    }

    private void add(String pointer, String what, String remedy) {
        problems.add(new Problem(pointer, what, remedy));
    }
}
