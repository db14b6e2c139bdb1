package org.rosterkeep.roster;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.RoaringBitmap;

/// Some records as they once belonged, to be laid over a later roster ([Relations#over]), and some that are to be as if
/// they had not come yet. Neither has a value.
///
/// @param there live, and belonging where they did then
/// @param away not live, whatever the roster says
/// @param cells what those of `there` refer to, where that is not what the roster says. A record that was removed keeps
///     its last references in the roster, so these are few
/// @param words of the cells; an index into them where [Relations] has one into its own
/// @param grades of those users of `there` who had one
public record Entries(
        Map<Entity, RoaringBitmap> there,
        Map<Entity, RoaringBitmap> away,
        Map<Entity, Cells> cells,
        List<String> words,
        Map<String, RoaringBitmap> grades,
        Map<Kind, RoaringBitmap> kinds) {
    public static final Entries NONE = new Entries(Map.of(), Map.of(), Map.of(), List.of(), Map.of(), Map.of());

    /// What some records are, beside where they belong.
    public enum Kind {
        SCHOOL(Entity.ORG),
        TERM(Entity.ACADEMIC_SESSION),
        GRADING_PERIOD(Entity.ACADEMIC_SESSION);

        private final Entity entity;

        Kind(Entity entity) {
            this.entity = entity;
        }

        Entity entity() {
            return entity;
        }
    }

    public Entries {
        there = Map.copyOf(there);
        away = Map.copyOf(away);
        cells = Map.copyOf(cells);
        words = List.copyOf(words);
        grades = Map.copyOf(grades);
        kinds = Map.copyOf(kinds);
    }

    public boolean isEmpty() {
        return there.values().stream().allMatch(RoaringBitmap::isEmpty)
                && away.values().stream().allMatch(RoaringBitmap::isEmpty);
    }

    /// One entity's references: of each ordinal, ascending, those of [Relations.Table], the single ones before the
    /// many. Not to be changed.
    public record Cells(int[] ordinals, int[][] values) {
        int @Nullable [] of(int ordinal) {
            int at = Arrays.binarySearch(ordinals, ordinal);
            return at < 0 ? null : values[at];
        }
    }

    /// What must be kept of `then` so that, laid over `now`, these records belong where they did.
    public static Entries of(
            Relations then, Relations now, Map<Entity, RoaringBitmap> there, Map<Entity, RoaringBitmap> away) {
        Map<Entity, Cells> cells = new EnumMap<>(Entity.class);
        boolean sameWords = then.words().equals(now.words());
        for (Entity entity : Entity.values()) {
            RoaringBitmap of = there.getOrDefault(entity, new RoaringBitmap());
            int[] differing = entity == Entity.DEMOGRAPHICS
                    ? new int[0]
                    : of.stream()
                            .filter(one -> !(sameWords
                                    ? Arrays.equals(then.references(entity, one), now.references(entity, one))
                                    : sameInWords(then, now, entity, one)))
                            .toArray();
            if (differing.length > 0) {
                int[][] values = Arrays.stream(differing)
                        .mapToObj(one -> then.references(entity, one))
                        .toArray(int[][]::new);
                cells.put(entity, new Cells(differing, values));
            }
        }
        Map<String, RoaringBitmap> grades = new TreeMap<>();
        RoaringBitmap users = there.getOrDefault(Entity.USER, new RoaringBitmap());
        then.userGrades().forEach((grade, in) -> {
            RoaringBitmap held = RoaringBitmap.and(in, users);
            if (!held.isEmpty()) {
                grades.put(grade, held);
            }
        });
        Map<Kind, RoaringBitmap> kinds = new EnumMap<>(Kind.class);
        for (Kind kind : Kind.values()) {
            RoaringBitmap of = there.getOrDefault(kind.entity(), new RoaringBitmap());
            kinds.put(kind, RoaringBitmap.and(then.of(kind), of));
        }
        return new Entries(there, away, cells, then.words(), grades, kinds);
    }

    private static boolean sameInWords(Relations then, Relations now, Entity entity, int ordinal) {
        int[] old = then.references(entity, ordinal);
        int[] young = now.references(entity, ordinal);
        if (old.length != young.length) {
            return false;
        }
        for (int n = 0; n < old.length; n++) {
            boolean same = isWord(entity, n) && old[n] != Relations.NONE && young[n] != Relations.NONE
                    ? then.words().get(old[n]).equals(now.words().get(young[n]))
                    : old[n] == young[n];
            if (!same) {
                return false;
            }
        }
        return true;
    }

    /// Whether the n-th reference of an entity is a word.
    static boolean isWord(Entity entity, int n) {
        return entity == Entity.ENROLLMENT && n == 3 || entity == Entity.USER && n % 2 == 0;
    }

    /// The same cells with the words of a roster, those it does not know behind its own.
    Map<Entity, Cells> inWordsOf(List<String> all) {
        int[] index = words.stream().mapToInt(all::indexOf).toArray();
        Map<Entity, Cells> told = new EnumMap<>(Entity.class);
        cells.forEach((entity, of) -> {
            int[][] values = new int[of.values().length][];
            for (int row = 0; row < values.length; row++) {
                int[] value = of.values()[row].clone();
                for (int n = 0; n < value.length; n++) {
                    value[n] = isWord(entity, n) && value[n] != Relations.NONE ? index[value[n]] : value[n];
                }
                values[row] = value;
            }
            told.put(entity, new Cells(of.ordinals(), values));
        });
        return told;
    }
}
