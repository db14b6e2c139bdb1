package org.rosterkeep.entitlement;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.roaringbitmap.RoaringBitmap;
import org.rosterkeep.roster.Entity;
import org.rosterkeep.roster.Entries;

/// How what is held rests with its edition: sets, and where the records in them belonged. No value.
final class HeldForm {
    private HeldForm() {}

    static void write(DataOutputStream out, Held held) throws IOException {
        out.writeInt(held.layers().size());
        for (Map.Entry<Long, Map<Entity, RoaringBitmap>> layer : held.layers().entrySet()) {
            out.writeLong(layer.getKey());
            KeptForm.sets(out, layer.getValue());
        }
        Entries entries = held.entries();
        KeptForm.sets(out, entries.there());
        KeptForm.sets(out, entries.away());
        KeptForm.sets(out, entries.kinds());
        out.writeInt(entries.words().size());
        for (String word : entries.words()) {
            out.writeUTF(word);
        }
        out.writeInt(entries.grades().size());
        for (Map.Entry<String, RoaringBitmap> grade : new TreeMap<>(entries.grades()).entrySet()) {
            out.writeUTF(grade.getKey());
            KeptForm.set(out, grade.getValue());
        }
        for (Entity entity : Entity.values()) {
            Entries.Cells cells = entries.cells().get(entity);
            out.writeInt(cells == null ? 0 : cells.ordinals().length);
            for (int n = 0; cells != null && n < cells.ordinals().length; n++) {
                out.writeInt(cells.ordinals()[n]);
                out.writeInt(cells.values()[n].length);
                for (int value : cells.values()[n]) {
                    out.writeInt(value);
                }
            }
        }
    }

    static Held read(DataInputStream in) throws IOException {
        SortedMap<Long, Map<Entity, RoaringBitmap>> layers = new TreeMap<>();
        for (int left = in.readInt(); left > 0; left--) {
            layers.put(in.readLong(), KeptForm.sets(in, Entity.class));
        }
        Map<Entity, RoaringBitmap> there = KeptForm.sets(in, Entity.class);
        Map<Entity, RoaringBitmap> away = KeptForm.sets(in, Entity.class);
        Map<Entries.Kind, RoaringBitmap> kinds = KeptForm.sets(in, Entries.Kind.class);
        List<String> words = new ArrayList<>();
        for (int left = in.readInt(); left > 0; left--) {
            words.add(in.readUTF());
        }
        Map<String, RoaringBitmap> grades = new TreeMap<>();
        for (int left = in.readInt(); left > 0; left--) {
            grades.put(in.readUTF(), KeptForm.set(in));
        }
        Map<Entity, Entries.Cells> cells = new EnumMap<>(Entity.class);
        for (Entity entity : Entity.values()) {
            int[] ordinals = new int[in.readInt()];
            int[][] values = new int[ordinals.length][];
            for (int n = 0; n < ordinals.length; n++) {
                ordinals[n] = in.readInt();
                values[n] = new int[in.readInt()];
                for (int at = 0; at < values[n].length; at++) {
                    values[n][at] = in.readInt();
                }
            }
            if (ordinals.length > 0) {
                cells.put(entity, new Entries.Cells(ordinals, values));
            }
        }
        return new Held(layers, new Entries(there, away, cells, words, grades, kinds));
    }
}
