package org.rosterkeep.vault;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.roaringbitmap.RoaringBitmap;

/// Who was known to be 13 at a moment that is past. The flags are versioned with the batches and swept as rows
/// are: what
/// was swept is not known any more, and is not made up from what stands there today.
final class AgeFlags {
    private AgeFlags() {}

    /// The batch that was the newest at an instant; 0 when there was none.
    static long newest(List<Store.BatchRecord> batches, Instant at) {
        return batches.stream()
                .filter(one -> !one.committed().isAfter(at))
                .mapToLong(Store.BatchRecord::number)
                .max()
                .orElse(0);
    }

    /// A sweep drops a version only together with all before it. So whatever version is left from before a batch was
    /// the one that counted after it; when none is left but later ones are, it may be that one was swept.
    static Optional<RoaringBitmap> after(Roster roster, Blocks blocks, long batch) {
        if (batch == 0 || roster.directory().newest(Space.SETS, Space.AGE_13_PLUS) == 0) {
            return Optional.of(new RoaringBitmap());
        }
        try {
            return blocks.asOf(roster.directory(), Space.SETS, Space.AGE_13_PLUS, batch)
                    .map(ByteBuffer::wrap)
                    .map(Columns::set);
        } catch (VaultFault sweptMeanwhile) {
            if (sweptMeanwhile.code() == VaultFault.Code.BATCH_GONE) {
                return Optional.empty();
            }
            throw sweptMeanwhile;
        }
    }
}
