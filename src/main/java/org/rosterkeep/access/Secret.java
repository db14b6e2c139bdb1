package org.rosterkeep.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;

/// 256 random bits, as a text that a person hands to a vendor once. It prints as a constant.
public final class Secret {
    private static final int BYTES = 32;

    private final String text;

    Secret(String text) {
        this.text = text;
    }

    static Secret fresh(SecureRandom random) {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        return new Secret(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    }

    /// The text itself, 43 characters: for the one answer that shows it.
    public String disclose() {
        return text;
    }

    /// What is stored instead. A plain hash is enough, because nobody guesses 256 random bits.
    byte[] hash() {
        return hash(text);
    }

    static byte[] hash(String presented) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(presented.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new AccessFault(AccessFault.Code.CRYPTOGRAPHY_MISSING);
        }
    }

    @Override
    public String toString() {
        return "(secret)";
    }
}
