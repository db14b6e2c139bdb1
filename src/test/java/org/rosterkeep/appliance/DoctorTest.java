package org.rosterkeep.appliance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rosterkeep.commands.Asker;
import org.rosterkeep.commands.Common;
import org.rosterkeep.commands.Trial;
import org.rosterkeep.commands.TrialHome;
import org.rosterkeep.log.Log;

@DisplayName("The doctor")
class DoctorTest {
    private static final DoctorBounds BOUNDS = DoctorBounds.shipped();

    private static Map<String, Diagnosis> byId(List<Diagnosis> found) {
        return found.stream().collect(Collectors.toMap(Diagnosis::id, one -> one, (first, _) -> first));
    }

    private static void write(Path root, String file, String text) throws IOException {
        var path = root.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }

    @Test
    @DisplayName("sees a directory that others can look into, and closes it when asked to")
    void modes(@TempDir Path directory) throws IOException {
        var home = new Home(directory.resolve("h"));
        home.make();
        var doctor = new HomeDoctor(home, BOUNDS);
        assertEquals(
                Diagnosis.State.OK, byId(doctor.look(false)).get("file-owners").state());
        Files.setPosixFilePermissions(home.tls(), PosixFilePermissions.fromString("rwxr-x---"));
        var found = byId(doctor.look(false)).get("file-owners");
        assertEquals(Diagnosis.State.FAILED, found.state());
        assertTrue(found.sentence().contains("tls"), found.sentence());
        assertEquals(
                Diagnosis.State.OK, byId(doctor.look(true)).get("file-owners").state());
        assertEquals(
                "rwx------",
                PosixFilePermissions.toString(Files.getPosixFilePermissions(home.tls())),
                "closed for good");
        assertEquals(
                Diagnosis.State.OK, byId(doctor.look(false)).get("file-owners").state());
    }

    @Test
    @DisplayName("names the nearest known key for an unknown setting, and the home that is not there")
    void settings(@TempDir Path directory) throws IOException {
        var home = new Home(directory.resolve("h"));
        assertEquals(
                Diagnosis.State.FAILED,
                byId(new HomeDoctor(home, BOUNDS).look(false)).get("home").state());
        home.make();
        Files.writeString(home.settings(), "listen-prt = 1\n");
        var found = byId(new HomeDoctor(home, BOUNDS).look(false)).get("settings");
        assertEquals(Diagnosis.State.FAILED, found.state());
        assertTrue(found.sentence().contains("listen-port"), found.sentence());
    }

    @Test
    @DisplayName("sees plain swap, core dumps and a clock nobody keeps; and says so when each is well")
    void machine(@TempDir Path root) throws IOException {
        write(root, "proc/meminfo", "MemTotal:        4000000 kB\n");
        write(root, "proc/swaps", "Filename Type Size Used Priority\n/dev/dm-1 partition 100 0 -2\n");
        write(root, "proc/7/limits", "Limit Soft Hard Units\nMax core file size        unlimited  unlimited  bytes\n");
        Files.createDirectories(root.resolve("run/systemd/system"));
        var doctor = new MachineDoctor(root, root.resolve("shipped"), BOUNDS);
        var ill = byId(doctor.look(Optional.of(7L)));
        for (var id : List.of("swap", "core-dumps", "clock")) {
            assertEquals(Diagnosis.State.WARNING, ill.get(id).state(), id);
        }
        write(root, "sys/block/dm-1/dm/uuid", "CRYPT-LUKS2-abc\n");
        write(root, "proc/7/limits", "Limit Soft Hard Units\nMax core file size        0          0          bytes\n");
        write(root, "run/systemd/timesync/synchronized", "");
        var well = byId(doctor.look(Optional.of(7L)));
        for (var id : List.of("memory", "swap", "core-dumps", "clock")) {
            assertEquals(Diagnosis.State.OK, well.get(id).state(), id);
        }
    }

    @Test
    @DisplayName("sees a unit that is not the shipped one, and a drop-in that weakens one; the port may be set")
    void units(@TempDir Path root) throws IOException {
        write(root, "shipped/rosterkeep.service", "[Service]\nPrivateNetwork=yes\n");
        var doctor = new MachineDoctor(root, root.resolve("shipped"), BOUNDS);
        assertEquals(Diagnosis.State.WARNING, hardening(doctor), "nothing is installed");
        write(root, "etc/systemd/system/rosterkeep.service", "[Service]\nPrivateNetwork=yes\n");
        assertEquals(Diagnosis.State.OK, hardening(doctor));
        write(root, "etc/systemd/system/rosterkeep.service.d/port.conf", "[Socket]\nListenStream=443\n");
        assertEquals(Diagnosis.State.OK, hardening(doctor));
        write(
                root,
                "etc/systemd/system/rosterkeep.service.d/places.conf",
                "[Service]\nBindPaths=\"-/mnt/backups\"\nMemoryMax=3072M\n");
        assertEquals(Diagnosis.State.OK, hardening(doctor));
        write(root, "etc/systemd/system/rosterkeep.service.d/places.conf", "[Service]\nBindPaths=\"-/run\"\n");
        assertEquals(Diagnosis.State.FAILED, hardening(doctor));
        Files.delete(root.resolve("etc/systemd/system/rosterkeep.service.d/places.conf"));
        write(root, "etc/systemd/system/rosterkeep.service.d/x.conf", "[Service]\nPrivateNetwork=no\n");
        assertEquals(Diagnosis.State.FAILED, hardening(doctor));
        Files.delete(root.resolve("etc/systemd/system/rosterkeep.service.d/x.conf"));
        write(root, "etc/systemd/system/rosterkeep.service", "[Service]\nPrivateNetwork=no\n");
        assertEquals(Diagnosis.State.FAILED, hardening(doctor));
    }

