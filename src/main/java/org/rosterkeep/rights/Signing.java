package org.rosterkeep.rights;

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

/// The signatures under what takes more than one person: the end of a protection, and an exception to it. What rests on
/// the shelf counts for as much as its signatures prove, so that a changed row takes nobody's protection away.
///
/// @param needed how many different people must sign
record Signing(Signers signers, int needed) {
    private static final Endorsement.Act ACT = Endorsement.Act.RESUME;

    /// One person's signature.
    ///
    /// @throws RightsFault `ROLE_MISSING`, or `SAME_PERSON` when this person has signed already
    static Endorsement sign(Signer signer, String text, List<Endorsement> already, Instant now) {
        if (!signer.may(ACT, now)) {
            throw new RightsFault(RightsFault.Code.ROLE_MISSING);
        }
        String who = signer.operator();
        if (already.stream().anyMatch(one -> one.operator().equals(who))) {
            throw new RightsFault(RightsFault.Code.SAME_PERSON);
        }
        byte[] signature = signer.sign(Endorsement.statement(ACT, hash(text), who, now, Set.of()));
        return new Endorsement(who, ACT, now, Set.of(), Base64.getEncoder().encodeToString(signature));
    }

    /// How many more people must sign.
    int missing(String text, List<Endorsement> signatures) {
        Set<String> proved = new HashSet<>();
        for (Endorsement one : signatures) {
            if (proves(one, hash(text))) {
                proved.add(one.operator());
            }
        }
        return Math.max(0, needed - proved.size());
    }

    private boolean proves(Endorsement one, String hash) {
        try {
            return one.act() == ACT
                    && signers.verifies(
                            one.operator(),
                            Endorsement.statement(ACT, hash, one.operator(), one.at(), one.roles()),
                            Base64.getDecoder().decode(one.signature()));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /// Whether everything in a dossier that took several people was signed by them.
    boolean sound(Dossier dossier) {
        boolean protections = dossier.all(Entry.Protection.class)
                .allMatch(one -> one.open() || missing(lifting(dossier.subject(), one), one.signatures()) == 0);
        boolean exceptions = dossier.all(Entry.Exposure.class)
                .allMatch(one -> one.granted()
                        .map(at -> missing(exception(dossier.subject(), one), one.signatures()) == 0
                                && one.signatures().getLast().at().equals(at))
                        .orElse(true));
        return protections && exceptions;
    }

    /// What those sign who lift a protection.
    static String lifting(Subject subject, Entry.Protection one) {
        return String.join("\n", "end of protection", subject.id(), line(one.made()));
    }

    /// What those sign who make an exception to a protection.
    static String exception(Subject subject, Entry.Exposure one) {
        return String.join(
                "\n",
                "exception to protection",
                subject.id(),
                line(one.made()),
                one.vendor(),
                String.valueOf(one.days()),
                one.reason());
    }

    private static String line(Entry.Made made) {
        return made.number() + " " + made.at();
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
