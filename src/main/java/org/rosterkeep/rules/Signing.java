package org.rosterkeep.rules;

import java.time.Instant;
import java.util.Base64;

/// Makes signatures and looks at them.
record Signing(Signers signers) {
    /// Has a person sign something; refuses whoever may not, or whose signature does not fit.
    Endorsement endorse(Endorsement.Act act, String hash, Signer signer, Instant now) {
        if (!signer.may(act, now)) {
            throw new RulesFault(RulesFault.Code.ROLE_MISSING);
        }
        byte[] statement = Endorsement.statement(act, hash, signer.operator(), now, signer.capacities());
        byte[] signature = signer.sign(statement);
        if (!signers.verifies(signer.operator(), statement, signature)) {
            throw new RulesFault(RulesFault.Code.SIGNATURE_WRONG);
        }
        String text = Base64.getEncoder().encodeToString(signature);
        return new Endorsement(signer.operator(), act, now, signer.capacities(), text);
    }

    boolean genuine(Endorsement one, String hash) {
        try {
            byte[] statement = Endorsement.statement(one.act(), hash, one.operator(), one.at(), one.roles());
            byte[] signature = Base64.getDecoder().decode(one.signature());
            return Base64.getEncoder().encodeToString(signature).equals(one.signature())
                    && signers.verifies(one.operator(), statement, signature);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
