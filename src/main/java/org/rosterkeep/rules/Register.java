package org.rosterkeep.rules;

import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Streams by a name of theirs, immutable. It is cut into shards so that the next one shares with it all but the shard
/// that a change is in: a change costs the same among ten rules and among ten thousand.
final class Register {
    private static final int SHARDS = 512;
    static final Register EMPTY = new Register(Collections.nCopies(SHARDS, Map.of()));

    private final List<Map<String, Map<String, Stream>>> shards;

    private Register(List<Map<String, Map<String, Stream>>> shards) {
        this.shards = shards;
    }

    static Register of(Collection<Stream> streams, Function<Stream, String> name) {
        Map<String, Map<String, Stream>> all = new HashMap<>();
        streams.forEach(one ->
                all.computeIfAbsent(name.apply(one), any -> new HashMap<>()).put(one.rule(), one));
        List<Map<String, Map<String, Stream>>> shards = new java.util.ArrayList<>(EMPTY.shards);
        all.forEach((key, found) -> {
            Map<String, Map<String, Stream>> shard = new HashMap<>(shards.get(shard(key)));
            shard.put(key, Map.copyOf(found));
            shards.set(shard(key), Map.copyOf(shard));
        });
        return new Register(List.copyOf(shards));
    }

    Register with(String name, Stream stream) {
        Map<String, Stream> found = new HashMap<>(all(name));
        found.put(stream.rule(), stream);
        return with(name, found);
    }

    Register without(String name, String rule) {
        Map<String, Stream> found = new HashMap<>(all(name));
        return found.remove(rule) == null ? this : with(name, found);
    }

    private Register with(String name, Map<String, Stream> found) {
        Map<String, Map<String, Stream>> shard = new HashMap<>(shards.get(shard(name)));
        shard.remove(name);
        if (!found.isEmpty()) {
            shard.put(name, Map.copyOf(found));
        }
        List<Map<String, Map<String, Stream>>> next = new java.util.ArrayList<>(shards);
        next.set(shard(name), Map.copyOf(shard));
        return new Register(Collections.unmodifiableList(next));
    }

    /// The stream of a name; empty when there is none, and when there are two: nobody can say which was meant.
    Optional<Stream> only(String name) {
        Map<String, Stream> found = all(name);
        return found.size() == 1 ? Optional.of(found.values().iterator().next()) : Optional.empty();
    }

    Set<String> names() {
        return shards.stream().flatMap(shard -> shard.keySet().stream()).collect(Collectors.toCollection(TreeSet::new));
    }

    private Map<String, Stream> all(String name) {
        return shards.get(shard(name)).getOrDefault(name, Map.of());
    }

    private static int shard(String name) {
        int hash = name.hashCode();
        return Math.floorMod(hash ^ hash >>> 16, SHARDS);
    }
}
