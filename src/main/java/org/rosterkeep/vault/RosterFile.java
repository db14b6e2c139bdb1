package org.rosterkeep.vault;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.roaringbitmap.RoaringBitmap;
import org.rosterkeep.roster.Entity;
import org.rosterkeep.roster.Relations;

/// Keeps relations as columns, and makes them again at the next opening: a few dozen large blocks for a district, no
/// rows. Only chunks that changed are written.
final class RosterFile {
    private final Blocks blocks;

    RosterFile(Blocks blocks) {
        this.blocks = blocks;
    }

    /// The relations as they stood after a batch: columns are versioned and swept as rows are.
    Relations load(Directory directory, long batch) {
        Map<Entity, Relations.Table> tables = new EnumMap<>(Entity.class);
        for (Entity entity : Entity.values()) {
            tables.put(entity, table(directory, entity, batch));
        }
        return new Relations(new Relations.Parts(
                batch,
                tables,
                blocks.asOf(directory, Space.SETS, Space.GRADES, batch)
                        .map(Columns::sets)
                        .orElse(Map.of()),
                set(directory, Space.SCHOOLS, batch),
                set(directory, Space.TERMS, batch),
                set(directory, Space.GRADING_PERIODS, batch),
                set(directory, Space.AGE_13_PLUS, batch),
                blocks.asOf(directory, Space.WORDS, 0, batch)
                        .map(Columns::words)
                        .orElse(List.of())));
    }

    /// Writes what `after` has and `before` has not.
    void save(Store.Transaction transaction, Directory.Draft directory, Relations before, Relations after) {
        Writing writing = new Writing(transaction, directory, after.batch());
        for (Entity entity : Entity.values()) {
            save(writing, entity, before.table(entity), after.table(entity));
        }
        writing.set(Space.SCHOOLS, before.schools(), after.schools());
        writing.set(Space.TERMS, before.terms(), after.terms());
        writing.set(Space.GRADING_PERIODS, before.gradingPeriods(), after.gradingPeriods());
        writing.set(Space.AGE_13_PLUS, before.age13Plus(), after.age13Plus());
        if (!before.userGrades().equals(after.userGrades())) {
            writing.put(Space.SETS, Space.GRADES, Columns.sets(after.userGrades()));
        }
        if (before.words().size() != after.words().size()) {
            writing.put(Space.WORDS, 0, Columns.words(after.words()));
        }
    }

    private void save(Writing writing, Entity entity, Relations.Table before, Relations.Table after) {
        if (before.size() != after.size() || !before.live().equals(after.live())) {
            writing.put(Space.live(entity), 0, Columns.live(after.size(), after.live()));
        }
        for (int from = 0; from < after.size(); from += Columns.CHUNK) {
            int to = Math.min(after.size(), from + Columns.CHUNK);
            int chunk = from / Columns.CHUNK;
            boolean grew = to > before.size();
            if (grew && entity.identity() == entity) {
                writing.put(Space.keys(entity), chunk, Columns.keys(after.keyHigh(), after.keyLow(), from, to));
            }
            for (int column = 0; column < after.columns().length; column++) {
                int[] old = before.columns()[column];
                int[] now = after.columns()[column];
                if (grew || !Arrays.equals(old, from, to, now, from, to)) {
                    writing.put(Space.column(entity, column), chunk, Columns.ints(now, from, to));
                }
            }
            if (Columns.hasMany(entity) && (grew || manyDiffers(before, after, from, to))) {
                writing.put(Space.many(entity), chunk, many(after, from, to));
            }
        }
    }

    private static boolean manyDiffers(Relations.Table before, Relations.Table after, int from, int to) {
        int[] old = before.starts();
        int[] now = after.starts();
        for (int i = from; i < to; i++) {
            if (!Arrays.equals(before.many(), old[i], old[i + 1], after.many(), now[i], now[i + 1])) {
                return true;
            }
        }
        return false;
    }

