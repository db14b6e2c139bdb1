package org.rosterkeep.roster;

import com.google.errorprone.annotations.RestrictedApi;
import java.util.Arrays;

/// One packed record: a varint mask of the fields present (bit = [Field#bit()]), then for each of them, in bit order, a
/// varint length and the payload its [Shape] describes. Personal as a whole: it prints as a constant, and its payloads
/// can be seen only where [Personal#reveal()] may be called.
///
/// An instance is a window that its owner moves over a buffer; whoever wants to keep a row copies it ([#copy()]).
public final class Row {
    private final Slice head = new Slice();
    private byte[] bytes = new byte[1];
    private int start;
    private int end = 1;
    private int body = 1;
    private long mask;

    /// Puts the window over `length` bytes from `offset`.
    public Row over(byte[] buffer, int offset, int length) {
        bytes = buffer;
        start = offset;
        end = offset + length;
        long bits = 0;
        int at = offset;
        for (int shift = 0; ; shift += 7) {
            byte b = buffer[at++];
            bits |= (long) (b & 0x7f) << shift;
            if (b >= 0) {
                break;
            }
        }
        mask = bits;
        body = at;
        return this;
    }

    /// The fields present, as bits.
    public long mask() {
        return mask;
    }

    public boolean has(Field field) {
        return (mask & field.mask()) != 0;
    }

    /// Bytes this row takes.
    public int length() {
        return end - start;
    }

    public boolean sameBytes(Row other) {
        return Arrays.equals(bytes, start, end, other.bytes, other.start, other.end);
    }

    /// A row of its own, on its own bytes.
    public Row copy() {
        return new Row().over(Arrays.copyOfRange(bytes, start, end), 0, end - start);
    }

    /// Points `into` at the field's payload; false when the row lacks the field.
    @RestrictedApi(
            explanation =
                    "A personal value becomes bytes in the vault and behind the door; intake merges deltas into rows",
            allowedOnPath = ".*/org/rosterkeep/(roster|vault|disclosure|intake)/.*")
    public boolean reveal(Field field, Slice into) {
        if ((mask & field.mask()) == 0) {
            return false;
        }
        head.bytes = bytes;
        head.start = body;
        for (int before = Long.bitCount(mask & (field.mask() - 1)); before > 0; before--) {
            int length = head.varint();
            head.start += length;
        }
        int length = head.varint();
        into.bytes = bytes;
        into.start = head.start;
        into.end = head.start + length;
        return true;
    }

    /// Points `into[bit]` at the payload of every field present, in one pass; the slices of absent fields stay as they
    /// were. Returns the mask of the fields present. `into` has a slice for every bit.
    @RestrictedApi(
            explanation = "A personal value becomes bytes in the vault and behind the door, nowhere else",
            allowedOnPath = ".*/org/rosterkeep/(roster|vault|disclosure)/.*")
    public long reveal(Slice[] into) {
        head.bytes = bytes;
        head.start = body;
        for (long left = mask; left != 0; left &= left - 1) {
            Slice slice = into[Long.numberOfTrailingZeros(left)];
            int length = head.varint();
            slice.bytes = bytes;
            slice.start = head.start;
            head.start += length;
            slice.end = head.start;
        }
        return mask;
    }

    /// Copies the row with only the fields of `kept` into `buffer` from `offset`; returns the offset behind it. The
    /// buffer must have room for [#length()] bytes.
    @RestrictedApi(
            explanation = "Packed rows are projected by the vault, and behind the door where a value is withheld",
            allowedOnPath = ".*/org/rosterkeep/(roster|vault|disclosure)/.*")
    public int project(long kept, byte[] buffer, int offset) {
        long wanted = mask & kept;
        int to = RowWriter.varlong(buffer, offset, wanted);
        head.bytes = bytes;
        head.start = body;
        for (long left = mask; left != 0; left &= left - 1) {
            int from = head.start;
            int length = head.varint();
            head.start += length;
            if ((left & -left & wanted) != 0) {
                int size = head.start - from;
                System.arraycopy(bytes, from, buffer, to, size);
                to += size;
            }
        }
        return to;
    }

    @Override
    public String toString() {
        return "(personal)";
    }
}
