package org.rosterkeep.commands;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Optional;
import org.rosterkeep.appliance.Answer;
import org.rosterkeep.backup.BackupFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `rosterkeep backup`.
@Command(name = "backup", description = "Make backups, prove them, practise a restore.")
final class BackupCommands {
    @Mixin
    private Common common;

    @Command(
            name = "make",
            description = "Write a sealed backup of a district, and read it back.",
            footer = {
                "",
                "Examples:",
                "  rosterkeep backup make",
                "  rosterkeep backup make --to /mnt/backup --district springfield"
            })
    int make(
            @Mixin InDistrict in,
            @Option(names = "--to", paramLabel = "DIR", description = "Where; else backup-directory of the settings.")
                    Optional<Path> to) {
        return in.call(
                "backup make",
                in.args().maybe("to", to.map(path -> path.toAbsolutePath().toString())));
    }

    @Command(
            name = "list",
            description = "Show the backups, whether they were proved, and the witness of the erasure ledger.",
            footer = {"", "Examples:", "  rosterkeep backup list", "  rosterkeep backup list --json"})
    int list(@Mixin InDistrict in) {
        return in.call("backup list", in.args());
    }

    @Command(
            name = "drill",
            description = "Practise a restore: into a scratch directory, opened, read, compared, and erased again.",
            footer = {"", "Examples:", "  rosterkeep backup drill", "  rosterkeep backup drill FILE"})
    int drill(
            @Mixin InDistrict in,
            @Parameters(paramLabel = "FILE", arity = "0..1", description = "Else the newest.") Optional<Path> file) {
        return in.call(
                "backup drill",
                in.args().maybe("file", file.map(path -> path.toAbsolutePath().toString())));
    }

    @Command(
            name = "verify",
            description = "Check a backup's signature and every byte of it, without its key and without the appliance.",
            footer = {
                "",
                "What is inside is proved by: rosterkeep backup drill FILE",
                "Examples:",
                "  rosterkeep backup verify FILE",
                "  rosterkeep backup verify FILE --json"
            })
    int verify(@Mixin Common common, @Parameters(paramLabel = "FILE", description = "The backup.") Path file) {
        var backup = BackupFile.read(file);
        backup.whole();
        var lines = new ArrayList<>(RestoreCommand.content(backup.header()));
        lines.add("It is whole: every byte is as it was signed, by the key "
                + backup.header().publicKey().substring(0, 16) + "... It was not opened.");
        return common.answer(new Answer(backup.header().json(), lines));
    }
}
