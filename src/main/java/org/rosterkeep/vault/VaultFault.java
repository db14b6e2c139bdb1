package org.rosterkeep.vault;

/// The store could not do what was asked. What was durable before is durable still.
public final class VaultFault extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Code code;

    /// Why, for the operator's manual.
    public enum Code {
        /// These keys do not open this store.
        WRONG_KEY,
        /// The database is damaged: nothing is served from it until it is repaired or restored.
        REPAIR_NEEDED,
        /// A newer version wrote this store.
        NEWER_FORMAT,
        /// No room on the disk; the transaction was undone.
        DISK_FULL,
        /// Another transaction held on for too long; repeat.
        BUSY,
        /// Another process has this district open.
        IN_USE,
        /// Rows as of that batch are no longer kept.
        BATCH_GONE,
        /// The vault or the batch is closed.
        CLOSED,
        /// The disk or the database refused.
        UNAVAILABLE
    }

    VaultFault(Code code, String message) {
        super(message);
        this.code = code;
    }

    VaultFault(Code code, String message, Throwable cause) {
        super(message, cause);
        this.code = code;
    }

    public Code code() {
        return code;
    }
}
