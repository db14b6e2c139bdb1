package org.rosterkeep.rules;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.rosterkeep.roster.Shelf;

/// Every version of every rule, every stop, opinion and clearing, and what follows from them. Not safe for threads: the
/// [RuleBook] holds the lock. A change costs as much as the rule it changes, however many others there are.
final class Versions {
    private final RuleFile files;
    private final Signing signing;
    private final Map<String, NavigableMap<Integer, Entry>> rules = new TreeMap<>();
    private final Map<String, Halt> halts = new HashMap<>();
    private final Map<String, Clearing> clearings = new HashMap<>();
    private final Map<String, Map<String, Opinion>> opinions = new HashMap<>();
    private final Map<String, Set<String>> claimants = new HashMap<>();
    private final Map<String, Stream> streams = new HashMap<>();
    private Bench bench;
    private Register byClient = Register.EMPTY;
    private Register byRule = Register.EMPTY;

    /// @param readable what the text says, whoever wrote it
    /// @param trusted the same, if it is canonical and every signature under it is genuine; looked at once,
    /// when the
    ///     document came from the shelf or was made
    record Entry(Filed filed, Optional<Proposal> readable, Optional<Proposal> trusted) {}

    Versions(RuleFile files, Signing signing, Shelf shelf, Bench bench) {
        this.files = files;
        this.signing = signing;
        this.bench = bench;
        shelf.all(Clearing.KIND)
                .forEach((id, document) -> Clearing.read(document)
                        .filter(one -> one.id().equals(id))
                        .ifPresent(one -> clearings.put(id, one)));
        shelf.all(Opinion.KIND)
                .forEach((id, document) -> Opinion.read(document)
                        .filter(one -> one.id().equals(id))
                        .ifPresent(this::add));
        shelf.all(Halt.KIND).forEach((rule, document) -> halts.put(rule, Halt.read(rule, document)));
        shelf.all(Filed.KIND)
                .forEach((id, document) -> Filed.read(document)
                        .filter(filed -> filed.id().equals(id))
                        .ifPresent(this::add));
        refreshAll();
    }

    void put(Filed filed) {
        add(filed);
        refresh(filed.rule());
    }

    void put(Halt halt) {
        halts.put(halt.rule(), halt);
        refresh(halt.rule());
    }

    void put(Clearing clearing) {
        clearings.put(clearing.id(), clearing);
        refresh(clearing.rule());
    }

    void put(Opinion opinion) {
        add(opinion);
    }

    private void add(Opinion opinion) {
        opinions.computeIfAbsent(Clearing.id(opinion.rule(), opinion.version()), any -> new TreeMap<>())
                .put(opinion.endorsement().operator(), opinion);
    }

    private void add(Filed filed) {
        Optional<Proposal> readable = files.reread(filed.text());
        Optional<Proposal> trusted = readable.filter(one ->
                        one.rule().id().equals(filed.rule()) && one.rule().version() == filed.version())
                .filter(one -> filed.genuine(signing));
        trusted.ifPresent(one -> claimants
                .computeIfAbsent(one.rule().client(), any -> new HashSet<>())
                .add(filed.rule()));
        rules.computeIfAbsent(filed.rule(), any -> new TreeMap<>())
                .put(filed.version(), new Entry(filed, readable, trusted));
    }

    void remove(Filed filed) {
        of(filed.rule()).remove(filed.version());
        if (of(filed.rule()).isEmpty()) {
            rules.remove(filed.rule());
        }
        refresh(filed.rule());
    }

