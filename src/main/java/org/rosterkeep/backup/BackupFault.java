package org.rosterkeep.backup;

/// A backup, or what is needed beside it, is not as it has to be. Nothing was changed.
public final class BackupFault extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Code code;

    /// Why, for the operator's manual.
    public enum Code {
        /// The file is no backup of this program.
        NOT_A_BACKUP,
        /// A newer version of the program made it.
        NEWER_VERSION,
        /// It is not what was written.
        BACKUP_DAMAGED,
        /// Its share is not in the safe: destroyed at its expiry, or another safe.
        SHARE_MISSING,
        /// There is no erasure ledger.
        ERASURES_MISSING,
        /// The erasure ledger is older than what is known of it.
        ERASURES_OLD,
        /// The erasure ledger was changed, or is another district's.
        ERASURES_DAMAGED,
        /// There is no room on the disk for it.
        NO_ROOM,
        /// The disk refused.
        UNAVAILABLE
    }

    public BackupFault(Code code, String message) {
        super(message);
        this.code = code;
    }

    public BackupFault(Code code, String message, Throwable cause) {
        super(message, cause);
        this.code = code;
    }

    public Code code() {
        return code;
    }
}
