package org.rosterkeep.ledger;

/// The ledger could not do what it must. Whoever sees it lets nothing leave.
public final class LedgerFault extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /// What failed, in words an operator can look up.
    public enum Code {
        /// The files are not what was written, or the disk refused a sync: nothing is trusted until a person looked.
        BLOCKED("ledger-blocked"),
        /// The disk is full. Acts are still recorded, out of the reserve; disclosures are refused.
        FULL("ledger-full"),
        /// The clock stands more than the tolerance before the last record (privacy.md F24).
        CLOCK_UNTRUSTED("clock-untrusted"),
        /// The ledger was closed.
        CLOSED("ledger-closed"),
        /// Another process has this ledger open.
        IN_USE("ledger-in-use"),
        /// One entry is larger than a frame may be.
        ENTRY_TOO_LARGE("ledger-entry-too-large"),
        /// A record could be read and not understood, or a file could not be read.
        UNREADABLE("ledger-unreadable");

        private final String word;

        Code(String word) {
            this.word = word;
        }

        /// `ledger-blocked`: stable, for exit codes and the manual.
        public String word() {
            return word;
        }
    }

    private final Code code;

    LedgerFault(Code code, String message) {
        super(message);
        this.code = code;
    }

    LedgerFault(Code code, String message, Throwable cause) {
        super(message, cause);
        this.code = code;
    }

    public Code code() {
        return code;
    }
}
