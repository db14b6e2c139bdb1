package org.rosterkeep.entitlement;

import java.util.EnumMap;
import java.util.Map;
import org.roaringbitmap.RoaringBitmap;
import org.rosterkeep.roster.Entity;

/// Names what floors took from an edition since it was made: equal texts, equal losses. It depends on nothing that was
/// not in the edition.
final class Lapse {
    private Lapse() {}

    /// Empty when nothing was lost.
    static String of(Edition edition, Views left, Hidden hidden) {
        Hidden before = edition.kept().hidden();
        if (edition.views().equals(left) && before.fields().equals(hidden.fields())) {
            return "";
        }
        Map<Entity, RoaringBitmap> lost = new EnumMap<>(Entity.class);
        edition.views()
                .members()
                .forEach((entity, members) -> lost.put(entity, RoaringBitmap.andNot(members, left.of(entity))));
        Map<Part, RoaringBitmap> lostParts = new EnumMap<>(Part.class);
        edition.views()
                .parts()
                .forEach((part, members) -> lostParts.put(part, RoaringBitmap.andNot(members, left.of(part))));
        return KeptForm.digest(lost, lostParts, hidden.fields());
    }
}
