package org.rosterkeep.vault;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.rosterkeep.keys.KeyFault;

/// Opened blocks: from the store, through the seal.
final class Blocks {
    private final Store store;
    private final Seal seal;

    Blocks(Store store, Seal seal) {
        this.store = store;
        this.seal = seal;
    }

    Store store() {
        return store;
    }

    Seal seal() {
        return seal;
    }

    /// One block in one version.
    ///
    /// @throws VaultFault `BATCH_GONE` when that version was dropped meanwhile
    byte[] open(int space, int block, long version) {
        return again(() -> {
            Sealed sealed = store.read(reading -> reading.block(space, block, version))
                    .orElseThrow(() -> new VaultFault(VaultFault.Code.BATCH_GONE, "that version is no longer kept"));
            return seal.openBlock(space, block, version, sealed);
        });
    }

    /// The newest version of a block, if there is one.
    Optional<byte[]> newest(Directory directory, int space, int block) {
        long version = directory.newest(space, block);
        return version == 0 ? Optional.empty() : Optional.of(open(space, block, version));
    }

    /// The version of a block that was the newest after a batch, if there was one.
    Optional<byte[]> asOf(Directory directory, int space, int block, long batch) {
        long version = directory.asOf(space, block, batch);
        return version == 0 ? Optional.empty() : Optional.of(open(space, block, version));
    }

    /// Several blocks of one space, in one look at the store; a version dropped meanwhile is missing from the result.
    Map<Directory.Place, byte[]> open(List<Directory.Place> places) {
        List<Directory.Place> ordered = new ArrayList<>(places);
        ordered.sort(Comparator.comparingInt(Directory.Place::block));
        return again(() -> store.read(reading -> {
            Map<Directory.Place, byte[]> opened = new HashMap<>(ordered.size() * 2);
            for (Directory.Place place : ordered) {
                reading.block(place.space(), place.block(), place.version())
                        .ifPresent(found -> opened.put(
                                place, seal.openBlock(place.space(), place.block(), place.version(), found)));
            }
            return opened;
        }));
    }

    /// Looks a second time when a block was sealed in an epoch whose keys have just been dropped: it was sealed
    /// anew before
    /// they were.
    static <T> T again(Supplier<T> look) {
        try {
            return look.get();
        } catch (KeyFault e) {
            if (e.code() != KeyFault.Code.NO_SUCH_EPOCH) {
                throw e;
            }
            return look.get();
        }
    }

    /// Seals and writes a block, both on the store's thread.
    void put(Store.Transaction transaction, int space, int block, long version, byte[] plain) {
        transaction.put(space, block, version, () -> seal.block(space, block, version, plain));
    }
}
