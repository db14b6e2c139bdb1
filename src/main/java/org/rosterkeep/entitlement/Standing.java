package org.rosterkeep.entitlement;

import org.roaringbitmap.RoaringBitmap;
import org.rosterkeep.roster.Entity;
import org.rosterkeep.roster.Relations;
import org.rosterkeep.rules.Scope;

/// How a person stands to a scope: inside, or outside for the first of its parts that fails.
public enum Standing {
    INSIDE,
    /// Never delivered, or removed since.
    NOT_IN_ROSTER,
    /// Has none of the scope's roles anywhere.
    ROLE,
    /// Has such a role, but at none of the scope's organisations.
    ORG,
    /// Is there as a student only, and in none of the scope's grades.
    GRADE,
    /// Would be inside, but is enrolled in none of the scope's classes.
    CLASS;

    /// `not-in-roster`, for scripts.
    public String word() {
        return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }

    /// @param edition made from a rule of this scope
    /// @param user ordinal, or [Relations#NONE]
    public static Standing of(Scope scope, Edition edition, int user) {
        if (edition.views().has(Entity.USER, user)) {
            return INSIDE;
        }
        Relations relations = edition.relations();
        if (!Entitlement.contains(relations.live(Entity.USER), user)) {
            return NOT_IN_ROSTER;
        }
        RoaringBitmap students = Entitlement.asStudents(scope, relations);
        Standing best = ROLE;
        for (int n = 0; n < relations.roleCount(user); n++) {
            String word = relations.role(user, n);
            if (scope.roles().contains(word)) {
                boolean there = edition.views().has(Entity.ORG, relations.roleOrg(user, n));
                boolean graded = !word.equals("student") || students.contains(user);
                Standing reached = there ? graded ? CLASS : GRADE : ORG;
                best = reached.compareTo(best) > 0 ? reached : best;
            }
        }
        return best;
    }
}
