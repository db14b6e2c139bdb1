package org.rosterkeep.intake;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.text.Normalizer;
import java.util.Locale;
import java.util.Objects;

/// Fingerprints of values, under a salt of one run: two values can be compared after both were forgotten. 64 bits of
/// SHA-256; among a million values on either side two differing ones agree by chance once in some ten million runs.
final class Prints {
    /// The fingerprint of no value.
    static final long NONE = 0;

    private final MessageDigest digest;
    private final byte[] salt;

    Prints(byte[] salt) {
        this.salt = Objects.requireNonNull(salt).clone();
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has it", e);
        }
    }

    /// Of a value that people write in one way only but for its case: identifiers, logins, addresses.
    long exact(String text) {
        return of(text.strip().toLowerCase(Locale.ROOT));
    }

    /// Of a name or a title: another system writes accents, spaces and hyphens otherwise.
    long name(String text) {
        String plain = Normalizer.normalize(text, Normalizer.Form.NFKD).toLowerCase(Locale.ROOT);
        StringBuilder letters = new StringBuilder(plain.length());
        plain.codePoints().filter(Character::isLetterOrDigit).forEach(letters::appendCodePoint);
        return of(letters.toString());
    }

    /// Of several fingerprints together, or [#NONE] when one of them is.
    long all(long... prints) {
        ByteBuffer together = ByteBuffer.allocate(Long.BYTES * prints.length);
        for (long print : prints) {
            if (print == NONE) {
                return NONE;
            }
            together.putLong(print);
        }
        return of(together.array());
    }

    /// Of a number that is no value, such as an ordinal.
    long number(int number) {
        return 1L + (number & 0xffffffffL);
    }

    private long of(String text) {
        return text.isEmpty() ? NONE : of(text.getBytes(UTF_8));
    }

    private long of(byte[] bytes) {
        digest.update(salt);
        long print = ByteBuffer.wrap(digest.digest(bytes)).getLong();
        return print == NONE ? 1 : print;
    }
}
