package org.rosterkeep.entitlement;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.roaringbitmap.RoaringBitmap;
import org.rosterkeep.roster.Entity;
import org.rosterkeep.roster.Field;
import org.rosterkeep.rules.Treatment;

/// Names what floors took from an edition since it was made: equal texts, equal losses. It goes into answers' tags, so
/// it tells of nothing that the client was not shown: records are named by their lasting keys, as ordinals depend on
/// records that are not in view, and only what may make an answer look different counts.
final class Lapse {
    private static final int KEY = 16;

    private final Edition edition;
    private final List<byte[]> text = new ArrayList<>();

    private Lapse(Edition edition) {
        this.edition = edition;
    }

    /// Empty when nothing was lost that the client could see.
    static String of(Edition edition, Views left, Hidden hidden) {
        Lapse lapse = new Lapse(edition);
        Views before = edition.views();
        for (Entity entity : Entity.values()) {
            if (lapse.shows(entity)) {
                lapse.lost(entity.name(), entity, RoaringBitmap.andNot(before.of(entity), left.of(entity)));
            }
        }
        for (Part part : Part.values()) {
            if (lapse.shows(part.entity())) {
                lapse.lost(part.name(), part.entity(), RoaringBitmap.andNot(before.of(part), left.of(part)));
            }
        }
        Hidden known = edition.kept().hidden();
        for (Field field : Field.values()) {
            if (lapse.shows(field)) {
                lapse.lost(field.name(), field.entity(), RoaringBitmap.andNot(hidden.of(field), known.of(field)));
            }
        }
        return lapse.text();
    }

    /// Whether the entity's records are given, or something that is given may point at one and be given without it.
    private boolean shows(Entity entity) {
        Lens lens = edition.lens();
        return lens.gives(entity)
                || lens.grants().keySet().stream()
                        .anyMatch(field -> refers(field)
                                && field.need() != Field.Need.GRANT
                                && field.target() == entity
                                && lens.gives(field.entity()));
    }

    private static boolean refers(Field field) {
        return switch (field.shape()) {
            case REF, REFS, ROLES -> true;
            case TEXT, TOKEN, DATE, BOOL, LIST, USER_IDS, PROFILES -> false;
        };
    }

    /// Whether the field is given, or another that is made of it.
    private boolean shows(Field field) {
        Map<Field, Treatment> grants = edition.lens().grants();
        return grants.containsKey(field)
                || grants.entrySet().stream()
                        .anyMatch(grant -> grant.getValue() instanceof Treatment.Preferred
                                && Treatment.Preferred.source(grant.getKey()) == field);
    }

    /// In the order of the keys: that of the ordinals would tell who came first.
    private void lost(String from, Entity entity, RoaringBitmap who) {
        if (who.isEmpty()) {
            return;
        }
        byte[][] keys = new byte[who.getCardinality()][KEY];
        int n = 0;
        for (int ordinal : who.toArray()) {
            edition.relations().key(entity, ordinal, keys[n++], 0);
        }
        Arrays.sort(keys, Arrays::compare);
        text.add((from + " " + keys.length + "\n").getBytes(StandardCharsets.UTF_8));
        text.addAll(Arrays.asList(keys));
    }

    private String text() {
        if (text.isEmpty()) {
            return "";
        }
        ByteBuffer whole =
                ByteBuffer.allocate(text.stream().mapToInt(part -> part.length).sum());
        text.forEach(whole::put);
        return KeptForm.sha256(whole.array());
    }
}
