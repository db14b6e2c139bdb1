package org.rosterkeep.roster;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Where the district's documents rest sealed: rules, agreements, clients, operators, editions, import reports. A kind
/// is
/// a short word owned by one package; an id is unique within its kind. Each call is durable when it returns.
public interface Shelf {
    Optional<byte[]> get(String kind, String id);

    /// All ids of a kind, sorted.
    List<String> ids(String kind);

    /// All documents of a kind, by id, sorted.
    Map<String, byte[]> all(String kind);

    /// Does all the changes or none of them.
    void apply(List<Change> changes);

    default void put(String kind, String id, byte[] document) {
        apply(List.of(new Change.Put(kind, id, document)));
    }

    default void remove(String kind, String id) {
        apply(List.of(new Change.Remove(kind, id)));
    }

    /// This shelf, for changes that are in force from this moment on however late they can be written: a shelf that
    /// remembers dates them so. Asked for before the change is tried.
    default Shelf dated() {
        return this;
    }

    /// One change of one document.
    sealed interface Change {
        record Put(String kind, String id, byte[] document) implements Change {}

        record Remove(String kind, String id) implements Change {}
    }
}
