package org.rosterkeep.vault;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.sqlite.JDBC;
import org.sqlite.SQLiteException;

/// One connection to a SQLite file with its prepared statements: all the SQL there is. Used by one thread at a time.
final class SqliteSession implements Store.Reading, AutoCloseable {
    private static final String PUT = "INSERT INTO block (space, block, version, epoch, data) VALUES (?, ?, ?, ?, ?)"
            + " ON CONFLICT (space, block, version) DO UPDATE SET epoch = excluded.epoch, data = excluded.data";
    private static final String GET = "SELECT epoch, data FROM block WHERE space = ? AND block = ? AND version = ?";
    private static final String DROP = "DELETE FROM block WHERE space = ? AND block = ? AND version = ?";
    private static final String PLACES = "SELECT space, block, version FROM block ORDER BY space, block, version";
    private static final String PUT_DOCUMENT = "INSERT INTO document (name, kind, epoch, data) VALUES (?, ?, ?, ?)"
            + " ON CONFLICT (name) DO UPDATE SET epoch = excluded.epoch, data = excluded.data";
    private static final String GET_DOCUMENT = "SELECT epoch, data FROM document WHERE name = ?";
    private static final String DROP_DOCUMENT = "DELETE FROM document WHERE name = ?";
    private static final String DOCUMENTS = "SELECT kind, name, epoch, data FROM document WHERE kind = ? ORDER BY name";
    private static final String DOCUMENTS_BEFORE =
            "SELECT kind, name, epoch, data FROM document WHERE epoch < ? ORDER BY name LIMIT ?";
    private static final String PUT_BATCH = "INSERT INTO batch (number, at, committed) VALUES (?, ?, ?)";
    private static final String BATCHES = "SELECT number, at, committed FROM batch ORDER BY number";
    private static final String COUNTS =
            "SELECT (SELECT count(*) FROM block), (SELECT count(*) FROM document)," + " (SELECT count(*) FROM batch)";
    private static final String MIGRATED = "SELECT number FROM migration ORDER BY number DESC LIMIT 1";
    private static final String PUT_MIGRATION = "INSERT INTO migration (number) VALUES (?)";

    private final Connection connection;
    private final Map<String, PreparedStatement> prepared = new HashMap<>();

    SqliteSession(Path file, SqliteStore.Settings settings, boolean writing) {
        try {
            connection = JDBC.createConnection("jdbc:sqlite:" + file, new Properties());
            List<String> pragmas = new ArrayList<>(List.of(
                    "page_size=" + settings.pageBytes(),
                    "busy_timeout=250",
                    "secure_delete=ON",
                    "temp_store=MEMORY",
                    "trusted_schema=OFF",
                    "cell_size_check=ON",
                    "foreign_keys=ON",
                    "synchronous=FULL"));
            if (writing) {
                pragmas.add("journal_mode=WAL");
                pragmas.add("journal_size_limit=67108864");
                pragmas.add("cache_size=-16384");
                pragmas.add("max_page_count=" + settings.pagesMax());
            } else {
                pragmas.add("cache_size=-2048");
                pragmas.add("query_only=ON");
            }
            for (String pragma : pragmas) {
                execute("PRAGMA " + pragma);
            }
        } catch (SQLException e) {
            throw fault(e);
        }
    }

    void migrate() {
        execute("BEGIN IMMEDIATE");
        execute(dialect(Migrations.JOURNAL));
        int done = format();
        if (done > Migrations.newest()) {
            throw new VaultFault(VaultFault.Code.NEWER_FORMAT, "the store was written by a newer version");
        }
        for (int number = done + 1; number <= Migrations.newest(); number++) {
            Migrations.step(number).forEach(sql -> execute(dialect(sql)));
            run(PUT_MIGRATION, (long) number);
        }
        execute("COMMIT");
    }

    /// How many steps were done.
    int format() {
        return query(rows -> rows.next() ? rows.getInt(1) : 0, MIGRATED);
    }

