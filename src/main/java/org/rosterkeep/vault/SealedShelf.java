package org.rosterkeep.vault;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.rosterkeep.keys.RecordHash;
import org.rosterkeep.roster.Shelf;

/// The district's documents, in a store of their own, so that filing one never waits for an import. Kinds and
/// ids rest as
/// keyed hashes; the id is told again by the sealed document itself.
final class SealedShelf implements Shelf {
    private final Store store;
    private final Seal seal;
    private final RecordHash names;
    // A run that was killed may have left something there.
    private volatile boolean unsettled = true;

    SealedShelf(Store store, Seal seal, RecordHash names) {
        this.store = store;
        this.seal = seal;
        this.names = names;
    }

    @Override
    public Optional<byte[]> get(String kind, String id) {
        byte[] name = name(kind, id);
        return Blocks.again(() -> store.read(reading -> reading.document(name))
                .map(found -> Opened.of(seal.openDocument(name, found)).document));
    }

    @Override
    public List<String> ids(String kind) {
        return List.copyOf(all(kind).keySet());
    }

    @Override
    public Map<String, byte[]> all(String kind) {
        byte[] kindName = kind(kind);
        return Blocks.again(() -> all(kindName));
    }

    private Map<String, byte[]> all(byte[] kindName) {
        Map<String, byte[]> all = new TreeMap<>();
        for (Store.Document document : store.read(reading -> reading.documents(kindName))) {
            Opened opened = Opened.of(seal.openDocument(document.name(), document.sealed()));
            all.put(opened.id, opened.document);
        }
        return all;
    }

    @Override
    public void apply(List<Change> changes) {
        if (changes.isEmpty()) {
            return;
        }
        try (Store.Transaction transaction = store.begin()) {
            for (Change change : changes) {
                switch (change) {
                    case Change.Put put -> {
                        byte[] name = name(put.kind(), put.id());
                        byte[] plain = new Opened(put.id(), put.document()).packed();
                        transaction.putDocument(kind(put.kind()), name, seal.document(name, plain));
                    }
                    case Change.Remove remove -> transaction.dropDocument(name(remove.kind(), remove.id()));
                }
            }
            transaction.commit();
        }
        unsettled = true;
    }

    /// Empties the write-ahead log if anything was filed or dropped since it was last empty. Returns whether it is.
    boolean settle() {
        if (unsettled) {
            // First, so that what is filed meanwhile is not overlooked.
            unsettled = false;
            unsettled |= !store.checkpoint();
        }
        return !unsettled;
    }

    /// Seals up to `limit` documents of older epochs anew; returns how many it did.
    int reseal(int limit) {
        // Asked inside the transaction: whoever was filing under the older epoch has finished by then.
        try (Store.Transaction transaction = store.begin()) {
            List<Store.Document> old = store.read(reading -> reading.documentsBefore(seal.epoch(), limit));
            for (Store.Document document : old) {
                byte[] plain = seal.openDocument(document.name(), document.sealed());
                transaction.putDocument(document.kind(), document.name(), seal.document(document.name(), plain));
            }
            transaction.commit();
            return old.size();
        }
    }

    private byte[] kind(String kind) {
        return names.of(0, kind.getBytes(StandardCharsets.UTF_8)).bytes();
    }

    private byte[] name(String kind, String id) {
        return names.of(1, (kind + "\0" + id).getBytes(StandardCharsets.UTF_8)).bytes();
    }

    /// A document and its id, as they lie together under the seal.
    private record Opened(String id, byte[] document) {
        static Opened of(byte[] packed) {
            ByteBuffer in = ByteBuffer.wrap(packed);
            byte[] id = new byte[in.getInt()];
            in.get(id);
            return new Opened(
                    new String(id, StandardCharsets.UTF_8), Arrays.copyOfRange(packed, in.position(), packed.length));
        }

        byte[] packed() {
            byte[] idBytes = id.getBytes(StandardCharsets.UTF_8);
            return ByteBuffer.allocate(4 + idBytes.length + document.length)
                    .putInt(idBytes.length)
                    .put(idBytes)
                    .put(document)
                    .array();
        }
    }
}
