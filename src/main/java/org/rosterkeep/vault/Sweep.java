package org.rosterkeep.vault;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// Lets go what nobody may read any more: superseded versions of blocks and the changes of long past batches, from the
/// database, from the cache, and, by [#settle()], from the write-ahead log.
final class Sweep {
    private final Store store;
    private final BlockCache cache;
    // A run that was killed may have left something there.
    private volatile boolean unsettled = true;

    Sweep(Store store, BlockCache cache) {
        this.store = store;
        this.cache = cache;
    }

    /// Drops what is not needed as of `floor` or later; does nothing while an import is open.
    ///
    /// @param swept told the roster without it, before another transaction can begin
    void run(Supplier<Roster> roster, long floor, Consumer<Roster> swept) {
        Optional<Store.Transaction> begun = store.tryBegin();
        if (begun.isEmpty()) {
            return;
        }
        List<Directory.Place> gone;
        try (Store.Transaction transaction = begun.get()) {
            Roster before = roster.get();
            gone = before.directory().superseded(floor);
            gone.addAll(BatchHistory.forgotten(before));
            if (gone.isEmpty()) {
                return;
            }
            Directory.Draft directory = before.directory().change();
            for (Directory.Place place : gone) {
                transaction.drop(place.space(), place.block(), place.version());
                directory.drop(place);
            }
            transaction.commit();
            swept.accept(before.with(directory.done()));
        }
        gone.forEach(place -> cache.remove(BlockCache.key(place.space(), place.block(), place.version())));
        unsettled = true;
    }

    /// Something was taken out of blocks: the write-ahead log still has them as they were.
    void unsettle() {
        unsettled = true;
    }

    /// Empties the write-ahead log if something was dropped since it was last empty. Returns whether it is.
    boolean settle() {
        if (unsettled) {
            unsettled = !store.checkpoint();
        }
        return !unsettled;
    }
}
