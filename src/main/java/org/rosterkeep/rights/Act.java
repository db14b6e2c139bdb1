package org.rosterkeep.rights;

import java.time.Instant;

/// Who does something, and when.
///
/// @param actor the operator's name, or `user:` and the machine's
public record Act(String actor, Instant now) {
    Entry.Made made(Dossier dossier) {
        return new Entry.Made(dossier.next(), now, actor);
    }

    Entry.End end(String outcome, String reason) {
        return new Entry.End(now, actor, outcome, reason);
    }
}
