package org.rosterkeep.commands;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.rosterkeep.appliance.Home;
import org.rosterkeep.appliance.TrialFile;

/// What a newcomer reads when the trial is ready.
final class TrialPrint {
    private TrialPrint() {}

    /// @param described what a vendor may see and why, in sentences
    static List<String> lines(Home home, TrialFile file, Function<TrialFile.Vendor, List<String>> described) {
        var lines = new ArrayList<String>();
        lines.add("");
        lines.add("Rosterkeep is ready. Nobody and nothing in this district is real.");
        lines.add("");
        lines.add("  OneRoster 1.2  " + file.oneroster12());
        lines.add("  OneRoster 1.1  " + file.oneroster11());
        lines.add("  token          " + file.tokenUrl());
        lines.add("  certificate    " + file.caFile());
        lines.add("  all of this    " + home.trial() + "  (with the secrets)");
        for (var vendor : file.vendors()) {
            lines.add("");
            lines.add(vendor.name() + " (client " + vendor.clientId() + "), and why:");
            described.apply(vendor).forEach(sentence -> lines.add("  " + sentence));
            lines.add("");
            lines.add("  TOKEN=$(curl -s --cacert " + quoted(file.caFile()) + " -u '" + vendor.clientId() + ":"
                    + vendor.clientSecret() + "' -d grant_type=client_credentials " + file.tokenUrl()
                    + " | sed 's/.*\"access_token\":\"\\([^\"]*\\)\".*/\\1/')");
            lines.add("  curl -s --cacert " + quoted(file.caFile()) + " -H \"Authorization: Bearer $TOKEN\" '"
                    + file.oneroster12() + "/students?limit=2'");
        }
        lines.add("");
        lines.add("Try next (the operators' passwords are in try.json):");
        lines.addAll(next(home, file));
        lines.add("");
        return lines;
    }

    /// The same without vendors: an empty appliance.
    static List<String> empty(Home home, String baseUrl, String caFile) {
        var command = command();
        return List.of(
                "",
                "Rosterkeep is running and empty.",
                "  address      " + baseUrl,
                "  certificate  " + caFile,
                "",
                "Try next:",
                "  " + command + "district make springfield --key-file --country " + TrialDocuments.country()
                        + " --regime " + TrialDocuments.regime() + at(home),
                "  " + command + "status" + at(home),
                "");
    }

    private static List<String> next(Home home, TrialFile file) {
        var command = command();
        var first = file.vendors().getFirst();
        return List.of(
                "  " + command + "status" + at(home),
                "  " + command + "ledger list" + at(home),
                "  " + command + "rule show " + first.rule() + at(home),
                "  " + command + "rule preview " + first.rule() + " --operator "
                        + file.operators().getFirst().name() + at(home),
                "  " + command + "rule revoke " + first.rule() + " --reason 'we tried it'" + at(home),
                "  " + command + "ledger verify" + at(home),
                "  " + command + "try --stop" + at(home));
    }

    private static String at(Home home) {
        return " --home " + quoted(home.directory().toString());
    }

    /// How this program is called from a shell.
    private static String command() {
        var image = System.getProperty("rosterkeep.home", "");
        return image.isEmpty() ? "rosterkeep " : quoted(image + "/bin/rosterkeep") + " ";
    }

    static String quoted(String path) {
        return path.matches("[A-Za-z0-9/._+:@-]+") ? path : "'" + path.replace("'", "'\\''") + "'";
    }
}
