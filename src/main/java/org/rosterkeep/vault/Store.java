package org.rosterkeep.vault;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// A database of sealed things: blocks by (space, block, version) and documents by name. The only idea of a
/// database the
/// vault has; SQLite stands behind it today, and nothing here is beyond PostgreSQL (performance.md section 4).
///
/// Any number of looks at once, each at one moment; one transaction at a time. Calls may come from virtual threads: the
/// store does its own work on its own platform threads.
interface Store extends AutoCloseable {
    /// Looks at one moment of the store.
    <T> T read(Query<T> query);

    /// Opens the transaction; waits while another one is open.
    ///
    /// @throws VaultFault `BUSY` when that takes longer than the store waits
    Transaction begin();

    /// Opens the transaction unless another one is open.
    Optional<Transaction> tryBegin();

    /// Whether the file is whole, as far as the database can tell without keys.
    boolean sound();

    /// Moves the write-ahead log into the database and empties it, so that what was deleted is gone from there
    /// too; false
    /// when somebody was still reading it or a transaction is open: then later.
    boolean checkpoint();

    @Override
    void close();

    interface Query<T> {
        T over(Reading reading);
    }

    /// What can be asked. Good for one query only.
    interface Reading {
        Optional<Sealed> block(int space, int block, long version);

        /// Every block's place, in order of space, block and version.
        void places(PlaceVisitor visitor);

        Optional<Sealed> document(byte[] name);

        /// All documents of a kind, in order of name.
        List<Document> documents(byte[] kind);

        /// Some documents that were sealed before an epoch.
        List<Document> documentsBefore(int epoch, int limit);

        /// Every batch, oldest first.
        List<BatchRecord> batches();
    }

    /// Receives places.
    interface PlaceVisitor {
        void place(int space, int block, long version);
    }

    /// @param kind 16 bytes, the hash of the kind's name
    /// @param name 16 bytes, the hash of kind and id
    record Document(byte[] kind, byte[] name, Sealed sealed) {}

    /// @param at when the roster was taken over, by the importer's word
    /// @param committed when the batch became durable, by the vault's clock
    record BatchRecord(long number, Instant at, Instant committed) {}

    /// Changes that become durable together or not at all. Closing without a commit undoes them; closing after
    /// it lets the
    /// next transaction begin, so whoever committed can first tell everybody what is new. Changes are taken
    /// over in the
    /// background, in order; a failure shows at one of the next calls, at the latest at the commit.
    interface Transaction extends AutoCloseable {
        /// Writes a block; `sealed` is made on the store's own thread.
        void put(int space, int block, long version, Supplier<Sealed> sealed);

        void drop(int space, int block, long version);

        void putDocument(byte[] kind, byte[] name, Sealed sealed);

        void dropDocument(byte[] name);

        void batch(BatchRecord batch);

        /// A block as it stands inside this transaction.
        Optional<Sealed> block(int space, int block, long version);

        void commit();

        @Override
        void close();
    }
}
