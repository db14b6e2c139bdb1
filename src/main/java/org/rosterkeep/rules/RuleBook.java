package org.rosterkeep.rules;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.rosterkeep.roster.Field;
import org.rosterkeep.roster.Journal;
import org.rosterkeep.roster.Shelf;

/// All rules of a district and how they live (privacy.md section 2.2): drafted by one person, approved by others, in
/// force by the clock, stopped by anybody at once.
///
/// What is believed of a version is only what its signatures prove, found out anew from the shelf's documents each time
/// they are read: a changed text, or a row somebody added, is not an active rule.
public final class RuleBook implements Decider {
    private final Shelf shelf;
    private final Journal journal;
    private final Signers signers;
    private final Charter charter;
    private final RuleFile files;
    private final Stops stops = new Stops();
    private final Papers papers;
    private final Versions versions;
    private volatile Snapshot snapshot;

    public RuleBook(Shelf shelf, Journal journal, Charter charter, Elements elements, Signers signers) {
        this.shelf = shelf;
        this.journal = journal;
        this.signers = signers;
        this.charter = charter;
        this.files = new RuleFile(charter);
        this.papers = new Papers(shelf, journal, charter, elements, this::rebuild);
        this.versions = new Versions(files, signers, shelf);
        snapshot = new Snapshot(papers.bench(), versions.streams(papers.bench()));
    }

    /// Everything as it stands, to decide by for as long as one likes.
    public Snapshot snapshot() {
        return snapshot;
    }

    @Override
    public Decision decide(Ask ask, Instant now) {
        return snapshot.decide(ask, now);
    }

    @Override
    public boolean stands(String rule, Instant now) {
        return snapshot.inForce(now).stream().anyMatch(one -> one.id().equals(rule));
    }

    /// The district's profile, its vendors and its agreements.
    public Papers papers() {
        return papers;
    }

    /// Tries again to write down the stops that could not be. True when none is left; called now and then.
    public boolean settle() {
        boolean papersSettled = papers.settle();
        synchronized (this) {
            return stops.settle() && papersSettled;
        }
    }

    /// Every version of every rule, by rule and version.
    public synchronized List<Version> versions(Instant now) {
        return versions.views(papers.bench(), now);
    }

    public synchronized Optional<Version> version(String rule, int version, Instant now) {
        return versions.view(rule, version, papers.bench(), now);
    }

    /// The newest version of a rule, whatever its state.
    public synchronized Version newest(String rule, Instant now) {
        return view(rule, versions.newest(rule), now);
    }

    /// Reads a rule file and keeps it as a draft: a new version, or in place of the newest one while that is a draft
    /// too. Nothing is kept while anything is wrong with it.
    public synchronized Checked<Proposal> draft(byte[] file, String author, Instant now) {
        Checked<Proposal> read = check(file, now);
        if (read instanceof Checked.Sound<Proposal>(Proposal one)) {
            Rule rule = one.rule();
            keep("rule.drafted", author, new Filed(rule.id(), rule.version(), author, now, one.text(), List.of()));
        }
        return read;
    }

    /// Reads and checks a rule file, and keeps nothing.
    public synchronized Checked<Proposal> check(byte[] file, Instant now) {
        Checked<Proposal> read = files.read(file, versions::toDraft);
        if (!(read instanceof Checked.Sound<Proposal>(Proposal proposal))) {
            return read;
        }
        List<Problem> problems = new ArrayList<>(RuleCheck.problems(papers.bench(), proposal, now));
        problems.addAll(versions.identity(proposal.rule()));
        return problems.isEmpty() ? read : new Checked.Flawed<>(problems);
    }

    /// The author asks for approval and signs. From now on this version never changes.
    public synchronized Version submit(String rule, int version, Signer author, Instant now) {
        Filed filed = versions.filed(rule, version);
        if (filed.submitted()) {
            throw new RulesFault(RulesFault.Code.NOT_A_DRAFT);
        }
        if (!filed.author().equals(author.operator())) {
            throw new RulesFault(RulesFault.Code.NOT_THE_AUTHOR);
        }
        stillAllowed(filed, now);
        Filed signed = filed.with(endorse(Endorsement.Act.PROPOSE, Canonical.hash(filed.text()), author, now));
        keep("rule.submitted", author.operator(), signed);
        return view(rule, version, now);
    }

    /// Somebody else approves. With enough signatures the version is in force from its first instant on, in place of an
    /// older one.
    public synchronized Version approve(String rule, int version, Signer approver, Instant now) {
        Filed filed = versions.filed(rule, version);
        if (view(rule, version, now).life() != Life.SUBMITTED) {
            throw new RulesFault(RulesFault.Code.NOT_SUBMITTED);
        }
        boolean same = filed.author().equals(approver.operator())
                || filed.signed(Endorsement.Act.APPROVE, approver.operator());
        if (same) {
            throw new RulesFault(RulesFault.Code.SAME_PERSON);
        }
        stillAllowed(filed, now);
        Filed signed = filed.with(endorse(Endorsement.Act.APPROVE, Canonical.hash(filed.text()), approver, now));
        keep("rule.approved", approver.operator(), signed);
        return view(rule, version, now);
    }

    /// Throws a version away that nobody has been asked to approve.
    public synchronized void discard(String rule, int version, String actor) {
        Filed filed = versions.filed(rule, version);
        if (filed.submitted()) {
            throw new RulesFault(RulesFault.Code.NOT_A_DRAFT);
        }
        journal.record("rule.discarded", actor, facts(filed));
        shelf.remove(Filed.KIND, filed.id());
        versions.remove(filed);
        rebuild();
    }

