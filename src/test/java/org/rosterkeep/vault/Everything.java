package org.rosterkeep.vault;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import org.rosterkeep.keys.KeyRing;

/// Everything that rests in a district's two databases, opened: for those who look for what must not be there.
public final class Everything {
    private Everything() {}

    /// @param where the block's space or `document`
    /// @param plain what it says
    /// @param sealed how it begins as it rests
    public record Piece(String where, byte[] plain, byte[] sealed) {}

    public static List<Piece> of(Path district, KeyRing keys) {
        List<Piece> pieces = new ArrayList<>();
        Seal seal = new Seal(keys, new java.security.SecureRandom());
        try (SqliteStore roster = store(district.resolve("roster.db"), 16384);
                SqliteStore house = store(district.resolve("house.db"), 4096)) {
            roster.read(reading -> {
                reading.places((space, block, version) -> {
                    Sealed sealed = reading.block(space, block, version).orElseThrow();
                    pieces.add(new Piece(
                            "space " + (space >> 6) + " entity " + (space >> 3 & 7) + " of version " + version,
                            seal.openBlock(space, block, version, sealed),
                            beginning(sealed)));
                });
                return true;
            });
            house.read(reading -> {
                for (Store.Document one : reading.documentsBefore(Integer.MAX_VALUE, Integer.MAX_VALUE)) {
                    pieces.add(new Piece(
                            "document", seal.openDocument(one.name(), one.sealed()), beginning(one.sealed())));
                }
                return true;
            });
        }
        return pieces;
    }

    private static byte[] beginning(Sealed sealed) {
        return Arrays.copyOf(sealed.data(), 24);
    }

    private static SqliteStore store(Path file, int page) {
        return SqliteStore.open(file, new SqliteStore.Settings(page, SqliteStore.Settings.PAGES_UNBOUNDED, 1));
    }

    /// The spaces in use, by their kind; of the first kind each by its own number.
    public static List<String> spaces(Path district) {
        TreeSet<String> spaces = new TreeSet<>();
        try (SqliteStore roster = store(district.resolve("roster.db"), 16384)) {
            roster.read(reading -> {
                reading.places((space, block, version) -> spaces.add(name(space)));
                return true;
            });
        }
        return List.copyOf(spaces);
    }

    /// Every column of every table of both databases.
    public static List<String> columns(Path district) {
        TreeSet<String> columns = new TreeSet<>();
        for (String file : List.of("roster.db", "house.db")) {
            try (var connection = org.sqlite.JDBC.createConnection(
                            "jdbc:sqlite:" + district.resolve(file), new java.util.Properties());
                    var statement = connection.createStatement();
                    var rows = statement.executeQuery("SELECT t.name, c.name FROM sqlite_schema t,"
                            + " pragma_table_info(t.name) c WHERE t.type IN ('table', 'view')")) {
                while (rows.next()) {
                    columns.add(rows.getString(1) + "." + rows.getString(2));
                }
            } catch (java.sql.SQLException e) {
                throw new IllegalStateException(e);
            }
        }
        return List.copyOf(columns);
    }

    private static String name(int space) {
        return switch (space >> 6) {
            case 0 ->
                switch (space & 7) {
                    case 1 -> "proof";
                    case 2 -> "words";
                    case 3 -> "moves";
                    case 4 -> "sets";
                    default -> "space " + space;
                };
            case 1 -> "rows";
            case 2 -> "keys";
            case 3 -> "column";
            case 4 -> "many";
            case 5 -> "live";
            case 6 -> "changed";
            case 7 -> "names";
            default -> "space " + space;
        };
    }

    /// The kinds of documents there are, of which none of these is meant.
    public static int unknownKinds(Path district, KeyRing keys, List<String> known) {
        try (SqliteStore house = store(district.resolve("house.db"), 4096)) {
            return house.read(reading -> {
                TreeSet<String> hashes = new TreeSet<>();
                known.forEach(kind -> hashes.add(java.util.HexFormat.of()
                        .formatHex(keys.shelfNames()
                                .of(0, kind.getBytes(java.nio.charset.StandardCharsets.UTF_8))
                                .bytes())));
                TreeSet<String> there = new TreeSet<>();
                reading.documentsBefore(Integer.MAX_VALUE, Integer.MAX_VALUE)
                        .forEach(one -> there.add(java.util.HexFormat.of().formatHex(one.kind())));
                there.removeAll(hashes);
                return there.size();
            });
        }
    }
}
