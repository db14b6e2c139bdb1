package org.rosterkeep.appliance;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.roaringbitmap.RoaringBitmap;
import org.rosterkeep.disclosure.Entry;
import org.rosterkeep.ledger.LedgerRecord;
import org.rosterkeep.roster.Entity;

/// A week on a page, for the privacy officer: what left, to whom, under which rule, of how many people, and what was
/// refused. Numbers of the ledger; no person is in it.
final class Digests {
    private static final String KIND = "notice-digest";
    private static final String LAST = "last";
    private static final int ROWS_MAX = 60;

    private final DoctorBounds bounds;

    Digests(DoctorBounds bounds) {
        this.bounds = bounds;
    }

    /// What one rule gave one client.
    private static final class Sum {
        private long answers;
        private long records;
        /// People by place in the view, for each edition.
        private final Map<Long, RoaringBitmap> people = new TreeMap<>();
        private final Map<String, Long> refused = new TreeMap<>();

        void add(Entry entry) {
            if (!entry.reason().isEmpty()) {
                refused.merge(entry.reason(), 1L, Long::sum);
                return;
            }
            answers++;
            records += entry.count();
            var here = people.computeIfAbsent(entry.edition(), any -> new RoaringBitmap());
            switch (entry.persons()) {
                case Entry.Persons.None none -> {
                    return;
                }
                case Entry.Persons.Span span when span.entity() == Entity.USER -> here.add(span.first(), span.last());
                case Entry.Persons.Listed listed when listed.entity() == Entity.USER -> here.add(listed.ordinals());
                default -> {
                    return;
                }
            }
        }

        int persons() {
            return people.values().stream()
                    .mapToInt(RoaringBitmap::getCardinality)
                    .max()
                    .orElse(0);
        }
    }

    /// The page, when a week is over since the last one. The first is due a week after this is asked first.
    Optional<List<String>> due(Rooms rooms, Instant now) {
        var last = rooms.vault().get(KIND, LAST).flatMap(Digests::instant);
        if (last.isPresent() && now.isBefore(last.get().plus(bounds.digest()))) {
            return Optional.empty();
        }
        rooms.vault().put(KIND, LAST, now.toString().getBytes(StandardCharsets.UTF_8));
        return last.map(any -> lines(rooms, now));
    }

    private static Optional<Instant> instant(byte[] document) {
        try {
            return Optional.of(Instant.parse(new String(document, StandardCharsets.UTF_8)));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    List<String> lines(Rooms rooms, Instant now) {
        var from = now.minus(bounds.digest());
        Map<String, Sum> sums = new TreeMap<>();
        rooms.ledger().pages().some(from, now, Set.of(), record -> {
            if (record instanceof LedgerRecord.Disclosed one) {
                var entry = one.entry();
                var name = entry.rule().isEmpty()
                        ? "(no rule), client " + entry.client()
                        : entry.vendor() + ", rule " + entry.rule() + " version " + entry.ruleVersion();
                sums.computeIfAbsent(name, any -> new Sum()).add(entry);
            }
        });
        var lines = new ArrayList<String>();
        lines.add(
                "District " + rooms.name() + ", " + from.atZone(ZoneOffset.UTC).toLocalDate() + " to "
                        + now.atZone(ZoneOffset.UTC).toLocalDate() + " (UTC)");
        lines.add("");
        lines.add("WHAT LEFT");
        sums.forEach((name, sum) -> {
            if (sum.answers > 0) {
                lines.add(String.format(
                        Locale.ROOT,
                        "  %s: %,d answers, %,d records, %,d people at least",
                        name,
                        sum.answers,
                        sum.records,
                        sum.persons()));
            }
        });
        nothing(lines, "Nothing left.");
        lines.add("");
        lines.add("WHAT WAS REFUSED");
        sums.forEach((name, sum) -> sum.refused.forEach(
                (reason, n) -> lines.add(String.format(Locale.ROOT, "  %s: %s, %,d times", name, reason, n))));
        nothing(lines, "Nothing was refused.");
        if (lines.size() > ROWS_MAX) {
            lines.subList(ROWS_MAX, lines.size()).clear();
            lines.add("  ... and more: rosterkeep ledger list");
        }
        return lines;
    }

    private static void nothing(List<String> lines, String words) {
        if (!lines.getLast().startsWith("  ")) {
            lines.add("  " + words);
        }
    }
}
