package org.rosterkeep.rules;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.rosterkeep.roster.Journal;
import org.rosterkeep.roster.Shelf;

/// Writes down what people sign about rules: recorded first, kept second, in force last. Not safe for threads: the
/// [RuleBook] holds the lock.
record Filing(Shelf shelf, Journal journal, Signing signing, Versions versions, Charter charter) {
    void keep(String kind, String actor, Filed filed) {
        journal.record(kind, actor, facts(filed));
        shelf.put(Filed.KIND, filed.id(), filed.document());
        versions.put(filed);
    }

    /// Adds a signature under a version.
    void sign(String kind, Filed filed, Endorsement.Act act, Signer signer, Instant now) {
        Endorsement signature = signing.endorse(act, Canonical.hash(filed.text()), signer, now);
        keep(kind, signer.operator(), filed.with(signature));
    }

    void discard(Filed filed, String actor) {
        journal.record("rule.discarded", actor, facts(filed));
        shelf.remove(Filed.KIND, filed.id());
        versions.remove(filed);
    }

    void opine(Filed filed, boolean favourable, String text, Signer officer, Instant now) {
        int length = text.codePointCount(0, text.length());
        if (length < charter.life().opinionMin() || length > charter.life().opinionMax()) {
            throw new RulesFault(RulesFault.Code.OPINION_LENGTH);
        }
        String hash = Canonical.hash(filed.text());
        String subject = Opinion.subject(hash, favourable, text);
        Endorsement signature = signing.endorse(Endorsement.Act.OPINION, subject, officer, now);
        Opinion opinion = new Opinion(filed.rule(), filed.version(), hash, favourable, text, signature);
        journal.record("rule.opinion", officer.operator(), facts(filed));
        shelf.put(Opinion.KIND, opinion.id(), opinion.document());
        versions.put(opinion);
    }

    void clear(Filed filed, String actor, Instant now) {
        keep("rule.cleared", actor, filed, now, Optional.empty());
    }

    void release(Filed filed, Signer signer, Instant now) {
        if (filed.author().equals(signer.operator())) {
            throw new RulesFault(RulesFault.Code.SAME_PERSON);
        }
        String subject = Clearing.subject(Canonical.hash(filed.text()));
        Endorsement signature = signing.endorse(Endorsement.Act.RELEASE, subject, signer, now);
        keep("rule.released", signer.operator(), filed, now, Optional.of(signature));
    }

    private void keep(String kind, String actor, Filed filed, Instant now, Optional<Endorsement> release) {
        Clearing clearing = new Clearing(filed.rule(), filed.version(), Canonical.hash(filed.text()), now, release);
        journal.record(kind, actor, facts(filed));
        shelf.put(Clearing.KIND, clearing.id(), clearing.document());
        versions.put(clearing);
    }

    /// One more signature for letting a stopped rule go on. Returns how many it takes still; at 0 it goes on.
    int resume(Halt halt, Signer signer, Instant now) {
        if (halt.resumes().stream().anyMatch(one -> one.operator().equals(signer.operator()))) {
            throw new RulesFault(RulesFault.Code.SAME_PERSON);
        }
        String rule = halt.rule();
        Halt signed = halt.with(signing.endorse(Endorsement.Act.RESUME, halt.hash(), signer, now));
        int missing = charter.resumers() - signed.resumed(signing);
        Halt next = missing <= 0 ? signed.resumed() : signed;
        journal.record(missing <= 0 ? "rule.resumed" : "rule.resume-signed", signer.operator(), Map.of("rule", rule));
        shelf.put(Halt.KIND, rule, next.document());
        versions.put(next);
        return Math.max(0, missing);
    }

    /// One more signature for lifting what keeps a vendor from everything. Returns how many it takes still.
    int lift(Papers papers, Restraint restraint, Signer signer, Instant now) {
        if (restraint.releases().stream().anyMatch(one -> one.operator().equals(signer.operator()))) {
            throw new RulesFault(RulesFault.Code.SAME_PERSON);
        }
        Restraint signed = restraint.with(signing.endorse(Endorsement.Act.RESUME, restraint.hash(), signer, now));
        int missing = charter.resumers()
                - (int) signed.releases().stream()
                        .filter(one -> signing.genuine(one, restraint.hash()))
                        .map(Endorsement::operator)
                        .distinct()
                        .count();
        papers.lifting(signed, missing <= 0, signer.operator());
        return Math.max(0, missing);
    }

    private static Map<String, String> facts(Filed filed) {
        return Map.of(
                "rule", filed.rule(),
                "version", Integer.toString(filed.version()),
                "hash", Canonical.hash(filed.text()));
    }
}
