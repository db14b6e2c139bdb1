package org.rosterkeep.vault;

import java.util.List;

/// The tables, as numbered steps from an empty database to the newest. A step once released never changes.
///
/// Written in four tokens that each engine replaces (performance.md section 4): `$long`, `$blob`, `$text`, `$suffix`.
final class Migrations {
    private static final List<List<String>> STEPS = List.of(
            // 1: blocks, documents, batches.
            List.of("""
                CREATE TABLE block (
                    space $long NOT NULL, block $long NOT NULL, version $long NOT NULL,
                    epoch $long NOT NULL, data $blob NOT NULL,
                    PRIMARY KEY (space, block, version)
                ) $suffix\
                """, """
                CREATE TABLE document (
                    name $blob NOT NULL, kind $blob NOT NULL, epoch $long NOT NULL, data $blob NOT NULL,
                    PRIMARY KEY (name)
                ) $suffix\
                """, "CREATE INDEX document_by_kind ON document (kind, name)", """
                CREATE TABLE batch (
                    number $long NOT NULL, at $long NOT NULL, committed $long NOT NULL,
                    PRIMARY KEY (number)
                ) $suffix\
                """));

    private Migrations() {}

    /// The version a new store has.
    static int newest() {
        return STEPS.size();
    }

    /// The table that remembers which steps were done; made first.
    static final String JOURNAL =
            "CREATE TABLE IF NOT EXISTS migration (number $long NOT NULL, PRIMARY KEY (number)) $suffix";

    /// The statements of one step, from 1.
    static List<String> step(int number) {
        return STEPS.get(number - 1);
    }
}
