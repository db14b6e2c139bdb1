package org.rosterkeep.disclosure;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.roaringbitmap.RoaringBitmap;
import org.rosterkeep.disclosure.Consignment.Format;
import org.rosterkeep.entitlement.Census;
import org.rosterkeep.entitlement.Edition;
import org.rosterkeep.roster.Field;
import org.rosterkeep.rules.Ask;
import org.rosterkeep.rules.Decision;
import org.rosterkeep.rules.Reason;
import org.rosterkeep.rules.Rule;

/// A parcel: the sheets of one edition. The rules and the floors are asked again before each stretch of rows: a
/// delivery
/// is whole or it is broken off. There is no half of a file that could show somebody as gone in its second part.
final class Packed implements Parcel {
    private final Desk desk;
    private final Consignment asked;
    private final Rule rule;
    private final Edition edition;
    private final Cursor to;
    private final Optional<Cursor> since;
    private final List<Sheet> sheets;
    private final List<Receipt> receipts = new ArrayList<>();
    private boolean written;

    /// What a parcel is made with.
    ///
    /// @param pin holds the edition's rows, however the roster moves meanwhile
    record Desk(Gate.Rooms rooms, Clock clock, OutPool pool, Census.Pin pin) {}

    /// The records of one collection, or one file.
    record Sheet(Decision.Allow allow, Page page, CsvFile file) {
        Permit permit() {
            return Gate.permit(allow, page);
        }
    }

    Packed(
            Desk desk,
            Consignment asked,
            Rule rule,
            Edition edition,
            Cursor to,
            Optional<Cursor> since,
            List<Sheet> sheets) {
        this.desk = desk;
        this.asked = asked;
        this.rule = rule;
        this.edition = edition;
        this.to = to;
        this.since = since;
        this.sheets = sheets;
    }

    @Override
    public Rule rule() {
        return rule;
    }

    @Override
    public Cursor to() {
        return to;
    }

    @Override
    public boolean bulk() {
        return since.isEmpty();
    }

    @Override
    public long records() {
        return asked.format() == Format.NOTICE
                ? 0
                : sheets.stream()
                        .filter(sheet -> sheet.file() != CsvFile.ROLES)
                        .mapToLong(Packed::count)
                        .sum();
    }

    private static long count(Sheet sheet) {
        return sheet.page().ordinals().length;
    }

    @Override
    public Map<String, Set<String>> fields() {
        Map<String, Set<String>> fields = new TreeMap<>();
        if (asked.format() != Format.NOTICE) {
            for (Sheet sheet : sheets) {
                told(sheet)
                        .forEach(field -> fields.computeIfAbsent(field.entity().one(), _ -> new TreeSet<>())
                                .add(field.wire()));
            }
        }
        return fields;
    }

    private Set<Field> told(Sheet sheet) {
        Set<Field> told = new TreeSet<>(sheet.page().form().shown());
        if (asked.format() == Format.CSV) {
            told.removeAll(CsvFile.NOT_IN_FILES);
        }
        return told;
    }

    @Override
    public Optional<Reason> objection() {
        Instant now = desk.clock().instant();
        for (Sheet sheet : sheets) {
            Ask ask = new Ask(asked.to(), sheet.page().entity(), Set.of(), Set.of());
            switch (desk.rooms().decider().decide(ask, now)) {
                case Decision.Deny(Reason reason) -> {
                    return Optional.of(reason);
                }
                case Decision.Allow(Rule present, var _) -> {
                    if (!present.hash().equals(rule.hash())) {
                        return Optional.of(Reason.RULE_NOT_ACTIVE);
                    }
                }
            }
        }
        // A floor took somebody since: what was packed is not what may be told now.
        return desk.rooms().editions().now(edition, rule, now) == edition
                ? Optional.empty()
                : Optional.of(Reason.VIEW_NARROWED);
    }

    private Watch.Now goOn(Sheet sheet) {
        objection().ifPresent(reason -> {
            throw DisclosureFault.withdrawn(reason);
        });
        return new Watch.Now(
                edition, sheet.page().form(), Sighted.of(desk.rooms().records(), edition.sight()));
    }

    @Override
    public synchronized Optional<Reason> release() {
        if (!receipts.isEmpty()) {
            throw new DisclosureFault(DisclosureFault.Code.WRITTEN_TWICE);
        }
        Instant now = desk.clock().instant();
        Optional<Reason> refused = objection().or(() -> overCeiling(now));
        if (refused.isPresent()) {
            ledgering("", now).refused(refused.get());
            return refused;
        }
        for (Sheet sheet : asked.format() == Format.NOTICE ? sheets.subList(0, 1) : sheets) {
            Optional<Receipt> receipt = record(sheet, now);
            if (receipt.isEmpty()) {
                receipts.clear();
                return Optional.of(Reason.LEDGER_UNAVAILABLE);
            }
            receipts.add(receipt.get());
        }
        return Optional.empty();
    }

