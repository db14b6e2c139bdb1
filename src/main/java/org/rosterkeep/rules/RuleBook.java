package org.rosterkeep.rules;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.rosterkeep.roster.Field;
import org.rosterkeep.roster.Journal;
import org.rosterkeep.roster.Shelf;

/// All rules of a district and how they live (privacy.md section 2.2): drafted by one person, approved by others,
/// announced, in force by the clock, stopped by anybody at once.
///
/// What is believed of a version is only what its signatures prove, found out anew from the shelf's documents each time
/// they are read: a changed text, or a row somebody added, is not an active rule.
public final class RuleBook implements Decider {
    private final Shelf shelf;
    private final Journal journal;
    private final Signing signing;
    private final Charter charter;
    private final Population population;
    private final RuleFile files;
    private final Stops stops = new Stops();
    private final Papers papers;
    private final ProfileChange profile;
    private final AdequacyBook adequacy;
    private final Versions versions;
    private final IdDomains domains;
    private final Filing filing;
    private final PushStops pushStops;
    private final SourceBook sources;
    private volatile Snapshot snapshot;

    /// @param population counts the children a rule is about
    public RuleBook(
            Shelf shelf, Journal journal, Charter charter, Elements elements, Signers signers, Population population) {
        this.shelf = shelf;
        this.journal = journal;
        this.signing = new Signing(signers);
        this.charter = charter;
        this.population = population;
        this.files = new RuleFile(charter);
        this.papers = new Papers(shelf, journal, charter, elements, this::rest);
        this.profile = new ProfileChange(shelf, journal, papers);
        this.adequacy = new AdequacyBook(shelf, journal, charter, signing, this::rest);
        this.versions = new Versions(files, signing, shelf, bench());
        this.domains = new IdDomains(shelf, journal, signing, charter.resumers(), this::versions);
        this.filing = new Filing(shelf, journal, signing, versions, charter);
        this.pushStops = new PushStops(shelf, journal, signing, charter.resumers());
        this.sources = new SourceBook(shelf, journal, signing, charter);
        snapshot = versions.snapshot();
    }

    /// Where rosters come from.
    public SourceBook sources() {
        return sources;
    }

    /// What of the pushes is paused.
    public PushStops pushStops() {
        return pushStops;
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
        return snapshot.stands(rule, now);
    }

    /// The district's profile, its vendors and its agreements.
    public Papers papers() {
        return papers;
    }

    /// How the district's profile changes.
    public ProfileChange profile() {
        return profile;
    }

    public Charter charter() {
        return charter;
    }

    /// What would stop if the district's profile were this one: every rule is weighed anew, and nothing changes.
    public synchronized List<Consequence> consequences(Controller next, Instant now) {
        Bench then = papers.under(next).with(bench().adequacy());
        return Consequence.of(snapshot, new Versions(files, signing, shelf, then).snapshot(), now);
    }

    /// The district's list of adequate countries.
    public AdequacyBook adequacy() {
        return adequacy;
    }

    /// In which pseudonym domains ids are made.
    public IdDomains domains() {
        return domains;
    }

    /// One more person signs that nobody shall tell any more whom the ids of a domain mean. Returns how many more
    /// signatures it takes; at 0 the domain's key is to be destroyed.
    public synchronized int forget(String domain, String reason, Signer signer, Instant now) {
        return domains.sign(domain, reason, signer, now);
    }

    /// The rules that would give nothing any more if these entries of the list did not count.
    public synchronized List<Rule> relyingOn(Set<String> entries, Instant now) {
        return versions.relyingOn(bench().with(adequacy.list().without(entries)), now);
    }

    /// Tries again to write down the stops that could not be. True when none is left; called now and then.
    public boolean settle() {
        boolean papersSettled = papers.settle();
        boolean pushesSettled = pushStops.settle();
        boolean others = adequacy.settle() && papersSettled && pushesSettled;
        synchronized (this) {
            return stops.settle() && others;
        }
    }

    /// Every version of every rule, by rule and version.
    public synchronized List<Version> versions(Instant now) {
        return versions.views(now);
    }

