package org.rosterkeep.keys;

import java.io.IOException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.bouncycastle.crypto.threshold.ShamirSecretSplitter;
import org.bouncycastle.crypto.threshold.ShamirSplitSecret;
import org.bouncycastle.crypto.threshold.ShamirSplitSecretShare;

/// Unsealing by several people together: a secret of 128 bits, split so that any `needed` of the shares bring
/// it out and
/// fewer tell nothing of it (Shamir's scheme, by Bouncy Castle).
///
/// Promise: a share of another set, and one that was not given out under its number, is refused when it is
/// given, before
/// anything is tried; the parameters hold a mark of each share.
public final class Shares implements Unsealing, AutoCloseable {
    /// The most shares a set may have.
    public static final int MOST = 32;

    private static final int SET_BYTES = 3;

    private final byte[] secret;
    private final String open;
    private final List<Share> shares;

    private Shares(byte[] secret, String open, List<Share> shares) {
        this.secret = secret;
        this.open = open;
        this.shares = List.copyOf(shares);
    }

    /// A new set.
    ///
    /// @throws KeyFault `SHARE_MISREAD` when the numbers make no sense
    public static Shares split(int needed, int of, SecureRandom random) {
        if (needed < 2 || needed > of || of > MOST) {
            throw new KeyFault(
                    KeyFault.Code.SHARE_MISREAD,
                    "at least 2 shares must be needed, and at most as many as there are, which are at most " + MOST);
        }
        byte[] secret = new byte[Share.PART];
        byte[] id = new byte[SET_BYTES];
        random.nextBytes(secret);
        random.nextBytes(id);
        String set = HexFormat.of().withUpperCase().formatHex(id);
        List<Share> shares = new ArrayList<>();
        try {
            ShamirSplitSecretShare[] parts = ShamirSecretSplitter.getInstance(
                            ShamirSecretSplitter.Algorithm.AES, Share.PART, random)
                    .resplit(secret, needed, of)
                    .getSecretShares();
            for (int i = 0; i < parts.length; i++) {
                shares.add(new Share(i + 1, set, parts[i].getEncoded()));
            }
        } catch (IOException e) {
            throw new KeyFault(KeyFault.Code.UNAVAILABLE, "the secret cannot be split", e);
        }
        String marks = String.join(",", shares.stream().map(Share::mark).toList());
        return new Shares(secret, "shamir set=" + set + " needed=" + needed + " marks=" + marks, shares);
    }

    /// What everybody may know of a set.
    ///
    /// @param marks by which each share is known again, the first share's first
    public record Facts(String set, int needed, List<String> marks) {
        public Facts {
            marks = List.copyOf(marks);
        }

        /// @throws KeyFault `DAMAGED`
        public static Facts of(String parameters) {
            String[] parts = parameters.split(" ", -1);
            try {
                if (parts.length != 5 || !parts[0].equals("shamir")) {
                    throw new IllegalArgumentException("not a set of shares");
                }
                Facts facts = new Facts(
                        KeyFile.value(parts[1], "set="),
                        Integer.parseInt(KeyFile.value(parts[2], "needed=")),
                        List.of(KeyFile.value(parts[3], "marks=").split(",", -1)));
                if (facts.needed < 2 || facts.needed > facts.marks.size() || facts.marks.size() > MOST) {
                    throw new IllegalArgumentException("out of bounds");
                }
                return facts;
            } catch (IllegalArgumentException e) {
                throw new KeyFault(KeyFault.Code.DAMAGED, "the key file's set of shares cannot be read", e);
            }
        }

        /// Proves that a share is of this set.
        ///
        /// @throws KeyFault `WRONG_SHARE`, told by numbers
        public void check(Share share) {
            if (!share.set().equals(set)) {
                throw new KeyFault(
                        KeyFault.Code.WRONG_SHARE,
                        "share " + share.number() + " belongs to set " + share.set() + ", and set " + set
                                + " is needed");
            }
            if (share.number() < 1
                    || share.number() > marks.size()
                    || !marks.get(share.number() - 1).equals(share.mark())) {
                throw new KeyFault(
                        KeyFault.Code.WRONG_SHARE,
                        "share " + share.number() + " is not what was given out under this number");
            }
        }
    }

    /// As many as are needed, checked already.
    ///
    /// @throws KeyFault `WRONG_SHARE` when they are too few, or one of them is wrong
    public static Shares gathered(Collection<Share> given, Facts facts) {
        Map<Integer, Share> byNumber = new TreeMap<>();
        for (Share share : given) {
            facts.check(share);
            byNumber.put(share.number(), share);
        }
        if (byNumber.size() < facts.needed) {
            throw new KeyFault(
                    KeyFault.Code.WRONG_SHARE,
                    byNumber.size() + " different shares were given, and " + facts.needed + " are needed");
        }
        try {
            ShamirSplitSecretShare[] parts = byNumber.values().stream()
                    .limit(facts.needed)
                    .map(share -> new ShamirSplitSecretShare(share.part(), share.number()))
                    .toArray(ShamirSplitSecretShare[]::new);
            byte[] secret = ShamirSplitSecret.getInstance(ShamirSecretSplitter.Algorithm.AES, parts)
                    .getSecret();
            return new Shares(secret, "", List.of());
        } catch (IOException e) {
            throw new KeyFault(KeyFault.Code.UNAVAILABLE, "the shares cannot be joined", e);
        }
    }

    /// The shares of a new set, to be printed once; none when they were gathered.
    public List<Share> shares() {
        return shares;
    }

    @Override
    public String method() {
        return "shares";
    }

    @Override
    public String parameters(SecureRandom random) {
        byte[] salt = new byte[16];
        random.nextBytes(salt);
        return open + " s=" + HexFormat.of().formatHex(salt);
    }

    @Override
    public byte[] wrappingKey(String parameters) {
        Facts.of(parameters);
        return Derivation.key(secret, "rosterkeep shares " + parameters);
    }

    @Override
    public void close() {
        Arrays.fill(secret, (byte) 0);
        shares.forEach(Share::close);
    }
}
