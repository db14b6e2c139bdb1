package org.rosterkeep.intake;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.roaringbitmap.RoaringBitmap;
import org.rosterkeep.roster.Entity;
import org.rosterkeep.roster.Field;
import org.rosterkeep.roster.Relations;
import org.rosterkeep.roster.Row;
import org.rosterkeep.roster.Slice;

/// Makes [Relations] out of packed rows, the plain way.
final class FakeRelations {
    private final Map<Entity, Map<String, Integer>> ordinals;
    private final Map<Entity, TreeMap<Integer, byte[]>> rows;
    private final Map<Entity, RoaringBitmap> live;
    private final long batch;
    private final List<String> words = new ArrayList<>();
    private final Slice slice = new Slice();
    private final Slice text = new Slice();

    FakeRelations(
            Map<Entity, Map<String, Integer>> ordinals,
            Map<Entity, TreeMap<Integer, byte[]>> rows,
            Map<Entity, RoaringBitmap> live,
            long batch) {
        this.ordinals = ordinals;
        this.rows = rows;
        this.live = live;
        this.batch = batch;
    }

    Relations make() {
        Map<Entity, Relations.Table> tables = new EnumMap<>(Entity.class);
        tables.put(Entity.ORG, table(Entity.ORG, Field.ORG_PARENT));
        tables.put(Entity.ACADEMIC_SESSION, table(Entity.ACADEMIC_SESSION, Field.SESSION_PARENT));
        tables.put(Entity.COURSE, table(Entity.COURSE, Field.COURSE_ORG, Field.COURSE_SCHOOL_YEAR));
        tables.put(Entity.CLASS, table(Entity.CLASS, Field.CLASS_SCHOOL, Field.CLASS_COURSE));
        tables.put(Entity.USER, users());
        Relations.Table enrollments =
                table(Entity.ENROLLMENT, Field.ENROLLMENT_USER, Field.ENROLLMENT_CLASS, Field.ENROLLMENT_SCHOOL);
        tables.put(Entity.ENROLLMENT, withRoles(enrollments));
        tables.put(Entity.DEMOGRAPHICS, table(Entity.DEMOGRAPHICS));
        RoaringBitmap schools = new RoaringBitmap();
        RoaringBitmap thirteen = new RoaringBitmap();
        live.get(Entity.ORG).forEach((int org) -> {
            if (text(Entity.ORG, org, Field.ORG_TYPE).equals("school")) {
                schools.add(org);
            }
        });
        live.get(Entity.USER).forEach((int user) -> {
            if (row(Entity.USER, user).has(Field.USER_AGE_13_PLUS)) {
                thirteen.add(user);
            }
        });
        return new Relations(new Relations.Parts(
                batch, tables, new HashMap<>(), schools, new RoaringBitmap(), new RoaringBitmap(), thirteen, words));
    }

    private Row row(Entity entity, int ordinal) {
        byte[] bytes = rows.get(entity).get(ordinal);
        return new Row().over(bytes, 0, bytes.length);
    }

    private String text(Entity entity, int ordinal, Field field) {
        return row(entity, ordinal).reveal(field, slice)
                ? new String(slice.bytes, slice.start, slice.length(), UTF_8)
                : "";
    }

    private Relations.Table table(Entity entity, Field... refs) {
        int size = size(entity.identity());
        int[][] columns = new int[refs.length][size];
        for (int i = 0; i < refs.length; i++) {
            Arrays.fill(columns[i], Relations.NONE);
            for (int ordinal : rows.get(entity).keySet()) {
                if (row(entity, ordinal).reveal(refs[i], slice)) {
                    columns[i][ordinal] = slice.varint();
                }
            }
        }
        return new Relations.Table(
                size, live.get(entity).clone(), new long[size], new long[size], columns, new int[size + 1], new int[0]);
    }

    private int size(Entity entity) {
        return ordinals.get(entity).values().stream()
                        .mapToInt(Integer::intValue)
                        .max()
                        .orElse(-1)
                + 1;
    }

    private Relations.Table withRoles(Relations.Table table) {
        int[][] columns = Arrays.copyOf(table.columns(), 4);
        columns[3] = new int[table.size()];
        Arrays.fill(columns[3], Relations.NONE);
        for (int ordinal : rows.get(Entity.ENROLLMENT).keySet()) {
            columns[3][ordinal] = word(text(Entity.ENROLLMENT, ordinal, Field.ENROLLMENT_ROLE));
        }
        return new Relations.Table(
                table.size(), table.live(), table.keyHigh(), table.keyLow(), columns, table.starts(), table.many());
    }

    private Relations.Table users() {
        int size = size(Entity.USER);
        int[] starts = new int[size + 1];
        List<Integer> many = new ArrayList<>();
        for (int user = 0; user < size; user++) {
            starts[user] = many.size();
            if (rows.get(Entity.USER).containsKey(user)
                    && row(Entity.USER, user).reveal(Field.USER_ROLES, slice)) {
                while (slice.start < slice.end) {
                    slice.start++;
                    slice.text(text);
                    many.add(word(new String(text.bytes, text.start, text.length(), UTF_8)));
                    many.add(slice.varint());
                    for (int i = 0; i < 3; i++) {
                        slice.text(text);
                    }
                }
            }
        }
        starts[size] = many.size();
        return new Relations.Table(
                size,
                live.get(Entity.USER).clone(),
                new long[size],
                new long[size],
                new int[0][],
                starts,
                many.stream().mapToInt(Integer::intValue).toArray());
    }

    private int word(String word) {
        if (!words.contains(word)) {
            words.add(word);
        }
        return words.indexOf(word);
    }
}
