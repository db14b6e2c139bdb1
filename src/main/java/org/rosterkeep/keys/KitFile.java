package org.rosterkeep.keys;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/// The second wrapping of a district's secrets, `keys/recovery.kit`: lines of text in which the kit stands open and
/// the secrets stand sealed to its public key. It is written anew whenever the secrets change, which takes no word of
/// the kit; the mark tells whether it was.
final class KitFile {
    private static final String NAME = "recovery.kit";
    private static final String FORMAT = "rosterkeep-kit 1";
    private static final int WRAPPING_KEY = 32;
    private static final int LINES = 13;

    private final Path file;

    KitFile(Path directory) {
        file = directory.resolve(NAME);
    }

    /// @param method by what else the district is sealed, with its parameters
    /// @param mark of the secrets that are sealed here
    record Content(Kit kit, String method, String parameters, boolean derived, String mark, byte[] sealed) {}

    /// What only the words bring out.
    record Opened(byte[] wrappingKey, Secrets secrets) {}

    Optional<Content> read() {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            return Optional.of(parse(Files.readAllLines(file, StandardCharsets.UTF_8)));
        } catch (IOException | IllegalArgumentException | DateTimeException e) {
            throw new KeyFault(KeyFault.Code.DAMAGED, "the recovery kit's file cannot be read; make a new kit", e);
        }
    }

    void write(Kit kit, KeyFile.Open open, Secrets secrets, byte[] wrappingKey, SecureRandom random) {
        byte[] plain = plain(secrets, wrappingKey);
        try {
            byte[] sealed = SealedBox.seal(kit.point(), new byte[0], purpose(kit), plain, random);
            boolean derived = secrets.domains().wrapping().isEmpty();
            List<String> lines = List.of(
                    FORMAT,
                    "kit " + kit.id(),
                    "district " + kit.district(),
                    "made " + kit.made(),
                    "version " + kit.version(),
                    "confirmed " + kit.confirmed(),
                    "public-key " + kit.publicKey(),
                    "method " + open.method(),
                    "parameters " + open.parameters(),
                    "derived " + derived,
                    "mark " + mark(plain),
                    "sealed " + HexFormat.of().formatHex(sealed));
            String text = String.join("\n", lines) + "\n";
            DurableFile.place(file);
            DurableFile.write(file, (text + "sum " + KeyFile.sum(text) + "\n").getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new KeyFault(KeyFault.Code.UNAVAILABLE, "the recovery kit's file cannot be written", e);
        } finally {
            Arrays.fill(plain, (byte) 0);
        }
    }

    static Opened open(Content content, KitCode code) {
        content.kit.check(code);
        byte[] plain = SealedBox.open(code.key(), new byte[0], purpose(content.kit), content.sealed);
        try {
            return new Opened(
                    Arrays.copyOf(plain, WRAPPING_KEY),
                    Secrets.unpacked(Arrays.copyOfRange(plain, WRAPPING_KEY, plain.length), content.derived));
        } finally {
            Arrays.fill(plain, (byte) 0);
        }
    }

    /// Whether these very secrets are sealed here.
    static boolean holds(Content content, Secrets secrets, byte[] wrappingKey) {
        byte[] plain = plain(secrets, wrappingKey);
        try {
            return content.mark.equals(mark(plain));
        } finally {
            Arrays.fill(plain, (byte) 0);
        }
    }

    private static byte[] plain(Secrets secrets, byte[] wrappingKey) {
        byte[] packed = secrets.packed();
        byte[] plain = Arrays.copyOf(wrappingKey, WRAPPING_KEY + packed.length);
        System.arraycopy(packed, 0, plain, WRAPPING_KEY, packed.length);
        Arrays.fill(packed, (byte) 0);
        return plain;
    }

    private static String mark(byte[] plain) {
        return HexFormat.of().formatHex(Derivation.key(plain, "recovery kit mark"), 0, 8);
    }

    private static String purpose(Kit kit) {
        return "rosterkeep recovery kit " + kit.id();
    }

    private static Content parse(List<String> lines) {
        if (lines.isEmpty() || !lines.getFirst().startsWith("rosterkeep-kit ")) {
            throw new IllegalArgumentException("not a kit's file");
        }
        if (!lines.getFirst().equals(FORMAT)) {
            throw new KeyFault(KeyFault.Code.NEWER_FORMAT, "the recovery kit's file was written by a newer version");
        }
        String text = String.join("\n", lines.subList(0, Math.min(LINES - 1, lines.size()))) + "\n";
        if (lines.size() != LINES || !lines.getLast().equals("sum " + KeyFile.sum(text))) {
            throw new IllegalArgumentException("checksum");
        }
        Kit kit = new Kit(
                KeyFile.value(lines.get(1), "kit "),
                KeyFile.value(lines.get(2), "district "),
                Instant.parse(KeyFile.value(lines.get(3), "made ")),
                KeyFile.value(lines.get(4), "version "),
                Instant.parse(KeyFile.value(lines.get(5), "confirmed ")),
                KeyFile.value(lines.get(6), "public-key "));
        return new Content(
                kit,
                KeyFile.value(lines.get(7), "method "),
                KeyFile.value(lines.get(8), "parameters "),
                Boolean.parseBoolean(KeyFile.value(lines.get(9), "derived ")),
                KeyFile.value(lines.get(10), "mark "),
                HexFormat.of().parseHex(KeyFile.value(lines.get(11), "sealed ")));
    }
}
