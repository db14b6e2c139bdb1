package org.rosterkeep.disclosure;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.roaringbitmap.RoaringBitmap;
import org.rosterkeep.entitlement.Families;
import org.rosterkeep.entitlement.LegacyRole;
import org.rosterkeep.entitlement.Lens;
import org.rosterkeep.entitlement.Looks;
import org.rosterkeep.entitlement.Part;
import org.rosterkeep.entitlement.Views;
import org.rosterkeep.roster.Entity;
import org.rosterkeep.roster.Field;
import org.rosterkeep.roster.Relations;
import org.rosterkeep.roster.Slice;

/// Pieces that point at other records. What points outside the view is not written; a record that may not be without it
/// is marked broken.
final class References {
    private final Names names;
    private final Views views;
    private final Lens lens;
    private final Wire wire;
    private final String base;
    private final byte[] id = new byte[Names.LENGTH_MAX];

    References(Names names, Looks.Sight sight, Wire wire, String base) {
        this.names = names;
        this.views = sight.views();
        this.lens = sight.lens();
        this.wire = wire;
        this.base = base;
    }

    /// The pieces of JSON around the two ids of a reference, `first` also the property's name.
    private record Frame(byte[] first, byte[] next, byte[] middle, byte[] end) {}

    private Frame frame(String before, Entity target) {
        String href = "{\"href\":\"" + base + "/" + target.many() + "/";
        return new Frame(
                Out.utf8(before + href),
                Out.utf8("," + href),
                Out.utf8("\",\"sourcedId\":\""),
                Out.utf8("\",\"type\":\"" + target.guidType() + "\"}"));
    }

    private RoaringBitmap visible(Entity target) {
        return wire == Wire.V1P1 && target == Entity.USER ? views.of(Part.LEGACY_USERS) : views.of(target);
    }

    private void reference(Out out, Frame frame, Entity target, int ordinal) {
        int length = names.of(target, ordinal, id);
        if (names.plainInPaths()) {
            out.put(id, 0, length);
        } else {
            pathSegment(out, length);
        }
        out.put(frame.middle());
        out.put(id, 0, length);
        out.put(frame.end());
    }

    /// Of the characters an id may have, two mean something in a path.
    private void pathSegment(Out out, int length) {
        for (int n = 0; n < length; n++) {
            if (id[n] == '/') {
                out.put(PATH_SLASH);
            } else if (id[n] == '@') {
                out.put(PATH_AT);
            } else {
                out.put((char) id[n]);
            }
        }
    }

    private static final byte[] PATH_SLASH = Out.utf8("%2F");
    private static final byte[] PATH_AT = Out.utf8("%40");

    Piece one(Field field) {
        Frame frame = frame(",\"" + field.wire() + "\":", field.target());
        RoaringBitmap visible = visible(field.target());
        boolean must = field.need() == Field.Need.GRANT;
        return (out, line) -> {
            if (line.has(field)) {
                int ordinal = line.slice(field).varint();
                if (visible.contains(ordinal)) {
                    out.property(frame.first());
                    reference(out, frame, field.target(), ordinal);
                    return;
                }
            }
            line.broken |= must;
        };
    }

    Piece many(Field field) {
        Frame frame = frame(",\"" + field.wire() + "\":[", field.target());
        RoaringBitmap visible = visible(field.target());
        boolean must = field.need() == Field.Need.GRANT;
        return (out, line) -> {
            boolean any = false;
            if (line.has(field)) {
                Slice value = line.slice(field);
                while (value.start < value.end) {
                    int ordinal = value.varint();
                    if (visible.contains(ordinal)) {
                        any = item(out, frame, field.target(), ordinal, any);
                    }
                }
            }
            if (any) {
                out.put(']');
            }
            line.broken |= must && !any;
        };
    }

    private boolean item(Out out, Frame frame, Entity target, int ordinal, boolean any) {
        if (any) {
            out.put(frame.next());
        } else {
            out.property(frame.first());
        }
        reference(out, frame, target, ordinal);
        return true;
    }

