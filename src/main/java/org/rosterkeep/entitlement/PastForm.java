package org.rosterkeep.entitlement;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.roaringbitmap.RoaringBitmap;
import org.rosterkeep.roster.Entity;

/// How what a number changed rests on the shelf, in the manner of [KeptForm].
final class PastForm {
    private static final int FORM = 1;
    /// With who was live.
    private static final int FORM_2 = 2;
    /// With enrolments that waited, and with who was live or without; written only where any waited.
    private static final int FORM_3 = 3;

    private PastForm() {}

    static byte[] write(Past past) {
        return KeptForm.bytes(out -> {
            boolean waiting = !past.waiting().isEmpty();
            out.writeByte(waiting ? FORM_3 : past.living().isPresent() ? FORM_2 : FORM);
            out.writeLong(past.number());
            out.writeLong(past.batch());
            out.writeLong(past.at().toEpochMilli());
            out.writeInt(past.ruleVersion());
            KeptForm.lens(out, past.lens());
            out.writeUTF(past.digest());
            KeptForm.sets(out, past.came());
            KeptForm.sets(out, past.dropped());
            if (waiting) {
                waiting(out, past.waiting());
                out.writeBoolean(past.living().isPresent());
            }
            if (past.living().isPresent()) {
                KeptForm.sets(out, past.living().get().arrived());
                KeptForm.sets(out, past.living().get().left());
            }
        });
    }

    static Past read(byte[] document) {
        return KeptForm.from(document, in -> {
            int form = in.readByte();
            if (form < FORM || form > FORM_3) {
                throw new EditionFault(EditionFault.Code.UNKNOWN_FORM);
            }
            return new Past(
                    in.readLong(),
                    in.readLong(),
                    Instant.ofEpochMilli(in.readLong()),
                    in.readInt(),
                    KeptForm.lens(in),
                    in.readUTF(),
                    KeptForm.sets(in, Entity.class),
                    KeptForm.sets(in, Entity.class),
                    form == FORM_3 ? waiting(in) : Map.of(),
                    form == FORM_2 || form == FORM_3 && in.readBoolean()
                            ? Optional.of(
                                    new Past.Living(KeptForm.sets(in, Entity.class), KeptForm.sets(in, Entity.class)))
                            : Optional.empty());
        });
    }

    private static void waiting(DataOutputStream out, Map<Long, RoaringBitmap> waiting) throws IOException {
        out.writeInt(waiting.size());
        for (Map.Entry<Long, RoaringBitmap> layer : new TreeMap<>(waiting).entrySet()) {
            out.writeLong(layer.getKey());
            KeptForm.set(out, layer.getValue());
        }
    }

    private static Map<Long, RoaringBitmap> waiting(DataInputStream in) throws IOException {
        Map<Long, RoaringBitmap> waiting = new TreeMap<>();
        for (int left = in.readInt(); left > 0; left--) {
            waiting.put(in.readLong(), KeptForm.set(in));
        }
        return waiting;
    }
}
