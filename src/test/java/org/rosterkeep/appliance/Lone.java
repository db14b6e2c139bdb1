package org.rosterkeep.appliance;

import java.time.Instant;
import java.util.Set;
import org.rosterkeep.access.Session;
import org.rosterkeep.rules.Endorsement;
import org.rosterkeep.rules.Signer;

/// One person, in the role they have just now, who never has to sign in again.
///
/// @param since when they signed in
record Lone(Session session, Instant since) implements Signer {
    @Override
    public String operator() {
        return session.operator();
    }

    @Override
    public boolean may(Endorsement.Act act, Instant now) {
        return session.may(act, since);
    }

    @Override
    public Set<String> capacities() {
        return session.capacities();
    }

    @Override
    public byte[] sign(byte[] statement) {
        return session.sign(statement);
    }
}
