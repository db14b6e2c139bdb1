package org.rosterkeep.rights;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.EnumMap;
import java.util.Map;
import org.roaringbitmap.PeekableIntIterator;
import org.roaringbitmap.RoaringBitmap;
import org.rosterkeep.roster.Entity;
import org.rosterkeep.roster.Field;
import org.rosterkeep.rules.Floors;

/// Ordinals that are withheld, while they are being gathered.
final class Sets {
    private final Map<Entity, RoaringBitmap> records = new EnumMap<>(Entity.class);
    private final Map<Field, RoaringBitmap> fields = new EnumMap<>(Field.class);

    RoaringBitmap of(Entity entity) {
        return records.computeIfAbsent(entity, _ -> new RoaringBitmap());
    }

    RoaringBitmap of(Field field) {
        return fields.computeIfAbsent(field, _ -> new RoaringBitmap());
    }

    void add(Sets more) {
        more.records.forEach((entity, set) -> of(entity).or(set));
        more.fields.forEach((field, set) -> of(field).or(set));
    }

    Floors.Withheld withheld() {
        long stamp = stamp();
        return stamp == 0
                ? Floors.Withheld.NOTHING
                : new Floors.Withheld(stamp, of(Entity.USER), of(Entity.ORG), of(Entity.CLASS), fields);
    }

    /// 63 bits of a digest over the runs of every set that is not empty; 0 when all are. The sets are written
    /// as runs of
    /// consecutive ordinals, because the same set may be held in different ways.
    private long stamp() {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            boolean nothing = true;
            for (var entry : records.entrySet()) {
                nothing &= write(entry.getKey().name(), entry.getValue(), digest);
            }
            for (var entry : fields.entrySet()) {
                nothing &= write(entry.getKey().path(), entry.getValue(), digest);
            }
            long stamp = ByteBuffer.wrap(digest.digest()).getLong() & Long.MAX_VALUE;
            return nothing ? 0 : Math.max(1, stamp);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static boolean write(String name, RoaringBitmap set, MessageDigest digest) {
        if (set.isEmpty()) {
            return true;
        }
        digest.update((name + "\n").getBytes(StandardCharsets.US_ASCII));
        PeekableIntIterator each = set.getIntIterator();
        while (each.hasNext()) {
            int first = each.next();
            int last = first;
            while (each.hasNext() && each.peekNext() == last + 1) {
                last = each.next();
            }
            digest.update(
                    ByteBuffer.allocate(Long.BYTES).putInt(first).putInt(last).array());
        }
        digest.update(ByteBuffer.allocate(Long.BYTES).putLong(-1).array());
        return false;
    }
}
