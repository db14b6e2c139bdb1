package org.rosterkeep.vault;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.roaringbitmap.RoaringBitmap;
import org.rosterkeep.roster.Entity;
import org.rosterkeep.roster.Field;
import org.rosterkeep.roster.Relations;
import org.rosterkeep.roster.Row;
import org.rosterkeep.roster.Slice;

/// The relations while a batch changes them: takes the references out of each new row, and makes the next [Relations].
final class RosterDraft {
    private final Relations before;
    private final Map<Entity, TableDraft> tables = new EnumMap<>(Entity.class);
    private final Map<String, RoaringBitmap> grades = new HashMap<>();
    private final RoaringBitmap schools;
    private final RoaringBitmap terms;
    private final RoaringBitmap gradingPeriods;
    private final RoaringBitmap age13Plus;
    private final List<String> words;
    private final List<byte[]> wordBytes = new ArrayList<>();
    private final Row row = new Row();
    private final Slice value = new Slice();
    private final Slice part = new Slice();
    private int[] numbers = new int[16];

    RosterDraft(Roster roster) {
        before = roster.relations();
        for (Entity entity : Entity.values()) {
            tables.put(
                    entity,
                    new TableDraft(
                            entity,
                            before.table(entity),
                            roster.index(entity.identity()),
                            roster.names(entity.identity())));
        }
        before.userGrades().forEach((grade, users) -> grades.put(grade, users.clone()));
        schools = before.schools().clone();
        terms = before.terms().clone();
        gradingPeriods = before.gradingPeriods().clone();
        age13Plus = before.age13Plus().clone();
        words = new ArrayList<>(before.words());
        words.forEach(word -> wordBytes.add(word.getBytes(StandardCharsets.UTF_8)));
    }

    TableDraft table(Entity entity) {
        return Objects.requireNonNull(tables.get(entity));
    }

    /// Takes a record's references from its packed row.
    void take(Entity entity, int ordinal, byte[] packed, boolean isNew) {
        row.over(packed, 0, packed.length);
        TableDraft table = table(entity);
        switch (entity) {
            case ORG -> {
                table.set(0, ordinal, single(Field.ORG_PARENT));
                mark(schools, ordinal, is(Field.ORG_TYPE, "school"));
            }
            case ACADEMIC_SESSION -> {
                table.set(0, ordinal, single(Field.SESSION_PARENT));
                mark(terms, ordinal, is(Field.SESSION_TYPE, "term"));
                mark(gradingPeriods, ordinal, is(Field.SESSION_TYPE, "gradingPeriod"));
            }
            case COURSE -> {
                table.set(0, ordinal, single(Field.COURSE_ORG));
                table.set(1, ordinal, single(Field.COURSE_SCHOOL_YEAR));
            }
            case CLASS -> {
                table.set(0, ordinal, single(Field.CLASS_SCHOOL));
                table.set(1, ordinal, single(Field.CLASS_COURSE));
                table.setMany(ordinal, terms());
            }
            case USER -> takeUser(table, ordinal, isNew);
            case ENROLLMENT -> {
                table.set(0, ordinal, single(Field.ENROLLMENT_USER));
                table.set(1, ordinal, single(Field.ENROLLMENT_CLASS));
                table.set(2, ordinal, single(Field.ENROLLMENT_SCHOOL));
                table.set(3, ordinal, row.reveal(Field.ENROLLMENT_ROLE, value) ? word(value) : Relations.NONE);
            }
            case DEMOGRAPHICS -> table.reach(ordinal);
        }
    }

    /// Forgets what only live records have.
    void forget(Entity entity, int ordinal) {
        if (entity == Entity.USER) {
            grades.values().forEach(users -> users.remove(ordinal));
        }
    }

    /// The user an enrolment has in this batch.
    int enrollmentUser(int ordinal) {
        return table(Entity.ENROLLMENT).get(0, ordinal);
    }

    /// The ways from record keys to ordinals after the batch.
    Map<Entity, KeyIndex> indexes() {
        Map<Entity, KeyIndex> indexes = new EnumMap<>(Entity.class);
        tables.forEach((entity, table) -> {
            if (entity.identity() == entity) {
                indexes.put(entity, table.index());
            }
        });
        return indexes;
    }

    boolean nobodyRenamed() {
        return tables.values().stream().allMatch(table -> table.names() == table.namesBefore());
    }

    /// What records are called besides their first names, after the batch.
    Map<Entity, OtherNames> names() {
        Map<Entity, OtherNames> names = new EnumMap<>(Entity.class);
        tables.forEach((entity, table) -> {
            if (entity.identity() == entity) {
                names.put(entity, table.names());
            }
        });
        return names;
    }

    /// The relations after the batch.
    Relations done(long batch) {
        Map<Entity, Relations.Table> after = new EnumMap<>(Entity.class);
        tables.forEach((entity, table) -> after.put(entity, table.table()));
        grades.values().removeIf(RoaringBitmap::isEmpty);
        return new Relations(new Relations.Parts(
                batch, after, grades, schools, terms, gradingPeriods, age13Plus, List.copyOf(words)));
    }

    private void takeUser(TableDraft table, int ordinal, boolean isNew) {
        table.setMany(ordinal, roles());
        if (!isNew) {
            forget(Entity.USER, ordinal);
        }
        if (row.reveal(Field.USER_GRADES, value)) {
            while (value.length() > 0) {
                value.text(part);
                String grade = new String(part.bytes, part.start, part.length(), StandardCharsets.UTF_8);
                grades.computeIfAbsent(grade, g -> new RoaringBitmap()).add(ordinal);
            }
        }
        mark(
                age13Plus,
                ordinal,
                row.reveal(Field.USER_AGE_13_PLUS, value) && value.length() == 1 && value.bytes[value.start] == 1);
    }

    private int[] roles() {
        int count = 0;
        if (row.reveal(Field.USER_ROLES, value)) {
            while (value.length() > 0) {
                value.start++;
                value.text(part);
                count = number(count, word(part));
                count = number(count, value.varint());
                value.text(part);
                value.text(part);
                value.text(part);
            }
        }
        return Arrays.copyOf(numbers, count);
    }

    private int[] terms() {
        int count = 0;
        if (row.reveal(Field.CLASS_TERMS, value)) {
            while (value.length() > 0) {
                count = number(count, value.varint());
            }
        }
        return Arrays.copyOf(numbers, count);
    }

    private int number(int count, int number) {
        if (count == numbers.length) {
            numbers = Arrays.copyOf(numbers, count * 2);
        }
        numbers[count] = number;
        return count + 1;
    }

    private int single(Field field) {
        return row.reveal(field, value) ? value.varint() : Relations.NONE;
    }

    private boolean is(Field field, String word) {
        return row.reveal(field, value)
                && Arrays.equals(
                        value.bytes,
                        value.start,
                        value.end,
                        word.getBytes(StandardCharsets.US_ASCII),
                        0,
                        word.length());
    }

    private int word(Slice text) {
        for (int i = 0; i < wordBytes.size(); i++) {
            byte[] known = wordBytes.get(i);
            if (Arrays.equals(known, 0, known.length, text.bytes, text.start, text.end)) {
                return i;
            }
        }
        byte[] fresh = Arrays.copyOfRange(text.bytes, text.start, text.end);
        wordBytes.add(fresh);
        words.add(new String(fresh, StandardCharsets.UTF_8));
        return words.size() - 1;
    }

    private static void mark(RoaringBitmap set, int ordinal, boolean in) {
        if (in) {
            set.add(ordinal);
        } else {
            set.remove(ordinal);
        }
    }
}