    public synchronized Optional<Version> version(String rule, int version, Instant now) {
        return versions.view(rule, version, now);
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
            filing.keep("rule.drafted", author, new Filed(rule.id(), rule.version(), author, one.text(), List.of()));
            snapshot = versions.snapshot();
        }
        return read;
    }

    /// Reads and checks a rule file, and keeps nothing.
    public synchronized Checked<Proposal> check(byte[] file, Instant now) {
        Checked<Proposal> read =
                files.read(file, versions::toDraft, one -> findings(now).of(one, versions.standing(one.rule(), now)));
        if (!(read instanceof Checked.Sound<Proposal>(Proposal proposal))) {
            return read;
        }
        List<Problem> problems = new ArrayList<>(RuleCheck.problems(bench(), proposal, now));
        problems.addAll(versions.identity(proposal.rule()));
        problems.addAll(domains.problems(bench(), proposal.rule()));
        problems.addAll(Findings.tooSoon(proposal, now));
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
        if (!Findings.tooSoon(versions.trusted(rule, version), now).isEmpty()) {
            throw new RulesFault(RulesFault.Code.NOTICE_TOO_SHORT);
        }
        filing.sign("rule.submitted", filed, Endorsement.Act.PROPOSE, author, now);
        snapshot = versions.snapshot();
        return view(rule, version, now);
    }

    /// Somebody else approves. With enough signatures, and when its notice is over, the version is in force from its
    /// first instant on, in place of an older one.
    public synchronized Version approve(String rule, int version, Signer approver, Instant now) {
        Filed filed = versions.filed(rule, version);
        if (view(rule, version, now).life() != Life.SUBMITTED) {
            throw new RulesFault(RulesFault.Code.NOT_SUBMITTED);
        }
        if (approver.capacities().stream().anyMatch(charter.life().neverApproves()::contains)) {
            throw new RulesFault(RulesFault.Code.OPINION_ONLY);
        }
        boolean same = filed.author().equals(approver.operator())
                || filed.signed(Endorsement.Act.APPROVE, approver.operator());
        if (same) {
            throw new RulesFault(RulesFault.Code.SAME_PERSON);
        }
        stillAllowed(filed, now);
        filing.sign("rule.approved", filed, Endorsement.Act.APPROVE, approver, now);
        snapshot = versions.snapshot();
        return view(rule, version, now);
    }

    /// The data protection officer says what they think of a version. It approves nothing and hinders nothing.
    public synchronized Version opine(Opinion.Of of, boolean favourable, String text, Signer officer, Instant now) {
        filing.opine(versions.filed(of.rule(), of.version()), favourable, text, officer, now);
        return view(of.rule(), of.version(), now);
    }

    /// New versions of running rules that have started and wait: what they would change of the vendor's view has not
    /// been measured as small, and nobody has released them.
    public synchronized List<Stream.Held> held(Instant now) {
        return versions.held(now);
    }

    /// Lets a waiting version take over because the change was measured and is within bounds.
    ///
    /// @param actor the appliance, by the name it has in the ledger
    public synchronized void clear(Rule waiting, String actor, Instant now) {
        filing.clear(versions.filed(waiting.id(), waiting.version()), actor, now);
        snapshot = versions.snapshot();
    }

    /// Lets a waiting version take over because somebody who did not write it has looked at the change.
    public synchronized Version release(String rule, Signer signer, Instant now) {
        Filed filed = versions.held(now).stream()
                .map(Stream.Held::waiting)
                .filter(one -> one.rule().id().equals(rule))
                .findFirst()
                .map(one -> versions.filed(rule, one.rule().version()))
                .orElseThrow(() -> new RulesFault(RulesFault.Code.NOT_HELD));
        filing.release(filed, signer, now);
        snapshot = versions.snapshot();
        return view(rule, filed.version(), now);
    }

    /// Throws a version away that nobody has been asked to approve.
    public synchronized void discard(String rule, int version, String actor) {
        Filed filed = versions.filed(rule, version);
        if (filed.submitted()) {
            throw new RulesFault(RulesFault.Code.NOT_A_DRAFT);
        }
        filing.discard(filed, actor);
        snapshot = versions.snapshot();
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
        int missing = filing.resume(halt, signer, now);
        snapshot = versions.snapshot();
        return missing;
    }

    /// One more person lifts what keeps a vendor from everything. Returns how many more signatures it takes; at 0 it is
    /// gone.
    public synchronized int lift(String vendor, Restraint.Kind kind, Signer signer, Instant now) {
        return filing.lift(papers, papers.toLift(vendor, kind, now), signer, now);
    }

    /// Decides for the district's own people as if this version were approved and running: what a preview shows.
    public synchronized Decider rehearsal(String rule, int version) {
        Proposal proposal = versions.trusted(rule, version);
        return (ask, now) -> snapshot.rehearsing(proposal).decide(ask, now);
    }

    /// The rule in force of this id with the signatures under it; empty when none is.
    public synchronized Optional<Grant> grant(String rule, Instant now) {
        return snapshot.stream(rule)
                .flatMap(stream -> snapshot.inForce(stream.client(), now))
                .filter(one -> one.id().equals(rule))
                .map(one -> new Grant(
                        one,
                        versions.trusted(rule, one.version()).text(),
                        versions.filed(rule, one.version()).endorsements()));
    }

    /// The rule that a canonical text says.
    public Rule read(String text) {
        return files.reread(text)
                .orElseThrow(() -> new RulesFault(RulesFault.Code.DOCUMENT_DAMAGED))
                .rule();
    }

    /// Decides for one client of another, made-up district as if this text were approved and running there: what a
    /// rehearsal asks. The papers it rests on are this district's, as they stand at each question.
    public Decider rehearsed(String text, String client) {
        Proposal proposal = files.reread(text).orElseThrow(() -> new RulesFault(RulesFault.Code.DOCUMENT_DAMAGED));
        return (ask, now) -> snapshot.rehearsed(proposal, client).decide(ask, now);
    }

    /// What stands against a version now, with places and remedies; empty when nothing does.
    public synchronized List<Problem> problems(String rule, int version, Instant now) {
        Proposal proposal = versions.trusted(rule, version);
        List<Problem> problems = new ArrayList<>(RuleCheck.problems(bench(), proposal, now));
        problems.addAll(findings(now).outdated(proposal, versions.standing(proposal.rule(), now)));
        problems.addAll(domains.problems(bench(), proposal.rule()));
        return problems;
    }

    /// What a version adds to the one that is running, in plain words; empty when it adds nothing, or nothing runs.
    public synchronized List<String> widening(String rule, int version, Instant now) {
        Proposal proposal = versions.trusted(rule, version);
        return versions.standing(proposal.rule(), now).stream()
                .flatMap(running -> Widening.of(
                        bench(), running, proposal, proposal.grounds().found())
                        .stream())
                .distinct()
                .toList();
    }

    /// A version in plain sentences: who gets what about whom, why, and until when.
    public synchronized List<String> describe(String rule, int version) {
        return new Description(bench(), versions.trusted(rule, version)).sentences();
    }

    /// Why a version gives or refuses a field now, in plain sentences.
    public synchronized List<String> explain(String rule, int version, Field field, Instant now) {
        Life life = view(rule, version, now).life();
        return new Description(bench(), versions.trusted(rule, version)).explain(field, life, now);
    }

    private Bench bench() {
        return papers.bench().with(adequacy.list());
    }

    private Findings findings(Instant now) {
        return new Findings(bench(), population, now);
    }

    /// Which data elements a field is under a version of a rule, as its scope and treatment make it; of a
    /// version that is
    /// not known any more, the field's own.
    public synchronized Set<String> elements(String rule, int version, Field field) {
        try {
            Rule of = versions.trusted(rule, version).rule();
            Treatment treatment = of.grants().getOrDefault(field, new Treatment.AsIs());
            return papers.bench().elements(field, treatment, of.scope());
        } catch (RulesFault unknown) {
            return Set.of(field.element());
        }
    }

    private Version view(String rule, int version, Instant now) {
        return version(rule, version, now).orElseThrow(() -> new RulesFault(RulesFault.Code.RULE_UNKNOWN));
    }

    private void stillAllowed(Filed filed, Instant now) {
        if (!problems(filed.rule(), filed.version(), now).isEmpty()) {
            throw new RulesFault(RulesFault.Code.NO_LONGER_ALLOWED);
        }
    }

    /// In force first; written down as soon as it can be, as it then stands.
    private Stopped halt(String kind, Halt halt, String actor) {
        String rule = halt.rule();
        versions.put(halt);
        snapshot = versions.snapshot();
        Shelf from = shelf.dated();
        return stops.write(
                kind + " " + rule,
                () -> from.put(Halt.KIND, rule, versions.halt(rule).document()),
                () -> journal.record(kind, actor, Map.of("rule", rule)));
    }

    private synchronized void rest() {
        versions.rest(bench());
        snapshot = versions.snapshot();
    }
}
