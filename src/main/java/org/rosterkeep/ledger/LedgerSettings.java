package org.rosterkeep.ledger;

import java.time.Duration;

/// How a ledger is kept.
///
/// @param segmentBytesMax a segment is closed once it is larger than this
/// @param reserveBytes disk space held back for the last records of a full disk (security.md 5.4)
/// @param checkpointRecordsMax records between two signed checkpoints
/// @param checkpointInterval time between two signed checkpoints, if anything was recorded
/// @param clockTolerance how far the clock may stand before the last record and still be believed
/// @param watchInterval how often an idle ledger looks after its files
public record LedgerSettings(
        long segmentBytesMax,
        long reserveBytes,
        int checkpointRecordsMax,
        Duration checkpointInterval,
        Duration clockTolerance,
        Duration watchInterval) {
    public LedgerSettings {
        if (segmentBytesMax < 1 || reserveBytes < 0 || checkpointRecordsMax < 1) {
            throw new IllegalArgumentException("sizes of a ledger are positive");
        }
    }

    /// What an appliance starts with: 16 MiB segments, 64 MiB reserve, a checkpoint every 1,000 records and every hour.
    public static LedgerSettings standard() {
        return new LedgerSettings(
                16L << 20, 64L << 20, 1_000, Duration.ofHours(1), Duration.ofSeconds(60), Duration.ofSeconds(30));
    }
}
