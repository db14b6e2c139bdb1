package org.rosterkeep.oracle;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.rosterkeep.oracle.Told.Ref;

/// Compares what was expected with what was answered although the two use different ids: pseudonyms tell nothing, and
/// the names may be withheld. A record is known by its values, and by what it points at and what points at it, and so
/// on (colour refinement of the graph of records): equal rosters have equal colours, and a record whose colour nobody
/// shares is matched to exactly one other. Records that share all of that are alike in everything a client can see.
final class Likeness {
    private static final int ROUNDS = 8;

    private final List<Told> nodes;
    private final Map<String, Integer> index = new HashMap<>();
    private final List<long[]> edges = new ArrayList<>();
    private long[] colours;

    private Likeness(Collection<List<Told>> collections) {
        nodes = new ArrayList<>();
        collections.forEach(nodes::addAll);
        for (Told told : nodes) {
            index.put(told.entity() + " " + told.id(), index.size());
        }
        List<Long> first = new ArrayList<>();
        for (Told told : List.copyOf(nodes)) {
            List<Ref> refs = new ArrayList<>();
            List<String> labels = new ArrayList<>();
            first.add(hash(told.entity() + text(told.fields(), "", refs, labels)));
            int from = index.get(told.entity() + " " + told.id());
            for (int i = 0; i < refs.size(); i++) {
                edges.add(new long[] {from, node(refs.get(i)), hash(labels.get(i))});
            }
            if (told.entity().equals("demographics")) {
                edges.add(new long[] {from, node(new Ref("user", told.id())), hash("demographics of")});
            }
        }
        for (int n = first.size(); n < nodes.size(); n++) {
            first.add(hash(nodes.get(n).entity() + " not told"));
        }
        colours = first.stream().mapToLong(Long::longValue).toArray();
        refine();
    }

    /// The differences, in words; empty when the answer is what was expected. The seven collections of whole
    /// entities are
    /// compared record by record; slices (`students`) by which of those records they hold.
    static List<String> differences(Map<String, List<Told>> expected, Map<String, List<Told>> answered) {
        List<String> differences = new ArrayList<>();
        if (!expected.keySet().equals(answered.keySet())) {
            differences.add("collections: expected " + expected.keySet() + ", answered " + answered.keySet());
            return differences;
        }
        Likeness left = new Likeness(whole(expected).values());
        Likeness right = new Likeness(whole(answered).values());
        expected.forEach(
                (name, records) -> compare(name, left.count(records), right.count(answered.get(name)), differences));
        return differences;
    }

    /// How many records are matched to exactly one other.
    static long matched(Map<String, List<Told>> expected) {
        Likeness likeness = new Likeness(whole(expected).values());
        Map<Long, Integer> counts = new HashMap<>();
        for (long colour : likeness.colours) {
            counts.merge(colour, 1, Integer::sum);
        }
        return counts.values().stream().filter(count -> count == 1).count();
    }

    private static Map<String, List<Told>> whole(Map<String, List<Told>> all) {
        Map<String, List<Told>> whole = new LinkedHashMap<>(all);
        List.of("schools", "terms", "gradingPeriods", "students", "teachers").forEach(whole::remove);
        return whole;
    }

    private record Seen(int count, Told example) {}

    private Map<Long, Seen> count(List<Told> records) {
        Map<Long, Seen> counts = new HashMap<>();
        for (Told told : records) {
            Integer node = index.get(told.entity() + " " + told.id());
            // In a slice a record must look as it does in the whole collection.
            boolean same = node != null && nodes.get(node).fields().equals(told.fields());
            long colour = same ? colours[node] : hash("otherwise than in the whole collection");
            counts.merge(colour, new Seen(1, told), (a, b) -> new Seen(a.count + 1, a.example));
        }
        return counts;
    }

    private static void compare(String name, Map<Long, Seen> left, Map<Long, Seen> right, List<String> differences) {
        left.forEach((colour, seen) -> {
            int answered = right.containsKey(colour) ? right.get(colour).count : 0;
            if (answered != seen.count) {
                differences.add(name + ": expected " + seen.count + " times, answered " + answered + ": "
                        + new TreeMap<>(seen.example.fields()));
            }
        });
        right.forEach((colour, seen) -> {
            if (!left.containsKey(colour)) {
                differences.add(name + ": answered " + seen.count + " times, never expected: "
                        + new TreeMap<>(seen.example.fields()));
            }
        });
    }

    private int node(Ref ref) {
        return index.computeIfAbsent(ref.entity() + " " + ref.id(), key -> {
            nodes.add(new Told(ref.entity(), ref.id(), Map.of()));
            return index.size();
        });
    }

    /// Always the same number of rounds: colours are comparable only after equally many.
    private void refine() {
        for (int round = 0; round < ROUNDS; round++) {
            long[] next = colours.clone();
            for (long[] edge : edges) {
                int from = (int) edge[0];
                int to = (int) edge[1];
                next[from] += mix(colours[to] ^ edge[2]);
                next[to] += mix(colours[from] ^ ~edge[2] * 31);
            }
            for (int n = 0; n < next.length; n++) {
                next[n] = mix(next[n]);
            }
            colours = next;
        }
    }

    /// The values as one text, with the references taken out and put into `refs`, each labelled with where it stood.
    private static String text(Object value, String place, List<Ref> refs, List<String> labels) {
        return switch (value) {
            case Ref ref -> {
                refs.add(ref);
                labels.add(place);
                yield "->" + ref.entity();
            }
            case Map<?, ?> map -> {
                StringBuilder text = new StringBuilder("{");
                List<Ref> own = new ArrayList<>();
                new TreeMap<>(map)
                        .forEach((key, one) -> text.append(key)
                                .append('=')
                                .append(text(one, place + "." + key, own, labels))
                                .append(';'));
                // Two roles at two schools differ in which role is where.
                for (int n = labels.size() - own.size(); n < labels.size() && !place.isEmpty(); n++) {
                    labels.set(n, labels.get(n) + text);
                }
                refs.addAll(own);
                yield text.append('}').toString();
            }
            case List<?> list -> {
                List<String> texts = new ArrayList<>();
                list.forEach(one -> texts.add(text(one, place, refs, labels)));
                if (!list.isEmpty() && !(list.getFirst() instanceof String)) {
                    texts.sort(null);
                }
                yield texts.toString();
            }
            default -> value.getClass().getSimpleName() + ":" + value;
        };
    }

    private static long hash(String text) {
        long hash = 1125899906842597L;
        for (int i = 0; i < text.length(); i++) {
            hash = 31 * hash + text.charAt(i);
        }
        return mix(hash);
    }

    private static long mix(long z) {
        long a = (z ^ z >>> 30) * 0xbf58476d1ce4e5b9L;
        long b = (a ^ a >>> 27) * 0x94d049bb133111ebL;
        return b ^ b >>> 31;
    }
}
