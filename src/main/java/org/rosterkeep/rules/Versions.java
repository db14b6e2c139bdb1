package org.rosterkeep.rules;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.rosterkeep.roster.Shelf;

/// Every version of every rule and every stop, and what follows from them. Not safe for threads: the [RuleBook]
/// holds the
/// lock.
final class Versions {
    private final RuleFile files;
    private final Signers signers;
    private final Map<String, NavigableMap<Integer, Entry>> rules = new TreeMap<>();
    private final Map<String, Halt> halts = new TreeMap<>();

    /// @param trusted what the text says, if it is canonical and every signature under it is genuine; looked at once,
    ///     when the document came from the shelf or was made
    private record Entry(Filed filed, Optional<Proposal> trusted) {}

    Versions(RuleFile files, Signers signers, Shelf shelf) {
        this.files = files;
        this.signers = signers;
        shelf.all(Filed.KIND)
                .forEach((id, document) -> Filed.read(document)
                        .filter(filed -> filed.id().equals(id))
                        .ifPresent(this::put));
        shelf.all(Halt.KIND).forEach((rule, document) -> halts.put(rule, Halt.read(rule, document)));
    }

    void put(Filed filed) {
        Optional<Proposal> trusted = files.reread(filed.text())
                .filter(one ->
                        one.rule().id().equals(filed.rule()) && one.rule().version() == filed.version())
                .filter(one -> filed.genuine(signers));
        rules.computeIfAbsent(filed.rule(), any -> new TreeMap<>()).put(filed.version(), new Entry(filed, trusted));
    }

    void put(Halt halt) {
        halts.put(halt.rule(), halt);
    }

    void remove(Filed filed) {
        of(filed.rule()).remove(filed.version());
        if (of(filed.rule()).isEmpty()) {
            rules.remove(filed.rule());
        }
    }

    Filed filed(String rule, int version) {
        return entry(rule, version).filed();
    }

    /// The version as it was signed.
    Proposal trusted(String rule, int version) {
        return entry(rule, version).trusted().orElseThrow(() -> new RulesFault(RulesFault.Code.DOCUMENT_DAMAGED));
    }

    private Entry entry(String rule, int version) {
        return Optional.ofNullable(of(rule).get(version))
                .orElseThrow(() -> new RulesFault(RulesFault.Code.RULE_UNKNOWN));
    }

    /// The number of the newest version; refuses a rule that is unknown.
    int newest(String rule) {
        if (of(rule).isEmpty()) {
            throw new RulesFault(RulesFault.Code.RULE_UNKNOWN);
        }
        return of(rule).lastKey();
    }

    Halt halt(String rule) {
        return halts.getOrDefault(rule, Halt.none(rule));
    }

    List<Stream> streams(Bench bench) {
        return rules.keySet().stream()
                .flatMap(rule -> stream(rule, bench).stream())
                .toList();
    }

    /// The stream of a rule; empty while none of its versions can be trusted.
    private Optional<Stream> stream(String rule, Bench bench) {
        List<Proposal> approved = new ArrayList<>();
        for (Entry entry : of(rule).values()) {
            entry.trusted()
                    .filter(one -> approved(entry.filed(), one.rule(), bench))
                    .ifPresent(approved::add);
        }
        Halt halt = halt(rule);
        return of(rule).values().stream()
                .flatMap(entry -> entry.trusted().stream())
                .findFirst()
                .map(Proposal::rule)
                .map(first -> new Stream(
                        rule, first.client(), first.vendor(), approved, halt.suspended(), halt.revokedThrough()));
    }

    /// Counted anew each time: a vendor that adds a country may raise the number needed, and then the rule waits again.
    private static boolean approved(Filed filed, Rule rule, Bench bench) {
        return filed.submitted() && filed.approvals() >= bench.approversNeeded(rule);
    }

    /// Every version that can be read, by rule and version.
    List<Version> views(Bench bench, Instant now) {
        return rules.values().stream()
                .flatMap(versions -> versions.values().stream())
                .flatMap(entry -> view(entry, bench, now).stream())
                .toList();
    }

