package org.rosterkeep.disclosure;

import java.util.Arrays;
import org.rosterkeep.entitlement.Track;
import org.rosterkeep.roster.Field;
import org.rosterkeep.roster.Row;
import org.rosterkeep.roster.Slice;

/// The record being written: its id, its envelope and its revealed row. One per answer, moved from record to record.
final class Line {
    private static final int BITS = 64;
    static final byte[] ACTIVE = Out.utf8("active");
    static final byte[] TO_BE_DELETED = Out.utf8("tobedeleted");

    private final Slice[] slices = new Slice[BITS];
    private final Stamps live;
    private final Stamps gone;
    final byte[] id = new byte[Names.LENGTH_MAX];
    int idLength;
    int ordinal;
    byte[] status = ACTIVE;
    byte[] changed = new byte[0];
    private long mask;
    /// Set when the record turns out to lack what no record may lack.
    boolean broken;

    Line(Track track) {
        Arrays.setAll(slices, _ -> new Slice());
        live = new Stamps(track.live());
        gone = new Stamps(track.gone());
    }

    void active(int record, Row row) {
        ordinal = record;
        mask = row.reveal(slices);
        status = ACTIVE;
        changed = live.of(record);
        broken = false;
    }

    /// A record that left the view; or one whose row has gone since the edition was made, which is shown like one.
    void gone(int record, boolean inView) {
        ordinal = record;
        mask = 0;
        status = TO_BE_DELETED;
        changed = inView ? live.of(record) : gone.of(record);
        broken = false;
    }

    boolean has(Field field) {
        return (mask & field.mask()) != 0;
    }

    boolean hasAll(long wanted) {
        return (mask & wanted) == wanted;
    }

    Slice slice(Field field) {
        return slices[field.bit()];
    }
}
