package org.rosterkeep.access;

import java.time.Instant;
import java.util.Set;

/// A person of the district's who works with the appliance.
///
/// @param roles never empty
/// @param retired true when the person has left: no sign-in any more; what was signed stays signed
public record Operator(String name, Set<Role> roles, Instant made, boolean retired) {
    public Operator {
        roles = Set.copyOf(roles);
        if (roles.isEmpty()) {
            throw new AccessFault(AccessFault.Code.OPERATOR_WITHOUT_ROLE);
        }
    }
}
