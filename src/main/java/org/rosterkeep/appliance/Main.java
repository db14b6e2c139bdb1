package org.rosterkeep.appliance;

import picocli.CommandLine;

/// Where the program starts. Everything it can do is a verb of [Rosterkeep].
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        System.exit(new CommandLine(new Rosterkeep()).execute(args));
    }
}