    /// Takes note of what rules rest on now. Only those are looked at again for which it can make a difference.
    void rest(Bench next) {
        Bench before = bench;
        bench = next;
        boolean only = before.charter() == next.charter()
                && before.elements() == next.elements()
                && before.controller().equals(next.controller())
                && before.adequacy() == next.adequacy();
        if (!only) {
            refreshAll();
            return;
        }
        Set<String> vendors = new HashSet<>(before.vendors().keySet());
        vendors.addAll(next.vendors().keySet());
        vendors.removeIf(
                id -> Objects.equals(before.vendors().get(id), next.vendors().get(id)));
        if (!vendors.isEmpty()) {
            streams.values().stream()
                    .filter(stream -> vendors.contains(stream.vendor()))
                    .map(Stream::rule)
                    .toList()
                    .forEach(this::refresh);
        }
    }

    Snapshot snapshot() {
        return new Snapshot(bench, byClient, byRule);
    }

    private void refreshAll() {
        streams.clear();
        rules.keySet().forEach(rule -> stream(rule).ifPresent(one -> streams.put(rule, one)));
        byClient = Register.of(streams.values(), Stream::client);
        byRule = Register.of(streams.values(), Stream::rule);
    }

    private void refresh(String rule) {
        Stream before = streams.remove(rule);
        if (before != null) {
            byClient = byClient.without(before.client(), rule);
            byRule = byRule.without(rule, rule);
        }
        stream(rule).ifPresent(one -> {
            streams.put(rule, one);
            byClient = byClient.with(one.client(), one);
            byRule = byRule.with(rule, one);
        });
    }

    /// The stream of a rule; empty while none of its versions can be trusted.
    private Optional<Stream> stream(String rule) {
        List<Stream.Approved> approved = new ArrayList<>();
        of(rule).values().forEach(entry -> approved(entry).ifPresent(approved::add));
        Halt halt = halt(rule);
        return of(rule).values().stream()
                .flatMap(entry -> entry.trusted().stream())
                .findFirst()
                .map(Proposal::rule)
                .map(first -> new Stream(
                        rule, first.client(), first.vendor(), approved, halt.suspended(), halt.revokedThrough()));
    }

    private Optional<Stream.Approved> approved(Entry entry) {
        return entry.trusted()
                .flatMap(one -> approvedAt(entry.filed(), one).map(at -> {
                    Instant announced =
                            at.plus(Duration.ofDays(one.grounds().found().noticeDays()));
                    Instant from = one.rule().from();
                    return new Stream.Approved(one, announced.isAfter(from) ? announced : from, cleared(entry.filed()));
                }));
    }

    /// When the last signature was made that the version needed; empty while it needs more. Counted anew each time:
    /// what
    /// the number depends on may have changed.
    private Optional<Instant> approvedAt(Filed filed, Proposal proposal) {
        if (!filed.submitted()) {
            return Optional.empty();
        }
        int needed = bench.approversNeeded(proposal);
        List<Endorsement> approvals = filed.approvals(bench.charter().life().neverApproves());
        for (int n = needed; n <= approvals.size(); n++) {
            if (rolesMissing(approvals.subList(0, n)).isEmpty()) {
                return approvals.subList(0, n).stream().map(Endorsement::at).max(Instant::compareTo);
            }
        }
        return Optional.empty();
    }

    /// The roles of which nobody has signed yet although somebody must.
    private Set<String> rolesMissing(List<Endorsement> approvals) {
        return bench.approverRoles().stream()
                .filter(role -> approvals.stream().noneMatch(one -> one.roles().contains(role)))
                .collect(Collectors.toSet());
    }

