package org.rosterkeep.ledger;

import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/// The chain of hashes: each record's hash covers the one before it, so that the last covers all. Not for several
/// threads.
final class Chain {
    /// Bytes of a hash.
    static final int HASH = 32;

    private final MessageDigest sha;
    private final byte[] head;

    /// @param head the hash the next record follows
    Chain(byte[] head) {
        this.sha = sha256();
        this.head = head.clone();
    }

    /// A chain without a record.
    static Chain beginning() {
        return new Chain(new byte[HASH]);
    }

    /// Adds a payload, and leaves its hash in `into` from `at`.
    void add(byte[] payload, byte[] into, int at) {
        sha.update(head);
        sha.update(payload);
        digest();
        System.arraycopy(head, 0, into, at, HASH);
    }

    /// Adds a payload if this is its hash; else stays as it is and says no.
    boolean follow(byte[] payload, byte[] hash) {
        sha.update(head);
        byte[] found = sha.digest(payload);
        if (!MessageDigest.isEqual(found, hash)) {
            return false;
        }
        System.arraycopy(found, 0, head, 0, HASH);
        return true;
    }

    byte[] head() {
        return head.clone();
    }

    String headText() {
        return HexFormat.of().formatHex(head);
    }

    /// Whether `hash` is that of the payload between `from` and `to` behind the hash at `before`, all in one buffer.
    static boolean links(byte[] bytes, int before, int from, int to) {
        MessageDigest sha = sha256();
        sha.update(bytes, before, HASH);
        sha.update(bytes, from, to - from);
        return Arrays.equals(sha.digest(), 0, HASH, bytes, to, to + HASH);
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private void digest() {
        try {
            sha.digest(head, 0, HASH);
        } catch (DigestException e) {
            throw new IllegalStateException("a SHA-256 hash has 32 bytes", e);
        }
    }
}
