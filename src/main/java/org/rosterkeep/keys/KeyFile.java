package org.rosterkeep.keys;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/// A district's secrets at rest, `keys/district.keys`: lines of text. Each way of unsealing stands open, with
/// the master
/// key sealed to its public key; the secrets stand wrapped by the master key (AES-256-GCM) with all lines above them as
/// associated data; the last line is a checksum, so that a torn file is told apart from a wrong passphrase.
///
/// Promise: every writing takes a new master key. Who knew an old one, by a way that was removed since, learns nothing
/// from the file that took its place.
final class KeyFile {
    private static final String NAME = "district.keys";
    private static final String FORMAT = "rosterkeep-keys 3";
    private static final int NONCE = 12;
    private static final int FEWEST_LINES = 5;

    private final Path file;

    KeyFile(Path directory) {
        file = directory.resolve(NAME);
    }

    /// What stands open, and what is wrapped.
    sealed interface Content permits EarlierKeyFile.Earlier, Present {
        /// By which methods it is sealed.
        List<String> methods();

        /// Whether an earlier version wrote it.
        boolean earlier();

        /// The secrets, and the ways to them.
        ///
        /// @throws KeyFault `OTHER_METHOD`, `WRONG_UNSEALING`
        Opened open(Unsealing unsealing);
    }

    /// What unsealing brings out.
    ///
    /// @param by the way it was unsealed in; none by the recovery kit
    record Opened(Secrets secrets, List<Way> ways, Optional<Way> by) {}

    /// @param boxes the master key, sealed to each way in turn
    /// @param head all that stands above what is wrapped
    record Present(List<Way> ways, List<byte[]> boxes, String head, byte[] wrapped) implements Content {
        @Override
        public List<String> methods() {
            return ways.stream().map(Way::method).toList();
        }

        @Override
        public boolean earlier() {
            return false;
        }

        @Override
        public Opened open(Unsealing unsealing) {
            if (!methods().contains(unsealing.method())) {
                throw otherMethod(methods(), unsealing);
            }
            for (int i = 0; i < ways.size(); i++) {
                if (ways.get(i).method().equals(unsealing.method())) {
                    byte[] master = master(ways.get(i), boxes.get(i), unsealing);
                    if (master.length > 0) {
                        return new Opened(unwrap(master), ways, Optional.of(ways.get(i)));
                    }
                }
            }
            throw wrong(unsealing.method());
        }

        private static byte[] master(Way way, byte[] box, Unsealing unsealing) {
            byte[] wrapping = unsealing.wrappingKey(way.parameters());
            try {
                return SealedBox.open(Way.key(wrapping), new byte[0], way.purpose(), box);
            } catch (KeyFault wrong) {
                if (wrong.code() != KeyFault.Code.WRONG_UNSEALING) {
                    throw wrong;
                }
                return new byte[0];
            } finally {
                Arrays.fill(wrapping, (byte) 0);
            }
        }

        private Secrets unwrap(byte[] master) {
            byte[] plain = new byte[0];
            try {
                byte[] nonce = Arrays.copyOf(wrapped, NONCE);
                plain = cipher(Cipher.DECRYPT_MODE, master, nonce, head)
                        .doFinal(wrapped, NONCE, wrapped.length - NONCE);
                return flagged(plain);
            } catch (GeneralSecurityException e) {
                throw new KeyFault(KeyFault.Code.DAMAGED, "the key file was altered; restore it from its copy", e);
            } finally {
                Arrays.fill(master, (byte) 0);
                Arrays.fill(plain, (byte) 0);
            }
        }
    }

    static KeyFault otherMethod(List<String> methods, Unsealing unsealing) {
        return new KeyFault(
                KeyFault.Code.OTHER_METHOD,
                "the district is sealed by " + String.join(", ", methods) + ", not by " + unsealing.method());
    }

    static KeyFault wrong(String method) {
        return new KeyFault(KeyFault.Code.WRONG_UNSEALING, "this " + method + " does not open the district's keys");
    }

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

