package org.rosterkeep.ledger;

import java.time.Instant;
import java.util.Optional;
import java.util.function.Predicate;
import org.rosterkeep.disclosure.Entry;
import org.rosterkeep.ledger.LedgerRecord.Disclosed;

/// Which records somebody wants to see. What is not asked for does not narrow.
///
/// @param from first instant
/// @param until first instant after
/// @param kind `disclosure`, `refusal`, `checkpoint` or an act's kind; the beginning of one ending with a dot, `rule.`
/// @param status of an answer, 200 to 599
public record LedgerQuery(
        Instant from,
        Instant until,
        Optional<String> kind,
        Optional<String> vendor,
        Optional<String> client,
        Optional<Integer> status)
        implements Predicate<LedgerRecord> {
    /// Everything.
    public static LedgerQuery all() {
        return new LedgerQuery(
                Instant.MIN, Instant.MAX, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }

    @Override
    public boolean test(LedgerRecord record) {
        return !record.at().isBefore(from)
                && record.at().isBefore(until)
                && kind.map(wanted -> wanted.endsWith(".")
                                ? kindOf(record).startsWith(wanted)
                                : kindOf(record).equals(wanted))
                        .orElse(true)
                && answers(record);
    }

    /// The word the ledger keeps the record under.
    public static String kindOf(LedgerRecord record) {
        return switch (record) {
            case Disclosed disclosed ->
                disclosed.entry().reason().isEmpty() ? Draft.DISCLOSURE_KIND : Draft.REFUSAL_KIND;
            case LedgerRecord.Act act -> act.kind();
            case LedgerRecord.Checkpoint _ -> Draft.CHECKPOINT_KIND;
        };
    }

    private boolean answers(LedgerRecord record) {
        if (vendor.isEmpty() && client.isEmpty() && status.isEmpty()) {
            return true;
        }
        return record instanceof Disclosed disclosed && answers(disclosed.entry());
    }

    private boolean answers(Entry entry) {
        return vendor.map(entry.vendor()::equals).orElse(true)
                && client.map(entry.client()::equals).orElse(true)
                && status.map(wanted -> wanted == entry.status()).orElse(true);
    }
}
