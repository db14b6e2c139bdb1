package org.rosterkeep.intake;

import java.util.Arrays;
import org.roaringbitmap.RoaringBitmap;
import org.rosterkeep.roster.Relations;

/// What the first reading of a file found: for each row the record it speaks of, so that references may point forward,
/// duplicates are known before anything lands, and what is missing can be told from what was put aside.
final class Sheet {
    /// The row was put aside at the first reading.
    static final int ASIDE = -1;

    private final String file;
    private final Mode mode;
    private final Header header;
    private final RoaringBitmap seen = new RoaringBitmap();
    private final RoaringBitmap gone = new RoaringBitmap();
    private final RoaringBitmap twice = new RoaringBitmap();
    private int[] rows = new int[1024];
    private int size;
    private long unidentified;
    private long accepted;
    private long quarantined;

    Sheet(String file, Mode mode, Header header) {
        this.file = file;
        this.mode = mode;
        this.header = header;
    }

    String file() {
        return file;
    }

    Mode mode() {
        return mode;
    }

    Header header() {
        return header;
    }

    /// Notes the next row: its record, or `Relations.NONE` when it cannot be told, and what becomes of it.
    ///
    /// @param identified the row has an id, even if of a record nobody knows
    void add(int record, Kind kind, boolean identified) {
        if (size == rows.length) {
            rows = Arrays.copyOf(rows, size + (size >> 1));
        }
        boolean known = record != Relations.NONE;
        rows[size++] = kind == Kind.ASIDE || !known ? ASIDE : kind == Kind.GONE ? -2 - record : record;
        if (kind == Kind.ASIDE) {
            quarantined++;
            unidentified += identified ? 0 : 1;
        }
        if (known) {
            if (!seen.checkedAdd(record)) {
                twice.add(record);
            }
            if (kind == Kind.GONE) {
                gone.add(record);
            }
        }
    }

    /// What the first reading makes of a row.
    enum Kind {
        ACTIVE,
        /// The row says the record is no more.
        GONE,
        ASIDE
    }

    /// To be called once, after the last row.
    void close() {
        gone.andNot(twice);
        rows = Arrays.copyOf(rows, size);
    }

    int rows() {
        return size;
    }

    /// The record of the n-th row, or [#ASIDE]; for a row that deletes its record see [#deletes(int)].
    int record(int n) {
        return rows[n] <= -2 ? -2 - rows[n] : rows[n];
    }

    boolean deletes(int n) {
        return rows[n] <= -2;
    }

    /// Records the file names, whatever became of their rows.
    RoaringBitmap seen() {
        return seen;
    }

    /// Records the file says are no more.
    RoaringBitmap gone() {
        return gone;
    }

    /// Records with more than one row.
    RoaringBitmap twice() {
        return twice;
    }

    /// Rows whose record nobody can tell.
    long unidentified() {
        return unidentified;
    }

    void accept() {
        accepted++;
    }

    void quarantine() {
        quarantined++;
    }

    long accepted() {
        return accepted;
    }

    long quarantined() {
        return quarantined;
    }
}
