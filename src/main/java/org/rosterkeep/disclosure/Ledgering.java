package org.rosterkeep.disclosure;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.rosterkeep.disclosure.Outcome.Mistake;
import org.rosterkeep.roster.Field;
import org.rosterkeep.rules.Reason;
import org.rosterkeep.rules.Recipient;
import org.rosterkeep.rules.Rule;

/// Writes how one ask ended into the account. Whatever the account throws means that nothing leaves.
final class Ledgering {
    private static final int OK = 200;
    private static final int NOT_MODIFIED = 304;

    private final Account account;
    private final Inquiry inquiry;
    private final Instant now;
    private Optional<Rule> rule = Optional.empty();
    private boolean withheld;

    /// What an entry says of an answer.
    record Facts(Answer.Found found, Set<Field> fields, long edition, String digest) {}

    Ledgering(Account account, Inquiry inquiry, Instant now) {
        this.account = account;
        this.inquiry = inquiry;
        this.now = now;
    }

    void under(Rule deciding) {
        rule = Optional.of(deciding);
    }

    /// The question uses a field that exists and is not given (F22). The client is told what it would be told
    /// of one that
    /// does not exist.
    void looksAtWithheld() {
        withheld = true;
    }

    Optional<Receipt> answered(Facts facts) {
        Answer.Found found = facts.found();
        boolean unchanged = found.notModified();
        return append(new Ending(
                unchanged ? Set.of() : facts.fields(),
                facts.edition(),
                facts.digest(),
                unchanged ? new Entry.Persons.None() : found.persons(),
                unchanged ? 0 : found.page().ordinals().length,
                unchanged ? NOT_MODIFIED : OK,
                ""));
    }

    Outcome refused(Reason reason) {
        boolean written = append(Ending.without(status(reason), reason.name())).isPresent();
        return new Outcome.Refused(written ? reason : Reason.LEDGER_UNAVAILABLE);
    }

    Outcome mistaken(Mistake mistake) {
        int status = mistake == Mistake.UNKNOWN_OBJECT ? 404 : 400;
        boolean written = append(Ending.without(status, reason(mistake))).isPresent();
        return written ? new Outcome.Mistaken(mistake) : new Outcome.Refused(Reason.LEDGER_UNAVAILABLE);
    }

    private String reason(Mistake mistake) {
        return switch (mistake) {
            case FILTER_FIELD, SELECTION_FIELD, SORT_FIELD -> withheld ? Reason.FIELD_NOT_GIVEN.name() : mistake.name();
            case UNKNOWN_OBJECT, FILTER_VALUE -> mistake.name();
        };
    }

    private static int status(Reason reason) {
        return switch (reason) {
            case LEDGER_UNAVAILABLE, CLOCK_UNTRUSTED -> 503;
            case NO_RULE,
                    RULE_NOT_ACTIVE,
                    RULE_NOT_STARTED,
                    RULE_EXPIRED,
                    AGREEMENT_MISSING,
                    AGREEMENT_NOT_LIVE,
                    AGREEMENT_NARROWER,
                    VENDOR_NOT_ACTIVE,
                    PURPOSE_NOT_ALLOWED,
                    BASIS_NOT_ALLOWED,
                    ELEMENT_BARRED,
                    ELEMENT_UNKNOWN,
                    ELEMENT_FOR_OTHER_PURPOSE,
                    ASSESSMENT_MISSING,
                    DESTINATION_NOT_ALLOWED,
                    ENTITY_NOT_GIVEN,
                    FIELD_NOT_GIVEN,
                    ADDRESS_NOT_ALLOWED,
                    VENDOR_HELD,
                    PERSONS_PER_DAY -> 403;
        };
    }

    /// The part of an entry that differs between ends.
    private record Ending(
            Set<Field> fields,
            long edition,
            String digest,
            Entry.Persons persons,
            long count,
            int status,
            String reason) {
        static Ending without(int status, String reason) {
            return new Ending(Set.of(), 0, "", new Entry.Persons.None(), 0, status, reason);
        }
    }

    private Optional<Receipt> append(Ending ending) {
        try {
            return Optional.of(account.receipt(entry(ending)));
        } catch (RuntimeException unwritten) {
            return Optional.empty();
        }
    }

    private Entry entry(Ending ending) {
        return new Entry(
                now,
                channel(),
                text(Rule::vendor),
                inquiry.recipient().clientId(),
                text(Rule::id),
                rule.map(Rule::version).orElse(0),
                text(Rule::hash),
                text(Rule::agreement),
                text(Rule::purpose),
                text(known -> basis(known.basis())),
                text(Rule::country),
                inquiry.route(),
                ending.fields(),
                ending.edition(),
                ending.digest(),
                ending.persons(),
                ending.count(),
                ending.status(),
                ending.reason(),
                inquiry.source());
    }

    private String text(Function<Rule, String> of) {
        return rule.map(of).orElse("");
    }

    private String channel() {
        return switch (inquiry.recipient()) {
            case Recipient.Vendor _ -> "pull";
            case Recipient.Official _ -> "preview";
        };
    }

    private static String basis(Map<String, String> basis) {
        return new TreeMap<>(basis)
                .entrySet().stream()
                        .map(entry -> entry.getKey() + "=" + entry.getValue())
                        .collect(Collectors.joining(","));
    }
}
