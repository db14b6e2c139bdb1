package org.rosterkeep.intake;

/// One thing found in a delivery, and where. Never what stood there.
///
/// @param file the name of the CSV file, `users.csv`; empty for the delivery as a whole
/// @param line the line the row begins on, the header being 1; 0 for the file as a whole
/// @param column the standard's name of the column; empty for the row as a whole
public record Finding(String file, long line, String column, FindingCode code) {
    public Severity severity() {
        return code.severity();
    }
}
