package org.rosterkeep.disclosure;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.rosterkeep.entitlement.Edition;
import org.rosterkeep.roster.Entity;

/// What a course has for an organisation when its own is not in view: the school of a class that is taught in it, of
/// several that whose id comes first. The courses of a school are found in the same way ([Nesting]).
final class TaughtAt {
    private TaughtAt() {}

    /// By course the outward id of the school.
    static Map<Integer, byte[]> schools(Edition edition, Names names) {
        Map<Integer, byte[]> schools = new HashMap<>();
        byte[] id = new byte[Names.LENGTH_MAX];
        edition.live(Entity.CLASS).forEach((int klass) -> {
            int school = edition.relations().classSchool(klass);
            if (edition.views().has(Entity.ORG, school)) {
                byte[] named = Arrays.copyOf(id, names.of(Entity.ORG, school, id));
                schools.merge(
                        edition.relations().classCourse(klass),
                        named,
                        (one, other) -> Arrays.compareUnsigned(one, other) <= 0 ? one : other);
            }
        });
        return schools;
    }
}
