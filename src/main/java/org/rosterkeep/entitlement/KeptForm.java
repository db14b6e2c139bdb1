package org.rosterkeep.entitlement;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.roaringbitmap.RoaringBitmap;
import org.rosterkeep.roster.Entity;
import org.rosterkeep.roster.Field;
import org.rosterkeep.rules.Treatment;

/// How editions rest on the shelf: names and sets of ordinals in a fixed order, so that equal editions are equal bytes.
/// Names, not numbers of constants, so that a later version of this program reads them.
final class KeptForm {
    private static final int FORM = 1;
    /// With the families.
    private static final int FORM_2 = 2;
    /// With the families or without, and with what floors hide.
    private static final int FORM_3 = 3;
    /// With what is held; written only where anything is.
    private static final int FORM_4 = 4;

    private KeptForm() {}

    static byte[] write(Edition.Kept kept) {
        return bytes(out -> {
            out.writeByte(kept.held().isEmpty() ? FORM_3 : FORM_4);
            out.writeUTF(kept.stream());
            out.writeInt(kept.ruleVersion());
            out.writeUTF(kept.ruleHash());
            lens(out, kept.lens());
            out.writeLong(kept.number());
            out.writeLong(kept.batch());
            out.writeLong(kept.at().toEpochMilli());
            sets(out, kept.views().members());
            sets(out, kept.views().parts());
            for (Entity entity : Entity.values()) {
                runs(out, kept.track(entity).live());
                runs(out, kept.track(entity).gone());
            }
            sets(out, kept.parts());
            out.writeBoolean(kept.families().isPresent());
            if (kept.families().isPresent()) {
                families(out, kept.families().get());
            }
            out.writeLong(kept.hidden().stamp());
            sets(out, kept.hidden().fields());
            if (!kept.held().isEmpty()) {
                HeldForm.write(out, kept.held());
            }
        });
    }

    static Edition.Kept read(byte[] document) {
        return from(document, in -> {
            int form = in.readByte();
            if (form < FORM || form > FORM_4) {
                throw new EditionFault(EditionFault.Code.UNKNOWN_FORM);
            }
            String stream = in.readUTF();
            int version = in.readInt();
            String hash = in.readUTF();
            Lens lens = lens(in);
            long number = in.readLong();
            long batch = in.readLong();
            Instant at = Instant.ofEpochMilli(in.readLong());
            Views views = new Views(sets(in, Entity.class), sets(in, Part.class));
            Map<Entity, Track> tracks = new EnumMap<>(Entity.class);
            for (Entity entity : Entity.values()) {
                tracks.put(entity, new Track(runs(in), runs(in)));
            }
            Map<Part, RoaringBitmap> parts = sets(in, Part.class);
            boolean familial = form == FORM_2 || form >= FORM_3 && in.readBoolean();
            Optional<Families> families = familial ? Optional.of(families(in, views)) : Optional.empty();
            Hidden hidden = form >= FORM_3 ? new Hidden(in.readLong(), sets(in, Field.class)) : Hidden.NOTHING;
            Held held = form == FORM_4 ? HeldForm.read(in) : Held.NOTHING;
            return new Edition.Kept(
                    stream, version, hash, lens, number, batch, at, views, tracks, parts, hidden, families, held);
        });
    }

