package org.rosterkeep.vault;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.RoaringBitmap;
import org.rosterkeep.roster.Entity;
import org.rosterkeep.roster.RecordKey;
import org.rosterkeep.roster.Relations;

/// One entity's table while a batch changes it. Whatever the batch does not touch stays the very same array,
/// which is how
/// the commit knows what need not be written.
final class TableDraft {
    private final Entity entity;
    private final Relations.Table before;
    private final int[][] columns;
    private final boolean[] columnOwned;
    private KeyIndex index;
    private boolean indexOwned;
    private OtherNames names;
    private final OtherNames namesBefore;
    private RoaringBitmap live;
    private boolean liveOwned;
    private int size;
    private int[] starts;
    private int[] many;
    private boolean manyChanged;
    private int[] @Nullable [] fresh = new int[0][];

    TableDraft(Entity entity, Relations.Table before, KeyIndex index, OtherNames names) {
        this.entity = entity;
        this.before = before;
        this.index = index;
        this.names = names;
        namesBefore = names;
        columns = before.columns().clone();
        columnOwned = new boolean[columns.length];
        starts = before.starts();
        many = before.many();
        live = before.live();
        size = before.size();
    }

    Entity entity() {
        return entity;
    }

    Relations.Table before() {
        return before;
    }

    int size() {
        return size;
    }

    RoaringBitmap live() {
        return live;
    }

    KeyIndex index() {
        return index;
    }

    OtherNames names() {
        return names;
    }

    OtherNames namesBefore() {
        return namesBefore;
    }

    /// Gives a record that was known before the batch one more name, which nobody has.
    void rename(int ordinal, RecordKey key) {
        if (ordinal >= before.size() || find(key) != Relations.NONE) {
            throw new IllegalArgumentException("only a known record takes a name, and only a free one");
        }
        if (names == namesBefore) {
            names = names.copy();
        }
        names.add(key, ordinal);
    }

    int find(RecordKey key) {
        int first = index.find(key);
        return first != Relations.NONE ? first : names.find(key);
    }

    int reserve(RecordKey key) {
        int known = find(key);
        if (known != Relations.NONE) {
            return known;
        }
        if (!indexOwned) {
            index = index.copy();
            indexOwned = true;
        }
        index.add(key, size);
        return size++;
    }

    /// Makes room for an ordinal that another entity gave (demographics share their user's).
    void reach(int ordinal) {
        size = Math.max(size, ordinal + 1);
    }

    void live(int ordinal, boolean now) {
        if (!liveOwned) {
            live = before.live().clone();
            liveOwned = true;
        }
        if (now) {
            live.add(ordinal);
        } else {
            live.remove(ordinal);
        }
    }

    int get(int column, int ordinal) {
        return columns[column][ordinal];
    }

    /// Sets a single reference.
    void set(int column, int ordinal, int value) {
        int[] values = columns[column];
        if (ordinal < values.length && values[ordinal] == value) {
            return;
        }
        if (!columnOwned[column] || ordinal >= values.length) {
            int length = Math.max(size, values.length);
            values = Arrays.copyOf(values, ordinal < values.length ? length : length + (length >> 1) + 64);
            Arrays.fill(values, columns[column].length, values.length, Relations.NONE);
            columns[column] = values;
            columnOwned[column] = true;
        }
        values[ordinal] = value;
    }

    /// Sets many-valued references; the array is kept.
    void setMany(int ordinal, int[] values) {
        if (ordinal < before.size()) {
            int[] old = before.starts();
            if (Arrays.equals(values, 0, values.length, before.many(), old[ordinal], old[ordinal + 1])) {
                if (ordinal < fresh.length) {
                    fresh[ordinal] = null;
                }
                return;
            }
        }
        if (ordinal >= fresh.length) {
            fresh = Arrays.copyOf(fresh, Math.max(size, ordinal + 1 + (fresh.length >> 1)));
        }
        fresh[ordinal] = values;
        manyChanged = true;
    }

    /// Ends the batch: ordinals that were reserved and never got a row go back; a gap between others stays,
    /// without a key.
    void settle(RoaringBitmap added) {
        int from = before.size();
        if (size == from || entity.identity() != entity) {
            return;
        }
        int kept = Math.max(from, added.isEmpty() ? 0 : added.last() + 1);
        boolean gaps = kept < size;
        for (int ordinal = from; ordinal < size; ordinal++) {
            if (!added.contains(ordinal)) {
                index.high()[ordinal] = 0;
                index.low()[ordinal] = 0;
                gaps = true;
            }
        }
        size = kept;
        if (gaps) {
            index = KeyIndex.over(index.high(), index.low(), size);
        }
    }

    /// The table after the batch.
    Relations.Table table() {
        int[][] whole = new int[columns.length][];
        for (int i = 0; i < columns.length; i++) {
            whole[i] = columns[i];
            if (whole[i].length < size) {
                whole[i] = Arrays.copyOf(columns[i], size);
                Arrays.fill(whole[i], columns[i].length, size, Relations.NONE);
            }
        }
        if (Columns.hasMany(entity) && (manyChanged || size > before.size())) {
            joinMany();
        }
        boolean own = entity.identity() == entity;
        long[] high = own ? index.high() : before.keyHigh();
        long[] low = own ? index.low() : before.keyLow();
        return new Relations.Table(size, live, high, low, whole, starts, many);
    }

    private void joinMany() {
        int[] next = new int[size + 1];
        for (int ordinal = 0; ordinal < size; ordinal++) {
            int[] values = ordinal < fresh.length ? fresh[ordinal] : null;
            next[ordinal + 1] = next[ordinal] + (values != null ? values.length : lengthBefore(ordinal));
        }
        int[] joined = new int[next[size]];
        for (int ordinal = 0; ordinal < size; ordinal++) {
            int[] values = ordinal < fresh.length ? fresh[ordinal] : null;
            if (values != null) {
                System.arraycopy(values, 0, joined, next[ordinal], values.length);
            } else {
                int length = next[ordinal + 1] - next[ordinal];
                if (length > 0) {
                    System.arraycopy(before.many(), before.starts()[ordinal], joined, next[ordinal], length);
                }
            }
        }
        starts = next;
        many = joined;
    }

    private int lengthBefore(int ordinal) {
        return ordinal < before.size() ? before.starts()[ordinal + 1] - before.starts()[ordinal] : 0;
    }
}
