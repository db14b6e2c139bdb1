package org.rosterkeep.vendors;

import java.util.Optional;

/// Whether the appliance may serve, in one word for whoever watches the machine (operations.md section 5).
/// Strangers may
/// ask, so it tells no version and no number.
public enum Health {
    OK("ok"),
    /// Nobody has given a key yet.
    SEALED("sealed"),
    /// A store or a key is damaged; a person has to look.
    REPAIR_NEEDED("repair-needed"),
    /// The record of disclosures cannot be written, so nothing is released.
    LEDGER_BLOCKED("ledger-blocked");

    private final String word;

    Health(String word) {
        this.word = word;
    }

    public String word() {
        return word;
    }

    /// What can be asked.
    enum Probe {
        /// Is the process there?
        LIVE,
        /// May it serve?
        READY,
        /// Has it come up? It listens no earlier.
        STARTUP;

        static Optional<Probe> named(String word) {
            return switch (word) {
                case "live" -> Optional.of(LIVE);
                case "ready" -> Optional.of(READY);
                case "startup" -> Optional.of(STARTUP);
                default -> Optional.empty();
            };
        }
    }
}
