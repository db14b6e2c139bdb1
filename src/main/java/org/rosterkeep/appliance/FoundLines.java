package org.rosterkeep.appliance;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import org.rosterkeep.intake.Finding;
import org.rosterkeep.intake.FindingCode;
import org.rosterkeep.intake.Severity;

/// What an import found wrong, for a person: the worst first, and what is alike said once, with the line it was first
/// met on. Never what stood there.
final class FoundLines {
    private static final int SHOWN_MAX = 20;

    private FoundLines() {}

    /// What may differ between two findings that are said in one line: the line they are on.
    private record Alike(String file, String column, FindingCode code) {
        static Alike of(Finding finding) {
            return new Alike(finding.file(), finding.column(), finding.code());
        }
    }

    /// One line for the person who looks only at the first: whether the delivery was used as a whole.
    static boolean partlyUnused(List<Finding> findings) {
        return findings.stream()
                .map(Finding::severity)
                .anyMatch(
                        severity -> severity == Severity.FILE || severity == Severity.ROW || severity == Severity.CELL);
    }

    static List<String> of(List<Finding> findings) {
        var alike = new LinkedHashMap<Alike, List<Finding>>();
        findings.stream()
                .sorted(Comparator.comparing(Finding::severity))
                .forEach(finding -> alike.computeIfAbsent(Alike.of(finding), none -> new ArrayList<>())
                        .add(finding));
        var lines = new ArrayList<String>();
        alike.values().stream().limit(SHOWN_MAX).forEach(group -> lines.add(line(group)));
        if (alike.size() > SHOWN_MAX) {
            lines.add("  and " + (alike.size() - SHOWN_MAX) + " more kinds: rosterkeep intake show --json");
        }
        return lines;
    }

    private static String line(List<Finding> group) {
        var first = group.getFirst();
        var more = group.size() == 1 ? "" : " (and " + (group.size() - 1) + " more like it)";
        return "  " + (first.file().isEmpty() ? "" : first.file() + " ")
                + (first.line() == 0 ? "" : "line " + first.line() + " ")
                + (first.column().isEmpty() ? "" : first.column() + " ")
                + first.code().word() + ": " + first.code().sentence() + more;
    }
}