    void write(Secrets secrets, List<Way> ways, SecureRandom random) {
        byte[] master = Secrets.bytes(random);
        byte[] plain = flagged(secrets);
        try {
            StringBuilder head = new StringBuilder(FORMAT + "\n");
            for (Way way : ways) {
                byte[] box = SealedBox.seal(way.point(), new byte[0], way.purpose(), master, random);
                head.append(way.line()).append('\n');
                head.append("key ").append(HexFormat.of().formatHex(box)).append('\n');
            }
            byte[] nonce = new byte[NONCE];
            random.nextBytes(nonce);
            byte[] sealed =
                    cipher(Cipher.ENCRYPT_MODE, master, nonce, head.toString()).doFinal(plain);
            byte[] wrapped = Arrays.copyOf(nonce, NONCE + sealed.length);
            System.arraycopy(sealed, 0, wrapped, NONCE, sealed.length);
            String body = head + "sealed " + HexFormat.of().formatHex(wrapped) + "\n";
            DurableFile.place(file);
            DurableFile.write(file, (body + "sum " + sum(body) + "\n").getBytes(StandardCharsets.US_ASCII));
        } catch (IOException | GeneralSecurityException e) {
            throw new KeyFault(KeyFault.Code.UNAVAILABLE, "the key file cannot be written; the old one stands", e);
        } finally {
            Arrays.fill(plain, (byte) 0);
            Arrays.fill(master, (byte) 0);
        }
    }

    /// The secrets, and before them whether the domains' keys are still derived, as a kit of an earlier version tells.
    static byte[] flagged(Secrets secrets) {
        byte[] packed = secrets.packed();
        byte[] plain = new byte[1 + packed.length];
        plain[0] = (byte) (secrets.domains().wrapping().isEmpty() ? 1 : 0);
        System.arraycopy(packed, 0, plain, 1, packed.length);
        Arrays.fill(packed, (byte) 0);
        return plain;
    }

    static Secrets flagged(byte[] plain) {
        byte[] packed = Arrays.copyOfRange(plain, 1, plain.length);
        try {
            return Secrets.unpacked(packed, plain[0] == 1);
        } finally {
            Arrays.fill(packed, (byte) 0);
        }
    }

    private static Content parse(String text) {
        if (!text.startsWith("rosterkeep-keys ")) {
            throw new IllegalArgumentException("not a key file");
        }
        List<String> lines = text.lines().toList();
        boolean earlier = EarlierKeyFile.FORMATS.contains(lines.getFirst());
        if (!lines.getFirst().equals(FORMAT) && !earlier) {
            throw new KeyFault(KeyFault.Code.NEWER_FORMAT, "the key file was written by a newer version");
        }
        int tail = text.indexOf("\nsum ");
        if (lines.size() < FEWEST_LINES
                || tail < 0
                || !text.substring(tail + 1).equals("sum " + sum(text.substring(0, tail + 1)) + "\n")) {
            throw new IllegalArgumentException("checksum");
        }
        List<String> body = lines.subList(0, lines.size() - 1);
        byte[] wrapped = HexFormat.of().parseHex(value(body.getLast(), "sealed "));
        if (wrapped.length <= NONCE) {
            throw new IllegalArgumentException("too short");
        }
        return earlier ? EarlierKeyFile.parse(body, wrapped) : present(text, body, wrapped);
    }

    private static Present present(String text, List<String> body, byte[] wrapped) {
        List<String> open = body.subList(1, body.size() - 1);
        if (open.isEmpty() || open.size() % 2 != 0 || open.size() / 2 > Way.MOST) {
            throw new IllegalArgumentException("ways");
        }
        List<Way> ways = new ArrayList<>();
        List<byte[]> boxes = new ArrayList<>();
        for (int i = 0; i < open.size(); i += 2) {
            ways.add(Way.read(open.get(i)));
            boxes.add(HexFormat.of().parseHex(value(open.get(i + 1), "key ")));
        }
        return new Present(
                List.copyOf(ways), List.copyOf(boxes), text.substring(0, text.indexOf("\nsealed ") + 1), wrapped);
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

    static Cipher cipher(int mode, byte[] key, byte[] nonce, String head) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, new SecretKeySpec(key, "AES"), new GCMParameterSpec(128, nonce));
        cipher.updateAAD(head.getBytes(StandardCharsets.US_ASCII));
        return cipher;
    }
}
