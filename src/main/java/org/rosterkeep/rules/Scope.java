package org.rosterkeep.rules;

import java.util.Set;
import org.rosterkeep.roster.SourcedId;

/// The population of a rule. Absence and emptiness both mean nobody: `orgs` and `roles` must name at least one each.
///
/// @param orgs sourcedIds of organisations
/// @param subOrgs whether the organisations below them belong to the scope
/// @param roles OneRoster 1.2 user roles (`student`, `teacher`, ...)
/// @param grades if not empty: students only in these grades (a student without a grade is out)
/// @param classes if not empty: only these classes, and only users enrolled in one of them
public record Scope(
        Set<SourcedId> orgs, boolean subOrgs, Set<String> roles, Set<String> grades, Set<SourcedId> classes) {
    public Scope {
        orgs = Set.copyOf(orgs);
        roles = Set.copyOf(roles);
        grades = Set.copyOf(grades);
        classes = Set.copyOf(classes);
        if (orgs.isEmpty() || roles.isEmpty()) {
            throw new IllegalArgumentException("a scope names at least one org and one role");
        }
    }
}