    static String sha256(byte[] document) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(document));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static void families(DataOutputStream out, Families families) throws IOException {
        for (Entity entity : Families.ENTITIES) {
            for (int parent : families.parents().getOrDefault(entity, new int[0])) {
                out.writeInt(parent);
            }
        }
    }

    private static Families families(DataInputStream in, Views views) throws IOException {
        Map<Entity, int[]> members = new EnumMap<>(Entity.class);
        Map<Entity, int[]> parents = new EnumMap<>(Entity.class);
        for (Entity entity : Families.ENTITIES) {
            int[] of = views.of(entity).toArray();
            int[] above = new int[of.length];
            for (int n = 0; n < above.length; n++) {
                above[n] = in.readInt();
            }
            members.put(entity, of);
            parents.put(entity, above);
        }
        return new Families(members, parents);
    }

    static void lens(DataOutputStream out, Lens lens) throws IOException {
        Map<String, Treatment> grants = new TreeMap<>();
        lens.grants().forEach((field, treatment) -> grants.put(field.name(), treatment));
        out.writeShort(grants.size());
        for (Map.Entry<String, Treatment> grant : grants.entrySet()) {
            out.writeUTF(grant.getKey());
            out.writeUTF(word(grant.getValue()));
            out.writeUTF(grant.getValue() instanceof Treatment.Constant(String text) ? text : "");
        }
        Set<String> roles = new TreeSet<>(lens.roles());
        out.writeShort(roles.size());
        for (String role : roles) {
            out.writeUTF(role);
        }
        out.writeBoolean(lens.passThroughIds());
        out.writeUTF(lens.domain());
    }

    static Lens lens(DataInputStream in) throws IOException {
        Map<Field, Treatment> grants = new EnumMap<>(Field.class);
        for (int left = in.readShort(); left > 0; left--) {
            Field field = Field.valueOf(in.readUTF());
            grants.put(field, treatment(in.readUTF(), in.readUTF()));
        }
        Set<String> roles = new HashSet<>();
        for (int left = in.readShort(); left > 0; left--) {
            roles.add(in.readUTF());
        }
        return new Lens(grants, roles, in.readBoolean(), in.readUTF());
    }

    private static String word(Treatment treatment) {
        return switch (treatment) {
            case Treatment.AsIs _ -> "as-is";
            case Treatment.Initial _ -> "initial";
            case Treatment.Pseudonym _ -> "pseudonym";
            case Treatment.Constant _ -> "constant";
            case Treatment.Coarse _ -> "coarse";
            case Treatment.Preferred _ -> "preferred";
        };
    }

    private static Treatment treatment(String word, String text) {
        return switch (word) {
            case "as-is" -> new Treatment.AsIs();
            case "initial" -> new Treatment.Initial();
            case "pseudonym" -> new Treatment.Pseudonym();
            case "constant" -> new Treatment.Constant(text);
            case "coarse" -> new Treatment.Coarse();
            case "preferred" -> new Treatment.Preferred();
            default -> throw new EditionFault(EditionFault.Code.UNKNOWN_FORM);
        };
    }

    static <K extends Enum<K>> void sets(DataOutputStream out, Map<K, RoaringBitmap> sets) throws IOException {
        Map<String, RoaringBitmap> named = new TreeMap<>();
        sets.forEach((key, set) -> {
            if (!set.isEmpty()) {
                named.put(key.name(), set);
            }
        });
        out.writeShort(named.size());
        for (Map.Entry<String, RoaringBitmap> entry : named.entrySet()) {
            out.writeUTF(entry.getKey());
            set(out, entry.getValue());
        }
    }

    static <K extends Enum<K>> Map<K, RoaringBitmap> sets(DataInputStream in, Class<K> type) throws IOException {
        Map<K, RoaringBitmap> sets = new EnumMap<>(type);
        for (int left = in.readShort(); left > 0; left--) {
            sets.put(Enum.valueOf(type, in.readUTF()), set(in));
        }
        return sets;
    }

    private static void runs(DataOutputStream out, Runs runs) throws IOException {
        out.writeInt(runs.runs().size());
        for (Runs.Run run : runs.runs()) {
            out.writeLong(run.at().toEpochMilli());
            set(out, run.members());
        }
    }

    private static Runs runs(DataInputStream in) throws IOException {
        List<Runs.Run> runs = new ArrayList<>();
        for (int left = in.readInt(); left > 0; left--) {
            runs.add(new Runs.Run(Instant.ofEpochMilli(in.readLong()), set(in)));
        }
        return new Runs(runs);
    }

    static void set(DataOutputStream out, RoaringBitmap set) throws IOException {
        RoaringBitmap tight = set.clone();
        tight.runOptimize();
        tight.serialize(out);
    }

    static RoaringBitmap set(DataInputStream in) throws IOException {
        RoaringBitmap set = new RoaringBitmap();
        set.deserialize(in);
        return set;
    }

    interface Writing {
        void to(DataOutputStream out) throws IOException;
    }

    interface Reading<T> {
        T from(DataInputStream in) throws IOException;
    }

    static byte[] bytes(Writing writing) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            writing.to(out);
        } catch (IOException impossible) {
            throw new EditionFault(EditionFault.Code.UNREADABLE, impossible);
        }
        return bytes.toByteArray();
    }

    static <T> T from(byte[] document, Reading<T> reading) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(document))) {
            return reading.from(in);
        } catch (IOException | IllegalArgumentException damaged) {
            throw new EditionFault(EditionFault.Code.UNREADABLE, damaged);
        }
    }
}
