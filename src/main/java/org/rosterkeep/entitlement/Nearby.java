package org.rosterkeep.entitlement;

import java.util.function.IntFunction;
import org.roaringbitmap.RoaringBitmap;
import org.rosterkeep.roster.Entity;
import org.rosterkeep.roster.Relations;

/// The live records that can belong to a few places at all, so that a rule for one school costs what that school is
/// large, and not what the district is. May name too many, never too few.
record Nearby(Relations relations) {
    /// From this share of all records on, looking at every one of them is cheaper than gathering some.
    private static final double MANY = 0.4;

    /// Users with a role at one of the orgs.
    RoaringBitmap users(RoaringBitmap orgs) {
        return gathered(Entity.USER, orgs, relations::usersOfOrg);
    }

    /// Classes of one of the schools.
    RoaringBitmap classes(RoaringBitmap schools) {
        return gathered(Entity.CLASS, schools, relations::classesOfSchool);
    }

    /// Enrolments in one of the classes.
    RoaringBitmap enrollments(RoaringBitmap classes) {
        return gathered(Entity.ENROLLMENT, classes, relations::enrollmentsOfClass);
    }

    private RoaringBitmap gathered(Entity entity, RoaringBitmap places, IntFunction<int[]> of) {
        RoaringBitmap live = relations.live(entity);
        long enough = (long) (live.getLongCardinality() * MANY);
        RoaringBitmap found = new RoaringBitmap();
        long count = 0;
        for (int place : places) {
            int[] members = of.apply(place);
            count += members.length;
            if (count > enough) {
                return live;
            }
            found.add(members);
        }
        found.and(live);
        return found;
    }
}