    private static byte[] many(Relations.Table table, int from, int to) {
        int[] counts = new int[to - from];
        for (int i = 0; i < counts.length; i++) {
            counts[i] = table.starts()[from + i + 1] - table.starts()[from + i];
        }
        byte[] head = Columns.ints(counts, 0, counts.length);
        byte[] body = Columns.ints(table.many(), table.starts()[from], table.starts()[to]);
        byte[] both = Arrays.copyOf(head, head.length + body.length);
        System.arraycopy(body, 0, both, head.length, body.length);
        return both;
    }

    private Relations.Table table(Directory directory, Entity entity, long batch) {
        int size = 0;
        RoaringBitmap live = new RoaringBitmap();
        byte[] block = blocks.asOf(directory, Space.live(entity), 0, batch).orElse(new byte[0]);
        if (block.length > 0) {
            ByteBuffer in = ByteBuffer.wrap(block);
            size = in.getInt();
            live = Columns.set(in.slice());
        }
        boolean own = entity.identity() == entity;
        long[] high = new long[own ? size : 0];
        long[] low = new long[own ? size : 0];
        int[][] columns = new int[Columns.singles(entity)][size];
        int[] counts = new int[Columns.hasMany(entity) ? size : 0];
        int[][] values = new int[(size + Columns.CHUNK - 1) / Columns.CHUNK][0];
        // Side by side, each chunk into its own part of the arrays: right after a start, opening them is most of the
        // work.
        IntStream.range(0, values.length).parallel().forEach(chunk -> {
            int from = chunk * Columns.CHUNK;
            if (own) {
                Columns.keys(chunk(directory, Space.keys(entity), chunk, batch), high, low, from);
            }
            for (int column = 0; column < columns.length; column++) {
                Columns.ints(
                        ByteBuffer.wrap(chunk(directory, Space.column(entity, column), chunk, batch)),
                        columns[column],
                        from);
            }
            if (Columns.hasMany(entity)) {
                ByteBuffer in = ByteBuffer.wrap(chunk(directory, Space.many(entity), chunk, batch));
                Columns.ints(in, counts, from);
                values[chunk] = new int[in.getInt(in.position())];
                Columns.ints(in, values[chunk], 0);
            }
        });
        return new Relations.Table(size, live, high, low, columns, starts(entity, counts), joined(values));
    }

    private static int[] starts(Entity entity, int[] counts) {
        int[] starts = new int[Columns.hasMany(entity) ? counts.length + 1 : 0];
        for (int i = 0; i < counts.length; i++) {
            starts[i + 1] = starts[i] + counts[i];
        }
        return starts;
    }

    private static int[] joined(int[][] parts) {
        int[] joined =
                new int[Arrays.stream(parts).mapToInt(part -> part.length).sum()];
        int at = 0;
        for (int[] part : parts) {
            System.arraycopy(part, 0, joined, at, part.length);
            at += part.length;
        }
        return joined;
    }

    private byte[] chunk(Directory directory, int space, int chunk, long batch) {
        return blocks.asOf(directory, space, chunk, batch)
                .orElseThrow(() -> new VaultFault(VaultFault.Code.REPAIR_NEEDED, "a chunk of a column is missing"));
    }

    private RoaringBitmap set(Directory directory, int block, long batch) {
        return blocks.asOf(directory, Space.SETS, block, batch)
                .map(ByteBuffer::wrap)
                .map(Columns::set)
                .orElse(new RoaringBitmap());
    }

    /// Where the changed pieces go.
    private final class Writing {
        private final Store.Transaction transaction;
        private final Directory.Draft directory;
        private final long version;

        Writing(Store.Transaction transaction, Directory.Draft directory, long version) {
            this.transaction = transaction;
            this.directory = directory;
            this.version = version;
        }

        void put(int space, int block, byte[] plain) {
            blocks.put(transaction, space, block, version, plain);
            directory.add(space, block, version);
        }

        void set(int block, RoaringBitmap before, RoaringBitmap after) {
            if (!before.equals(after)) {
                put(Space.SETS, block, Columns.set(after));
            }
        }
    }
}
