package org.rosterkeep.rules;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// Looks up what is written into a version when it is drafted, and whether it still is true when it is signed.
record Findings(Bench bench, Population population, Instant now) {
    Grounds.Found of(Proposal proposal, List<Proposal> running) {
        Rule rule = proposal.rule();
        Set<String> subProcessors = Optional.ofNullable(bench.vendors().get(rule.vendor())).stream()
                .flatMap(vendor -> vendor.subProcessors().stream())
                .map(Vendor.SubProcessor::name)
                .collect(Collectors.toCollection(TreeSet::new));
        Grounds.Found found =
                new Grounds.Found(Optional.of(bench.reach(rule)), subProcessors, population.share(rule, now), 0);
        boolean material = running.stream()
                .anyMatch(one -> !Widening.of(bench, one, proposal, found).isEmpty());
        return new Grounds.Found(found.reach(), subProcessors, found.share(), bench.noticeDays(material));
    }

    /// What would be signed for less than it is; empty when the text still says what is so.
    List<Problem> outdated(Proposal proposal, List<Proposal> running) {
        Grounds.Found written = proposal.grounds().found();
        if (written.reach().isEmpty()) {
            return List.of();
        }
        Grounds.Found fresh = of(proposal, running);
        List<Problem> problems = new ArrayList<>();
        LifeTerms terms = bench.charter().life();
        if (terms.wide(fresh.share()) && !terms.wide(written.share())) {
            problems.add(again("more of the district's children are in its scope than when it was drafted"));
        }
        if (fresh.noticeDays() > written.noticeDays()) {
            problems.add(again("it is a material change of what runs now, and was drafted as none"));
        }
        if (!written.reach().get().containsAll(fresh.reach().orElse(Set.of()))) {
            problems.add(again("the vendor reaches a country that the text does not name (F07)"));
        }
        return problems;
    }

    private static Problem again(String what) {
        return new Problem("", what, "draft it again");
    }

    /// A material change that would start before it has been announced for long enough.
    static List<Problem> tooSoon(Proposal proposal, Instant now) {
        int days = proposal.grounds().found().noticeDays();
        Instant earliest = now.plus(Duration.ofDays(days));
        return days == 0 || !proposal.rule().from().isBefore(earliest)
                ? List.of()
                : List.of(new Problem(
                        "/from",
                        "this adds something to a running rule, which takes " + days + " days of notice",
                        "start it at " + earliest + " or later"));
    }
}