    Optional<Version> view(String rule, int version, Bench bench, Instant now) {
        return Optional.ofNullable(of(rule).get(version)).flatMap(entry -> view(entry, bench, now));
    }

    private Optional<Version> view(Entry entry, Bench bench, Instant now) {
        Filed filed = entry.filed();
        return files.reread(filed.text()).map(proposal -> {
            Set<String> approvers = new LinkedHashSet<>();
            filed.endorsements().stream()
                    .filter(one -> one.act() == Endorsement.Act.APPROVE)
                    .forEach(one -> approvers.add(one.operator()));
            Version.Hindrance hindrance = bench.standing(proposal, now)
                    .<Version.Hindrance>map(Version.Hindrance.Because::new)
                    .orElse(new Version.Hindrance.None());
            int needed = bench.approversNeeded(proposal.rule());
            return new Version(proposal, life(entry, bench, now), filed.author(), approvers, needed, hindrance);
        });
    }

    private Life life(Entry entry, Bench bench, Instant now) {
        Filed filed = entry.filed();
        if (entry.trusted().isEmpty()) {
            return Life.UNTRUSTED;
        }
        Rule rule = entry.trusted().get().rule();
        Halt halt = halt(filed.rule());
        if (rule.version() <= halt.revokedThrough()) {
            return Life.REVOKED;
        }
        if (!filed.submitted()) {
            return Life.DRAFT;
        }
        if (!approved(filed, rule, bench)) {
            return Life.SUBMITTED;
        }
        return halt.suspended() ? Life.SUSPENDED : running(rule, bench, now);
    }

    private Life running(Rule rule, Bench bench, Instant now) {
        if (now.isBefore(rule.from())) {
            return Life.APPROVED;
        }
        int current = stream(rule.id(), bench)
                .flatMap(stream -> stream.current(now))
                .map(one -> one.rule().version())
                .orElse(0);
        if (current != rule.version()) {
            return Life.SUPERSEDED;
        }
        return now.isBefore(rule.until()) ? Life.ACTIVE : Life.EXPIRED;
    }

    /// The number the next draft of a rule gets: that of the newest version while it is an unsigned draft.
    int toDraft(String rule) {
        int newest = of(rule).isEmpty() ? 0 : of(rule).lastKey();
        int revoked = halt(rule).revokedThrough();
        boolean replace = newest > revoked && !filed(rule, newest).submitted();
        return replace ? newest : newest + 1;
    }

    /// One rule, one vendor, one client, from the first version to the last; one client, one rule.
    List<Problem> identity(Rule rule) {
        List<Problem> problems = new ArrayList<>();
        of(rule.id()).headMap(rule.version()).values().stream()
                .flatMap(entry -> entry.trusted().stream())
                .findFirst()
                .map(Proposal::rule)
                .ifPresent(before -> {
                    same(problems, "/vendor", before.vendor(), rule.vendor());
                    same(problems, "/client", before.client(), rule.client());
                });
        rules.keySet().stream()
                .filter(other -> !other.equals(rule.id()) && claims(other, rule.client()))
                .findFirst()
                .ifPresent(other -> problems.add(new Problem(
                        "/client",
                        "this client has the rule `" + other + "`; one credential has one rule",
                        "name another client")));
        return problems;
    }

    private boolean claims(String rule, String client) {
        return of(rule).tailMap(halt(rule).revokedThrough(), false).values().stream()
                .flatMap(entry -> entry.trusted().stream())
                .anyMatch(one -> one.rule().client().equals(client));
    }

    private static void same(List<Problem> problems, String pointer, String before, String after) {
        if (!before.equals(after)) {
            problems.add(new Problem(
                    pointer,
                    "earlier versions of this rule are for `" + before + "`",
                    "keep that, or name a new rule"));
        }
    }

    private NavigableMap<Integer, Entry> of(String rule) {
        return rules.getOrDefault(rule, new TreeMap<>());
    }
}
