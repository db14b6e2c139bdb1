package org.rosterkeep.intake;

/// Told from time to time how far an import is. Answering false ends it; nothing has changed then.
@FunctionalInterface
public interface Progress {
    /// @param file the CSV file being read
    /// @param reading 1 when it is read for ids, 2 when its rows are taken
    /// @param rows rows of it read so far
    boolean goOn(String file, int reading, long rows);

    /// Never ends an import.
    static Progress unwatched() {
        return (file, reading, rows) -> true;
    }

    /// The import was asked to end.
    final class Cancelled extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Cancelled() {
            super("cancelled", null, false, false);
        }
    }
}
