package org.rosterkeep.entitlement;

import java.util.EnumMap;
import java.util.Map;
import org.roaringbitmap.RoaringBitmap;
import org.rosterkeep.roster.Entity;

/// The records inside a rule's scope, by entity and by part, whether the rule gives the entity or not: a reference is
/// judged by whether its target is in here. Not to be changed once made.
public record Views(Map<Entity, RoaringBitmap> members, Map<Part, RoaringBitmap> parts) {
    public static final Views EMPTY = new Views(Map.of(), Map.of());

    public Views {
        members = Map.copyOf(members);
        parts = Map.copyOf(parts);
    }

    public RoaringBitmap of(Entity entity) {
        return members.getOrDefault(entity, new RoaringBitmap());
    }

    public RoaringBitmap of(Part part) {
        return parts.getOrDefault(part, new RoaringBitmap());
    }

    /// What is inside both.
    Views and(Views other) {
        Map<Entity, RoaringBitmap> both = new EnumMap<>(Entity.class);
        members.forEach((entity, of) -> both.put(entity, RoaringBitmap.and(of, other.of(entity))));
        Map<Part, RoaringBitmap> ofParts = new EnumMap<>(Part.class);
        parts.forEach((part, of) -> ofParts.put(part, RoaringBitmap.and(of, other.of(part))));
        return new Views(both, ofParts);
    }

    public boolean has(Entity entity, int ordinal) {
        return ordinal >= 0 && of(entity).contains(ordinal);
    }
}
