package org.rosterkeep.retention;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.rosterkeep.roster.RecordKey;
import org.rosterkeep.rules.Endorsement;

/// A legal hold: nothing of this person may be erased. One person makes it at once; it takes two to lift it.
///
/// @param matter the number under which the matter is filed
/// @param since part of what those sign who lift it
/// @param signatures for lifting it that are not enough yet
public record Hold(RecordKey key, String matter, Instant since, String by, List<Endorsement> signatures) {
    public Hold {
        signatures = List.copyOf(signatures);
    }

    /// What those sign who lift it.
    String text() {
        return String.join("\n", "end of legal hold", OrderForm.hex(key), matter, since.toString());
    }

    Hold signed(Endorsement more) {
        List<Endorsement> all = new ArrayList<>(signatures);
        all.add(more);
        return new Hold(key, matter, since, by, all);
    }
}
