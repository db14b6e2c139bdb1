package org.rosterkeep.disclosure;

import java.util.List;
import java.util.concurrent.Executors;

/// Writes answers into a record of disclosures that nobody asked for.
public final class Filler {
    private Filler() {}

    /// Writes them at once, in any order; returns when they are on the disk.
    public static void fill(Account account, List<Entry> entries) {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            entries.forEach(entry -> threads.submit(() -> account.append(entry)));
        }
    }
}
