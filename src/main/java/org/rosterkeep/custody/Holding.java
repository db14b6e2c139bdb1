package org.rosterkeep.custody;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import org.roaringbitmap.RoaringBitmap;
import org.rosterkeep.roster.Field;

/// What one vendor holds: by slot, the records. Changed under its [Custody]'s lock alone.
final class Holding {
    private final Map<Slot, Kept> slots;
    private long unexplained;

    /// @param first when the first of these records were told
    /// @param last when the last were
    record Kept(RoaringBitmap records, Instant first, Instant last) {
        Kept and(RoaringBitmap more, Instant at) {
            records.or(more);
            return new Kept(records, first.isBefore(at) ? first : at, last.isAfter(at) ? last : at);
        }
    }

    Holding() {
        this(new HashMap<>(), 0);
    }

    Holding(Map<Slot, Kept> slots, long unexplained) {
        this.slots = slots;
        this.unexplained = unexplained;
    }

    Map<Slot, Kept> slots() {
        return slots;
    }

    long unexplained() {
        return unexplained;
    }

    void add(Handed handed) {
        if (handed.records().isEmpty()) {
            unexplained++;
            return;
        }
        add(handed.slot(), handed.records().get(), handed.at(), handed.at());
    }

    private void add(Slot slot, RoaringBitmap records, Instant first, Instant last) {
        Kept known = slots.get(slot);
        slots.put(
                slot,
                known == null
                        ? new Kept(records.clone(), first, last)
                        : known.and(records, first).and(new RoaringBitmap(), last));
    }

    Optional<Instant> newest() {
        return slots.values().stream().map(Kept::last).max(Instant::compareTo);
    }

    /// Takes away what was deleted. A slot that was told of after the deletion stays as it is.
    void subtract(What what, Instant deletedAt, Meaning meaning) {
        if (what.everything()) {
            unexplained = newest().filter(last -> last.isAfter(deletedAt)).isPresent() ? unexplained : 0;
        }
        Map.copyOf(slots).forEach((slot, kept) -> {
            if (!kept.last().isAfter(deletedAt)) {
                subtract(slot, kept, what, meaning);
            }
        });
    }

    private void subtract(Slot slot, Kept kept, What what, Meaning meaning) {
        RoaringBitmap gone = concerned(slot, kept, what, meaning);
        Set<Field> fields = what.elements()
                .map(elements -> fieldsOf(slot, elements, meaning))
                .orElse(slot.fields());
        if (gone.isEmpty() || fields.isEmpty() && what.elements().isPresent()) {
            return;
        }
        kept.records().andNot(gone);
        if (kept.records().isEmpty()) {
            slots.remove(slot);
        }
        Slot rest = slot.without(fields);
        if (!rest.fields().isEmpty()) {
            add(rest, gone, kept.first(), kept.last());
        }
    }

    /// The records of a slot that are about the users meant.
    private static RoaringBitmap concerned(Slot slot, Kept kept, What what, Meaning meaning) {
        if (what.users().isEmpty()) {
            return kept.records().clone();
        }
        RoaringBitmap users = what.users().get();
        return switch (slot.entity()) {
            case USER, DEMOGRAPHICS -> RoaringBitmap.and(kept.records(), users);
            case ENROLLMENT -> meaning.register().enrollmentsOf(kept.records(), users);
            case ORG, ACADEMIC_SESSION, COURSE, CLASS -> new RoaringBitmap();
        };
    }

    /// A field is gone once all it tells is: a preferred name is an element of its own beside the name.
    private static Set<Field> fieldsOf(Slot slot, Set<String> elements, Meaning meaning) {
        return slot.fields().stream()
                .filter(field -> elements.containsAll(meaning.elements().apply(slot, field)))
                .collect(Collectors.toUnmodifiableSet());
    }

    /// What the numbers mean.
    ///
    /// @param elements which data elements a field of a slot is
    record Meaning(Register register, BiFunction<Slot, Field, Set<String>> elements) {
        RoaringBitmap users(Slot slot, RoaringBitmap records) {
            return switch (slot.entity()) {
                case USER, DEMOGRAPHICS -> records;
                case ENROLLMENT -> register.usersOf(records);
                case ORG, ACADEMIC_SESSION, COURSE, CLASS -> new RoaringBitmap();
            };
        }
    }

    /// Users of whom something is held that a directive means.
    RoaringBitmap users(Directive directive, Meaning meaning) {
        RoaringBitmap all = new RoaringBitmap();
        slots.forEach((slot, kept) -> {
            boolean agreed = directive.agreement().isEmpty() || slot.agreement().equals(directive.agreement());
            boolean before = !kept.first().isAfter(directive.issued());
            boolean fields = directive
                    .what()
                    .elements()
                    .map(elements -> slot.fields().stream()
                            .anyMatch(field -> meaning.elements().apply(slot, field).stream()
                                    .anyMatch(elements::contains)))
                    .orElse(true);
            if (agreed && before && fields) {
                all.or(meaning.users(slot, kept.records()));
            }
        });
        directive.what().users().ifPresent(all::and);
        return all;
    }

    Exposure exposure(String vendor, List<Exposure.Due> due, Meaning meaning) {
        RoaringBitmap persons = new RoaringBitmap();
        Map<org.rosterkeep.roster.Entity, RoaringBitmap> records = new HashMap<>();
        Map<String, RoaringBitmap> elements = new HashMap<>();
        slots.forEach((slot, kept) -> {
            RoaringBitmap users = meaning.users(slot, kept.records());
            persons.or(users);
            records.computeIfAbsent(slot.entity(), any -> new RoaringBitmap()).or(kept.records());
            Set<String> ids = new HashSet<>();
            slot.fields().forEach(field -> ids.addAll(meaning.elements().apply(slot, field)));
            ids.forEach(id ->
                    elements.computeIfAbsent(id, any -> new RoaringBitmap()).or(users));
        });
        return new Exposure(
                vendor,
                persons.getCardinality(),
                counts(records),
                counts(elements),
                slots.values().stream().map(Kept::first).min(Instant::compareTo),
                newest(),
                unexplained,
                new ArrayList<>(due));
    }

    private static <K> Map<K, Integer> counts(Map<K, RoaringBitmap> sets) {
        return sets.entrySet().stream()
                .filter(one -> !one.getValue().isEmpty())
                .collect(Collectors.toMap(
                        Map.Entry::getKey, one -> one.getValue().getCardinality()));
    }
}
