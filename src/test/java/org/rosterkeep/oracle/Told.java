package org.rosterkeep.oracle;

import java.util.Map;

/// One record as a client is told it, without what every record has (status, change time, the form of its id).
///
/// @param entity `user`, `class`, ...
/// @param id the source system's id in an expectation, the outward id in an answer
/// @param fields texts, lists, objects, [Ref], [Own]
record Told(String entity, String id, Map<String, Object> fields) {
    /// A reference to another record, which may not have been told itself.
    record Ref(String entity, String id) {}

    /// The record's own outward id as the value of a field.
    enum Own {
        ID
    }
}
