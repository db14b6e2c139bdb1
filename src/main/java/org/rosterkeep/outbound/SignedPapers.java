package org.rosterkeep.outbound;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.rosterkeep.courier.wire.Papers;
import org.rosterkeep.courier.wire.Signature;
import org.rosterkeep.rules.Endorsement;

/// What people signed, as the courier is shown it: a rule that sends as well as a source that is asked.
public final class SignedPapers {
    private SignedPapers() {}

    /// @param district whose operators signed
    public static Papers of(String district, String text, List<Endorsement> endorsements) {
        return new Papers(
                district,
                text,
                endorsements.stream().map(SignedPapers::signature).toList(),
                Map.of());
    }

    private static Signature signature(Endorsement one) {
        return new Signature(
                one.operator(), one.act().name().toLowerCase(Locale.ROOT), one.at(), one.roles(), one.signature());
    }
}
