package org.rosterkeep.commands;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.rosterkeep.appliance.Trouble;

/// Files a person wrote for the appliance: rules, agreements, vendors.
final class Documents {
    private static final long SIZE_MAX = 1 << 20;

    private Documents() {}

    /// The text of a file, or of the standard input for `-`.
    static String read(Path file) {
        try {
            if (file.toString().equals("-")) {
                return new String(System.in.readNBytes((int) SIZE_MAX), StandardCharsets.UTF_8);
            }
            if (Files.size(file) > SIZE_MAX) {
                throw Trouble.wrongUse(
                        "The file " + file + " is too large.",
                        "A document has at most " + SIZE_MAX + " bytes.",
                        "Check that it is the right file.");
            }
            return Files.readString(file);
        } catch (IOException e) {
            throw Trouble.wrongUse(
                            "The file " + file + " cannot be read.",
                            "Reading stopped with " + e.getClass().getSimpleName() + ".",
                            "Check that it exists, is UTF-8 text and may be read by this user.")
                    .because(e);
        }
    }

    /// SHA-256 of a file, in hexadecimal.
    static String hash(Path file) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw Trouble.wrongUse(
                            "The file " + file + " cannot be read.",
                            "Reading stopped with " + e.getClass().getSimpleName() + ".",
                            "Check that it exists and may be read by this user.")
                    .because(e);
        }
    }
}