    private static Diagnosis.State hardening(MachineDoctor doctor) {
        return byId(doctor.look(Optional.empty())).get("unit-hardening").state();
    }

    @Test
    @DisplayName("sees a file of the program that is another or gone, and what the kernel has beside it")
    void program(@TempDir Path root) throws IOException {
        var doctor = new ProgramDoctor(root, root.resolve("image"));
        assertEquals(
                Diagnosis.State.CANNOT_TELL,
                byId(doctor.look()).get("program-files").state());
        write(root, "image/bin/rosterkeep", "x\n");
        write(
                root,
                "image/SHA256SUMS",
                "73cb3858a687a8494ca3323053016282f3dad39d42cf62ca4e79dda2aac7d9ac  bin/rosterkeep\n"
                        + "0000000000000000000000000000000000000000000000000000000000000000  lib/app/serve.aot\n");
        assertEquals(
                Diagnosis.State.OK, byId(doctor.look()).get("program-files").state());
        write(root, "image/bin/rosterkeep", "y\n");
        var found = byId(doctor.look()).get("program-files");
        assertEquals(Diagnosis.State.FAILED, found.state());
        assertTrue(found.sentence().contains("bin/rosterkeep"), found.sentence());
        Files.delete(root.resolve("image/bin/rosterkeep"));
        assertEquals(
                Diagnosis.State.FAILED, byId(doctor.look()).get("program-files").state());

        write(root, "proc/sys/kernel/random/entropy_avail", "12\n");
        write(root, "sys/fs/selinux/enforce", "0\n");
        assertEquals(Diagnosis.State.WARNING, byId(doctor.look()).get("entropy").state());
        assertEquals(
                Diagnosis.State.WARNING,
                byId(doctor.look()).get("mandatory-access").state());
        write(root, "proc/sys/kernel/random/entropy_avail", "256\n");
        write(root, "sys/fs/selinux/enforce", "1\n");
        assertEquals(Diagnosis.State.OK, byId(doctor.look()).get("entropy").state());
        assertEquals(
                Diagnosis.State.OK, byId(doctor.look()).get("mandatory-access").state());
    }

    @Test
    @DisplayName("a running trial is well but for its key file and its missing backups; a stopped rule is told; --full"
            + " reads to the end")
    void running(@TempDir Path directory) throws IOException {
        var home = new Home(directory.resolve("h"));
        new TrialHome(home).prepare(Optional.of(0), true);
        var log =
                new Log(new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8), Clock.systemUTC());
        var appliance = Appliance.start(home, Settings.read(home.settings()), log, Clock.systemUTC());
        try {
            var trial = new Trial(home, line -> {}, new SecureRandom(), Clock.systemUTC()).furnish(Optional.empty());
            var found = asked(home);
            assertEquals(
                    List.of("backup", "recovery-kit", "restore-drill", "safe", "unsealing"),
                    found.values().stream()
                            .filter(one -> one.state() != Diagnosis.State.OK)
                            .map(Diagnosis::id)
                            .sorted()
                            .toList());
            assertTrue(found.get("ledger-chain").sentence().contains("unbroken"));
            var anna = trial.operators().getFirst();
            var rule = new Asker(home, line -> {})
                    .ask("rule list", new Common.Args().with("district", Trial.DISTRICT))
                    .getJsonArray("rules")
                    .getJsonObject(0);
            new Asker(home, line -> {})
                    .ask(
                            "vendor hold",
                            new Common.Args()
                                    .with("district", Trial.DISTRICT)
                                    .with("id", rule.getString("vendor"))
                                    .with("operator", anna.name())
                                    .with("password", anna.password()));
            var stopped = asked(home).get("rules-giving");
            assertEquals(Diagnosis.State.WARNING, stopped.state());
            assertTrue(stopped.sentence().contains(rule.getString("rule")), stopped.sentence());
            metrics(home);
        } finally {
            appliance.close();
        }
    }

    /// The text format: every line a comment or `name{labels} number`, every name told once what it is, no
    /// vendor in it.
    private static void metrics(Home home) {
        var lines = new Asker(home, line -> {})
                .ask("metrics", new Common.Args())
                .getJsonArray("metrics")
                .getValuesAs(jakarta.json.JsonString::getString);
        var line = Pattern.compile("(rosterkeep_[a-z_]+)(\\{[a-z]+=\"[^\"]*\"(,[a-z]+=\"[^\"]*\")*})? -?[0-9.E]+");
        for (var one : lines) {
            assertTrue(one.startsWith("# ") || line.matcher(one).matches(), one);
        }
        assertEquals(
                lines.stream()
                        .filter(one -> one.startsWith("# TYPE"))
                        .distinct()
                        .count(),
                lines.stream().filter(one -> one.startsWith("# TYPE")).count());
        assertTrue(lines.contains("rosterkeep_check{check=\"rules-giving\",district=\"" + Trial.DISTRICT + "\"} 2"));
        assertTrue(lines.contains("rosterkeep_ledger_writable{district=\"" + Trial.DISTRICT + "\"} 1"));
        assertTrue(lines.stream().noneMatch(one -> one.contains("math") || one.contains("reading")));
    }

    private static Map<String, Diagnosis> asked(Home home) {
        return byId(new Asker(home, line -> {})
                        .ask("doctor", new Common.Args().with("full", true))
                        .getJsonArray("checks")
                        .getValuesAs(JsonObject.class)
                        .stream()
                        .map(Diagnosis::read)
                        .toList());
    }
}
