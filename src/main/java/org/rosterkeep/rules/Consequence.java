package org.rosterkeep.rules;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// One thing that would stop if the district's profile were another, and why: what people are shown before they
/// say yes.
///
/// @param what `rule`, `agreement`, or `part of rule` where the rule goes on for fewer people
/// @param id its name
/// @param why in sentences, each with what to do; never empty
public record Consequence(String what, String id, List<String> why) {
    public Consequence {
        why = List.copyOf(why);
    }

    /// Everything that gives or will give by what stands now, and would not then.
    static List<Consequence> of(Snapshot now, Snapshot then, Instant at) {
        List<Consequence> all = new ArrayList<>();
        for (String rule : now.rules()) {
            now.stream(rule)
                    .flatMap(stream -> stream.line().stream()
                            .filter(one -> counts(stream, one, at))
                            .filter(one -> gives(now, one, at) && !gives(then, one, at))
                            .reduce((older, newer) -> newer))
                    .ifPresent(one -> all.add(new Consequence("rule", rule, why(now, then, one.proposal(), at))));
            now.stream(rule)
                    .flatMap(stream -> stream.line().stream()
                            .filter(one -> counts(stream, one, at))
                            .filter(one -> gives(now, one, at) && gives(then, one, at))
                            .reduce((older, newer) -> newer))
                    .map(one -> Whom.added(now.lookup(one.rule()), then.lookup(one.rule())))
                    .filter(fewer -> !fewer.isEmpty())
                    .ifPresent(fewer -> all.add(new Consequence("part of rule", rule, fewer)));
        }
        now.bench().agreements().values().stream()
                .filter(one -> at.isBefore(one.ends()))
                .filter(one -> now.bench().complete(one) && !then.bench().complete(one))
                .sorted(java.util.Comparator.comparing(Agreement::id))
                .forEach(one -> all.add(new Consequence("agreement", one.id(), lacking(then.bench(), one))));
        return all;
    }

    /// The version that counts now, and those whose time is still to come.
    private static boolean counts(Stream stream, Stream.Approved one, Instant at) {
        boolean current = stream.current(at).filter(one.proposal()::equals).isPresent();
        return one.rule().version() > stream.revokedThrough()
                && at.isBefore(one.rule().until())
                && (current || one.starts().isAfter(at));
    }

    /// Whether a version gives in this book when its time has come.
    private static boolean gives(Snapshot book, Stream.Approved version, Instant at) {
        Instant moment = version.starts().isAfter(at) ? version.starts() : at;
        return book.stream(version.rule().id())
                        .filter(stream -> stream.line().stream()
                                .anyMatch(one ->
                                        one.rule().version() == version.rule().version()))
                        .isPresent()
                && book.bench().standing(version.proposal(), moment).isEmpty();
    }

    private static List<String> why(Snapshot now, Snapshot then, Proposal proposal, Instant at) {
        List<Problem> problems = new ArrayList<>(RuleCheck.problems(then.bench(), proposal, at));
        problems.removeAll(RuleCheck.problems(now.bench(), proposal, at));
        return problems.isEmpty()
                ? List.of("it needs other signatures than it has; draft it again and have it approved")
                : problems.stream().map(Problem::toString).toList();
    }

    private static List<String> lacking(Bench bench, Agreement agreement) {
        List<String> lacking = new ArrayList<>();
        bench.clausesMissing(agreement)
                .forEach(clause -> lacking.add("it lacks the clause " + clause + ": "
                        + bench.charter().clause(clause).orElse(clause)));
        bench.packs().of(agreement).forEach(lack -> lacking.add("it lacks " + lack.words()));
        return lacking;
    }
}
