package org.rosterkeep.rules;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/// Who a rule is: one vendor and one client from its first version to its last, and no other rule for that client.
///
/// @param earlier the versions before it
/// @param claimed another rule that has the same client
record Identity(Rule rule, Collection<Versions.Entry> earlier, Optional<String> claimed) {
    List<Problem> problems() {
        List<Problem> problems = new ArrayList<>();
        earlier.stream()
                .flatMap(entry -> entry.trusted().stream())
                .findFirst()
                .map(Proposal::rule)
                .ifPresent(before -> {
                    same(problems, "/vendor", before.vendor(), rule.vendor());
                    same(problems, "/client", before.client(), rule.client());
                });
        claimed.ifPresent(other -> problems.add(new Problem(
                "/client",
                "this client has the rule `" + other + "`; one credential has one rule",
                "name another client")));
        return problems;
    }

    private static void same(List<Problem> problems, String pointer, String before, String after) {
        if (!before.equals(after)) {
            problems.add(new Problem(
                    pointer,
                    "earlier versions of this rule are for `" + before + "`",
                    "keep that, or name a new rule"));
        }
    }
}
