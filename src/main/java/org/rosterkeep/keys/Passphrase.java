package org.rosterkeep.keys;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/// Unsealing by something a person knows, stretched by Argon2id (RFC 9106), or by PBKDF2 (SP 800-132) where
/// only approved
/// algorithms are permitted. What it was sealed with stands in the parameters, so that either opens.
///
/// Holds a copy of the passphrase until closed.
public final class Passphrase implements Unsealing, AutoCloseable {
    private static final int MEMORY_KIB = 64 * 1024;
    private static final int PASSES = 3;
    private static final int LANES = 1;
    private static final int MEMORY_KIB_MAX = 4 * 1024 * 1024;
    private static final int PASSES_MAX = 64;

    private static final int ROUNDS = 600_000;
    private static final int ROUNDS_MAX = 100_000_000;
    private static final String APPROVED = "pbkdf2-sha512 ";

    private final char[] phrase;
    private final int memoryKib;
    private final int passes;
    private final boolean approved;

    /// @param phrase copied; the caller may wipe its own at once
    public Passphrase(char[] phrase) {
        this(phrase, MEMORY_KIB, PASSES, false);
    }

    /// One whose new sealings take approved algorithms only.
    public static Passphrase approved(char[] phrase) {
        return new Passphrase(phrase, MEMORY_KIB, PASSES, true);
    }

    /// With costs of its own, for machines that can afford more.
    public Passphrase(char[] phrase, int memoryKib, int passes) {
        this(phrase, memoryKib, passes, false);
    }

    private Passphrase(char[] phrase, int memoryKib, int passes, boolean approved) {
        this.phrase = phrase.clone();
        this.memoryKib = memoryKib;
        this.passes = passes;
        this.approved = approved;
    }

    @Override
    public String method() {
        return "passphrase";
    }

    @Override
    public boolean severalOf() {
        return true;
    }

    @Override
    public String parameters(SecureRandom random) {
        byte[] salt = new byte[16];
        random.nextBytes(salt);
        if (approved) {
            return APPROVED + "i=" + ROUNDS + " s=" + HexFormat.of().formatHex(salt);
        }
        return "argon2id m=" + memoryKib + " t=" + passes + " p=" + LANES + " s="
                + HexFormat.of().formatHex(salt);
    }

    @Override
    public byte[] wrappingKey(String parameters) {
        if (parameters.startsWith(APPROVED)) {
            return pbkdf2(parameters);
        }
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

    private byte[] pbkdf2(String parameters) {
        char[] composed = composed();
        try {
            String[] parts = parameters.split(" ", -1);
            if (parts.length != 3) {
                throw new IllegalArgumentException("not pbkdf2");
            }
            PBEKeySpec spec = new PBEKeySpec(
                    composed,
                    HexFormat.of().parseHex(text(parts[2], "s=")),
                    number(parts[1], "i=", ROUNDS_MAX),
                    KEY_LENGTH * 8);
            try {
                return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA512")
                        .generateSecret(spec)
                        .getEncoded();
            } finally {
                spec.clearPassword();
            }
        } catch (IllegalArgumentException e) {
            throw new KeyFault(KeyFault.Code.DAMAGED, "the key file's passphrase parameters cannot be read", e);
        } catch (GeneralSecurityException e) {
            throw new KeyFault(KeyFault.Code.UNAVAILABLE, "this Java runtime has no PBKDF2", e);
        } finally {
            Arrays.fill(composed, '\0');
        }
    }

    @Override
    public void close() {
        Arrays.fill(phrase, '\0');
    }

    /// Composed, because keyboards differ in how they send an accented letter.
    private char[] composed() {
        CharBuffer chars = CharBuffer.wrap(phrase);
        return Normalizer.isNormalized(chars, Normalizer.Form.NFC)
                ? phrase.clone()
                : Normalizer.normalize(chars, Normalizer.Form.NFC).toCharArray();
    }

    private byte[] utf8() {
        char[] composed = composed();
        CharBuffer chars = CharBuffer.wrap(composed);
        byte[] room = new byte[chars.remaining() * 3];
        ByteBuffer encoded = ByteBuffer.wrap(room);
        StandardCharsets.UTF_8.newEncoder().encode(chars, encoded, true);
        byte[] bytes = Arrays.copyOf(room, encoded.position());
        Arrays.fill(room, (byte) 0);
        Arrays.fill(composed, '\0');
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
