package org.rosterkeep.keys;

import java.io.IOException;
import java.nio.ByteBuffer;
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
import java.util.stream.Collectors;

/// The second wrapping of a district's secrets, `keys/recovery.kit`: lines of text in which the kit stands open and
/// the secrets, with the ways of unsealing, stand sealed to its public key. It is written anew whenever one of them
/// changes, which takes no word of the kit; the mark tells whether it was.
final class KitFile {
    private static final String NAME = "recovery.kit";
    private static final String FORMAT = "rosterkeep-kit 2";
    private static final int LINES = 10;

    private final Path file;

    KitFile(Path directory) {
        file = directory.resolve(NAME);
    }

    /// @param mark of what is sealed here
    /// @param earlier how a version before sealed it: with one way of unsealing, and its key
    record Content(Kit kit, String mark, byte[] sealed, Optional<Earlier> earlier) {}

    /// @param method by what else the district is sealed, with its parameters
    record Earlier(String method, String parameters, boolean derived) {
        private static final String FORMAT = "rosterkeep-kit 1";
        private static final int LINES = 13;
        private static final int WRAPPING_KEY = 32;

        KeyFile.Opened opened(byte[] plain) {
            byte[] wrapping = Arrays.copyOf(plain, WRAPPING_KEY);
            return new KeyFile.Opened(
                    Secrets.unpacked(Arrays.copyOfRange(plain, WRAPPING_KEY, plain.length), derived),
                    List.of(Way.of(method, parameters, wrapping)),
                    Optional.empty());
        }
    }

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

    void write(Kit kit, Secrets secrets, List<Way> ways, SecureRandom random) {
        byte[] plain = plain(secrets, ways);
        try {
            byte[] sealed = SealedBox.seal(kit.point(), new byte[0], purpose(kit), plain, random);
            List<String> lines = List.of(
                    FORMAT,
                    "kit " + kit.id(),
                    "district " + kit.district(),
                    "made " + kit.made(),
                    "version " + kit.version(),
                    "confirmed " + kit.confirmed(),
                    "public-key " + kit.publicKey(),
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

    static KeyFile.Opened open(Content content, KitCode code) {
        content.kit.check(code);
        byte[] plain =
                SealedBox.open(code.key(content.kit.point().length), new byte[0], purpose(content.kit), content.sealed);
        try {
            return content.earlier.map(earlier -> earlier.opened(plain)).orElseGet(() -> opened(plain));
        } finally {
            Arrays.fill(plain, (byte) 0);
        }
    }

    /// Whether these very secrets and ways are sealed here.
    static boolean holds(Content content, Secrets secrets, List<Way> ways) {
        byte[] plain = plain(secrets, ways);
        try {
            return content.mark.equals(mark(plain));
        } finally {
            Arrays.fill(plain, (byte) 0);
        }
    }

    private static byte[] plain(Secrets secrets, List<Way> ways) {
        byte[] text =
                ways.stream().map(Way::line).collect(Collectors.joining("\n")).getBytes(StandardCharsets.US_ASCII);
        byte[] packed = KeyFile.flagged(secrets);
        byte[] plain = ByteBuffer.allocate(4 + text.length + packed.length)
                .putInt(text.length)
                .put(text)
                .put(packed)
                .array();
        Arrays.fill(packed, (byte) 0);
        return plain;
    }

    private static KeyFile.Opened opened(byte[] plain) {
        try {
            ByteBuffer in = ByteBuffer.wrap(plain);
            byte[] text = new byte[Math.min(in.getInt(), plain.length)];
            in.get(text);
            byte[] packed = new byte[in.remaining()];
            in.get(packed);
            List<Way> ways = new String(text, StandardCharsets.US_ASCII)
                    .lines()
                    .map(Way::read)
                    .toList();
            return new KeyFile.Opened(KeyFile.flagged(packed), ways, Optional.empty());
        } catch (IllegalArgumentException | java.nio.BufferUnderflowException e) {
            throw new KeyFault(KeyFault.Code.DAMAGED, "the recovery kit's file holds no whole set of keys", e);
        }
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
        boolean earlier = lines.getFirst().equals(Earlier.FORMAT);
        if (!lines.getFirst().equals(FORMAT) && !earlier) {
            throw new KeyFault(KeyFault.Code.NEWER_FORMAT, "the recovery kit's file was written by a newer version");
        }
        int length = earlier ? Earlier.LINES : LINES;
        String text = String.join("\n", lines.subList(0, Math.min(length - 1, lines.size()))) + "\n";
        if (lines.size() != length || !lines.getLast().equals("sum " + KeyFile.sum(text))) {
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
                KeyFile.value(lines.get(length - 3), "mark "),
                HexFormat.of().parseHex(KeyFile.value(lines.get(length - 2), "sealed ")),
                earlier
                        ? Optional.of(new Earlier(
                                KeyFile.value(lines.get(7), "method "),
                                KeyFile.value(lines.get(8), "parameters "),
                                Boolean.parseBoolean(KeyFile.value(lines.get(9), "derived "))))
                        : Optional.empty());
    }
}
