package org.rosterkeep.rights;

import org.rosterkeep.roster.Entity;
import org.rosterkeep.roster.RecordKey;
import org.rosterkeep.roster.Relations;
import org.rosterkeep.roster.SourcedId;

/// Who and what the roster has, or once had: shapes, never values.
public interface Roll {
    Relations relations();

    /// The ordinal of a record by the source system's id; `Relations.NONE` when unknown.
    int find(Entity entity, SourcedId id);

    /// The ordinal of a record by its lasting key; `Relations.NONE` when unknown.
    int find(Entity entity, RecordKey key);
}
