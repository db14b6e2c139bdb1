package org.rosterkeep.vault;

import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// Opened blocks of rows, bounded by bytes. A page comes in the order of outward ids, so its rows lie scattered
/// over all
/// blocks: without this every row would cost a whole block.
///
/// When full, a sweep lets those go that nobody asked for since the last sweep.
final class BlockCache {
    private static final int OVERHEAD = 96;

    private final long bytesMax;
    private final ConcurrentHashMap<Long, Entry> entries = new ConcurrentHashMap<>();
    private final AtomicLong bytes = new AtomicLong();

    BlockCache(long bytesMax) {
        this.bytesMax = bytesMax;
    }

    private static final class Entry {
        final byte[] block;
        /// Raced on purpose: a lost mark costs one reading from the store.
        boolean wanted = true;

        Entry(byte[] block) {
            this.block = block;
        }

        int weight() {
            return block.length + OVERHEAD;
        }
    }

    /// One number for a place: 9 bits of space, 27 of block, 28 of version.
    static long key(int space, int block, long version) {
        return (long) space << 55 | (long) block << 28 | version & 0xfffffff;
    }

    byte @Nullable [] get(long key) {
        Entry entry = entries.get(key);
        if (entry == null) {
            return null;
        }
        if (!entry.wanted) {
            entry.wanted = true;
        }
        return entry.block;
    }

    void put(long key, byte[] block) {
        Entry entry = new Entry(block);
        if (entry.weight() <= bytesMax / 8 && entries.putIfAbsent(key, entry) == null) {
            if (bytes.addAndGet(entry.weight()) > bytesMax) {
                sweep();
            }
        }
    }

    void remove(long key) {
        Entry entry = entries.remove(key);
        if (entry != null) {
            bytes.addAndGet(-entry.weight());
        }
    }

    void clear() {
        entries.keySet().forEach(this::remove);
    }

    long bytes() {
        return bytes.get();
    }

    private synchronized void sweep() {
        long goal = bytesMax / 8 * 7;
        for (int round = 0; round < 2 && bytes.get() > goal; round++) {
            Iterator<Map.Entry<Long, Entry>> all = entries.entrySet().iterator();
            while (all.hasNext() && bytes.get() > goal) {
                Map.Entry<Long, Entry> each = all.next();
                if (each.getValue().wanted) {
                    each.getValue().wanted = false;
                } else {
                    remove(each.getKey());
                }
            }
        }
    }
}
