package org.rosterkeep.disclosure;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.roaringbitmap.RoaringBitmap;
import org.rosterkeep.roster.Journal;
import org.rosterkeep.roster.Shelf;
import org.rosterkeep.rules.Reason;
import org.rosterkeep.rules.Rule;

/// The count behind [Ceiling], for every rule that has one: the set of persons of the present UTC day, by
/// ordinal. It is
/// on the shelf before the answer leaves, so that a restart gives nobody a second day; it is written only when it
/// grows.
///
/// An answer that would go over the ceiling is refused whole, and the first one of a day is told to the journal. A day
/// whose document cannot be read, or cannot be written, gives nothing more.
public final class Ceilings implements Ceiling {
    /// `rule@2026-11-24`
    public static final String KIND = "ceiling";

    private static final int VERSION = 1;

    private final Shelf shelf;
    private final Journal journal;
    private final Map<String, Day> days = new HashMap<>();

    /// @param full whether an answer was refused because of the ceiling
    /// @param told whether the journal has that
    private record Day(LocalDate date, RoaringBitmap persons, boolean full, boolean told) {}

    /// A rule whose ceiling was reached today.
    ///
    /// @param persons how many different persons it has released
    public record Reached(String rule, LocalDate date, int persons) {}

    public Ceilings(Shelf shelf, Journal journal) {
        this.shelf = shelf;
        this.journal = journal;
    }

    @Override
    public Optional<Reason> take(Rule rule, RoaringBitmap persons, Instant now) {
        return rule.bounds().personsPerDay().flatMap(most -> take(rule, most, persons, now));
    }

    private synchronized Optional<Reason> take(Rule rule, int most, RoaringBitmap persons, Instant now) {
        try {
            Day day = day(rule.id(), date(now));
            RoaringBitmap all = RoaringBitmap.or(day.persons(), persons);
            if (all.getCardinality() > most) {
                refused(rule, most, day);
                return Optional.of(Reason.PERSONS_PER_DAY);
            }
            if (all.getCardinality() > day.persons().getCardinality()) {
                keep(rule.id(), new Day(day.date(), all, day.full(), day.told()));
            }
            return Optional.empty();
        } catch (RuntimeException uncounted) {
            // What cannot be counted cannot be shown to be within the ceiling.
            return Optional.of(Reason.LEDGER_UNAVAILABLE);
        }
    }

    /// The refusal stands whether or not it can be told now; it is told again at the next one.
    private void refused(Rule rule, int most, Day day) {
        if (day.told()) {
            return;
        }
        Day full = new Day(day.date(), day.persons(), true, false);
        days.put(rule.id(), full);
        try {
            journal.record(
                    "rule.ceiling-reached",
                    "appliance",
                    Map.of(
                            "rule", rule.id(),
                            "vendor", rule.vendor(),
                            "day", day.date().toString(),
                            "personsPerDay", Integer.toString(most)));
            keep(rule.id(), new Day(day.date(), day.persons(), true, true));
        } catch (RuntimeException untold) {
            days.put(rule.id(), full);
        }
    }

    /// Every rule whose ceiling was reached on the day of this instant, by id.
    public synchronized List<Reached> reached(Instant now) {
        LocalDate today = date(now);
        List<Reached> reached = new ArrayList<>();
        for (String id : shelf.ids(KIND)) {
            int at = id.lastIndexOf('@');
            if (at > 0 && id.substring(at + 1).equals(today.toString())) {
                Day day = day(id.substring(0, at), today);
                if (day.full()) {
                    reached.add(new Reached(
                            id.substring(0, at), today, day.persons().getCardinality()));
                }
            }
        }
        days.forEach((rule, day) -> {
            boolean known = reached.stream().anyMatch(one -> one.rule().equals(rule));
            if (day.full() && day.date().equals(today) && !known) {
                reached.add(new Reached(rule, today, day.persons().getCardinality()));
            }
        });
        reached.sort(Comparator.comparing(Reached::rule));
        return List.copyOf(reached);
    }

    /// Forgets the days that are over. Called now and then.
    public synchronized void idle(Instant now) {
        String today = date(now).toString();
        List<Shelf.Change> over = new ArrayList<>();
        for (String id : shelf.ids(KIND)) {
            if (id.substring(id.lastIndexOf('@') + 1).compareTo(today) < 0) {
                over.add(new Shelf.Change.Remove(KIND, id));
            }
        }
        if (!over.isEmpty()) {
            shelf.apply(over);
        }
        days.values().removeIf(day -> day.date().isBefore(date(now)));
    }

    private Day day(String rule, LocalDate date) {
        Day known = days.get(rule);
        if (known != null && known.date().equals(date)) {
            return known;
        }
        Day day = shelf.get(KIND, place(rule, date))
                .map(document -> read(date, document))
                .orElseGet(() -> new Day(date, new RoaringBitmap(), false, false));
        days.put(rule, day);
        return day;
    }

    private void keep(String rule, Day day) {
        shelf.put(KIND, place(rule, day.date()), write(day));
        days.put(rule, day);
    }

    private static LocalDate date(Instant now) {
        return LocalDate.ofInstant(now, ZoneOffset.UTC);
    }

    private static String place(String rule, LocalDate date) {
        return rule + "@" + date;
    }

    private static byte[] write(Day day) {
        var bytes = new ByteArrayOutputStream();
        try (var out = new DataOutputStream(bytes)) {
            out.writeByte(VERSION);
            out.writeBoolean(day.full());
            out.writeBoolean(day.told());
            day.persons().runOptimize();
            day.persons().serialize(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static Day read(LocalDate date, byte[] document) {
        try (var in = new DataInputStream(new ByteArrayInputStream(document))) {
            if (in.readByte() != VERSION) {
                throw new DisclosureFault(DisclosureFault.Code.COUNT_DAMAGED);
            }
            boolean full = in.readBoolean();
            boolean told = in.readBoolean();
            RoaringBitmap persons = new RoaringBitmap();
            persons.deserialize(in);
            return new Day(date, persons, full, told);
        } catch (IOException e) {
            throw new DisclosureFault(DisclosureFault.Code.COUNT_DAMAGED);
        }
    }
}
