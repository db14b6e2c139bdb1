package org.rosterkeep.appliance;

import java.time.Instant;
import java.util.Set;
import org.rosterkeep.access.Session;
import org.rosterkeep.rules.Endorsement;
import org.rosterkeep.rules.Signer;

/// Somebody who is signed in for months: a new sign-in for every signature would take most of a test's time.
record EnduringSigner(Session session) implements Signer, AutoCloseable {
    @Override
    public String operator() {
        return session.operator();
    }

    @Override
    public boolean may(Endorsement.Act act, Instant now) {
        return true;
    }

    @Override
    public Set<String> capacities() {
        return session.capacities();
    }

    @Override
    public byte[] sign(byte[] statement) {
        return session.sign(statement);
    }

    @Override
    public void close() {
        session.close();
    }
}
