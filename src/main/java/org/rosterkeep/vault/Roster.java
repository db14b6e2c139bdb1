package org.rosterkeep.vault;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import org.rosterkeep.roster.Entity;
import org.rosterkeep.roster.RecordKey;
import org.rosterkeep.roster.Relations;

/// What the vault shows at one moment: the relations, the way from record keys to ordinals, and the versions of blocks.
/// Replaced as a whole by each commit, so nobody sees half of a batch.
final class Roster {
    private final Relations relations;
    private final Directory directory;
    private final Map<Entity, KeyIndex> indexes;
    private final Map<Entity, OtherNames> names;

    /// @param indexes may lack entities: theirs are made when first asked for
    /// @param names of every entity that has identities of its own
    Roster(Relations relations, Directory directory, Map<Entity, KeyIndex> indexes, Map<Entity, OtherNames> names) {
        this.relations = relations;
        this.directory = directory;
        this.indexes = new EnumMap<>(Entity.class);
        this.indexes.putAll(indexes);
        this.names = new EnumMap<>(names);
    }

    Relations relations() {
        return relations;
    }

    Directory directory() {
        return directory;
    }

    /// What the entity's records are called besides their first names; not to be changed.
    OtherNames names(Entity entity) {
        return Objects.requireNonNull(names.get(entity));
    }

    /// The record that has this key of its own, or was given it as a further name.
    int find(Entity entity, RecordKey key) {
        int first = index(entity).find(key);
        return first != Relations.NONE ? first : names(entity).find(key);
    }

    KeyIndex index(Entity entity) {
        synchronized (indexes) {
            return Objects.requireNonNull(indexes.computeIfAbsent(entity, this::made));
        }
    }

    /// The same roster after blocks were dropped.
    Roster with(Directory next) {
        synchronized (indexes) {
            return new Roster(relations, next, indexes, names);
        }
    }

    private KeyIndex made(Entity entity) {
        Relations.Table table = relations.table(entity);
        return KeyIndex.over(table.keyHigh(), table.keyLow(), table.size());
    }
}
