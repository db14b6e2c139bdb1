package org.rosterkeep.intake;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.roaringbitmap.RoaringBitmap;
import org.rosterkeep.roster.Entity;
import org.rosterkeep.roster.Field;
import org.rosterkeep.roster.Relations;
import org.rosterkeep.roster.Row;
import org.rosterkeep.roster.Slice;
import org.rosterkeep.roster.SourcedId;

/// A vault for tests: the contract of [Landing] in plain maps.
final class FakeLanding implements Landing {
    private final Map<Entity, Map<String, Integer>> ordinals = new EnumMap<>(Entity.class);
    private final Map<Entity, Map<String, Integer>> others = new EnumMap<>(Entity.class);
    private final Map<Entity, TreeMap<Integer, byte[]>> rows = new EnumMap<>(Entity.class);
    private final Map<Entity, RoaringBitmap> live = new EnumMap<>(Entity.class);
    private long batch;
    private boolean open;

    FakeLanding() {
        for (Entity entity : Entity.values()) {
            ordinals.put(entity, new HashMap<>());
            others.put(entity, new HashMap<>());
            rows.put(entity, new TreeMap<>());
            live.put(entity, new RoaringBitmap());
        }
    }

    long batch() {
        return batch;
    }

    /// The live record's row.
    Optional<Row> row(Entity entity, String id) {
        Integer ordinal = ordinals.get(entity.identity()).get(id);
        if (ordinal == null || !live.get(entity).contains(ordinal)) {
            return Optional.empty();
        }
        byte[] bytes = rows.get(entity).get(ordinal);
        return Optional.of(new Row().over(bytes, 0, bytes.length));
    }

    long count(Entity entity) {
        return live.get(entity).getLongCardinality();
    }

    int ordinal(Entity entity, String id) {
        return ordinals.get(entity.identity()).getOrDefault(id, Relations.NONE);
    }

    /// A field as text, with references as ids; empty when the row lacks it or the record is not live.
    String text(Entity entity, String id, Field field) {
        return row(entity, id).map(row -> text(row, field)).orElse("");
    }

    private String text(Row row, Field field) {
        Slice slice = new Slice();
        if (!row.reveal(field, slice)) {
            return "";
        }
        return switch (field.shape()) {
            case TEXT, TOKEN, DATE -> new String(slice.bytes, slice.start, slice.length(), UTF_8);
            case BOOL -> Boolean.toString(slice.bytes[slice.start] == 1);
            case REF, REFS -> {
                List<String> ids = new ArrayList<>();
                while (slice.start < slice.end) {
                    ids.add(idOf(field.target(), slice.varint()));
                }
                yield String.join(",", ids);
            }
            case LIST, USER_IDS, PROFILES -> String.join(",", texts(slice));
            case ROLES -> {
                List<String> roles = new ArrayList<>();
                Slice text = new Slice();
                while (slice.start < slice.end) {
                    String kind = slice.bytes[slice.start++] == 0 ? "primary" : "secondary";
                    slice.text(text);
                    String word = new String(text.bytes, text.start, text.length(), UTF_8);
                    String org = idOf(Entity.ORG, slice.varint());
                    List<String> rest = new ArrayList<>();
                    for (int i = 0; i < 3; i++) {
                        slice.text(text);
                        rest.add(new String(text.bytes, text.start, text.length(), UTF_8));
                    }
                    roles.add((kind + " " + word + " " + org + " " + String.join(" ", rest)).strip());
                }
                yield String.join(";", roles);
            }
        };
    }

    private static List<String> texts(Slice slice) {
        List<String> texts = new ArrayList<>();
        Slice text = new Slice();
        while (slice.start < slice.end) {
            slice.text(text);
            texts.add(new String(text.bytes, text.start, text.length(), UTF_8));
        }
        return texts;
    }

    private String idOf(Entity entity, int ordinal) {
        return ordinals.get(entity.identity()).entrySet().stream()
                .filter(entry -> entry.getValue() == ordinal)
                .map(Map.Entry::getKey)
                .findFirst()
                .orElseThrow();
    }

    /// Everything live, readable: `user usr-1 {givenName=...}`, sorted; what two equal rosters share.
    String dump() {
        StringBuilder dump = new StringBuilder();
        for (Entity entity : Entity.values()) {
            Map<String, Integer> ids = new TreeMap<>(ordinals.get(entity.identity()));
            ids.forEach((id, ordinal) -> {
                if (live.get(entity).contains(ordinal)) {
                    dump.append(entity.one()).append(' ').append(id);
                    for (Field field : Field.of(entity)) {
                        String text = inAnyOrder(field, text(entity, id, field));
                        if (!text.isEmpty() && field != Field.USER_ROLE_MARKS) {
                            dump.append(' ').append(field.name()).append('=').append(text);
                        }
                    }
                    dump.append('\n');
                }
            });
        }
        return dump.toString();
    }

    /// References and roles are in the order of ordinals, which differs from district to district.
    private static String inAnyOrder(Field field, String text) {
        String separator = field == Field.USER_ROLES ? ";" : ",";
        boolean list = field.shape() == org.rosterkeep.roster.Shape.REFS || field == Field.USER_ROLES;
        if (!list) {
            return text;
        }
        String[] parts = text.split(separator);
        java.util.Arrays.sort(parts);
        return String.join(separator, parts);
    }

    /// Every byte that rests here.
    String bytes() {
        StringBuilder all = new StringBuilder();
        rows.values()
                .forEach(map -> map.values()
                        .forEach(row -> all.append(new String(row, UTF_8)).append('\n')));
        return all.toString();
    }

