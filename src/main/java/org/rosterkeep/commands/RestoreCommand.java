package org.rosterkeep.commands;

import jakarta.json.Json;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.rosterkeep.appliance.Answer;
import org.rosterkeep.appliance.HomeLock;
import org.rosterkeep.appliance.Restored;
import org.rosterkeep.appliance.Restoring;
import org.rosterkeep.appliance.Trouble;
import org.rosterkeep.appliance.Wiring;
import org.rosterkeep.backup.BackupFile;
import org.rosterkeep.backup.Header;
import org.rosterkeep.backup.Witness;
import org.rosterkeep.keys.KeyFault;
import org.rosterkeep.keys.KitCode;
import org.rosterkeep.log.Log;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `rosterkeep restore`: a district out of a backup, on this machine or another.
@Command(
        name = "restore",
        description = "Restore a district from a backup; the appliance must not run in this home.",
        footer = {
            "",
            "It takes the backup, the words of its recovery kit, the copy of the safe, and the witness that lies"
                    + " beside the",
            "backups or was shown by rosterkeep backup list. Vendors are answered after: rosterkeep restore accept",
            "Examples:",
            "  rosterkeep restore FILE --home /var/lib/rosterkeep --safe /mnt/safe --dry-run",
            "  rosterkeep restore FILE --safe /mnt/safe --witness 12-9f3a5c0d1e2b"
        })
final class RestoreCommand implements Callable<Integer> {
    @Mixin
    private Common common;

    @Parameters(paramLabel = "FILE", arity = "0..1", description = "The backup.")
    private Optional<Path> file = Optional.empty();

    @Option(names = "--safe", paramLabel = "DIR", description = "The copy of the safe.")
    private Optional<Path> safe = Optional.empty();

    @Option(names = "--witness", paramLabel = "N-HASH", description = "How far the erasure ledger had come.")
    private Optional<String> witness = Optional.empty();

    @Option(names = "--kit-file", paramLabel = "FILE", description = "Take the kit's words from here, on one line.")
    private Optional<Path> kit = Optional.empty();

    @Option(
            names = "--without-erasures",
            description = "Restore although the erasure ledger is lost, damaged or old; erased people may come back.")
    private boolean unproved;

    @Option(names = "--dry-run", description = "Show what is in it and what would stop it; change nothing.")
    private boolean dry;

    @Override
    public Integer call() throws IOException {
        var backup = BackupFile.read(file.orElseThrow(
                () -> Trouble.wrongUse("Which backup?", "None was named.", "See: rosterkeep restore -h")));
        var home = common.home();
        var clock = Clock.systemUTC();
        var wiring = new Wiring(
                clock, new SecureRandom(), new Log(new PrintStream(System.err, true, StandardCharsets.UTF_8), clock));
        var restoring = new Restoring(home, wiring, backup, safe, witness.map(RestoreCommand::witness), unproved);
        content(backup.header()).forEach(common::hint);
        if (dry) {
            var outlook = restoring.look();
            return common.answer(Answer.of(
                    backup.header().json(),
                    "Nothing stands against restoring it, as far as can be told without the kit; nothing was changed.",
                    outlook.erasures().all().size() - backup.header().erasures()
                            + " entries of the erasure ledger would be taken again."));
        }
        home.make();
        try (var lock = HomeLock.take(home);
                var code = KitCode.read(Passwords.read(
                        "Words of recovery kit " + backup.header().kit() + ": ", kit))) {
            check(code, backup.header());
            var aside = restoring.aside();
            var restored = restoring.restore(code);
            home.handOver(home.directory());
            return common.answer(done(backup.header(), restored, aside));
        }
    }

    private static void check(KitCode code, Header header) {
        if (!code.id().equals(header.kit())) {
            throw new KeyFault(
                    KeyFault.Code.WRONG_KIT,
                    "these are the words of kit " + code.id() + ", and kit " + header.kit()
                            + " opens this backup; nothing was tried");
        }
    }

    private static Witness witness(String text) {
        return Witness.of(text)
                .orElseThrow(() -> Trouble.wrongUse(
                        "This is no witness.",
                        "A witness is a number, a dash and twelve letters and digits.",
                        "See the file beside the backups, for instance: --witness 12-9f3a5c0d1e2b"));
    }

    static List<String> content(Header header) {
        return List.of(
                "Backup " + header.id() + " of the district " + header.district() + ", made " + header.made()
                        + " by rosterkeep " + header.version() + ".",
                "It holds "
                        + String.join(
                                ", ",
                                header.contents().keySet().stream().sorted().toList()) + "; "
                        + header.counts().getOrDefault("ledger.records", 0L) + " ledger entries, "
                        + header.counts().getOrDefault("roster.batches", 0L) + " imports.",
                "Recovery kit " + header.kit() + " opens it; its key is destroyed on " + header.until() + ".");
    }

    private static Answer done(Header header, Restored restored, Path aside) {
        var lines = new ArrayList<String>();
        lines.add("The district " + header.district() + " is restored as it was at " + header.made() + ".");
        lines.add(restored.replayed() + " entries of the erasure ledger were taken again before anybody could ask.");
        lines.add("What was there before is kept in " + aside + ", if anything was.");
        lines.add("What left after " + header.made() + " is not in its ledger. What was stopped since is stopped again;"
                + " what was let go on since is not.");
        if (!restored.proved()) {
            lines.add("The erasure ledger was not proved to be the newest: people who were erased since may be in it"
                    + " again.");
        }
        lines.add(
                "No vendor is answered until two people have looked: rosterkeep restore accept --reason WHY --operator"
                        + " NAME");
        return new Answer(
                Json.createObjectBuilder()
                        .add("district", header.district())
                        .add("backup", header.id())
                        .add("made", header.made().toString())
                        .add("replayed", restored.replayed())
                        .add("aside", aside.toString())
                        .build(),
                lines);
    }

    @Command(
            name = "accept",
            description =
                    "Let a restored district answer vendors again; two people, who see what left since the backup.",
            footer = {
                "",
                "Examples:",
                "  rosterkeep restore accept --reason \"disk replaced, rules looked through\" --operator anna",
                "  rosterkeep restore accept --district springfield --reason WHY --operator ben"
            })
    int accept(
            @Mixin InDistrict in,
            @Mixin As as,
            @Option(names = "--reason", required = true, paramLabel = "WHY", description = "What was looked at.")
                    String reason) {
        return in.call("restore accept", as.in(in.args().with("reason", reason)));
    }
}
