package org.rosterkeep.intake;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.roaringbitmap.RoaringBitmap;
import org.rosterkeep.roster.Entity;
import org.rosterkeep.roster.Field;
import org.rosterkeep.roster.Relations;
import org.rosterkeep.roster.Row;
import org.rosterkeep.roster.RowWriter.Role;
import org.rosterkeep.roster.SourcedId;

/// The roles of roles.csv, kept by user until the users are packed. Equal roles are one object, so a row costs
/// some forty
/// bytes.
final class RolesFile {
    static final String FILE = "roles.csv";
    private static final String DATES = "enrol.dates";

    private final Desk desk;
    private final Mode mode;
    private final Map<Role, Role> shared = new HashMap<>();
    private final RoaringBitmap touched = new RoaringBitmap();
    private final RoaringBitmap held = new RoaringBitmap();
    private final List<Entry> entries = new ArrayList<>();
    private int[] lastOf = new int[0];

    /// What one row says of a user's role: have it, end it, or nothing that can be used (then an old one stays).
    ///
    /// @param asides cells of the row that were put aside
    /// @param previous the user's entry before this one, -1 for the first
    private record Entry(long mark, What what, Role role, Set<Aside> asides, int previous) {}

    private enum Aside {
        BEGIN,
        END,
        PROFILE
    }

    private enum What {
        HAVE,
        END,
        UNUSABLE
    }

    private static final Role NO_ROLE = new Role(false, "", Relations.NONE, "", "", "");

    /// No roles.csv in this delivery.
    RolesFile(Desk desk) {
        this.desk = desk;
        this.mode = Mode.ABSENT;
    }

    RolesFile(Desk desk, Sheet sheet) {
        this.desk = desk;
        this.mode = sheet.mode();
        read(sheet);
    }

    /// Whether the file lists all roles there are.
    boolean complete() {
        return mode == Mode.BULK;
    }

    /// How many roles of the user the file speaks of.
    int named(int user) {
        return said(user).size();
    }

    /// These users keep the roles that the file does not name, complete as it is.
    void hold(RoaringBitmap users) {
        held.or(users);
    }

    private boolean completeFor(int user) {
        return mode == Mode.BULK ? !held.contains(user) : desk.delivery.wholeRoles() && touched.contains(user);
    }

    /// Users of whom the file speaks.
    RoaringBitmap touched() {
        return touched;
    }

    private void read(Sheet sheet) {
        Header header = sheet.header();
        int user = header.index("userSourcedId");
        try (Rows rows = new Rows(desk, sheet)) {
            while (rows.step()) {
                int owner = owner(rows, user);
                What what = rows.deleting() ? What.END : What.HAVE;
                Role role = rows.deleting() ? NO_ROLE : role(rows, header);
                if (rows.bad()) {
                    what = What.UNUSABLE;
                }
                if (!rows.deleting() || rows.bad()) {
                    rows.settle();
                }
                if (owner != Relations.NONE) {
                    touched.add(owner);
                    int previous = last(owner);
                    lastOf[owner] = entries.size();
                    entries.add(new Entry(Marks.of(rows.text(0)), what, role, asides(rows, header), previous));
                }
            }
        }
    }

    /// The user, who need not be in the roster yet.
    private int owner(Rows rows, int column) {
        String id = rows.text(column);
        if (id.isEmpty() || !SourcedId.valid(id)) {
            rows.wrong(column, id.isEmpty() ? FindingCode.VALUE_REQUIRED : FindingCode.REFERENCE_NOT_ALLOWED);
            return Relations.NONE;
        }
        int owner = desk.batch.find(Entity.USER, SourcedId.of(id));
        if (owner == Relations.NONE) {
            rows.wrong(column, FindingCode.REFERENCE_UNKNOWN);
        }
        return owner;
    }

    private Role role(Rows rows, Header header) {
        boolean primary = rows.word(header.index("roleType")).equals("primary");
        String word = rows.word(header.index("role"));
        int org = rows.ref(header.index("orgSourcedId"), Entity.ORG);
        Role role = new Role(
                primary,
                word,
                org,
                kept(rows, header.index("beginDate")),
                kept(rows, header.index("endDate")),
                profile(rows, header.index("userProfileSourcedId")));
        return shared.computeIfAbsent(role, first -> first);
    }

