package org.rosterkeep.vault;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.roaringbitmap.RoaringBitmap;
import org.rosterkeep.roster.Entity;

/// Takes the rows of an erased person out of every version of their blocks, in place: whoever still reads as of an
/// older batch finds no row there. The sets that say something of a person lose them in every version, too.
final class Blots {
    private final Blocks blocks;
    private final Store.Transaction transaction;
    private final Directory before;
    private final Map<Entity, RoaringBitmap> records = new TreeMap<>();
    private long rows;

    Blots(Blocks blocks, Store.Transaction transaction, Directory before) {
        this.blocks = blocks;
        this.transaction = transaction;
        this.before = before;
    }

    void add(Entity entity, int ordinal) {
        records.computeIfAbsent(entity, any -> new RoaringBitmap()).add(ordinal);
    }

    boolean isEmpty() {
        return records.isEmpty();
    }

    /// How many rows were taken out, all versions counted; known once it is written.
    long rows() {
        return rows;
    }

    /// Writes the blocks anew; returns which ones, so that nobody goes on reading what is in memory of them.
    List<Directory.Place> write() {
        List<Directory.Place> written = new ArrayList<>();
        records.forEach((entity, ordinals) -> slots(entity, ordinals).forEach((block, gone) -> {
            int space = Space.rows(entity);
            for (long version : before.versions(space, block)) {
                if (blot(entity, new Directory.Place(space, block, version), gone)) {
                    written.add(new Directory.Place(space, block, version));
                }
            }
        }));
        RoaringBitmap users = records.get(Entity.USER);
        if (users != null) {
            unset(users);
        }
        return written;
    }

    private static Map<Integer, List<Integer>> slots(Entity entity, RoaringBitmap ordinals) {
        Map<Integer, List<Integer>> slots = new HashMap<>();
        for (int ordinal : ordinals.toArray()) {
            slots.computeIfAbsent(RowBlock.block(entity, ordinal), any -> new ArrayList<>())
                    .add(RowBlock.slot(entity, ordinal));
        }
        return slots;
    }

    private boolean blot(Entity entity, Directory.Place place, List<Integer> gone) {
        int slots = RowBlock.slots(entity);
        byte[] base = RowBlock.checked(blocks.open(place.space(), place.block(), place.version()), slots);
        byte[][] fresh = new byte[slots][];
        boolean something = false;
        for (int slot : gone) {
            if (RowBlock.start(base, slots, slot) < RowBlock.end(base, slots, slot)) {
                fresh[slot] = new byte[0];
                rows++;
                something = true;
            }
        }
        if (something) {
            blocks.put(transaction, place.space(), place.block(), place.version(), RowBlock.pack(base, fresh));
        }
        return something;
    }

    /// Grades and ages are no rows, and tell of a person all the same.
    private void unset(RoaringBitmap users) {
        for (long version : before.versions(Space.SETS, Space.AGE_13_PLUS)) {
            RoaringBitmap set = Columns.set(ByteBuffer.wrap(blocks.open(Space.SETS, Space.AGE_13_PLUS, version)));
            if (RoaringBitmap.intersects(set, users)) {
                set.andNot(users);
                blocks.put(transaction, Space.SETS, Space.AGE_13_PLUS, version, Columns.set(set));
            }
        }
        for (long version : before.versions(Space.SETS, Space.GRADES)) {
            Map<String, RoaringBitmap> grades =
                    new TreeMap<>(Columns.sets(blocks.open(Space.SETS, Space.GRADES, version)));
            if (grades.values().stream().anyMatch(set -> RoaringBitmap.intersects(set, users))) {
                grades.values().forEach(set -> set.andNot(users));
                grades.values().removeIf(RoaringBitmap::isEmpty);
                blocks.put(transaction, Space.SETS, Space.GRADES, version, Columns.sets(grades));
            }
        }
    }
}