    /// The first problem SQLite finds, or "ok".
    String quickCheck() {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("PRAGMA quick_check(1)")) {
            return rows.next() ? rows.getString(1) : "no answer";
        } catch (SQLException e) {
            throw fault(e);
        }
    }

    /// The first problem SQLite finds when it reads everything, or "ok".
    String integrity() {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("PRAGMA integrity_check(1)")) {
            return rows.next() ? rows.getString(1) : "no answer";
        } catch (SQLException e) {
            throw fault(e);
        }
    }

    /// How many blocks, documents and batches there are.
    List<Long> counts() {
        return query(rows -> List.of(rows.getLong(1), rows.getLong(2), rows.getLong(3)), COUNTS);
    }

    /// Writes the database to a new file as it stood at the moment this connection looks at: SQLite's online backup
    /// reads through the transaction that is open.
    void copy(Path to) {
        execute("backup to \"" + to + "\"");
    }

    /// Whether the whole write-ahead log went into the database.
    boolean checkpoint() {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("PRAGMA wal_checkpoint(TRUNCATE)")) {
            return rows.next() && rows.getInt(1) == 0;
        } catch (SQLException e) {
            throw fault(e);
        }
    }

    /// Begins to look at one moment.
    void begin() {
        run("BEGIN");
    }

    /// Ends a look; there is nothing to undo.
    void end() {
        run("COMMIT");
    }

    void execute(String sql) {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw fault(e);
        }
    }

    /// Ends a transaction however it stands.
    void rollback() {
        try (Statement statement = connection.createStatement()) {
            statement.execute("ROLLBACK");
        } catch (SQLException e) {
            // SQLite has undone it already (a full disk does that): there is nothing left to undo.
            if (e instanceof SQLiteException s && s.getResultCode().code == 1) {
                return;
            }
            throw fault(e);
        }
    }

    void put(int space, int block, long version, Sealed sealed) {
        run(PUT, space, block, version, sealed.epoch(), sealed.data());
    }

    void drop(int space, int block, long version) {
        run(DROP, space, block, version);
    }

    void putDocument(byte[] kind, byte[] name, Sealed sealed) {
        run(PUT_DOCUMENT, name, kind, sealed.epoch(), sealed.data());
    }

    void dropDocument(byte[] name) {
        run(DROP_DOCUMENT, name);
    }

    void putBatch(Store.BatchRecord batch) {
        run(
                PUT_BATCH,
                batch.number(),
                batch.at().toEpochMilli(),
                batch.committed().toEpochMilli());
    }

    @Override
    public Optional<Sealed> block(int space, int block, long version) {
        return query(
                rows -> rows.next() ? Optional.of(new Sealed(rows.getInt(1), rows.getBytes(2))) : Optional.empty(),
                GET,
                space,
                block,
                version);
    }

    @Override
    public void places(Store.PlaceVisitor visitor) {
        query(
                rows -> {
                    while (rows.next()) {
                        visitor.place(rows.getInt(1), rows.getInt(2), rows.getLong(3));
                    }
                    return true;
                },
                PLACES);
    }

    @Override
    public Optional<Sealed> document(byte[] name) {
        return query(
                rows -> rows.next() ? Optional.of(new Sealed(rows.getInt(1), rows.getBytes(2))) : Optional.empty(),
                GET_DOCUMENT,
                name);
    }

    @Override
    public List<Store.Document> documents(byte[] kind) {
        return query(SqliteSession::documents, DOCUMENTS, kind);
    }

    @Override
    public List<Store.Document> documentsBefore(int epoch, int limit) {
        return query(SqliteSession::documents, DOCUMENTS_BEFORE, epoch, limit);
    }

    @Override
    public List<Store.BatchRecord> batches() {
        return query(
                rows -> {
                    List<Store.BatchRecord> batches = new ArrayList<>();
                    while (rows.next()) {
                        batches.add(new Store.BatchRecord(
                                rows.getLong(1),
                                Instant.ofEpochMilli(rows.getLong(2)),
                                Instant.ofEpochMilli(rows.getLong(3))));
                    }
                    return batches;
                },
                BATCHES);
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            throw fault(e);
        }
    }

    private static List<Store.Document> documents(ResultSet rows) throws SQLException {
        List<Store.Document> documents = new ArrayList<>();
        while (rows.next()) {
            documents.add(new Store.Document(
                    rows.getBytes(1), rows.getBytes(2), new Sealed(rows.getInt(3), rows.getBytes(4))));
        }
        return documents;
    }

    private interface Rows<T> {
        T from(ResultSet rows) throws SQLException;
    }

    private <T> T query(Rows<T> result, String sql, Object... values) {
        try (ResultSet rows = bound(sql, values).executeQuery()) {
            return result.from(rows);
        } catch (SQLException e) {
            forget(sql);
            throw fault(e);
        }
    }

    private void run(String sql, Object... values) {
        try {
            bound(sql, values).executeUpdate();
        } catch (SQLException e) {
            forget(sql);
            throw fault(e);
        }
    }

    /// The driver gives up a statement that failed (a full disk, a busy database): the next use needs a new one.
    private void forget(String sql) {
        // Not closed: the driver did that, and what it left over goes with the connection.
        prepared.remove(sql);
    }

    private PreparedStatement bound(String sql, Object... values) throws SQLException {
        PreparedStatement statement = prepared.get(sql);
        if (statement == null) {
            statement = connection.prepareStatement(sql);
            prepared.put(sql, statement);
        }
        for (int i = 0; i < values.length; i++) {
            switch (values[i]) {
                case Integer number -> statement.setInt(i + 1, number);
                case Long number -> statement.setLong(i + 1, number);
                case byte[] bytes -> statement.setBytes(i + 1, bytes);
                default -> throw new IllegalArgumentException("no column holds this type");
            }
        }
        return statement;
    }

    private static String dialect(String sql) {
        return sql.replace("$long", "INTEGER")
                .replace("$blob", "BLOB")
                .replace("$text", "TEXT")
                .replace("$suffix", "STRICT");
    }

    /// What a database error means here. SQLite's own message names tables and files, never a value.
    static VaultFault fault(SQLException e) {
        int code = e instanceof SQLiteException s ? s.getResultCode().code & 0xff : 0;
        return switch (code) {
            case 5, 6 -> new VaultFault(VaultFault.Code.BUSY, "the database is busy", e);
            case 11, 26 -> new VaultFault(VaultFault.Code.REPAIR_NEEDED, "the database is damaged", e);
            case 13 -> new VaultFault(VaultFault.Code.DISK_FULL, "there is no room left for the database", e);
            default -> new VaultFault(VaultFault.Code.UNAVAILABLE, "the database refused", e);
        };
    }
}