    Relations relations() {
        return new FakeRelations(ordinals, rows, live, batch).make();
    }

    @Override
    public Batch open(Instant at) {
        if (open) {
            throw new LandingBusy();
        }
        open = true;
        return new FakeBatch();
    }

    private final class FakeBatch implements Batch {
        private final Relations before = relations();
        private final Map<Entity, Map<String, Integer>> reserved = new EnumMap<>(Entity.class);
        private final Map<Entity, Map<String, Integer>> renamed = new EnumMap<>(Entity.class);
        private final Map<Entity, Map<Integer, byte[]>> staged = new EnumMap<>(Entity.class);
        private final Map<Entity, RoaringBitmap> gone = new EnumMap<>(Entity.class);
        private final Map<Entity, Tally> tally = new EnumMap<>(Entity.class);
        private final Map<Entity, long[]> same = new EnumMap<>(Entity.class);

        FakeBatch() {
            for (Entity entity : Entity.values()) {
                reserved.put(entity, new HashMap<>());
                renamed.put(entity, new HashMap<>());
                staged.put(entity, new HashMap<>());
                gone.put(entity, new RoaringBitmap());
                same.put(entity, new long[1]);
                tally.put(entity, new Tally(new RoaringBitmap(), new RoaringBitmap(), new RoaringBitmap(), 0));
            }
        }

        @Override
        public Relations before() {
            return before;
        }

        @Override
        public int reserve(Entity entity, SourcedId id) {
            int found = find(entity, id);
            if (found != Relations.NONE) {
                return found;
            }
            Entity identity = entity.identity();
            int next = before.size(identity) + reserved.get(identity).size();
            reserved.get(identity).put(id.value().reveal(), next);
            return next;
        }

        @Override
        public int find(Entity entity, SourcedId id) {
            String text = id.value().reveal();
            for (var names : List.of(ordinals, others, renamed)) {
                Integer known = names.get(entity.identity()).get(text);
                if (known != null) {
                    return known;
                }
            }
            return reserved.get(entity.identity()).getOrDefault(text, Relations.NONE);
        }

        @Override
        public void rename(Entity entity, int ordinal, SourcedId further) {
            if (find(entity, further) != Relations.NONE || !ordinals.get(entity).containsValue(ordinal)) {
                throw new IllegalArgumentException("only a known record takes a name, and only a free one");
            }
            renamed.get(entity).put(further.value().reveal(), ordinal);
        }

        @Override
        public Change put(Entity entity, int ordinal, byte[] row) {
            if (staged.get(entity).put(ordinal, row) != null) {
                throw new IllegalStateException("two rows for one record: " + entity + " " + ordinal);
            }
            gone.get(entity).remove(ordinal);
            byte[] old = rows.get(entity).get(ordinal);
            if (live.get(entity).contains(ordinal)) {
                if (java.util.Arrays.equals(old, row)) {
                    same.get(entity)[0]++;
                    return Change.SAME;
                }
                tally.get(entity).changed().add(ordinal);
                return Change.CHANGED;
            }
            tally.get(entity).added().add(ordinal);
            return old == null ? Change.ADDED : Change.RETURNED;
        }

        @Override
        public void remove(Entity entity, int ordinal) {
            if (!live.get(entity).contains(ordinal) || staged.get(entity).containsKey(ordinal)) {
                throw new IllegalStateException("nothing to remove: " + entity + " " + ordinal);
            }
            gone.get(entity).add(ordinal);
            tally.get(entity).removed().add(ordinal);
        }

        @Override
        public Optional<Row> row(Entity entity, int ordinal) {
            byte[] bytes = staged.get(entity).get(ordinal);
            if (bytes == null && live.get(entity).contains(ordinal)) {
                bytes = rows.get(entity).get(ordinal);
            }
            return bytes == null ? Optional.empty() : Optional.of(new Row().over(bytes, 0, bytes.length));
        }

        @Override
        public boolean present(Entity entity, int ordinal) {
            return staged.get(entity).containsKey(ordinal)
                    || live.get(entity).contains(ordinal) && !gone.get(entity).contains(ordinal);
        }

        @Override
        public Map<Entity, Tally> tally() {
            Map<Entity, Tally> now = new EnumMap<>(Entity.class);
            tally.forEach((entity, t) ->
                    now.put(entity, new Tally(t.added(), t.changed(), t.removed(), same.get(entity)[0])));
            return now;
        }

        @Override
        public long commit() {
            boolean changed = tally.values().stream()
                            .anyMatch(t -> !t.added().isEmpty()
                                    || !t.changed().isEmpty()
                                    || !t.removed().isEmpty())
                    || renamed.values().stream().anyMatch(names -> !names.isEmpty());
            if (changed) {
                for (Entity entity : Entity.values()) {
                    // Who was reserved and never got a row is forgotten again.
                    Map<Integer, byte[]> landed = staged.get(entity);
                    reserved.get(entity).values().removeIf(ordinal -> !landed.containsKey(ordinal));
                    ordinals.get(entity).putAll(reserved.get(entity));
                    others.get(entity).putAll(renamed.get(entity));
                    rows.get(entity).putAll(staged.get(entity));
                    staged.get(entity).keySet().forEach(live.get(entity)::add);
                    live.get(entity).andNot(gone.get(entity));
                }
                batch++;
            }
            return batch;
        }

        @Override
        public void close() {
            open = false;
        }
    }
}
