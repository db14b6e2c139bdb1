package org.rosterkeep.disclosure;

import java.time.Clock;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.rosterkeep.disclosure.Outcome.Granted;
import org.rosterkeep.disclosure.Outcome.Mistake;
import org.rosterkeep.disclosure.Outcome.Refused;
import org.rosterkeep.entitlement.Census;
import org.rosterkeep.entitlement.Edition;
import org.rosterkeep.entitlement.Editions;
import org.rosterkeep.roster.Field;
import org.rosterkeep.rules.Ask;
import org.rosterkeep.rules.Decider;
import org.rosterkeep.rules.Decision;
import org.rosterkeep.rules.Reason;
import org.rosterkeep.rules.Recipient;
import org.rosterkeep.rules.Rule;

/// The gate: decide, read, append, clear. The one way in which anything personal leaves.
///
/// Every ask ends in the ledger, the refused ones too; if it cannot be written there, nothing leaves.
public final class Gate {
    private final Decider decider;
    private final Editions editions;
    private final Records records;
    private final Account account;
    private final Ceiling ceiling;
    private final Questions questions;
    private final Clock clock;
    private final OutPool pool = new OutPool(16);
    private final Shipping shipping;

    /// The rooms behind the gate.
    public record Rooms(
            Decider decider,
            Editions editions,
            Records records,
            Census census,
            Aliases.Book aliases,
            Account account,
            Ceiling ceiling) {
        /// Behind a door that keeps no count of persons.
        public Rooms(
                Decider decider,
                Editions editions,
                Records records,
                Census census,
                Aliases.Book aliases,
                Account account) {
            this(decider, editions, records, census, aliases, account, Ceiling.UNKEPT);
        }
    }

    public Gate(Rooms rooms, Clock clock, DoorSettings settings) {
        decider = rooms.decider();
        editions = rooms.editions();
        records = rooms.records();
        account = rooms.account();
        ceiling = rooms.ceiling();
        questions = new Questions(rooms, settings);
        this.clock = clock;
        shipping = new Shipping(rooms, questions, clock, pool);
    }

    /// Packs what a push target is to be sent. Nothing leaves before the parcel is released.
    public Dispatch push(Consignment consignment) {
        return shipping.pack(consignment);
    }

    public Outcome ask(Inquiry inquiry) {
        Instant now = clock.instant();
        Ledgering ledgering = new Ledgering(account, inquiry, now);
        return switch (decider.decide(questions.ask(inquiry), now)) {
            case Decision.Allow allow -> allowed(inquiry, allow, ledgering, now);
            case Decision.Deny(Reason reason) -> denied(inquiry, reason, ledgering, now);
        };
    }

    /// A name that a filter, sort or selection may not use makes the question mistaken, and must look like a name that
    /// does not exist: both are answered from what the rule gives, by the same code. Only the ledger tells them
    /// apart.
    private Outcome denied(Inquiry inquiry, Reason reason, Ledgering ledgering, Instant now) {
        if (reason == Reason.FIELD_NOT_GIVEN) {
            Ask plain = questions.plainAsk(inquiry);
            if (decider.decide(plain, now) instanceof Decision.Allow allow) {
                ledgering.looksAtWithheld();
                return allowed(inquiry, allow, ledgering, now);
            }
        }
        return ledgering.refused(reason);
    }

    private Outcome allowed(Inquiry inquiry, Decision.Allow allow, Ledgering ledgering, Instant now) {
        ledgering.under(allow.rule());
        if (pulls(inquiry) && !allow.rule().bounds().admit(inquiry.source())) {
            return ledgering.refused(Reason.ADDRESS_NOT_ALLOWED);
        }
        Edition current = switch (inquiry.recipient()) {
            case Recipient.Vendor _, Recipient.Target _ -> editions.current(allow.rule(), now);
            case Recipient.Official _ -> editions.preview(allow.rule(), now);
        };
        return switch (questions.answer(inquiry, allow, current, now)) {
            case Answer.Wrong(Mistake mistake) -> ledgering.mistaken(mistake);
            case Answer.Found found ->
                overCeiling(inquiry, found, allow.rule(), now)
                        .map(ledgering::refused)
                        .orElseGet(() -> cleared(inquiry, found, allow, ledgering));
        };
    }

