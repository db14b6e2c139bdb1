package org.rosterkeep.disclosure;

import java.util.ArrayList;
import java.util.List;
import org.roaringbitmap.RoaringBitmap;
import org.rosterkeep.entitlement.Edition;
import org.rosterkeep.entitlement.Part;
import org.rosterkeep.roster.Entity;
import org.rosterkeep.roster.Relations;

/// How many roles each user of an edition is shown with, out of the roster's shape: those [Roles] would find in
/// the row.
final class RoleCounts {
    private RoleCounts() {}

    /// By n: the users with more than n + 1.
    static List<RoaringBitmap> of(Edition edition) {
        List<RoaringBitmap> more = new ArrayList<>();
        RoaringBitmap orgs = edition.views().of(Entity.ORG);
        RoaringBitmap students = edition.views().of(Part.STUDENTS);
        Relations relations = edition.relations();
        edition.live(Entity.USER).forEach((int user) -> {
            int count = 0;
            for (int n = 0; n < relations.roleCount(user); n++) {
                String word = relations.role(user, n);
                int org = relations.roleOrg(user, n);
                boolean shown = edition.lens().roles().contains(word)
                        && org >= 0
                        && orgs.contains(org)
                        && (!word.equals("student") || students.contains(user));
                count += shown ? 1 : 0;
            }
            for (int n = 1; n < count; n++) {
                if (more.size() < n) {
                    more.add(new RoaringBitmap());
                }
                more.get(n - 1).add(user);
            }
        });
        return more;
    }
}
