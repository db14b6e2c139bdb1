package org.rosterkeep.keys;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/// One way in which a district is unsealed, as everybody may know it. What it wraps is sealed to its public
/// key, so that
/// the ways are sealed anew at every change of the keys although nobody is there to unseal them.
///
/// @param id tells the ways apart; made from the public key
/// @param method its word: `passphrase`, `file`, `host`, `shares`, `token`
/// @param parameters what the method needs beside the secret; printable text
/// @param publicKey P-256, in hexadecimal
public record Way(String id, String method, String parameters, String publicKey) {
    /// As many as a district may have.
    public static final int MOST = 16;

    private static final int ID_LETTERS = 6;
    /// Crockford's: without letters that are read as digits.
    private static final String LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    static Way of(Unsealing unsealing, String parameters) {
        byte[] wrapping = unsealing.wrappingKey(parameters);
        try {
            return of(unsealing.method(), parameters, wrapping);
        } finally {
            Arrays.fill(wrapping, (byte) 0);
        }
    }

    /// @param wrapping what the unsealing makes of these parameters
    static Way of(String method, String parameters, byte[] wrapping) {
        byte[] point = key(wrapping).point();
        return new Way(id(point), method, parameters, HexFormat.of().formatHex(point));
    }

    /// The private half of the pair that this wrapping key stands for.
    static BoxKey key(byte[] wrapping) {
        byte[] seed = Derivation.key(wrapping, "rosterkeep way");
        try {
            return BoxKey.of(seed, BoxKey.P256);
        } finally {
            Arrays.fill(seed, (byte) 0);
        }
    }

    /// Whether it takes approved algorithms only: neither Argon2id nor Shamir's scheme is one.
    public boolean approved() {
        return !parameters.startsWith("argon2id ") && !method.equals("shares");
    }

    byte[] point() {
        return HexFormat.of().parseHex(publicKey);
    }

    String purpose() {
        return "rosterkeep way " + id;
    }

    /// As it stands in a file: its words, the parameters last, since they may hold spaces.
    String line() {
        return "way " + id + " " + method + " " + publicKey + " " + parameters;
    }

    static Way read(String line) {
        List<String> words = List.of(line.split(" ", 5));
        if (words.size() != 5 || !words.getFirst().equals("way")) {
            throw new IllegalArgumentException("not a way");
        }
        Way way = new Way(words.get(1), words.get(2), words.get(4), words.get(3));
        if (way.point().length != BoxKey.P256 || !way.id.equals(id(way.point()))) {
            throw new IllegalArgumentException("a way's public key");
        }
        return way;
    }

    private static String id(byte[] point) {
        byte[] hash = Derivation.key(point, "way id");
        StringBuilder id = new StringBuilder();
        for (int i = 0; i < ID_LETTERS; i++) {
            id.append(LETTERS.charAt(hash[i] & 31));
        }
        return id.toString();
    }

    /// Text that is safe on one line of a file.
    static boolean printable(String text) {
        return text.length() <= 8192
                && text.getBytes(StandardCharsets.US_ASCII).length == text.length()
                && text.chars().allMatch(c -> c >= ' ' && c < 127);
    }
}
