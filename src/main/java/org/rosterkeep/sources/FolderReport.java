package org.rosterkeep.sources;

import java.time.Instant;
import java.util.Locale;
import org.rosterkeep.intake.FindingCode;
import org.rosterkeep.intake.Report;
import org.rosterkeep.roster.Entity;

/// What is put beside a file that was taken out of a folder: counts and codes. Whoever may look into the folder
/// need not
/// be anybody who may see a value.
final class FolderReport {
    private FolderReport() {}

    static String refused(String why, Instant at) {
        return "refused at " + at + "\n" + why + "\nNothing was changed.\n";
    }

    static String known(Instant at) {
        return "not imported at " + at + "\nThe same file was imported before.\n";
    }

    static String of(Report report, Instant at) {
        var text = new StringBuilder(report.outcome().name().toLowerCase(Locale.ROOT))
                .append(" at ")
                .append(at)
                .append("\nimport ")
                .append(report.id())
                .append(", roster batch ")
                .append(report.batch())
                .append('\n');
        for (Entity entity : Entity.values()) {
            Report.Change change = report.changes().get(entity);
            if (change != null) {
                text.append(entity.many())
                        .append(": ")
                        .append(change.added() + change.returned())
                        .append(" added, ")
                        .append(change.changed())
                        .append(" changed, ")
                        .append(change.removed())
                        .append(" removed, ")
                        .append(change.held())
                        .append(" held\n");
            }
        }
        if (report.quarantined() > 0) {
            text.append("rows put aside: ").append(report.quarantined()).append('\n');
        }
        for (var total : report.totals().entrySet()) {
            FindingCode code = total.getKey();
            text.append(code.word()).append(": ").append(total.getValue()).append('\n');
        }
        return text.append("More: rosterkeep intake show ")
                .append(report.id())
                .append('\n')
                .toString();
    }
}
