package org.rosterkeep.vault;

import java.nio.charset.StandardCharsets;
import org.rosterkeep.keys.RecordHash;
import org.rosterkeep.roster.Entity;
import org.rosterkeep.roster.RecordKey;
import org.rosterkeep.roster.SourcedId;

/// From the source system's id to the record's key.
final class RecordKeys {
    private final RecordHash hash;

    RecordKeys(RecordHash hash) {
        this.hash = hash;
    }

    RecordKey of(Entity entity, SourcedId id) {
        RecordHash.Value value =
                hash.of(Space.code(entity.identity()), id.value().reveal().getBytes(StandardCharsets.UTF_8));
        return new RecordKey(value.high(), value.low());
    }
}