    /// Stops a rule, all versions of it, at once. Two people can let it go on.
    public synchronized Stopped suspend(String rule, String actor, Instant now) {
        versions.newest(rule);
        return halt("rule.suspended", versions.halt(rule).suspended(now), actor);
    }

    /// Stops a rule for ever, with every version there is; only a new version, approved anew, can follow.
    public synchronized Stopped revoke(String rule, String actor) {
        int newest = versions.newest(rule);
        return halt("rule.revoked", versions.halt(rule).revoked(newest), actor);
    }

    /// One more person lets a suspended rule go on. Returns how many more signatures it takes; at 0 it goes on.
    public synchronized int resume(String rule, Signer signer, Instant now) {
        Halt halt = versions.halt(rule);
        if (!halt.suspended()) {
            throw new RulesFault(RulesFault.Code.NOT_SUSPENDED);
        }
        if (halt.resumes().stream().anyMatch(one -> one.operator().equals(signer.operator()))) {
            throw new RulesFault(RulesFault.Code.SAME_PERSON);
        }
        Halt signed = halt.with(endorse(Endorsement.Act.RESUME, halt.hash(), signer, now));
        int missing = charter.resumers()
                - (int) signed.resumes().stream()
                        .filter(one -> Filed.genuine(one, halt.hash(), signers))
                        .count();
        Halt next = missing <= 0 ? signed.resumed() : signed;
        journal.record(missing <= 0 ? "rule.resumed" : "rule.resume-signed", signer.operator(), Map.of("rule", rule));
        shelf.put(Halt.KIND, rule, next.document());
        versions.put(next);
        rebuild();
        return Math.max(0, missing);
    }

    /// One more person lifts what keeps a vendor from everything. Returns how many more signatures it takes; at 0 it is
    /// gone.
    public synchronized int lift(String vendor, Restraint.Kind kind, Signer signer, Instant now) {
        Restraint restraint = papers.toLift(vendor, kind, now);
        if (restraint.releases().stream().anyMatch(one -> one.operator().equals(signer.operator()))) {
            throw new RulesFault(RulesFault.Code.SAME_PERSON);
        }
        Restraint signed = restraint.with(endorse(Endorsement.Act.RESUME, restraint.hash(), signer, now));
        int missing = charter.resumers()
                - (int) signed.releases().stream()
                        .filter(one -> Filed.genuine(one, restraint.hash(), signers))
                        .map(Endorsement::operator)
                        .distinct()
                        .count();
        papers.lifting(signed, missing <= 0, signer.operator());
        return Math.max(0, missing);
    }

    /// Decides for the district's own people as if this version were approved and running: what a preview shows.
    public synchronized Decider rehearsal(String rule, int version) {
        Proposal proposal = versions.trusted(rule, version);
        return (ask, now) -> snapshot.rehearsing(proposal).decide(ask, now);
    }

    /// What stands against a version now, with places and remedies; empty when nothing does.
    public synchronized List<Problem> problems(String rule, int version, Instant now) {
        return RuleCheck.problems(papers.bench(), versions.trusted(rule, version), now);
    }

    /// A version in plain sentences: who gets what about whom, why, and until when.
    public synchronized List<String> describe(String rule, int version) {
        return new Description(papers.bench(), versions.trusted(rule, version)).sentences();
    }

    /// Why a version gives or refuses a field now, in plain sentences.
    public synchronized List<String> explain(String rule, int version, Field field, Instant now) {
        Life life = view(rule, version, now).life();
        return new Description(papers.bench(), versions.trusted(rule, version)).explain(field, life, now);
    }

    private Version view(String rule, int version, Instant now) {
        return version(rule, version, now).orElseThrow(() -> new RulesFault(RulesFault.Code.RULE_UNKNOWN));
    }

    private Endorsement endorse(Endorsement.Act act, String hash, Signer signer, Instant now) {
        if (!signer.may(act, now)) {
            throw new RulesFault(RulesFault.Code.ROLE_MISSING);
        }
        byte[] statement = Endorsement.statement(act, hash, signer.operator(), now);
        byte[] signature = signer.sign(statement);
        if (!signers.verifies(signer.operator(), statement, signature)) {
            throw new RulesFault(RulesFault.Code.SIGNATURE_WRONG);
        }
        return new Endorsement(signer.operator(), act, now, Base64.getEncoder().encodeToString(signature));
    }

    private void stillAllowed(Filed filed, Instant now) {
        if (!problems(filed.rule(), filed.version(), now).isEmpty()) {
            throw new RulesFault(RulesFault.Code.NO_LONGER_ALLOWED);
        }
    }

    /// Recorded first, kept second, in force last.
    private void keep(String kind, String actor, Filed filed) {
        journal.record(kind, actor, facts(filed));
        shelf.put(Filed.KIND, filed.id(), filed.document());
        versions.put(filed);
        rebuild();
    }

    /// In force first; written down as soon as it can be, as it then stands.
    private Stopped halt(String kind, Halt halt, String actor) {
        String rule = halt.rule();
        versions.put(halt);
        rebuild();
        return stops.write(
                kind + " " + rule,
                () -> shelf.put(Halt.KIND, rule, versions.halt(rule).document()),
                () -> journal.record(kind, actor, Map.of("rule", rule)));
    }

    private synchronized void rebuild() {
        snapshot = new Snapshot(papers.bench(), versions.streams(papers.bench()));
    }

    private static Map<String, String> facts(Filed filed) {
        return Map.of(
                "rule", filed.rule(),
                "version", Integer.toString(filed.version()),
                "hash", Canonical.hash(filed.text()));
    }
}