    /// What bounds a rule's use bounds the vendor: the district's own people look from anywhere, and are recorded.
    private static boolean pulls(Inquiry inquiry) {
        return switch (inquiry.recipient()) {
            case Recipient.Vendor _, Recipient.Target _ -> true;
            case Recipient.Official _ -> false;
        };
    }

    private Optional<Reason> overCeiling(Inquiry inquiry, Answer.Found found, Rule rule, Instant now) {
        boolean counted = pulls(inquiry)
                && !found.notModified()
                && rule.bounds().personsPerDay().isPresent();
        return counted ? ceiling.take(rule, found.users(), now) : Optional.empty();
    }

    /// Write first, then speak.
    private Outcome cleared(Inquiry inquiry, Answer.Found found, Decision.Allow allow, Ledgering ledgering) {
        Page page = found.page();
        Permit permit = permit(allow, page);
        Ledgering.Facts facts = new Ledgering.Facts(
                found, told(inquiry, page, allow), page.edition().number(), editions.digest(page.edition()));
        Optional<Receipt> receipt = ledgering.answered(facts);
        receipt.ifPresent(_ -> found.recorded().run());
        return receipt.<Outcome>map(written -> new Granted(new Cleared(
                        permit,
                        written,
                        page,
                        found.total(),
                        found.etag(),
                        found.notModified(),
                        whileAllowed(inquiry, allow.rule(), page),
                        pool,
                        new AtomicBoolean())))
                .orElseGet(() -> new Refused(Reason.LEDGER_UNAVAILABLE));
    }

    /// The one place where a permit is made: of what was just allowed, for the rows of one page.
    static Permit permit(Decision.Allow allow, Page page) {
        return new Permit(
                allow, page.entity(), page.edition().batch(), page.form().needs(), page.toRead());
    }

    /// The fields an answer tells of: those it shows, and those that decided which records are in it and in what order.
    private Set<Field> told(Inquiry inquiry, Page page, Decision.Allow allow) {
        Set<Field> told = new HashSet<>(questions.ask(inquiry).consulted());
        told.retainAll(allow.fields().keySet());
        told.addAll(page.form().shown());
        return told;
    }

    /// An answer may be long and its reader slow. Before each stretch of rows the rules are asked again: what was
    /// withdrawn meanwhile is not read any more, and the answer breaks off. The floors are asked again, too:
    /// whom they
    /// take meanwhile is written as one who left.
    private Watch whileAllowed(Inquiry inquiry, Rule rule, Page page) {
        Ask plain = questions.plainAsk(inquiry);
        return () -> {
            Instant now = clock.instant();
            return switch (decider.decide(plain, now)) {
                case Decision.Deny(Reason reason) -> throw DisclosureFault.withdrawn(reason);
                case Decision.Allow(Rule present, var _) -> {
                    if (!present.hash().equals(rule.hash())) {
                        throw DisclosureFault.withdrawn(Reason.RULE_NOT_ACTIVE);
                    }
                    yield watched(page, rule, now);
                }
            };
        };
    }

    private Watch.Now watched(Page page, Rule rule, Instant now) {
        Edition edition = editions.now(page.edition(), rule, now);
        Form form = edition == page.edition() ? page.form() : page.form().of(edition);
        return new Watch.Now(edition, form, Sighted.of(records, edition.sight()));
    }

    /// Lets go of every id that is remembered.
    public void forgetIds() {
        questions.forgetIds();
    }

    /// Lets go of what is kept for paging runs that nobody goes on with, and for rules that are not in force.
    /// Called now
    /// and then.
    public void idle(Instant now) {
        questions.idle(now);
        editions.idle(rule -> decider.stands(rule, now), now);
    }
}
