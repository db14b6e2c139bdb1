package org.rosterkeep.disclosure;

import org.rosterkeep.roster.Entity;
import org.rosterkeep.roster.Field;

/// Permits for tests of those who read by them: only the gate makes them in the house.
public final class Permits {
    private Permits() {}

    public static Permit of(Entity entity, long batch, long fields, int... ordinals) {
        return Permit.glance(entity, batch, fields, ordinals);
    }

    /// A permit for every field of the entity.
    public static Permit whole(Entity entity, long batch, int... ordinals) {
        return Permit.glance(
                entity, batch, Field.of(entity).stream().mapToLong(Field::mask).sum(), ordinals);
    }
}
