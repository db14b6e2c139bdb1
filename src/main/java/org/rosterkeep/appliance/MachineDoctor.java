package org.rosterkeep.appliance;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// What can be found out about the machine from the files of its kernel and of systemd, without asking anybody.
///
/// @param root `/`; a directory that looks like it in a test
/// @param units the units as they were shipped
public record MachineDoctor(Path root, Path units, DoctorBounds bounds) {
    private static final String NO_CORE = "Max core file size";

    /// @param process the appliance's process, if it runs
    public List<Diagnosis> look(Optional<Long> process) {
        var found = new ArrayList<Diagnosis>();
        found.add(memory());
        found.add(swap());
        process.ifPresent(pid -> found.add(cores(pid)));
        found.add(clock());
        found.addAll(hardening());
        return found;
    }

    private Diagnosis memory() {
        var total = lines("proc/meminfo").stream()
                .filter(line -> line.startsWith("MemTotal:"))
                .map(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
                .findFirst();
        if (total.isEmpty()) {
            return Diagnosis.cannotTell("memory", "How much memory this machine has cannot be told.");
        }
        var sentence = "The machine has " + HomeDoctor.megabytes(total.get()) + " of memory.";
        return total.get() >= bounds.memory()
                ? Diagnosis.ok("memory", sentence)
                : Diagnosis.warning(
                        "memory", sentence, "Give it " + HomeDoctor.megabytes(bounds.memory()) + " or more.");
    }

    /// What is swapped out lies on a disk as it was in memory.
    private Diagnosis swap() {
        var areas = lines("proc/swaps").stream()
                .skip(1)
                .map(line -> line.split("\\s+")[0])
                .toList();
        var plain = areas.stream().filter(area -> !encrypted(area)).toList();
        if (plain.isEmpty()) {
            return Diagnosis.ok("swap", areas.isEmpty() ? "There is no swap." : "The swap is encrypted.");
        }
        return Diagnosis.warning(
                "swap",
                "The machine swaps to " + plain.getFirst() + ", which is not known to be encrypted.",
                "Encrypt it or turn it off. The units keep the appliance itself out of it (MemorySwapMax=0).");
    }

    private boolean encrypted(String area) {
        var name = Path.of(area).getFileName().toString();
        return area.startsWith("/dev/zram")
                || lines("sys/block/" + name + "/dm/uuid").stream().anyMatch(uuid -> uuid.startsWith("CRYPT-"));
    }

    private Diagnosis cores(long pid) {
        var limit = lines("proc/" + pid + "/limits").stream()
                .filter(line -> line.startsWith(NO_CORE))
                .map(line -> line.substring(NO_CORE.length()).strip().split("\\s+")[0])
                .findFirst();
        if (limit.isEmpty()) {
            return Diagnosis.cannotTell("core-dumps", "Whether a crash would write a core dump cannot be told.");
        }
        return limit.get().equals("0")
                ? Diagnosis.ok("core-dumps", "A crash leaves no core dump.")
                : Diagnosis.warning(
                        "core-dumps",
                        "A crash would write what is in memory to a file.",
                        "Run it by its systemd unit, or set: ulimit -c 0");
    }

    private Diagnosis clock() {
        if (!Files.isDirectory(at("run/systemd/system"))) {
            return Diagnosis.cannotTell("clock", "Whether the clock is kept right cannot be told without systemd.");
        }
        boolean kept = Files.exists(at("run/systemd/timesync/synchronized"))
                || Stream.of("run/chrony/chronyd.pid", "run/chrony.pid", "run/ntpd.pid", "var/run/ntpd.pid")
                        .anyMatch(pid -> Files.exists(at(pid)));
        return kept
                ? Diagnosis.ok("clock", "Something keeps the clock right.")
                : Diagnosis.warning(
                        "clock",
                        "Nothing is known to keep the clock right.",
                        "Rules begin and end by it. Set it with a time server of your own, or look at it each week.");
    }

    /// The units are those that were shipped, and nothing beside them changes what they say.
    private List<Diagnosis> hardening() {
        var found = new ArrayList<Diagnosis>();
        for (var unit : shipped()) {
            var installed = at("etc/systemd/system").resolve(unit.getFileName().toString());
            if (!Files.exists(installed)) {
                return List.of(Diagnosis.warning(
                        "unit-hardening",
                        "The operating system does not confine this appliance: its units are not installed.",
                        "Install it on a server: see `./install.sh --help`"));
            }
            if (!lines(unit).equals(lines(installed))) {
                found.add(Diagnosis.failed(
                        "unit-hardening",
                        "The unit " + installed + " is not the one that was shipped.",
                        "Install again: sh install.sh --repair"));
            }
        }
        dropIns()
                .forEach(dropIn -> found.add(Diagnosis.failed(
                        "unit-hardening",
                        "The file " + dropIn + " changes what a unit says of its confinement.",
                        "Take it away, unless you know why it is there; install.sh changes the port, the"
                                + " memory and the places of backups, and nothing else.")));
        if (found.isEmpty()) {
            found.add(
                    shipped().isEmpty()
                            ? Diagnosis.cannotTell("unit-hardening", "The shipped units are not there to compare with.")
                            : Diagnosis.ok("unit-hardening", "The units confine it as they were shipped."));
        }
        return found;
    }

    private List<Path> shipped() {
        return list(units).stream()
                .filter(file -> file.getFileName().toString().matches("rosterkeep.*\\.(service|socket|timer|path)"))
                .toList();
    }

    /// Drop-ins that say more than install.sh does: where to listen, where backups go, how much memory there is.
    private List<Path> dropIns() {
        var suspect = new ArrayList<Path>();
        for (var base : List.of("etc/systemd/system", "run/systemd/system", "etc/systemd/system.control")) {
            for (var unit : shipped()) {
                var directory = at(base).resolve(unit.getFileName() + ".d");
                list(directory).stream()
                        .filter(file -> !lines(file).stream().allMatch(MachineDoctor::harmless))
                        .forEach(suspect::add);
            }
        }
        return suspect;
    }

    private static boolean harmless(String line) {
        var text = line.strip();
        return text.isEmpty()
                || text.startsWith("#")
                || text.startsWith("[")
                || text.startsWith("ListenStream=")
                || text.startsWith("IPAddressAllow=")
                || text.matches("MemoryMax=\\d+M")
                || text.matches("BindPaths=\"-/(?!(run|proc|sys|dev|etc|usr|boot|root|home)\\b)[^\"]+\"");
    }

    private Path at(String path) {
        return root.resolve(path);
    }

    private List<String> lines(String path) {
        return lines(at(path));
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file, StandardCharsets.UTF_8);
        } catch (IOException absent) {
            return List.of();
        }
    }

    private static List<Path> list(Path directory) {
        try (var files = Files.list(directory)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        } catch (IOException absent) {
            return List.of();
        }
    }
}
