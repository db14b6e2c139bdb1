package org.rosterkeep.intake;

import java.util.Optional;
import org.roaringbitmap.IntConsumer;
import org.roaringbitmap.RoaringBitmap;
import org.rosterkeep.roster.Entity;
import org.rosterkeep.roster.Field;
import org.rosterkeep.roster.Relations;
import org.rosterkeep.roster.Row;
import org.rosterkeep.roster.RowWriter;
import org.rosterkeep.roster.RowWriter.Role;
import org.rosterkeep.roster.SourcedId;

/// Takes in users.csv, and changes users whom only roles, profiles or demographics speak of. One user's record has all
/// of these together.
final class UserFile {
    static final String FILE = "users.csv";

    private final Desk desk;
    private final RolesFile roles;
    private final ProfilesFile profiles;
    private final DemographicsFile demographics;
    private final RowWriter writer = new RowWriter();
    private final boolean old;

    UserFile(Desk desk, RolesFile roles, ProfilesFile profiles, DemographicsFile demographics) {
        this.desk = desk;
        this.roles = roles;
        this.profiles = profiles;
        this.demographics = demographics;
        old = desk.manifest.version().equals("1.1");
    }

    void land(Sheet sheet) {
        try (Rows rows = new Rows(desk, sheet)) {
            UserCells cells = new UserCells(desk, rows);
            while (rows.next()) {
                land(rows, cells);
            }
        }
    }

    private void land(Rows rows, UserCells cells) {
        int user = rows.record();
        Optional<Row> before = before(user);
        Roles held = old ? oneRole(rows) : roles.of(user, before);
        check(rows, held, user);
        cells.check();
        if (rows.bad()) {
            rows.settle();
            return;
        }
        cells.pack(
                writer.clear(), held, demographics.thirteen(user), w -> profiles.write(w, user, before), oldOrg(rows));
        if (rows.settle()) {
            desk.put(Entity.USER, user, writer.toBytes());
        }
    }

    /// The user's row so far, looked up only when something of it may have to be kept.
    private Optional<Row> before(int user) {
        boolean ofRoles = !old && !roles.complete() || roles.asksBefore(user);
        boolean ofProfiles =
                (!profiles.complete() || profiles.asksBefore(user)) && desk.keeping.keeps(Field.USER_USER_PROFILES);
        boolean needed = (ofRoles || ofProfiles) && desk.wasLive(Entity.USER, user);
        return needed ? desk.batch.row(Entity.USER, user) : Optional.empty();
    }

    private void check(Rows rows, Roles held, int user) {
        if (held.isEmpty() && !rows.bad()) {
            if (roles.unusable(user)) {
                rows.wrong(FindingCode.ROLE_QUARANTINED);
            } else if (desk.wasLive(Entity.USER, user)) {
                // The record loses its roles, and so no rule gives it any longer; the old ones must not live on.
                desk.findings.add(FILE, rows.line(), "", FindingCode.USER_LOST_ROLES);
            } else {
                rows.wrong(FindingCode.USER_WITHOUT_ROLE);
            }
        }
        if (held.primaryTwice()) {
            desk.findings.add(FILE, rows.line(), "", FindingCode.ROLE_PRIMARY_TWICE);
        }
    }

    /// OneRoster 1.1: one role, at one org or several (oneroster.md 7.4), primary at each.
    private Roles oneRole(Rows rows) {
        Roles held = new Roles();
        String word = rows.word(rows.header().index("role"));
        int[] orgs = rows.refs(rows.header().index("orgSourcedIds"), Entity.ORG);
        for (int org : orgs) {
            held.have("", new Role(true, inWordsOf12(word, org), org, "", "", ""));
        }
        return held;
    }

    /// 1.2 has no plain administrator: at a school it is the site's, above it the district's.
    private String inWordsOf12(String word, int org) {
        if (!word.equals("administrator")) {
            return word;
        }
        return desk.schoolLike(org) ? "siteAdministrator" : "districtAdministrator";
    }

    private int oldOrg(Rows rows) {
        if (!old) {
            int column = rows.header().index("primaryOrgSourcedId");
            return rows.filled(column) ? rows.ref(column, Entity.ORG) : Relations.NONE;
        }
        String first = rows.list(rows.header().index("orgSourcedIds")).get(0);
        return desk.batch.find(Entity.ORG, SourcedId.of(first));
    }

    /// Changes the users whom users.csv does not name but whose roles, profiles or age another file changes.
    void landOthers(RoaringBitmap named) {
        RoaringBitmap others = demographics.turned();
        others.or(roles.touched());
        others.or(profiles.touched());
        if (roles.complete() || profiles.complete() && desk.keeping.keeps(Field.USER_USER_PROFILES)) {
            others.or(desk.before.live(Entity.USER));
        }
        others.and(desk.before.live(Entity.USER));
        others.andNot(named);
        others.forEach((IntConsumer) this::landOther);
    }

    private void landOther(int user) {
        if (!desk.batch.present(Entity.USER, user)) {
            return;
        }
        desk.batch.row(Entity.USER, user).ifPresent(row -> {
            Optional<Row> before = Optional.of(row);
            Roles held = roles.of(user, before);
            Person person = new Person(desk.keeping, held.guardian(), held.onlyGuardian());
            writer.clear();
            for (Field field : Field.of(Entity.USER)) {
                switch (field) {
                    case USER_ROLES -> held.write(writer);
                    case USER_USER_PROFILES -> profiles.write(writer, user, before);
                    case USER_AGE_13_PLUS -> age(writer, demographics.thirteen(user));
                    case USER_ROLE_MARKS -> held.writeMarks(writer);
                    case USER_USER_IDS -> UserCells.keepUserIds(writer, desk.keeping, row);
                    default -> {
                        if (person.keeps(field, demographics.thirteen(user))) {
                            writer.keep(field, row);
                        }
                    }
                }
            }
            if (held.isEmpty()) {
                desk.findings.add(RolesFile.FILE, FindingCode.USER_LOST_ROLES);
            } else if (!held.guardian() && Roles.of(row).guardian()) {
                desk.findings.add(RolesFile.FILE, FindingCode.USER_NEEDS_ROW);
            }
            desk.put(Entity.USER, user, writer.toBytes());
        });
    }

    /// The bit is only packed when it is set: unknown and younger look the same.
    static void age(RowWriter writer, boolean thirteen) {
        if (thirteen) {
            writer.bool(Field.USER_AGE_13_PLUS, true);
        }
    }
}
