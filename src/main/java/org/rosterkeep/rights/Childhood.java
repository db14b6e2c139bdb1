package org.rosterkeep.rights;

import java.util.Set;
import org.roaringbitmap.RoaringBitmap;
import org.rosterkeep.roster.Entity;
import org.rosterkeep.roster.Relations;

/// Who may be a child. Not to know somebody's age is no evidence of it, and neither is a grade: only the age flag says
/// that a pupil is old enough. Whoever has nothing but roles of adults is none; a role that nobody listed as an
/// adult's, of this school's own for instance, may be a child's.
final class Childhood {
    private final Relations relations;
    private final RoaringBitmap enrolled;
    private final boolean[] adult;

    private Childhood(Relations relations, Set<String> adultRoles) {
        this.relations = relations;
        enrolled = relations.live(Entity.ENROLLMENT);
        adult = new boolean[relations.words().size()];
        for (String role : adultRoles) {
            int word = relations.wordIndex(role);
            if (word != Relations.NONE) {
                adult[word] = true;
            }
        }
    }

    static RoaringBitmap in(Relations relations, Set<String> adultRoles) {
        Childhood childhood = new Childhood(relations, adultRoles);
        RoaringBitmap children = RoaringBitmap.bitmapOfRange(0, relations.size(Entity.USER));
        children.andNot(relations.age13Plus());
        RoaringBitmap adults = new RoaringBitmap();
        children.forEach((int user) -> {
            if (childhood.adult(user)) {
                adults.add(user);
            }
        });
        children.andNot(adults);
        return children;
    }

    /// Somebody without any role is not known to be one.
    private boolean adult(int user) {
        int roles = relations.roleCount(user);
        for (int n = 0; n < roles; n++) {
            if (!is(relations.roleWord(user, n))) {
                return false;
            }
        }
        for (int enrollment : relations.enrollmentsOfUser(user)) {
            if (enrolled.contains(enrollment) && !is(relations.enrollmentRoleWord(enrollment))) {
                return false;
            }
        }
        return roles > 0;
    }

    private boolean is(int word) {
        return word >= 0 && adult[word];
    }
}
