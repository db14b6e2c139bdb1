package org.rosterkeep.commands;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.rosterkeep.appliance.Exit;
import org.rosterkeep.appliance.Kept;
import org.rosterkeep.appliance.Trouble;
import org.rosterkeep.keys.HostSecret;
import org.rosterkeep.keys.Unsealing;

/// The secret that systemd keeps for the service, encrypted with this machine's TPM2 or its host key; made and read by
/// root, before the service starts. It goes through pipes only: never on a command line, never in the clear in a file.
final class HostCredential {
    static final Path PLACE = Path.of("/etc/rosterkeep-credential");

    private static final String TOOL = "systemd-creds";
    private static final int SECONDS = 60;

    private final Path directory;
    private final SecureRandom random;

    HostCredential(Path directory, SecureRandom random) {
        this.directory = directory;
        this.random = random;
    }

    /// What it was made with.
    ///
    /// @param secret the caller's to wipe
    /// @param tpm whether the machine's TPM2 is part of the key
    /// @param fresh whether it was made just now
    record Kept(byte[] secret, boolean tpm, boolean fresh) {}

    /// The credential there is, or a new one where there is none or this machine cannot open it any more.
    ///
    /// @throws Trouble when this machine's systemd cannot keep one
    Kept take() {
        boolean tpm = run(List.of("has-tpm2", "--quiet"), new byte[0]).isPresent();
        return present().map(secret -> new Kept(secret, tpm, false)).orElseGet(() -> make(tpm));
    }

    private Path file() {
        return directory.resolve(HostSecret.NAME);
    }

    private Optional<byte[]> present() {
        return Files.exists(file()) ? opened(file()) : Optional.empty();
    }

    private Optional<byte[]> opened(Path file) {
        return run(List.of("decrypt", "--name=" + HostSecret.NAME, file.toString(), "-"), new byte[0])
                .filter(secret -> secret.length == Unsealing.KEY_LENGTH);
    }

    private Kept make(boolean tpm) {
        byte[] secret = new byte[Unsealing.KEY_LENGTH];
        random.nextBytes(secret);
        var words =
                List.of("encrypt", "--name=" + HostSecret.NAME, "--with-key=" + (tpm ? "host+tpm2" : "host"), "-", "-");
        byte[] sealed = run(words, secret).orElseThrow(HostCredential::refused);
        try {
            var owner = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
            if (!Files.isDirectory(directory)) {
                Files.createDirectories(directory, owner);
            }
            var fresh = directory.resolve(HostSecret.NAME + ".new");
            Files.deleteIfExists(fresh);
            Files.createFile(fresh, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.write(fresh, sealed);
            // What cannot be read back would be found out at the next start, with nobody there.
            byte[] again = opened(fresh).orElseThrow(HostCredential::refused);
            boolean same = Arrays.equals(secret, again);
            Arrays.fill(again, (byte) 0);
            if (!same) {
                throw refused();
            }
            Files.move(fresh, file(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            return new Kept(secret, tpm, true);
        } catch (IOException e) {
            throw new Trouble(
                            Exit.FAILED,
                            "The credential could not be written.",
                            "Writing into " + directory + " stopped with "
                                    + e.getClass().getSimpleName() + ".",
                            "Run it as root: sudo rosterkeep key seal-to-host")
                    .because(e);
        }
    }

    private static Trouble refused() {
        return new Trouble(
                Exit.FAILED,
                "This machine's systemd did not keep the credential.",
                TOOL + " failed, or did not give back what it was given.",
                "It takes root and systemd 252 or newer; see what it says: systemd-creds setup");
    }

    /// What it says on its standard output, if it ends well.
    private static Optional<byte[]> run(List<String> words, byte[] input) {
        var all = new ArrayList<String>();
        all.add(TOOL);
        all.addAll(words);
        try {
            var process = new ProcessBuilder(all)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            try (OutputStream in = process.getOutputStream()) {
                in.write(input);
            }
            byte[] said = process.getInputStream().readAllBytes();
            if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                return Optional.empty();
            }
            return process.exitValue() == 0 ? Optional.of(said) : Optional.empty();
        } catch (IOException e) {
            throw new Trouble(
                            Exit.FAILED,
                            "This machine's systemd cannot keep a credential.",
                            "There is no " + TOOL + ".",
                            "It takes systemd 252 or newer; a key file opens by itself, too: rosterkeep key way add"
                                    + " file")
                    .because(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw refused();
        }
    }
}
