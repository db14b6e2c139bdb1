package org.rosterkeep.vault;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Both databases of a vault at one moment, to be copied while everything else goes on: two connections of its own that
/// look at that moment until they are closed. What is copied is sealed as it rests.
public final class Snapshot implements AutoCloseable {
    private static final String HOUSE = "house.db";
    private static final String ROSTER = "roster.db";
    private static final SqliteStore.Settings SETTINGS =
            new SqliteStore.Settings(16384, SqliteStore.Settings.PAGES_UNBOUNDED, 1);

    private final SqliteSession house;
    private final SqliteSession roster;

    private Snapshot(SqliteSession house, SqliteSession roster) {
        this.house = house;
        this.roster = roster;
    }

    /// Looks at the vault in `directory`, open or not.
    public static Snapshot of(Path directory) {
        SqliteSession house = session(directory, HOUSE);
        try {
            // The documents first: a roster that is a moment newer than them is what any power cut may leave.
            house.begin();
            house.counts();
            SqliteSession roster = session(directory, ROSTER);
            roster.begin();
            roster.counts();
            return new Snapshot(house, roster);
        } catch (RuntimeException e) {
            house.close();
            throw e;
        }
    }

    private static SqliteSession session(Path directory, String name) {
        Path file = directory.resolve(name);
        if (!Files.exists(file)) {
            throw new VaultFault(VaultFault.Code.REPAIR_NEEDED, "the database " + name + " is not there");
        }
        return new SqliteSession(file, SETTINGS, false);
    }

    /// How many blocks, documents and batches each has.
    public Map<String, Long> counts() {
        return counts(house, roster);
    }

    private static Map<String, Long> counts(SqliteSession house, SqliteSession roster) {
        Map<String, Long> counts = new TreeMap<>();
        count("house", house.counts(), counts);
        count("roster", roster.counts(), counts);
        return counts;
    }

    private static void count(String store, List<Long> of, Map<String, Long> into) {
        into.put(store + ".blocks", of.get(0));
        into.put(store + ".documents", of.get(1));
        into.put(store + ".batches", of.get(2));
    }

    /// Writes both databases below a directory that is there.
    public void copy(Path to) {
        house.copy(to.resolve(HOUSE));
        roster.copy(to.resolve(ROSTER));
    }

    /// Reads a copy from end to end.
    ///
    /// @return the same numbers as [#counts()]
    /// @throws VaultFault `REPAIR_NEEDED` when a page is not as SQLite wants it
    public static Map<String, Long> inspect(Path directory) {
        try (SqliteSession house = session(directory, HOUSE);
                SqliteSession roster = session(directory, ROSTER)) {
            if (!house.integrity().equals("ok") || !roster.integrity().equals("ok")) {
                throw new VaultFault(VaultFault.Code.REPAIR_NEEDED, "a database is damaged");
            }
            return counts(house, roster);
        }
    }

    /// Which step of this program's each database of the vault in `directory` has come to.
    ///
    /// @throws VaultFault when one is not there or cannot be read
    public static Map<String, Integer> formats(Path directory) {
        Map<String, Integer> formats = new TreeMap<>();
        for (String name : List.of(HOUSE, ROSTER)) {
            try (SqliteSession session = session(directory, name)) {
                formats.put(name, session.format());
            }
        }
        return formats;
    }

    @Override
    public void close() {
        try {
            house.end();
            roster.end();
        } finally {
            house.close();
            roster.close();
        }
    }
}
