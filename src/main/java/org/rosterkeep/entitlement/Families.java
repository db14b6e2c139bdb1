package org.rosterkeep.entitlement;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.roaringbitmap.RoaringBitmap;
import org.rosterkeep.roster.Entity;
import org.rosterkeep.roster.Relations;

/// Whose child each org and each session of a view is: all that must be remembered of a roster's shape to know
/// later how
/// its records looked.
///
/// @param members the ordinals, ascending
/// @param parents at the same places, [Relations#NONE] for none. Neither is to be changed
public record Families(Map<Entity, int[]> members, Map<Entity, int[]> parents) {
    /// The entities that have children.
    static final List<Entity> ENTITIES = List.of(Entity.ORG, Entity.ACADEMIC_SESSION);

    public Families {
        members = Map.copyOf(members);
        parents = Map.copyOf(parents);
    }

    static Families of(Relations relations, Views views) {
        Map<Entity, int[]> members = new EnumMap<>(Entity.class);
        Map<Entity, int[]> parents = new EnumMap<>(Entity.class);
        for (Entity entity : ENTITIES) {
            int[] of = views.of(entity).toArray();
            members.put(entity, of);
            parents.put(
                    entity,
                    Arrays.stream(of)
                            .map(one -> entity == Entity.ORG ? relations.orgParent(one) : relations.sessionParent(one))
                            .toArray());
        }
        return new Families(members, parents);
    }

    /// The parent of a member; [Relations#NONE] for none.
    public int parent(Entity entity, int ordinal) {
        int at = Arrays.binarySearch(members.getOrDefault(entity, new int[0]), ordinal);
        return at < 0 ? Relations.NONE : parents.getOrDefault(entity, new int[0])[at];
    }

    /// The parents of some, and the children of some, among the members.
    RoaringBitmap kin(Entity entity, RoaringBitmap of) {
        RoaringBitmap kin = new RoaringBitmap();
        int[] all = members.getOrDefault(entity, new int[0]);
        int[] above = parents.getOrDefault(entity, new int[0]);
        for (int n = 0; n < all.length; n++) {
            if (above[n] == Relations.NONE) {
                continue;
            }
            if (of.contains(all[n])) {
                kin.add(above[n]);
            }
            if (of.contains(above[n])) {
                kin.add(all[n]);
            }
        }
        return kin;
    }
}