    private Optional<Reason> overCeiling(Instant now) {
        if (asked.format() == Format.NOTICE || rule.bounds().personsPerDay().isEmpty()) {
            return Optional.empty();
        }
        RoaringBitmap users = new RoaringBitmap();
        sheets.forEach(sheet -> users.or(sheet.page().users()));
        return desk.rooms().ceiling().take(rule, users, now);
    }

    private Optional<Receipt> record(Sheet sheet, Instant now) {
        String digest = desk.rooms().editions().digest(edition);
        if (asked.format() == Format.NOTICE) {
            var nobody = new Ledgering.Sent(Set.of(), to.edition(), digest, new Entry.Persons.None(), 0);
            return ledgering("/notice", now).sent(nobody);
        }
        int[] ascending = sheet.page().ordinals().clone();
        Arrays.sort(ascending);
        Entry.Persons persons = sheet.page().entity().personal()
                ? new Entry.Persons.Listed(sheet.page().entity(), ascending)
                : new Entry.Persons.None();
        String endpoint = asked.format() == Format.CSV
                ? "/" + sheet.file().word() + ".csv"
                : "/" + sheet.file().word();
        return ledgering(endpoint, now)
                .sent(new Ledgering.Sent(told(sheet), to.edition(), digest, persons, count(sheet)));
    }

    private Ledgering ledgering(String endpoint, Instant now) {
        Ledgering ledgering = new Ledgering(desk.rooms().account(), Ledgering.Asked.of(asked, endpoint), now);
        ledgering.under(rule);
        return ledgering;
    }

    @Override
    public synchronized List<Long> entries() {
        return receipts.stream().map(one -> one.numbers().ledger()).toList();
    }

    @Override
    public void writeTo(OutputStream out) throws IOException {
        synchronized (this) {
            if (receipts.isEmpty() || written) {
                throw new DisclosureFault(DisclosureFault.Code.WRITTEN_TWICE);
            }
            written = true;
        }
        switch (asked.format()) {
            case CSV -> files(out);
            case JSON -> object(out);
            case NOTICE -> notice(out);
        }
        objection().ifPresent(reason -> {
            throw DisclosureFault.withdrawn(reason);
        });
    }

    private void notice(OutputStream out) throws IOException {
        StringBuilder collections = new StringBuilder();
        for (Sheet sheet : sheets) {
            collections
                    .append(collections.isEmpty() ? "\"" : ",\"")
                    .append(sheet.file().word())
                    .append('"');
        }
        String at = new String(Stamps.text(to.at()), java.nio.charset.StandardCharsets.US_ASCII);
        out.write(Out.utf8("{\"event\":\"roster.changed\",\"rule\":\"" + rule.id() + "\",\"at\":\"" + at
                + "\",\"collections\":[" + collections + "]}"));
    }

    private void object(OutputStream to) throws IOException {
        Out out = desk.pool().take();
        try {
            String before = "{";
            for (Sheet sheet : sheets) {
                out.put(Out.utf8(before + "\"" + sheet.file().word() + "\":["));
                walk(sheet, new Layout.Elements(), out, to);
                out.put(']');
                before = ",";
            }
            out.put('}');
            Walk.drain(out, to);
        } finally {
            desk.pool().give(out);
        }
    }

    private void files(OutputStream out) throws IOException {
        Bundle bundle = new Bundle(asked.wire(), out, to.at());
        Out buffer = desk.pool().take();
        try {
            for (Sheet sheet : sheets) {
                OutputStream file = bundle.file(sheet.file(), since.isPresent());
                walk(sheet, layout(sheet), buffer, file);
                Walk.drain(buffer, file);
            }
        } finally {
            desk.pool().give(buffer);
        }
        bundle.finish();
    }

    private void walk(Sheet sheet, Layout layout, Out out, OutputStream to) throws IOException {
        new Walk(sheet.page(), sheet.permit(), () -> goOn(sheet), layout, out, to).all();
    }

    private Layout layout(Sheet sheet) {
        return sheet.file() == CsvFile.ROLES
                ? new CsvRoles(since)
                : new CsvRows(
                        sheet.file(),
                        asked.wire(),
                        since.isPresent(),
                        sheet.file() == CsvFile.COURSES
                                ? TaughtAt.schools(edition, sheet.page().names())
                                : Map.of());
    }

    @Override
    public void close() {
        desk.pin().close();
    }

    @Override
    public String toString() {
        return "parcel of edition " + to.edition();
    }
}
