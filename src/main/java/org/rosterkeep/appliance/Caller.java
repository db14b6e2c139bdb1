package org.rosterkeep.appliance;

/// Who is at the other end of the control socket, by the kernel's word.
///
/// @param user the Unix user's name
record Caller(String user) {
    /// How the ledger names this caller.
    String actor() {
        return "user:" + user;
    }
}
