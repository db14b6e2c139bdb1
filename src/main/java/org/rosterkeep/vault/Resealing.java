package org.rosterkeep.vault;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// Seals what is still sealed in an older epoch anew, a few blocks to a transaction, so that nobody waits long.
/// Keeps no
/// note of where it is: after a restart it looks again from the beginning and skips what is done.
final class Resealing {
    private final Store store;
    private final Seal seal;
    private final SealedShelf shelf;
    private int epoch;
    private List<Directory.Place> places = List.of();
    private int next;

    Resealing(Store store, Seal seal, SealedShelf shelf) {
        this.store = store;
        this.seal = seal;
        this.shelf = shelf;
    }

    /// Does up to `limit` blocks and as many documents; returns whether nothing is left.
    synchronized boolean step(Supplier<Directory> directory, int limit) {
        boolean documentsDone = shelf.reseal(limit) < limit;
        return blocksDone(directory, limit) && documentsDone;
    }

    private boolean blocksDone(Supplier<Directory> directory, int limit) {
        Optional<Store.Transaction> begun = store.tryBegin();
        if (begun.isEmpty()) {
            return false;
        }
        try (Store.Transaction transaction = begun.get()) {
            if (epoch != seal.epoch()) {
                // Asked inside the transaction: an import that began under the older epoch has finished by then.
                epoch = seal.epoch();
                places = directory.get().places();
                next = 0;
            }
            int to = Math.min(places.size(), next + limit);
            for (Directory.Place place : places.subList(next, to)) {
                store.read(reading -> reading.block(place.space(), place.block(), place.version()))
                        .filter(found -> found.epoch() < epoch)
                        .ifPresent(found -> reseal(transaction, place, found));
            }
            transaction.commit();
            next = to;
        }
        return next >= places.size();
    }

    private void reseal(Store.Transaction transaction, Directory.Place place, Sealed sealed) {
        byte[] plain = seal.openBlock(place.space(), place.block(), place.version(), sealed);
        transaction.put(
                place.space(),
                place.block(),
                place.version(),
                () -> seal.block(place.space(), place.block(), place.version(), plain));
    }
}
