package org.rosterkeep.intake;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import org.rosterkeep.roster.Entity;
import org.rosterkeep.roster.Relations;
import org.rosterkeep.roster.SourcedId;

/// The second reading of a file: one usable row after another, its cells checked as they are asked for. A flaw
/// in a cell that a record cannot be without makes the row bad ([#bad()]), and the caller puts the row aside; a flaw in
/// another puts the cell aside ([#aside(int)]), and the caller leaves what the record has there. The finding
/// says where.
final class Rows implements AutoCloseable {
    private static final int STEP = 1 << 14;

    private final Desk desk;
    private final Sheet sheet;
    private final Csv csv;
    private final Header header;
    private final Memo[] memos;
    private final BitSet asides = new BitSet();
    private int row = -1;
    private boolean bad;
    private boolean deleting;

    /// The last value of a column: neighbouring rows mostly repeat school, class and dates.
    private static final class Memo {
        private byte[] bytes = new byte[40];
        private int length = -1;
        private String text = "";
        private Entity target = Entity.ORG;
        private int ref = Relations.NONE;
        private boolean checked;
    }

    Rows(Desk desk, Sheet sheet) {
        this.desk = desk;
        this.sheet = sheet;
        header = sheet.header();
        csv = new Csv(desk.delivery.read(sheet.file()), sheet.file(), desk.limits);
        csv.next();
        memos = new Memo[header.columns().size()];
        Arrays.setAll(memos, i -> new Memo());
    }

    /// Moves to the next row that speaks of a living record and is not put aside.
    boolean next() {
        while (step()) {
            if (!deleting) {
                return true;
            }
        }
        return false;
    }

    /// Moves to the next row that is not put aside, also to one that deletes its record ([#deleting()]).
    boolean step() {
        while (csv.next()) {
            row++;
            if (row >= sheet.rows()) {
                throw new IntakeFault(FindingCode.SOURCE_CHANGED, sheet.file());
            }
            if (row % STEP == 0 && !desk.progress.goOn(sheet.file(), 2, row)) {
                throw new Progress.Cancelled();
            }
            int record = sheet.record(row);
            if (record == Sheet.ASIDE) {
                continue;
            }
            bad = false;
            asides.clear();
            deleting = sheet.deletes(row);
            if (sheet.twice().contains(record)) {
                wrong(0, FindingCode.ID_TWICE);
                sheet.quarantine();
                continue;
            }
            return true;
        }
        if (row + 1 != sheet.rows()) {
            throw new IntakeFault(FindingCode.SOURCE_CHANGED, sheet.file());
        }
        return false;
    }

    int record() {
        return sheet.record(row);
    }

    boolean deleting() {
        return deleting;
    }

    long line() {
        return csv.line();
    }

    Header header() {
        return header;
    }

    boolean bad() {
        return bad;
    }

    /// Puts the row aside because of this column.
    void wrong(int column, FindingCode code) {
        desk.findings.add(sheet.file(), csv.line(), header.columns().get(column).name(), code);
        bad = true;
    }

    /// Says that the cell cannot be used: the row is bad when its record cannot be without it, else the cell is aside.
    void unreadable(int column, FindingCode code) {
        if (header.columns().get(column).essential()) {
            wrong(column, code);
        } else {
            asides.set(column);
            remark(column, code.ofCell());
        }
    }

    /// Whether the cell was put aside: what it says counts as unsaid, and the record keeps what it has there.
    boolean aside(int column) {
        return asides.get(column);
    }

    /// Whether any cell of the row was put aside so far.
    boolean asides() {
        return !asides.isEmpty();
    }

    void wrong(FindingCode code) {
        desk.findings.add(sheet.file(), csv.line(), "", code);
        bad = true;
    }

    /// Says something about the column that leaves the row usable.
    void remark(int column, FindingCode code) {
        desk.findings.add(sheet.file(), csv.line(), header.columns().get(column).name(), code);
    }

    /// Whether the column has a value in this row.
    boolean filled(int column) {
        int place = header.places()[column];
        return place >= 0 && csv.end(place) > csv.start(place);
    }

    /// The cell's text without spaces around it; empty for no value.
    String text(int column) {
        return memo(column).text;
    }

    /// The text of a column whose absence costs the record nothing essential; a missing value the standard asks for is
    /// remarked.
    String wished(int column) {
        String text = memo(column).text;
        if (text.isEmpty() && !aside(column) && header.columns().get(column).needed()) {
            remark(column, FindingCode.VALUE_MISSING);
        }
        return text;
    }

