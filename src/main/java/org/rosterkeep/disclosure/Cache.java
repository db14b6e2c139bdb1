package org.rosterkeep.disclosure;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/// Things made once and used again, bounded by the bytes they take; the least recently used go first. Holds
/// ordinals and
/// outward ids, never a value of the roster.
final class Cache {
    private final long bytesMax;
    private final Map<Object, Item> items = new LinkedHashMap<>(64, 0.75f, true);
    private long bytes;

    /// What is kept, and what it weighs.
    private record Item(Object thing, long weight) {}

    Cache(long bytesMax) {
        this.bytesMax = bytesMax;
    }

    /// An array and whatever it costs to hold it.
    interface Weighed {
        long weight();
    }

    /// Two askers at once may both make the thing; one of them is kept.
    <T extends Weighed> T get(Object key, Class<T> type, Supplier<T> maker) {
        Optional<T> known = find(key, type);
        if (known.isPresent()) {
            return known.get();
        }
        T made = maker.get();
        put(key, made);
        return made;
    }

    synchronized <T extends Weighed> Optional<T> find(Object key, Class<T> type) {
        Item item = items.get(key);
        return item == null ? Optional.empty() : Optional.of(type.cast(item.thing()));
    }

    synchronized void put(Object key, Weighed thing) {
        Item item = new Item(thing, thing.weight());
        Item old = items.put(key, item);
        bytes += item.weight() - (old == null ? 0 : old.weight());
        Iterator<Item> eldest = items.values().iterator();
        while (bytes > bytesMax && items.size() > 1) {
            bytes -= eldest.next().weight();
            eldest.remove();
        }
    }

    synchronized void clear() {
        items.clear();
        bytes = 0;
    }

    synchronized long bytes() {
        return bytes;
    }
}
