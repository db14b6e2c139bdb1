package org.rosterkeep.disclosure;

import java.util.Arrays;
import java.util.Set;
import org.roaringbitmap.RoaringBitmap;
import org.rosterkeep.entitlement.Looks;
import org.rosterkeep.entitlement.Track;
import org.rosterkeep.roster.Entity;
import org.rosterkeep.roster.Field;
import org.rosterkeep.roster.Relations;
import org.rosterkeep.roster.Shape;
import org.rosterkeep.roster.Slice;

/// Tells the editions whether records look different, by writing them both ways and comparing the bytes. The
/// bytes go no
/// further.
public final class Mirror implements Looks {
    private static final Set<String> OUTSIDE = Set.of(Selection.STATUS, Selection.CHANGED);
    private static final String ANY_BASE = "https://host";
    /// Ids made for a comparison are few; nothing of them is kept.
    private static final long CACHE_BYTES = 1 << 20;

    private final Records records;
    private final Aliases.Book aliases;

    public Mirror(Records records, Aliases.Book aliases) {
        this.records = records;
        this.aliases = aliases;
    }

    @Override
    public RoaringBitmap whole(Entity entity, long batch, RoaringBitmap within) {
        long required = 0;
        for (Field field : Field.of(entity)) {
            boolean reference = field.target() != entity
                    || switch (field.shape()) {
                        case REF, REFS, ROLES -> true;
                        case TEXT, TOKEN, DATE, BOOL, LIST, USER_IDS, PROFILES -> false;
                    };
            if (field.need() == Field.Need.GRANT && !reference) {
                required |= field.mask();
            }
        }
        if (required == 0 || within.isEmpty()) {
            return within;
        }
        long wanted = required;
        RoaringBitmap whole = new RoaringBitmap();
        records.read(Permit.glance(entity, batch, wanted, within.toArray()), (_, ordinal, row) -> {
            if (row != null && (row.mask() & wanted) == wanted) {
                whole.add(ordinal);
            }
        });
        return whole;
    }

    @Override
    public RoaringBitmap moved(Entity entity, Sight before, Sight after, RoaringBitmap candidates) {
        boolean forgotten = aliases.forgot(before.lens().domain());
        if (candidates.isEmpty() || after.relations().isEmpty() || forgotten) {
            return candidates;
        }
        Relations keys = after.relations().get();
        Outward outward = new Outward(records, aliases, new Cache(CACHE_BYTES));
        Picture then = new Picture(entity, before, outward.names(before.lens(), before.batch(), keys, before.held()));
        Picture now = new Picture(entity, after, outward.names(after.lens(), after.batch(), keys, after.held()));
        RoaringBitmap moved = new RoaringBitmap();
        int[] ordinals = candidates.toArray();
        for (int from = 0; from < ordinals.length; from += Names.CHUNK) {
            int[] chunk = Arrays.copyOfRange(ordinals, from, Math.min(ordinals.length, from + Names.CHUNK));
            byte[][] old = then.of(chunk);
            byte[][] young = now.of(chunk);
            for (int n = 0; n < chunk.length; n++) {
                if (old[n].length == 0 || !Arrays.equals(old[n], young[n])) {
                    moved.add(chunk[n]);
                }
            }
        }
        return moved;
    }

    @Override
    public void links(Field field, long batch, RoaringBitmap within, Link link) {
        // Ordinals of ours come out of here, and nothing else ever.
        if (field.shape() != Shape.REF && field.shape() != Shape.REFS) {
            throw new IllegalArgumentException("not a reference");
        }
        Slice value = new Slice();
        records.read(Permit.glance(field.entity(), batch, field.mask(), within.toArray()), (_, ordinal, row) -> {
            if (row != null && row.reveal(field, value)) {
                while (value.start < value.end) {
                    link.to(ordinal, value.varint());
                }
            }
        });
    }

    /// How records look in one sight, all but the envelope's status and time.
    private final class Picture {
        private final Entity entity;
        private final Sight sight;
        private final Names names;
        private final Form form;
        private final Out out = new Out();
        private final Line line = new Line(Track.NONE);

        Picture(Entity entity, Sight sight, Names names) {
            this.entity = entity;
            this.sight = sight;
            this.names = names;
            form = new Form(sight, Wire.V1P2, entity, Selection.allBut(OUTSIDE), names, ANY_BASE);
        }

        /// The bytes of each record; none for one that cannot be read or written.
        byte[][] of(int[] ordinals) {
            byte[][] looks = new byte[ordinals.length][0];
            names.prepare(entity, ordinals, 0, ordinals.length);
            Records seen = Sighted.of(records, sight);
            seen.read(Permit.glance(entity, sight.batch(), form.needs(), ordinals), (n, ordinal, row) -> {
                if (row != null) {
                    out.clear();
                    line.idLength = names.at(n, line.id);
                    line.active(ordinal, row);
                    if (form.write(out, line)) {
                        looks[n] = out.since(0);
                    }
                }
            });
            return looks;
        }
    }
}
