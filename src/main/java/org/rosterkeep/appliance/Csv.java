package org.rosterkeep.appliance;

import java.util.Arrays;
import java.util.stream.Collectors;

/// Rows of comma-separated values (RFC 4180), safe to open in a spreadsheet: a text that would be a formula there is
/// quoted as text.
final class Csv {
    private Csv() {}

    static String row(String... cells) {
        return Arrays.stream(cells).map(Csv::cell).collect(Collectors.joining(","));
    }

    private static String cell(String text) {
        String line = text.replaceAll("\\s+", " ").strip();
        String tame = !line.isEmpty() && "=+-@".indexOf(line.charAt(0)) >= 0 ? "'" + line : line;
        return tame.contains(",") || tame.contains("\"") ? '"' + tame.replace("\"", "\"\"") + '"' : tame;
    }
}
