package org.rosterkeep.appliance;

import java.util.Set;
import java.util.stream.Collectors;
import org.rosterkeep.access.Role;

/// Who may do one thing.
///
/// @param flag an argument that makes a different act of the verb when it is set (`client oauth1` on); empty for the
/// verb as such
/// @param roles any one of them is enough; empty when it is the machine's owner's alone
record Mandate(String verb, String flag, Who who, Set<Role> roles) {
    /// How the machine's owner and the district's people stand to each other in it. The owner is whoever the operating
    /// system lets use the control socket.
    enum Who {
        /// The owner; it lets no data out and names no person.
        OWNER,
        /// The owner as well as a person: a stop, or an automatic import.
        OWNER_OR_PERSON,
        /// The owner until the district has an administrator, or while nobody can sign in because it is not open; then
        /// a person.
        OWNER_FIRST,
        /// A person only.
        PERSON
    }

    Mandate {
        roles = Set.copyOf(roles);
    }

    boolean covers(Call call) {
        return verb.equals(call.verb()) && (flag.isEmpty() || call.flag(flag));
    }

    /// The act, as the table names it: `client oauth1, on`.
    String act() {
        return flag.isEmpty() ? verb : verb + ", " + flag;
    }

    String words() {
        var people = words(", ");
        return switch (who) {
            case OWNER -> "the machine's owner";
            case OWNER_OR_PERSON -> "the machine's owner, " + people;
            case OWNER_FIRST -> "the machine's owner while there is no administrator, then " + people;
            case PERSON -> people;
        };
    }

    /// What somebody is told who may not; a sentence without its full stop.
    String refusal() {
        return "It takes a person with the role " + words(" or ");
    }

    private String words(String between) {
        return roles.stream().map(Role::word).sorted().collect(Collectors.joining(between));
    }
}
