package org.rosterkeep.retention;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Base64;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.rosterkeep.rules.Endorsement;
import org.rosterkeep.rules.Signer;
import org.rosterkeep.rules.Signers;

/// The signatures under what takes more than one person. What rests on the shelf counts for as much as its signatures
/// prove.
///
/// @param needed how many different people must sign
record Signing(Signers signers, int needed) {
    private static final String PRIVACY_OFFICER = "privacy-officer";

    /// One person's signature.
    ///
    /// @throws RetentionFault `ROLE_MISSING`, or `SAME_PERSON` when this person has signed already
    static Endorsement sign(Endorsement.Act act, Signer signer, String text, List<Endorsement> already, Instant now) {
        if (!signer.may(act, now)) {
            throw new RetentionFault(RetentionFault.Code.ROLE_MISSING);
        }
        String who = signer.operator();
        if (already.stream().anyMatch(one -> one.operator().equals(who))) {
            throw new RetentionFault(RetentionFault.Code.SAME_PERSON);
        }
        byte[] signature = signer.sign(Endorsement.statement(act, hash(text), who, now, signer.capacities()));
        return new Endorsement(
                who, act, now, signer.capacities(), Base64.getEncoder().encodeToString(signature));
    }

    /// How many more people must sign; one of all of them is a privacy officer.
    int missing(Endorsement.Act act, String text, List<Endorsement> signatures) {
        Set<String> proved = new HashSet<>();
        boolean officer = false;
        for (Endorsement one : signatures) {
            if (one.act() == act && proves(one, hash(text))) {
                proved.add(one.operator());
                officer |= one.roles().contains(PRIVACY_OFFICER);
            }
        }
        return Math.max(needed - proved.size(), officer ? 0 : 1);
    }

    private boolean proves(Endorsement one, String hash) {
        try {
            return signers.verifies(
                    one.operator(),
                    Endorsement.statement(one.act(), hash, one.operator(), one.at(), one.roles()),
                    Base64.getDecoder().decode(one.signature()));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
