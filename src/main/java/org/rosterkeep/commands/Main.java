package org.rosterkeep.commands;

import org.rosterkeep.appliance.Exit;
import org.rosterkeep.appliance.Faults;
import org.rosterkeep.appliance.Trouble;
import org.rosterkeep.log.Log;
import picocli.CommandLine;

/// Where the program starts. Everything it can do is a verb of [Rosterkeep].
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        System.exit(Rosterkeep.commandLine(args).execute(args));
    }

    /// How a failure of any verb is told: three lines, never a stack trace.
    static int told(Throwable failure, CommandLine commandLine) {
        var json = commandLine.getParseResult() != null
                && commandLine.getParseResult().originalArgs().contains("--json");
        var trouble = Faults.told(failure).orElseGet(() -> unforeseen(failure));
        Rosterkeep.tell(commandLine, json, trouble);
        return trouble.exit().code();
    }

    private static Trouble unforeseen(Throwable failure) {
        var where = failure.getStackTrace().length == 0 ? "" : ", at " + failure.getStackTrace()[0];
        return new Trouble(
                Exit.FAILED,
                "The command could not be done.",
                "Something unforeseen happened: " + failure.getClass().getName() + where + ".",
                "Report it with its code, " + Log.code(failure) + ".");
    }
}