    private static Set<Aside> asides(Rows rows, Header header) {
        if (!rows.asides()) {
            return Set.of();
        }
        Set<Aside> asides = EnumSet.noneOf(Aside.class);
        for (Aside aside : Aside.values()) {
            String column = switch (aside) {
                case BEGIN -> "beginDate";
                case END -> "endDate";
                case PROFILE -> "userProfileSourcedId";
            };
            if (rows.aside(header.index(column))) {
                asides.add(aside);
            }
        }
        return asides;
    }

    private String kept(Rows rows, int column) {
        if (desk.keeping.keeps(DATES)) {
            return rows.date(column);
        }
        if (rows.filled(column)) {
            desk.keeping.drop(DATES);
        }
        return "";
    }

    private String profile(Rows rows, int column) {
        if (!rows.filled(column)) {
            return "";
        }
        if (!desk.keeping.keeps(Field.USER_USER_PROFILES)) {
            desk.keeping.drop(Field.USER_USER_PROFILES.element());
            return "";
        }
        String profile = rows.text(column);
        if (!profile.isEmpty() && !SourcedId.valid(profile)) {
            rows.unreadable(column, FindingCode.REFERENCE_NOT_ALLOWED);
            return "";
        }
        return profile;
    }

    /// The user's newest entry, -1 for none; makes room for one.
    private int last(int user) {
        if (user >= lastOf.length) {
            int length = lastOf.length;
            lastOf = Arrays.copyOf(lastOf, Math.max(user + 1024, length + (length >> 1)));
            Arrays.fill(lastOf, length, lastOf.length, -1);
        }
        return lastOf[user];
    }

    /// The user's roles as this batch leaves them.
    ///
    /// @param old the user's row so far
    Roles of(int user, Optional<Row> old) {
        List<Entry> said = said(user);
        boolean asks = said.stream().anyMatch(RolesFile::asksBefore);
        Roles before =
                completeFor(user) && !asks ? new Roles() : old.map(Roles::of).orElseGet(Roles::new);
        Roles after = completeFor(user) ? new Roles() : before;
        for (Entry entry : said) {
            String mark = Marks.text(entry.mark());
            switch (entry.what()) {
                case HAVE -> after.have(mark, whole(entry, before.find(mark)));
                case END -> after.end(mark);
                case UNUSABLE -> before.find(mark).ifPresent(role -> after.have(mark, role));
            }
        }
        return after;
    }

    /// The role of the row, with what the role had so far where a cell was put aside.
    private Role whole(Entry entry, Optional<Role> before) {
        Role role = entry.role();
        Set<Aside> asides = entry.asides();
        if (asides.isEmpty() || before.isEmpty()) {
            return role;
        }
        Role old = before.get();
        boolean dates = desk.keeping.keeps(DATES);
        return new Role(
                role.primary(),
                role.role(),
                role.org(),
                dates && asides.contains(Aside.BEGIN) ? old.beginDate() : role.beginDate(),
                dates && asides.contains(Aside.END) ? old.endDate() : role.endDate(),
                asides.contains(Aside.PROFILE) ? old.profile() : role.profile());
    }

    private static boolean asksBefore(Entry entry) {
        return entry.what() == What.UNUSABLE || !entry.asides().isEmpty();
    }

    /// Whether what the user's row has so far is needed: a row or a cell was put aside, or roles are held.
    boolean asksBefore(int user) {
        return held.contains(user) || said(user).stream().anyMatch(RolesFile::asksBefore);
    }

    /// Whether a row about this user could not be used.
    boolean unusable(int user) {
        return said(user).stream().anyMatch(entry -> entry.what() == What.UNUSABLE);
    }

    private List<Entry> said(int user) {
        List<Entry> said = new ArrayList<>();
        for (int at = user < lastOf.length ? lastOf[user] : -1;
                at >= 0;
                at = entries.get(at).previous()) {
            said.add(0, entries.get(at));
        }
        return said;
    }
}
