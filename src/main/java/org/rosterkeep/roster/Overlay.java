package org.rosterkeep.roster;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.RoaringBitmap;

/// What is laid over one roster: the records that belong elsewhere than it says, and who is live then. As large as what
/// differs, so that many can be laid over the same roster.
final class Overlay {
    private final Map<Entity, Entries.Cells> cells;
    private final Map<Entity, RoaringBitmap> live = new EnumMap<>(Entity.class);
    private final Map<String, RoaringBitmap> grades = new HashMap<>();
    private final Map<Entries.Kind, RoaringBitmap> kinds = new EnumMap<>(Entries.Kind.class);
    private final Map<Entity, RoaringBitmap> there;
    private final List<String> words;

    Overlay(Relations under, Entries entries) {
        List<String> all = new ArrayList<>(under.words());
        entries.words().stream().filter(word -> !all.contains(word)).forEach(all::add);
        words = List.copyOf(all);
        there = entries.there();
        cells = entries.inWordsOf(words);
        for (Entity entity : Entity.values()) {
            RoaringBitmap now = under.live(entity);
            RoaringBitmap then = there(entity);
            RoaringBitmap away = entries.away().getOrDefault(entity, new RoaringBitmap());
            boolean same = then.isEmpty() && away.isEmpty();
            live.put(entity, same ? now : RoaringBitmap.or(RoaringBitmap.andNot(now, away), then));
        }
        RoaringBitmap users = there(Entity.USER);
        under.userGrades().forEach((grade, in) -> grades.put(grade, RoaringBitmap.andNot(in, users)));
        entries.grades().forEach((grade, in) -> grades.merge(grade, in, (one, more) -> RoaringBitmap.or(one, more)));
        for (Entries.Kind kind : Entries.Kind.values()) {
            RoaringBitmap of = RoaringBitmap.andNot(under.of(kind), there(kind.entity()));
            of.or(entries.kinds().getOrDefault(kind, new RoaringBitmap()));
            kinds.put(kind, of);
        }
    }

    /// What a record refers to, where it is not what the roster says; else null.
    int @Nullable [] references(Entity entity, int ordinal) {
        Entries.Cells of = cells.get(entity);
        return of == null ? null : of.of(ordinal);
    }

    RoaringBitmap there(Entity entity) {
        return there.getOrDefault(entity, new RoaringBitmap());
    }

    RoaringBitmap live(Entity entity) {
        return live.getOrDefault(entity, new RoaringBitmap());
    }

    Map<String, RoaringBitmap> grades() {
        return grades;
    }

    RoaringBitmap of(Entries.Kind kind) {
        return kinds.getOrDefault(kind, new RoaringBitmap());
    }

    List<String> words() {
        return words;
    }

    /// The members of a group when these records are looked at by what is laid over.
    ///
    /// @param under the members by the roster alone
    /// @param own the places that each of the records laid over names, in the order of its references
    int[] members(Entity entity, int group, int[] under, Places own) {
        Entries.Cells of = cells.get(entity);
        if (of == null) {
            return under;
        }
        IntStream stayed = Arrays.stream(under).filter(one -> of.of(one) == null);
        return IntStream.concat(stayed, Arrays.stream(own.in(of).getOrDefault(group, new int[0])))
                .toArray();
    }

    /// Which references name the group, and the records by them, made once.
    static final class Places {
        private final int first;
        private final int step;
        private @Nullable Map<Integer, int[]> groups;

        Places(int first, int step) {
            this.first = first;
            this.step = step;
        }

        private synchronized Map<Integer, int[]> in(Entries.Cells cells) {
            Map<Integer, int[]> known = groups;
            if (known == null) {
                Map<Integer, IntStream.Builder> made = new HashMap<>();
                for (int row = 0; row < cells.ordinals().length; row++) {
                    int[] value = cells.values()[row];
                    for (int n = first; n < value.length; n += step) {
                        made.computeIfAbsent(value[n], _ -> IntStream.builder()).add(cells.ordinals()[row]);
                    }
                }
                Map<Integer, int[]> arrays = new HashMap<>();
                made.forEach(
                        (group, members) -> arrays.put(group, members.build().toArray()));
                known = arrays;
                groups = known;
            }
            return known;
        }
    }

    final Places byClass = new Places(1, Integer.MAX_VALUE / 2);
    final Places byUser = new Places(0, Integer.MAX_VALUE / 2);
    final Places usersByOrg = new Places(1, 2);
    final Places classesBySchool = new Places(0, Integer.MAX_VALUE / 2);
}