    /// Children are nobody's field: they are the visible records that name this one as their parent, in the order of
    /// their outward ids.
    Piece children(Field field, Families families) {
        Frame frame = frame(",\"" + field.wire() + "\":[", field.target());
        Map<Integer, RoaringBitmap> siblings = new HashMap<>();
        visible(field.entity()).forEach((int ordinal) -> {
            int parent = families.parent(field.entity(), ordinal);
            if (parent != Relations.NONE) {
                siblings.computeIfAbsent(parent, _ -> new RoaringBitmap()).add(ordinal);
            }
        });
        Map<Integer, int[]> sorted = new HashMap<>();
        siblings.forEach((ordinal, children) -> sorted.put(ordinal, names.sorted(field.entity(), children)));
        return (out, line) -> {
            int[] children = sorted.get(line.ordinal);
            if (children != null) {
                boolean any = false;
                for (int child : children) {
                    any = item(out, frame, field.entity(), child, any);
                }
                out.put(']');
            }
        };
    }

    /// Roles as 1.2 has them: one entry per role and org inside the scope, exactly one primary per org. A role's dates
    /// and profile stay inside: they belong to other data elements than the role (`enrol.dates`,
    /// `id.profiles`), and no
    /// rule can give them, so no agreement has been asked whether they may leave.
    Piece roles() {
        Roles roles = new Roles(lens.roles(), visible(Entity.ORG), views.of(Part.STUDENTS));
        Frame frame = frame(",\"org\":", Entity.ORG);
        byte[] primary = Out.utf8("{\"roleType\":\"primary\",\"role\":\"");
        byte[] secondary = Out.utf8("{\"roleType\":\"secondary\",\"role\":\"");
        byte[] start = Out.utf8(",\"roles\":[");
        return (out, line) -> {
            roles.read(line);
            if (roles.count() == 0) {
                line.broken = true;
                return;
            }
            out.property(start);
            for (int n = 0; n < roles.count(); n++) {
                if (n > 0) {
                    out.put(',');
                }
                out.put(roles.primary(n) ? primary : secondary);
                out.put(roles.word(n));
                out.put('"');
                out.put(frame.first());
                reference(out, frame, Entity.ORG, roles.org(n));
                out.put('}');
            }
            out.put(']');
        };
    }

    /// The one role of 1.1: the first that 1.1 can express.
    Piece legacyRole() {
        Roles roles = new Roles(lens.roles(), visible(Entity.ORG), views.of(Part.STUDENTS));
        byte[] prefix = Texts.prefix("role");
        return (out, line) -> {
            roles.read(line);
            for (int n = 0; n < roles.count(); n++) {
                LegacyRole[] legacy = roles.legacy(n);
                if (legacy.length > 0) {
                    out.property(prefix);
                    out.put(Out.utf8(legacy[0].wire()));
                    out.put('"');
                    return;
                }
            }
            line.broken = true;
        };
    }

    /// All orgs of the roles, each once.
    Piece legacyOrgs() {
        Roles roles = new Roles(lens.roles(), visible(Entity.ORG), views.of(Part.STUDENTS));
        Frame frame = frame(",\"orgs\":[", Entity.ORG);
        return (out, line) -> {
            roles.read(line);
            boolean any = false;
            for (int n = 0; n < roles.count(); n++) {
                if (roles.firstOfOrg(n)) {
                    any = item(out, frame, Entity.ORG, roles.org(n), any);
                }
            }
            if (any) {
                out.put(']');
            }
            line.broken |= !any;
        };
    }

    /// The reference of a tombstone.
    String nil(Entity target) {
        String nil = new String(Names.NIL, StandardCharsets.US_ASCII);
        return "{\"href\":\"" + base + "/" + target.many() + "/" + nil + "\",\"sourcedId\":\"" + nil + "\",\"type\":\""
                + target.guidType() + "\"}";
    }
}
