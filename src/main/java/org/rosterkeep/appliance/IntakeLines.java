package org.rosterkeep.appliance;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.rosterkeep.intake.Finding;
import org.rosterkeep.intake.FindingCode;
import org.rosterkeep.intake.Report;
import org.rosterkeep.intake.ReportJson;
import org.rosterkeep.intake.Severity;
import org.rosterkeep.roster.Entity;

/// What an import did, for a person.
final class IntakeLines {
    private static final int REFUSALS_SHOWN = 8;

    private IntakeLines() {}

    /// A delivery of which a whole file could not be used did not end well, whatever else of it was taken over: a
    /// script must notice.
    static Answer answer(Report report) {
        return new Answer(report.fileLost() ? Exit.FAILED : Exit.OK, ReportJson.json(report), of(report));
    }

    static List<String> of(Report report) {
        var lines = new ArrayList<String>();
        lines.add(headline(report));
        var changes = new Table("", "ADDED", "CHANGED", "RETURNED", "REMOVED", "HELD", "SAME", "RENAMED");
        for (var entity : Entity.values()) {
            var change = report.of(entity);
            changes.row(
                    entity.many(),
                    change.added(),
                    change.changed(),
                    change.returned(),
                    change.removed(),
                    change.held(),
                    change.same(),
                    report.renamed().getOrDefault(entity, 0L));
        }
        lines.addAll(changes.lines());
        if (report.quarantined() > 0) {
            lines.add(report.quarantined() + " rows were put aside; their records stay as they were.");
        }
        long cells = cells(report);
        if (cells > 0) {
            lines.add(cells + (cells == 1 ? " cell was" : " cells were")
                    + " put aside; their records have there what they had before.");
        }
        if (report.unmatched() > 0) {
            lines.add(report.unmatched() + " persons wait to be recognised; see: rosterkeep intake unmatched -h");
        }
        report.heldId()
                .ifPresent(id -> lines.add("Removals wait for a person: rosterkeep intake release " + id
                        + "  or  rosterkeep intake drop " + id));
        lines.addAll(FoundLines.of(report.findings()));
        return lines;
    }

    private static long cells(Report report) {
        return report.totals().entrySet().stream()
                .filter(total -> total.getKey().severity() == Severity.CELL)
                .mapToLong(total -> total.getValue())
                .sum();
    }

    private static String headline(Report report) {
        long held = report.sum(Report.Change::held);
        return switch (report.outcome()) {
            case APPLIED ->
                "The roster is now batch " + report.batch() + (held == 0 ? rolesHeld(report) : heldNow(held));
            case UNCHANGED -> unchanged(report, held) + "; the roster stays batch " + report.batch() + ".";
            case DRY_RUN ->
                "A dry run: this is what would change."
                        + (held == 0 ? "" : " " + held + " removals would wait for a person.");
            case REFUSED, BUSY, CANCELLED -> "It ended without a change.";
        };
    }

    /// Said first, because whoever reads only one line would think that all is done.
    private static String heldNow(long held) {
        return "; " + String.format(Locale.ROOT, "%,d", held) + (held == 1 ? " removal is" : " removals are")
                + " held: rosterkeep intake held";
    }

    private static String rolesHeld(Report report) {
        return report.totals().containsKey(FindingCode.ROLES_HELD) ? "; roles are held, see below." : ".";
    }

    private static String unchanged(Report report, long held) {
        if (FoundLines.partlyUnused(report.findings())) {
            return "Nothing changed, and not all of the delivery could be used";
        }
        return held == 0
                ? "Everything was as the delivery says already"
                : "Nothing changed: " + held + " removals that the delivery asks for wait for a person";
    }

    /// Why a delivery was refused, with the lines where there are any.
    static String why(Report report) {
        List<Finding> refusals = report.findings().stream()
                .filter(finding -> finding.severity() == Severity.REFUSED)
                .toList();
        var said = refusals.stream()
                .limit(REFUSALS_SHOWN)
                .map(IntakeLines::refusal)
                .toList();
        long more = report.totals().entrySet().stream()
                        .filter(total -> total.getKey().severity() == Severity.REFUSED)
                        .mapToLong(total -> total.getValue())
                        .sum()
                - said.size();
        return said.isEmpty()
                ? "It cannot be used."
                : String.join("\n", said) + (more > 0 ? "\n(and " + more + " more lines)" : "");
    }

    private static String refusal(Finding finding) {
        var place = finding.file() + (finding.line() == 0 ? "" : " line " + finding.line());
        return (place.isEmpty() ? "" : place + ": ") + finding.code().sentence();
    }
}
