package org.rosterkeep.appliance;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/// Whether the program is the one that was installed, and what the kernel has beside it. The list of digests is the one
/// whose signature the installer looked at; who can change it can change the program that reads it, so this finds
/// accidents and the careless, and says no more.
///
/// @param root `/`; a directory that looks like it in a test
/// @param program the image's folder
public record ProgramDoctor(Path root, Path program) {
    private static final int DIGEST_CHARS = 64;
    private static final int ENTROPY_LEAST = 200;
    /// Made on the machine itself, after the installation.
    private static final String MADE_HERE = "lib/app/.*\\.aot(conf)?";

    public List<Diagnosis> look() {
        return List.of(files(), entropy(), mandatory());
    }

    private Diagnosis files() {
        List<String> sums;
        try {
            sums = Files.readAllLines(program.resolve("SHA256SUMS"), StandardCharsets.UTF_8);
        } catch (IOException absent) {
            return Diagnosis.cannotTell("program-files", "There is no list of the program's files to compare with.");
        }
        var other = new ArrayList<String>();
        for (var line : sums) {
            if (line.length() > DIGEST_CHARS + 2) {
                var name = line.substring(DIGEST_CHARS).strip();
                if (!name.matches(MADE_HERE) && !line.startsWith(digest(program.resolve(name)))) {
                    other.add(name);
                }
            }
        }
        return other.isEmpty()
                ? Diagnosis.ok("program-files", "The program's files are those that were installed.")
                : Diagnosis.failed(
                        "program-files",
                        other.size() + " of the program's files are not those that were installed, the first is "
                                + other.getFirst() + ".",
                        "Install again: sh install.sh --repair");
    }

    private static String digest(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            var sha = MessageDigest.getInstance("SHA-256");
            new DigestInputStream(in, sha).transferTo(java.io.OutputStream.nullOutputStream());
            return HexFormat.of().formatHex(sha.digest());
        } catch (IOException gone) {
            return "-";
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private Diagnosis entropy() {
        var available = first("proc/sys/kernel/random/entropy_avail");
        if (!available.matches("[0-9]{1,6}")) {
            return Diagnosis.cannotTell("entropy", "Whether the kernel has enough randomness cannot be told.");
        }
        return Integer.parseInt(available) >= ENTROPY_LEAST
                ? Diagnosis.ok("entropy", "The kernel has enough randomness.")
                : Diagnosis.warning(
                        "entropy",
                        "The kernel has little randomness: starting and making keys may take long.",
                        "Give the virtual machine a random device (virtio-rng).");
    }

    private Diagnosis mandatory() {
        var selinux = first("sys/fs/selinux/enforce");
        if (!selinux.isEmpty()) {
            return selinux.equals("1")
                    ? Diagnosis.ok("mandatory-access", "SELinux enforces its policy.")
                    : Diagnosis.warning(
                            "mandatory-access",
                            "SELinux is there and enforces nothing.",
                            "setenforce 1, and see why not.");
        }
        return first("sys/module/apparmor/parameters/enabled").equals("Y")
                ? Diagnosis.ok("mandatory-access", "AppArmor is on.")
                : Diagnosis.cannotTell("mandatory-access", "The kernel has neither SELinux nor AppArmor on.");
    }

    private String first(String file) {
        try (var lines = Files.lines(root.resolve(file), StandardCharsets.US_ASCII)) {
            return lines.findFirst().orElse("").strip();
        } catch (IOException | java.io.UncheckedIOException absent) {
            return "";
        }
    }
}
