package org.rosterkeep.appliance;

import java.util.Optional;
import org.rosterkeep.access.Session;

/// Who is at the other end of the control socket.
///
/// @param user the Unix user's name, by the kernel's word
/// @param session the operator who has signed in with this call, if one has
record Caller(String user, Optional<Session> session) {
    Caller(String user) {
        this(user, Optional.empty());
    }

    /// How the ledger names this caller: the person by name, else the machine's owner.
    String actor() {
        return session.map(Session::operator).orElse("user:" + user);
    }
}
