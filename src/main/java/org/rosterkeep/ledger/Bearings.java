package org.rosterkeep.ledger;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import org.rosterkeep.disclosure.Entry.Persons;
import org.rosterkeep.ledger.Contents.Sought;

/// Which places of which lists the answers of a part carried, in as few bytes as it takes: for each part the number of
/// answers, then for each answer the listing's number, doubled, and one more when persons are listed; then first place
/// and how many, or how many persons and the differences of their ordinals. All are varints.
final class Bearings {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream part = new ByteArrayOutputStream();
    private int count;

    /// An answer of the part on its way.
    void add(int listing, Persons persons) {
        switch (persons) {
            case Persons.None() -> {
                return;
            }
            case Persons.Span(var entity, long first, long last) -> {
                put(part, 2L * listing);
                put(part, first);
                put(part, Math.max(0, last - first));
            }
            case Persons.Listed(var entity, int[] ordinals) -> {
                put(part, 2L * listing + 1);
                put(part, ordinals.length);
                int before = 0;
                for (int ordinal : ordinals) {
                    put(part, ordinal - before);
                    before = ordinal;
                }
            }
        }
        count++;
    }

    /// The part is complete.
    void close() {
        put(out, count);
        out.writeBytes(part.toByteArray());
        part.reset();
        count = 0;
    }

    byte[] bytes() {
        return out.toByteArray();
    }

    /// Whether an answer of the next part may have carried somebody who is looked for. Steps over the part.
    static boolean any(ByteBuffer in, Sought[] sought) {
        boolean found = false;
        for (long left = get(in); left > 0; left--) {
            long what = get(in);
            Sought one = sought[(int) (what >> 1)];
            boolean idle = found || one == Sought.NOBODY;
            found |= (what & 1) == 0 ? span(in, one, idle) : listed(in, one, idle);
        }
        return found;
    }

    private static boolean span(ByteBuffer in, Sought one, boolean idle) {
        long first = get(in);
        long places = get(in);
        return !idle && one.span(first, first + places);
    }

    private static boolean listed(ByteBuffer in, Sought one, boolean idle) {
        int size = (int) get(in);
        int[] ordinals = idle ? new int[0] : new int[size];
        int before = 0;
        for (int n = 0; n < size; n++) {
            before += (int) get(in);
            if (!idle) {
                ordinals[n] = before;
            }
        }
        return !idle && one.listed(ordinals);
    }

    private static void put(ByteArrayOutputStream to, long value) {
        long rest = value;
        while ((rest & ~0x7fL) != 0) {
            to.write((int) (rest & 0x7f | 0x80));
            rest >>>= 7;
        }
        to.write((int) rest);
    }

    private static long get(ByteBuffer in) {
        long value = 0;
        for (int shift = 0; ; shift += 7) {
            byte next = in.get();
            value |= (next & 0x7fL) << shift;
            if (next >= 0) {
                return value;
            }
        }
    }
}
