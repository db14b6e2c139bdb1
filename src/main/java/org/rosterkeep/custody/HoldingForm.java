package org.rosterkeep.custody;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.roaringbitmap.RoaringBitmap;
import org.rosterkeep.roster.Entity;
import org.rosterkeep.roster.Field;

/// A vendor's holding and the mark it was read up to, as bytes on the shelf. One that cannot be read is made again from
/// the ledger.
final class HoldingForm {
    private static final int VERSION = 1;

    private HoldingForm() {}

    static byte[] write(Holding holding) {
        var bytes = new ByteArrayOutputStream();
        try (var out = new DataOutputStream(bytes)) {
            out.writeByte(VERSION);
            out.writeLong(holding.unexplained());
            out.writeInt(holding.slots().size());
            for (Map.Entry<Slot, Holding.Kept> one : holding.slots().entrySet()) {
                write(out, one.getKey());
                Holding.Kept kept = one.getValue();
                instant(out, kept.first());
                instant(out, kept.last());
                kept.records().runOptimize();
                kept.records().serialize(out);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static void write(DataOutputStream out, Slot slot) throws IOException {
        out.writeUTF(slot.rule());
        out.writeInt(slot.version());
        out.writeUTF(slot.agreement());
        out.writeUTF(slot.entity().name());
        out.writeInt(slot.fields().size());
        for (Field field : slot.fields()) {
            out.writeUTF(field.name());
        }
    }

    /// Empty when the document is damaged, or of a program that knew other fields.
    static Optional<Holding> read(byte[] document) {
        try (var in = new DataInputStream(new ByteArrayInputStream(document))) {
            if (in.readByte() != VERSION) {
                return Optional.empty();
            }
            long unexplained = in.readLong();
            int size = in.readInt();
            Map<Slot, Holding.Kept> slots = new HashMap<>();
            for (int n = 0; n < size; n++) {
                Slot slot = slot(in);
                Instant first = instant(in);
                Instant last = instant(in);
                RoaringBitmap records = new RoaringBitmap();
                records.deserialize(in);
                slots.put(slot, new Holding.Kept(records, first, last));
            }
            return Optional.of(new Holding(slots, unexplained));
        } catch (IOException | RuntimeException e) {
            return Optional.empty();
        }
    }

    private static Slot slot(DataInputStream in) throws IOException {
        String rule = in.readUTF();
        int version = in.readInt();
        String agreement = in.readUTF();
        Entity entity = Entity.valueOf(in.readUTF());
        int size = in.readInt();
        Set<Field> fields = EnumSet.noneOf(Field.class);
        for (int n = 0; n < size; n++) {
            fields.add(Field.valueOf(in.readUTF()));
        }
        return new Slot(rule, version, agreement, entity, fields);
    }

    private static void instant(DataOutputStream out, Instant at) throws IOException {
        out.writeLong(at.getEpochSecond());
        out.writeInt(at.getNano());
    }

    private static Instant instant(DataInputStream in) throws IOException {
        return Instant.ofEpochSecond(in.readLong(), in.readInt());
    }
}
