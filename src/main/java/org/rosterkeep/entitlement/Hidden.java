package org.rosterkeep.entitlement;

import java.util.EnumMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.roaringbitmap.RoaringBitmap;
import org.rosterkeep.roster.Entity;
import org.rosterkeep.roster.Field;
import org.rosterkeep.rules.Floors;

/// What floors take from the records of a view: values that count as absent. Whole records that they take are not in
/// the view at all.
///
/// @param stamp of the floors ([Floors.Withheld#stamp]) that the view was made under
/// @param fields ordinals by field, members of the view only. Not to be changed
public record Hidden(long stamp, Map<Field, RoaringBitmap> fields) {
    public static final Hidden NOTHING = new Hidden(0, Map.of());

    public Hidden {
        fields = Map.copyOf(fields);
    }

    static Hidden of(Floors.Withheld withheld, Views views) {
        Map<Field, RoaringBitmap> fields = new EnumMap<>(Field.class);
        withheld.fields().forEach((field, ordinals) -> {
            RoaringBitmap inView = RoaringBitmap.and(ordinals, views.of(field.entity()));
            if (!inView.isEmpty()) {
                fields.put(field, inView);
            }
        });
        return new Hidden(withheld.stamp(), fields);
    }

    /// Both: what either of the two hides.
    Hidden with(Hidden other) {
        Map<Field, RoaringBitmap> both = new EnumMap<>(Field.class);
        both.putAll(fields);
        other.fields.forEach(
                (field, ordinals) -> both.merge(field, ordinals, (one, more) -> RoaringBitmap.or(one, more)));
        return new Hidden(other.stamp, both);
    }

    /// The records of an entity of which one hides another value than the other.
    RoaringBitmap differing(Entity entity, Hidden other) {
        Set<Field> either = new HashSet<>(fields.keySet());
        either.addAll(other.fields.keySet());
        RoaringBitmap differing = new RoaringBitmap();
        for (Field field : either) {
            if (field.entity() == entity) {
                differing.or(RoaringBitmap.xor(of(field), other.of(field)));
            }
        }
        return differing;
    }

    public RoaringBitmap of(Field field) {
        return fields.getOrDefault(field, new RoaringBitmap());
    }

    /// The fields of an entity that are hidden of anybody.
    public Map<Field, RoaringBitmap> of(Entity entity) {
        Map<Field, RoaringBitmap> own = new EnumMap<>(Field.class);
        fields.forEach((field, ordinals) -> {
            if (field.entity() == entity) {
                own.put(field, ordinals);
            }
        });
        return own;
    }
}