    private Memo memo(int column) {
        Memo memo = memos[column];
        int place = header.places()[column];
        int from = place < 0 ? 0 : csv.start(place);
        int to = place < 0 ? 0 : csv.end(place);
        byte[] bytes = csv.bytes();
        Optional<FindingCode> flaw = place < 0 ? Optional.empty() : csv.unreadable(place);
        if (flaw.isPresent()) {
            if (!aside(column)) {
                unreadable(column, flaw.get());
            }
            memo.length = -1;
            memo.checked = false;
            memo.text = "";
            return memo;
        }
        if (memo.length == to - from && Arrays.equals(memo.bytes, 0, memo.length, bytes, from, to)) {
            return memo;
        }
        memo.length = to - from;
        if (memo.bytes.length < memo.length) {
            memo.bytes = new byte[memo.length];
        }
        System.arraycopy(bytes, from, memo.bytes, 0, memo.length);
        memo.checked = false;
        int start = from;
        int end = to;
        while (start < end && blank(bytes[start])) {
            start++;
        }
        while (end > start && blank(bytes[end - 1])) {
            end--;
        }
        if (end - start != to - from) {
            remark(column, FindingCode.SPACES_TRIMMED);
        }
        memo.text = start == end ? "" : csv.text(start, end);
        return memo;
    }

    private static boolean blank(byte b) {
        return b == ' ' || b == '\t';
    }

    /// No value: a flaw where the record cannot be without one.
    private void missing(int column) {
        if (header.columns().get(column).essential()) {
            wrong(column, FindingCode.VALUE_REQUIRED);
        } else if (!aside(column) && header.columns().get(column).needed()) {
            remark(column, FindingCode.VALUE_MISSING);
        }
    }

    /// A date as `YYYY-MM-DD`; empty for no value, and for one that cannot be used.
    String date(int column) {
        Memo memo = memo(column);
        if (memo.text.isEmpty()) {
            missing(column);
        } else if (!memo.checked && Dates.read(memo.text).isEmpty()) {
            unreadable(column, FindingCode.VALUE_NOT_A_DATE);
            return "";
        } else {
            memo.checked = true;
        }
        return memo.text;
    }

    /// A word of the column's vocabulary, in the standard's spelling; empty for no value.
    String word(int column) {
        Memo memo = memo(column);
        if (memo.text.isEmpty()) {
            missing(column);
            return "";
        }
        if (memo.checked) {
            return memo.text;
        }
        Optional<String> word = Words.match(header.columns().get(column), memo.text);
        if (word.isEmpty()) {
            unreadable(column, FindingCode.VALUE_NOT_ALLOWED);
            return "";
        }
        if (!word.get().equals(memo.text)) {
            remark(column, FindingCode.VALUE_CASE);
            return word.get();
        }
        memo.text = word.get();
        memo.checked = true;
        return memo.text;
    }

    /// The members of a list, without spaces around them and without empty ones.
    List<String> list(int column) {
        String text = memo(column).text;
        if (text.isEmpty()) {
            return List.of();
        }
        if (text.indexOf(',') < 0) {
            return List.of(text);
        }
        List<String> members = new ArrayList<>();
        for (String member : text.split(",", -1)) {
            String stripped = member.strip();
            if (stripped.length() != member.length()) {
                remark(column, FindingCode.SPACES_TRIMMED);
            }
            if (!stripped.isEmpty()) {
                members.add(stripped);
            }
        }
        return members;
    }

    /// The record a reference points at, which is in the roster as this batch leaves it; `Relations.NONE` for no value,
    /// and when it cannot be used.
    int ref(int column, Entity target) {
        Memo memo = memo(column);
        if (memo.text.isEmpty()) {
            missing(column);
            return Relations.NONE;
        }
        if (memo.checked && memo.target == target) {
            return memo.ref;
        }
        int ref = resolve(column, memo.text, target);
        if (ref != Relations.NONE) {
            memo.checked = true;
            memo.target = target;
            memo.ref = ref;
        }
        return ref;
    }

    /// Like [#ref(int, Entity)] for a list.
    int[] refs(int column, Entity target) {
        List<String> ids = list(column);
        if (ids.isEmpty()) {
            missing(column);
        }
        int[] refs = new int[ids.size()];
        for (int i = 0; i < refs.length; i++) {
            refs[i] = resolve(column, ids.get(i), target);
        }
        return bad || aside(column)
                ? new int[0]
                : Arrays.stream(refs).distinct().toArray();
    }

    private int resolve(int column, String id, Entity target) {
        if (!SourcedId.valid(id)) {
            unreadable(column, FindingCode.REFERENCE_NOT_ALLOWED);
            return Relations.NONE;
        }
        int found = desk.batch.find(target, SourcedId.of(id));
        if (found == Relations.NONE || !desk.batch.present(target, found)) {
            unreadable(column, FindingCode.REFERENCE_UNKNOWN);
            return Relations.NONE;
        }
        return found;
    }

    /// Counts the row as used or as put aside; returns whether it is usable.
    boolean settle() {
        if (bad) {
            sheet.quarantine();
        } else {
            sheet.accept();
        }
        return !bad;
    }

    @Override
    public void close() {
        csv.close();
    }
}