    private boolean cleared(Filed filed) {
        return Optional.ofNullable(clearings.get(filed.id()))
                .filter(one -> one.genuine(signing, Canonical.hash(filed.text()), filed.author()))
                .isPresent();
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

    /// What a new version is compared with; empty when nothing of its rule runs.
    List<Proposal> standing(Rule next, Instant now) {
        return Optional.ofNullable(streams.get(next.id())).stream()
                .flatMap(stream -> stream.standing(next.version(), now).stream())
                .toList();
    }

    /// The signed rules, not yet over, that stand now and would not under another bench.
    List<Rule> relyingOn(Bench other, Instant now) {
        return streams.values().stream()
                .flatMap(stream -> stream.line().stream()
                        .filter(one -> one.rule().version() > stream.revokedThrough())
                        .map(Stream.Approved::proposal))
                .filter(one -> now.isBefore(one.rule().until()))
                .filter(one -> bench.standing(one, now).isEmpty())
                .filter(one -> other.standing(one, now).isPresent())
                .map(Proposal::rule)
                .sorted(Comparator.comparing(Rule::id).thenComparing(Rule::version))
                .toList();
    }

    /// Versions that have started and wait to be cleared.
    List<Stream.Held> held(Instant now) {
        return rules.keySet().stream()
                .flatMap(rule -> Optional.ofNullable(streams.get(rule)).stream())
                .flatMap(stream -> stream.held(now).stream())
                .toList();
    }

    /// Every version that can be read, by rule and version.
    List<Version> views(Instant now) {
        return rules.values().stream()
                .flatMap(versions -> versions.values().stream())
                .flatMap(entry -> view(entry, now).stream())
                .toList();
    }

    Optional<Version> view(String rule, int version, Instant now) {
        return Optional.ofNullable(of(rule).get(version)).flatMap(entry -> view(entry, now));
    }

    private Optional<Version> view(Entry entry, Instant now) {
        Filed filed = entry.filed();
        return entry.readable().map(proposal -> {
            List<Endorsement> approvals = filed.approvals(bench.charter().life().neverApproves());
            Version.Hindrance hindrance = bench.standing(proposal, now)
                    .<Version.Hindrance>map(Version.Hindrance.Because::new)
                    .orElse(new Version.Hindrance.None());
            return new Version(
                    proposal,
                    life(entry, now),
                    filed.author(),
                    approvals.stream().map(Endorsement::operator).collect(Collectors.toSet()),
                    bench.approversNeeded(proposal),
                    rolesMissing(approvals),
                    approved(entry).map(Stream.Approved::starts),
                    opinions(filed),
                    approvals,
                    hindrance);
        });
    }

    private List<Opinion> opinions(Filed filed) {
        String hash = Canonical.hash(filed.text());
        return opinions.getOrDefault(filed.id(), Map.of()).values().stream()
                .filter(one -> one.genuine(signing, hash))
                .toList();
    }

    private Life life(Entry entry, Instant now) {
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
        Optional<Stream.Approved> approved = approved(entry);
        if (approved.isEmpty()) {
            return Life.SUBMITTED;
        }
        return halt.suspended() ? Life.SUSPENDED : running(approved.get(), now);
    }

    private Life running(Stream.Approved approved, Instant now) {
        Rule rule = approved.rule();
        if (now.isBefore(approved.starts())) {
            return approved.proposal().grounds().found().noticeDays() > 0 ? Life.NOTICE : Life.APPROVED;
        }
        int current = Optional.ofNullable(streams.get(rule.id()))
                .flatMap(stream -> stream.current(now))
                .map(one -> one.rule().version())
                .orElse(0);
        if (current != rule.version()) {
            return current < rule.version() ? Life.HELD : Life.SUPERSEDED;
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
        return new Identity(rule, of(rule.id()).headMap(rule.version()).values(), claimed(rule)).problems();
    }

    /// Another rule that has the client of this one.
    private Optional<String> claimed(Rule rule) {
        return claimants.getOrDefault(rule.client(), Set.of()).stream()
                .filter(other -> !other.equals(rule.id()) && claims(other, rule.client()))
                .min(String::compareTo);
    }

    private boolean claims(String rule, String client) {
        return of(rule).tailMap(halt(rule).revokedThrough(), false).values().stream()
                .flatMap(entry -> entry.trusted().stream())
                .anyMatch(one -> one.rule().client().equals(client));
    }

    private NavigableMap<Integer, Entry> of(String rule) {
        return rules.getOrDefault(rule, new TreeMap<>());
    }
}
