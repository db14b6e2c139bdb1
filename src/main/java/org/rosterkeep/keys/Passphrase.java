package org.rosterkeep.keys;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.HexFormat;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/// Unsealing by something a person knows, stretched by Argon2id (RFC 9106).
///
/// Holds a copy of the passphrase until closed.
public final class Passphrase implements Unsealing, AutoCloseable {
    private static final int MEMORY_KIB = 64 * 1024;
    private static final int PASSES = 3;
    private static final int LANES = 1;
    private static final int MEMORY_KIB_MAX = 4 * 1024 * 1024;
    private static final int PASSES_MAX = 64;

    private final char[] phrase;
    private final int memoryKib;
    private final int passes;

    /// @param phrase copied; the caller may wipe its own at once
    public Passphrase(char[] phrase) {
        this(phrase, MEMORY_KIB, PASSES);
    }

    /// With costs of its own, for machines that can afford more.
    public Passphrase(char[] phrase, int memoryKib, int passes) {
        this.phrase = phrase.clone();
        this.memoryKib = memoryKib;
        this.passes = passes;
    }

    @Override
    public String method() {
        return "passphrase";
    }

    @Override
    public String parameters(SecureRandom random) {
        byte[] salt = new byte[16];
        random.nextBytes(salt);
        return "argon2id m=" + memoryKib + " t=" + passes + " p=" + LANES + " s="
                + HexFormat.of().formatHex(salt);
    }

    @Override
    public byte[] wrappingKey(String parameters) {
        Argon2Parameters argon = parse(parameters);
        byte[] secret = utf8();
        try {
            Argon2BytesGenerator generator = new Argon2BytesGenerator();
            generator.init(argon);
            byte[] key = new byte[KEY_LENGTH];
            generator.generateBytes(secret, key);
            return key;
        } finally {
            Arrays.fill(secret, (byte) 0);
        }
    }

    @Override
    public void close() {
        Arrays.fill(phrase, '\0');
    }

    /// Composed, because keyboards differ in how they send an accented letter.
    private byte[] utf8() {
        CharBuffer chars = CharBuffer.wrap(phrase);
        if (!Normalizer.isNormalized(chars, Normalizer.Form.NFC)) {
            chars = CharBuffer.wrap(Normalizer.normalize(chars, Normalizer.Form.NFC));
        }
        byte[] room = new byte[chars.remaining() * 3];
        ByteBuffer encoded = ByteBuffer.wrap(room);
        StandardCharsets.UTF_8.newEncoder().encode(chars, encoded, true);
        byte[] bytes = Arrays.copyOf(room, encoded.position());
        Arrays.fill(room, (byte) 0);
        return bytes;
    }

    private static Argon2Parameters parse(String parameters) {
        String[] parts = parameters.split(" ", -1);
        try {
            if (parts.length != 5 || !parts[0].equals("argon2id")) {
                throw new IllegalArgumentException("not argon2id");
            }
            return new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                    .withVersion(Argon2Parameters.ARGON2_VERSION_13)
                    .withMemoryAsKB(number(parts[1], "m=", MEMORY_KIB_MAX))
                    .withIterations(number(parts[2], "t=", PASSES_MAX))
                    .withParallelism(number(parts[3], "p=", 64))
                    .withSalt(HexFormat.of().parseHex(text(parts[4], "s=")))
                    .build();
        } catch (IllegalArgumentException e) {
            throw new KeyFault(KeyFault.Code.DAMAGED, "the key file's passphrase parameters cannot be read", e);
        }
    }

    private static int number(String part, String name, int max) {
        int value = Integer.parseInt(text(part, name));
        if (value < 1 || value > max) {
            throw new IllegalArgumentException("out of bounds");
        }
        return value;
    }

    private static String text(String part, String name) {
        if (!part.startsWith(name)) {
            throw new IllegalArgumentException("not in its place");
        }
        return part.substring(name.length());
    }
}
