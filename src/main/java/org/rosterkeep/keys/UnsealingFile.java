package org.rosterkeep.keys;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.Set;

/// Unsealing by something a machine has: 32 random bytes in a file that only its owner may read. Kept on another medium
/// than the data, it makes a stolen disk unreadable; beside the data it protects copies of the data alone.
public record UnsealingFile(Path file) implements Unsealing {
    private static final Set<PosixFilePermission> OTHERS = EnumSet.of(
            PosixFilePermission.GROUP_READ,
            PosixFilePermission.GROUP_WRITE,
            PosixFilePermission.OTHERS_READ,
            PosixFilePermission.OTHERS_WRITE);

    /// Makes a new one, mode 0600.
    ///
    /// @throws KeyFault `EXISTS` when there is a file already
    public static UnsealingFile create(Path file, SecureRandom random) {
        if (Files.exists(file)) {
            throw new KeyFault(KeyFault.Code.EXISTS, "there is an unsealing file already; it is left alone");
        }
        byte[] secret = new byte[KEY_LENGTH];
        random.nextBytes(secret);
        try {
            DurableFile.place(file);
            DurableFile.write(file, secret);
            return new UnsealingFile(file);
        } catch (IOException e) {
            throw new KeyFault(KeyFault.Code.UNAVAILABLE, "the unsealing file cannot be written", e);
        } finally {
            Arrays.fill(secret, (byte) 0);
        }
    }

    @Override
    public String method() {
        return "file";
    }

    @Override
    public String parameters(SecureRandom random) {
        byte[] salt = new byte[16];
        random.nextBytes(salt);
        return "hkdf-sha256 s=" + HexFormat.of().formatHex(salt);
    }

    @Override
    public byte[] wrappingKey(String parameters) {
        byte[] secret = read();
        try {
            return Derivation.key(secret, "rosterkeep unsealing file " + parameters);
        } finally {
            Arrays.fill(secret, (byte) 0);
        }
    }

    /// Overwrites and removes it: whatever it still opened is in copies of the key file alone.
    public void destroy() {
        try {
            if (Files.exists(file)) {
                DurableFile.write(file, new byte[KEY_LENGTH]);
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new KeyFault(KeyFault.Code.UNAVAILABLE, "the unsealing file cannot be removed", e);
        }
    }

    private byte[] read() {
        try {
            if (!Files.exists(file)) {
                throw new KeyFault(KeyFault.Code.MISSING, "the unsealing file is not there");
            }
            if (Files.getPosixFilePermissions(file).stream().anyMatch(OTHERS::contains)) {
                throw new KeyFault(
                        KeyFault.Code.OPEN_TO_OTHERS,
                        "others than its owner may read the unsealing file; set its mode to 0600");
            }
            byte[] secret = Files.readAllBytes(file);
            if (secret.length != KEY_LENGTH) {
                throw new KeyFault(KeyFault.Code.WRONG_UNSEALING, "the unsealing file does not hold 32 bytes");
            }
            return secret;
        } catch (IOException e) {
            throw new KeyFault(KeyFault.Code.UNAVAILABLE, "the unsealing file cannot be read", e);
        }
    }
}
