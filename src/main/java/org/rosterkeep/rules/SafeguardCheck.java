package org.rosterkeep.rules;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// What is missing in the safeguard a transfer rests on (privacy.md section 2.5).
final class SafeguardCheck {
    private static final String PLACE = "/destination/safeguard/";

    private SafeguardCheck() {}

    static List<Problem> problems(Bench bench, Proposal proposal) {
        return proposal.grounds()
                .safeguard()
                .map(one -> problems(bench, one, bench.specialOf(proposal.rule())))
                .orElse(List.of());
    }

    private static List<Problem> problems(Bench bench, Grounds.Safeguard one, Set<String> special) {
        List<Problem> problems = new ArrayList<>();
        boolean modules = bench.charter().life().instruments().getOrDefault(one.instrument(), false);
        if (modules && one.module().isEmpty()) {
            problems.add(new Problem(PLACE + "module", "it is missing (F07)", "say which of the modules was signed"));
        }
        Set<String> unnamed = new TreeSet<>(special);
        unnamed.removeAll(one.special());
        if (!unnamed.isEmpty()) {
            problems.add(new Problem(
                    PLACE + "special",
                    "the assessment does not name the special elements " + String.join(", ", unnamed) + " (F07)",
                    "have them assessed and name them here, or remove the fields"));
        }
        return problems;
    }
}
