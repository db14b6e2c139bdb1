package org.rosterkeep.appliance;

import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Optional;
import java.util.TreeMap;
import org.rosterkeep.backup.BackupFault;
import org.rosterkeep.backup.Header;
import org.rosterkeep.ledger.LedgerVerifier;
import org.rosterkeep.ledger.Verdict;
import org.rosterkeep.vault.Snapshot;

/// Reads what came out of a backup from end to end, and compares it with what went in.
final class Proof {
    private static final String RECORDS = "ledger.records";

    private Proof() {}

    /// @throws BackupFault `BACKUP_DAMAGED` when anything is not as the header says
    static void sound(Path directory, Header header) {
        var found = new TreeMap<>(Snapshot.inspect(directory));
        long records = header.counts().getOrDefault(RECORDS, -1L);
        var known = new LedgerVerifier.Known(records, header.ledgerHead());
        var verdict = new LedgerVerifier(HexFormat.of().parseHex(header.publicKey()), Optional.of(known))
                .verify(directory.resolve("ledger"));
        switch (verdict) {
            case Verdict.Sound sound -> found.put(RECORDS, sound.records());
            case Verdict.Broken broken -> throw damaged("its ledger: " + broken.sentence());
        }
        if (!found.equals(new TreeMap<>(header.counts()))) {
            throw damaged("other numbers came out of it than went in");
        }
    }

    private static BackupFault damaged(String why) {
        return new BackupFault(BackupFault.Code.BACKUP_DAMAGED, "the backup is damaged: " + why);
    }
}
