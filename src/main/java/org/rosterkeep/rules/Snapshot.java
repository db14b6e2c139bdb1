package org.rosterkeep.rules;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.rosterkeep.roster.Entity;

/// All rules and all they rest on, at one moment: immutable, and swapped as a whole. It decides by itself;
/// whoever holds
/// it holds everything a decision needs.
public final class Snapshot implements Decider {
    private final Bench bench;
    private final Register byClient;
    private final Register byRule;
    /// Clients whose rules name a push target; found out when it is first asked.
    private volatile @Nullable List<String> pushers;

    /// @param byClient one stream for each client. Two that claim the same client cancel each other out: one credential
    ///     has one rule, and nobody can say which of them was meant
    /// @param byRule the same streams by the rule's id
    Snapshot(Bench bench, Register byClient, Register byRule) {
        this.bench = bench;
        this.byClient = byClient;
        this.byRule = byRule;
    }

    /// A book of these rules, all approved, under these agreements.
    public static Snapshot of(
            Charter charter,
            Elements elements,
            Optional<Controller> controller,
            List<Vendor> vendors,
            List<Agreement> agreements,
            List<Stream> streams) {
        Map<String, Vendor> vendorsById = new HashMap<>();
        vendors.forEach(vendor -> vendorsById.put(vendor.id(), vendor));
        Map<String, Agreement> agreementsById = new HashMap<>();
        agreements.forEach(agreement -> agreementsById.put(agreement.id(), agreement));
        return new Snapshot(
                new Bench(charter, elements, controller, vendorsById, agreementsById),
                Register.of(streams, Stream::client),
                Register.of(streams, Stream::rule));
    }

    @Override
    public Decision decide(Ask ask, Instant now) {
        Optional<Stream> found = byClient.only(ask.recipient().clientId());
        if (found.isEmpty()) {
            return new Decision.Deny(Reason.NO_RULE);
        }
        Stream stream = found.get();
        Optional<Reason> before = bench.vendor(stream.vendor(), now).or(() -> stream.idle(now));
        if (before.isPresent()) {
            return new Decision.Deny(before.get());
        }
        Proposal current = stream.current(now).orElseThrow();
        return meant(current.rule(), ask.recipient())
                ? decide(bench, current, ask, now)
                : new Decision.Deny(Reason.NO_RULE);
    }

    /// Whether the rule is for somebody who gets the data in this way: what is sent is not asked for, and the other way
    /// round.
    private static boolean meant(Rule rule, Recipient recipient) {
        return switch (recipient) {
            case Recipient.Vendor _ -> rule.asked();
            case Recipient.Target _ -> rule.push().isPresent();
            case Recipient.Official _ -> true;
        };
    }

    /// The rule in force for a client, whatever may be asked of it; empty when none is.
    public Optional<Rule> inForce(String client, Instant now) {
        return byClient.only(client)
                .filter(stream -> stream.idle(now).isEmpty())
                .flatMap(stream -> stream.current(now))
                .filter(one -> bench.standing(one, now).isEmpty())
                .map(Proposal::rule);
    }

    /// Whether a client may come from this network address: its rule's bounds say, whether or not the rule gives
    /// anything now.
    public boolean admits(String client, String source, Instant now) {
        return byClient.only(client)
                .flatMap(stream -> stream.current(now))
                .map(one -> one.rule().bounds().admit(source))
                .orElse(true);
    }

    @Override
    public boolean stands(String rule, Instant now) {
        return byRule.only(rule)
                .flatMap(stream -> inForce(stream.client(), now))
                .filter(one -> one.id().equals(rule))
                .isPresent();
    }

    /// All versions of a rule that enough people have signed.
    public Optional<Stream> stream(String rule) {
        return byRule.only(rule);
    }

    /// Every rule that has a version.
    public Set<String> rules() {
        return byRule.names();
    }

    /// The rules in force, of all clients.
    public List<Rule> inForce(Instant now) {
        return byClient.names().stream()
                .flatMap(client -> inForce(client, now).stream())
                .toList();
    }

    /// The rules in force that name a push target. Asked often, so those that name none are passed over.
    public List<Rule> pushing(Instant now) {
        List<String> clients = pushers;
        if (clients == null) {
            clients = byClient.names().stream()
                    .filter(client ->
                            byClient.only(client).filter(Stream::pushes).isPresent())
                    .toList();
            pushers = clients;
        }
        return clients.stream()
                .flatMap(client -> inForce(client, now).stream())
                .filter(rule -> rule.push().isPresent())
                .toList();
    }

    /// Decides as if this version were approved and running, for the district's own people only: what a preview shows.
    /// The law's floors hold as they do for a vendor; the clock and the signatures are what is left out.
    Decider rehearsing(Proposal proposal) {
        return (ask, now) -> switch (ask.recipient()) {
            case Recipient.Vendor _, Recipient.Target _ -> new Decision.Deny(Reason.RULE_NOT_ACTIVE);
            case Recipient.Official official ->
                official.client().equals(proposal.rule().client())
                        ? decide(bench, proposal, ask, now)
                        : new Decision.Deny(Reason.NO_RULE);
        };
    }

    /// Decides for one client as if this version were approved and running, whatever the clock and the signatures say:
    /// for a district of made-up people, in which a vendor tries the rule out.
    Decider rehearsed(Proposal proposal, String client) {
        return (ask, now) -> ask.recipient() instanceof Recipient.Vendor(String asking) && asking.equals(client)
                ? decide(bench, proposal, ask, now)
                : new Decision.Deny(Reason.NO_RULE);
    }

    /// What has to be looked up about each person under this rule: its bases say, and the active packs.
    public Lookup lookup(Rule rule) {
        return bench.packs().lookup(rule);
    }

    Bench bench() {
        return bench;
    }

    private static Decision decide(Bench bench, Proposal proposal, Ask ask, Instant now) {
        Optional<Reason> objection = bench.objection(proposal, ask, now);
        if (objection.isPresent()) {
            return new Decision.Deny(objection.get());
        }
        Entity entity = ask.entity();
        return new Decision.Allow(proposal.rule(), proposal.rule().grantsOf(entity));
    }
}
