package org.rosterkeep.keys;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/// A district's secrets at rest: five lines of text, `keys/district.keys`. The method and its parameters stand
/// open, the
/// secrets stand wrapped by AES-256-GCM with the lines above them as associated data; the last line is a checksum, so
/// that a torn file is told apart from a wrong passphrase.
final class KeyFile {
    private static final String NAME = "district.keys";
    /// The domains' keys are derived from one of its secrets, and none can be destroyed alone: only read, until the
    /// district is opened.
    private static final String FORMAT_DERIVED = "rosterkeep-keys 1";

    private static final String FORMAT = "rosterkeep-keys 2";
    private static final int NONCE = 12;

    private final Path file;

    KeyFile(Path directory) {
        file = directory.resolve(NAME);
    }

    /// What stands open, and what is wrapped.
    record Content(String format, String method, String parameters, byte[] wrapped) {
        private String head() {
            return format + "\nmethod " + method + "\nparameters " + parameters + "\n";
        }
    }

    /// How the district is sealed, besides by a kit.
    record Open(String method, String parameters) {}

    boolean exists() {
        return Files.exists(file);
    }

    Content read() {
        if (!exists()) {
            throw new KeyFault(KeyFault.Code.MISSING, "this district has no key file");
        }
        try {
            return parse(Files.readString(file, StandardCharsets.US_ASCII));
        } catch (IOException | IllegalArgumentException e) {
            throw new KeyFault(KeyFault.Code.DAMAGED, "the key file cannot be read; restore it from its copy", e);
        }
    }

    void write(Secrets secrets, String method, String parameters, byte[] wrappingKey, SecureRandom random) {
        byte[] plain = secrets.packed();
        try {
            DurableFile.place(file);
            Content open = new Content(format(secrets), method, parameters, new byte[0]);
            byte[] nonce = new byte[NONCE];
            random.nextBytes(nonce);
            byte[] sealed =
                    cipher(Cipher.ENCRYPT_MODE, wrappingKey, nonce, open.head()).doFinal(plain);
            byte[] wrapped = Arrays.copyOf(nonce, NONCE + sealed.length);
            System.arraycopy(sealed, 0, wrapped, NONCE, sealed.length);
            String body = open.head() + "sealed " + HexFormat.of().formatHex(wrapped) + "\n";
            DurableFile.write(file, (body + "sum " + sum(body) + "\n").getBytes(StandardCharsets.US_ASCII));
        } catch (IOException | GeneralSecurityException e) {
            throw new KeyFault(KeyFault.Code.UNAVAILABLE, "the key file cannot be written; the old one stands", e);
        } finally {
            Arrays.fill(plain, (byte) 0);
        }
    }

    private static String format(Secrets secrets) {
        return secrets.domains().wrapping().isPresent() ? FORMAT : FORMAT_DERIVED;
    }

    static Secrets unwrap(Content content, byte[] wrappingKey) {
        byte[] plain = new byte[0];
        try {
            byte[] nonce = Arrays.copyOf(content.wrapped, NONCE);
            plain = cipher(Cipher.DECRYPT_MODE, wrappingKey, nonce, content.head())
                    .doFinal(content.wrapped, NONCE, content.wrapped.length - NONCE);
            return Secrets.unpacked(plain, content.format.equals(FORMAT_DERIVED));
        } catch (AEADBadTagException e) {
            throw new KeyFault(
                    KeyFault.Code.WRONG_UNSEALING, "this " + content.method + " does not open the district's keys", e);
        } catch (GeneralSecurityException e) {
            throw new KeyFault(KeyFault.Code.DAMAGED, "the key file cannot be unwrapped", e);
        } finally {
            Arrays.fill(plain, (byte) 0);
        }
    }

    private static Content parse(String text) {
        if (!text.startsWith("rosterkeep-keys ")) {
            throw new IllegalArgumentException("not a key file");
        }
        List<String> lines = text.lines().toList();
        String format = lines.getFirst();
        if (!format.equals(FORMAT) && !format.equals(FORMAT_DERIVED)) {
            throw new KeyFault(KeyFault.Code.NEWER_FORMAT, "the key file was written by a newer version");
        }
        int tail = text.indexOf("\nsum ");
        if (lines.size() != 5 || tail < 0 || !lines.get(4).equals("sum " + sum(text.substring(0, tail + 1)))) {
            throw new IllegalArgumentException("checksum");
        }
        Content content = new Content(
                format,
                value(lines.get(1), "method "),
                value(lines.get(2), "parameters "),
                HexFormat.of().parseHex(value(lines.get(3), "sealed ")));
        if (content.wrapped.length <= NONCE) {
            throw new IllegalArgumentException("too short");
        }
        return content;
    }

    static String value(String line, String name) {
        if (!line.startsWith(name)) {
            throw new IllegalArgumentException("a line is missing");
        }
        return line.substring(name.length());
    }

    static String sum(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.US_ASCII));
            return HexFormat.of().formatHex(digest, 0, 8);
        } catch (GeneralSecurityException e) {
            throw new KeyFault(KeyFault.Code.UNAVAILABLE, "this Java runtime has no SHA-256", e);
        }
    }

    private static Cipher cipher(int mode, byte[] key, byte[] nonce, String head) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, new SecretKeySpec(key, "AES"), new GCMParameterSpec(128, nonce));
        cipher.updateAAD(head.getBytes(StandardCharsets.US_ASCII));
        return cipher;
    }
}
