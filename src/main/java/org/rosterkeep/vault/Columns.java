package org.rosterkeep.vault;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.LongBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.roaringbitmap.RoaringBitmap;
import org.rosterkeep.roster.Entity;

/// How columns, sets and words lie inside their blocks. Numbers take as many bytes as the largest of their chunk needs,
/// one to four, after adding one (so that "none" is zero).
final class Columns {
    /// Records to a chunk of a column.
    static final int CHUNK = 1 << 16;

    private Columns() {}

    /// How many columns of single references an entity has ([org.rosterkeep.roster.Relations.Table]).
    static int singles(Entity entity) {
        return switch (entity) {
            case ORG, ACADEMIC_SESSION -> 1;
            case COURSE, CLASS -> 2;
            case ENROLLMENT -> 4;
            case USER, DEMOGRAPHICS -> 0;
        };
    }

    /// Whether an entity has a many-valued column.
    static boolean hasMany(Entity entity) {
        return entity == Entity.CLASS || entity == Entity.USER;
    }

    static byte[] ints(int[] values, int from, int to) {
        int largest = 0;
        for (int i = from; i < to; i++) {
            largest |= values[i] + 1;
        }
        int width = Math.max(1, (39 - Integer.numberOfLeadingZeros(largest)) / 8);
        ByteBuffer out =
                ByteBuffer.allocate(5 + width * (to - from)).putInt(to - from).put((byte) width);
        byte[] bytes = out.array();
        int at = 5;
        for (int i = from; i < to; i++) {
            int value = values[i] + 1;
            for (int b = 0; b < width; b++) {
                bytes[at++] = (byte) (value >>> 8 * b);
            }
        }
        return bytes;
    }

    /// Reads what [#ints] wrote, at the buffer's position; puts it into `into` from `offset`, as much as has room.
    static int ints(ByteBuffer in, int[] into, int offset) {
        int count = in.getInt();
        int width = in.get();
        byte[] bytes = new byte[count * width];
        in.get(bytes);
        int kept = Math.min(count, into.length - offset);
        for (int i = 0; i < kept; i++) {
            into[offset + i] = value(bytes, i * width, width) - 1;
        }
        return count;
    }

    private static int value(byte[] bytes, int at, int width) {
        return switch (width) {
            case 1 -> bytes[at] & 0xff;
            case 2 -> bytes[at] & 0xff | (bytes[at + 1] & 0xff) << 8;
            case 3 -> bytes[at] & 0xff | (bytes[at + 1] & 0xff) << 8 | (bytes[at + 2] & 0xff) << 16;
            default ->
                bytes[at] & 0xff | (bytes[at + 1] & 0xff) << 8 | (bytes[at + 2] & 0xff) << 16 | bytes[at + 3] << 24;
        };
    }

    /// All high halves, then all low ones: copied as a whole, because opening happens on code that is not yet warm.
    static byte[] keys(long[] high, long[] low, int from, int to) {
        byte[] chunk = new byte[16 * (to - from)];
        ByteBuffer.wrap(chunk).asLongBuffer().put(high, from, to - from).put(low, from, to - from);
        return chunk;
    }

    static void keys(byte[] chunk, long[] high, long[] low, int offset) {
        int count = chunk.length / 16;
        int kept = Math.min(count, high.length - offset);
        LongBuffer in = ByteBuffer.wrap(chunk).asLongBuffer();
        in.get(0, high, offset, kept);
        in.get(count, low, offset, kept);
    }

    static byte[] set(RoaringBitmap set) {
        RoaringBitmap small = set.clone();
        small.runOptimize();
        ByteBuffer out = ByteBuffer.allocate(small.serializedSizeInBytes());
        small.serialize(out);
        return out.array();
    }

    static RoaringBitmap set(ByteBuffer in) {
        try {
            RoaringBitmap set = new RoaringBitmap();
            set.deserialize(in);
            return set;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// How many ordinals were given, and those that are live.
    static byte[] live(int size, RoaringBitmap live) {
        byte[] set = set(live);
        return ByteBuffer.allocate(4 + set.length).putInt(size).put(set).array();
    }

    static byte[] words(List<String> words) {
        return written(out -> {
            out.writeInt(words.size());
            for (String word : words) {
                out.writeUTF(word);
            }
        });
    }

    static List<String> words(byte[] block) {
        return read(block, in -> {
            List<String> words = new ArrayList<>();
            for (int left = in.readInt(); left > 0; left--) {
                words.add(in.readUTF());
            }
            return words;
        });
    }

    static byte[] sets(Map<String, RoaringBitmap> sets) {
        return written(out -> {
            out.writeInt(sets.size());
            for (Map.Entry<String, RoaringBitmap> each : new TreeMap<>(sets).entrySet()) {
                byte[] set = set(each.getValue());
                out.writeUTF(each.getKey());
                out.writeInt(set.length);
                out.write(set);
            }
        });
    }

    static Map<String, RoaringBitmap> sets(byte[] block) {
        return read(block, in -> {
            Map<String, RoaringBitmap> sets = new TreeMap<>();
            for (int left = in.readInt(); left > 0; left--) {
                String name = in.readUTF();
                sets.put(name, set(ByteBuffer.wrap(in.readNBytes(in.readInt()))));
            }
            return sets;
        });
    }

    private interface Writing {
        void to(DataOutputStream out) throws IOException;
    }

    private interface Parsing<T> {
        T from(DataInputStream in) throws IOException;
    }

    private static byte[] written(Writing writing) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            writing.to(new DataOutputStream(bytes));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static <T> T read(byte[] block, Parsing<T> parsing) {
        try {
            return parsing.from(new DataInputStream(new ByteArrayInputStream(block)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
