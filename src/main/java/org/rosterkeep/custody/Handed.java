package org.rosterkeep.custody;

import java.time.Instant;
import java.util.Optional;
import org.roaringbitmap.RoaringBitmap;

/// One answer that told a vendor of somebody.
///
/// @param records ordinals of the slot's entity; empty when the ledger's span can no longer be read, so that
/// nobody knows
///     of whom
public record Handed(Instant at, String vendor, Slot slot, Optional<RoaringBitmap> records) {}
