package org.rosterkeep.intake;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.rosterkeep.intake.Columns.Column;
import org.rosterkeep.roster.Entity;
import org.rosterkeep.roster.Field;
import org.rosterkeep.roster.Relations;
import org.rosterkeep.roster.Row;
import org.rosterkeep.roster.RowWriter;
import org.rosterkeep.roster.Slice;
import org.rosterkeep.roster.SourcedId;

/// The cells of one row of users.csv: checked, thinned out, packed. What a record keeps because its cell was put aside
/// is thinned out like what the row says.
final class UserCells {
    private static final Map<Field, String> COLUMNS = columns();
    private static final List<String> NEVER = List.of("password");
    private static final List<String> RESOURCES = List.of("resourceSourcedIds");

    private final Desk desk;
    private final Rows rows;
    private final Map<Field, Integer> places = new EnumMap<>(Field.class);
    private final List<Integer> never = new ArrayList<>();
    private final List<Integer> resources = new ArrayList<>();
    private List<Ids.Typed> ids = List.of();

    UserCells(Desk desk, Rows rows) {
        this.desk = desk;
        this.rows = rows;
        List<Column> columns = rows.header().columns();
        for (int i = 0; i < columns.size(); i++) {
            String name = columns.get(i).name();
            for (Map.Entry<Field, String> field : COLUMNS.entrySet()) {
                if (field.getValue().equals(name)) {
                    places.put(field.getKey(), i);
                }
            }
            if (NEVER.contains(name)) {
                never.add(i);
            }
            if (RESOURCES.contains(name)) {
                resources.add(i);
            }
        }
    }

    /// Where REST 1.2 and CSV call a field differently, the CSV name (oneroster.md 8.6).
    private static Map<Field, String> columns() {
        Map<Field, String> columns = new EnumMap<>(Field.class);
        for (Field field : Field.of(Entity.USER)) {
            if (field.need() != Field.Need.INTERNAL) {
                columns.put(field, field.wire());
            }
        }
        columns.put(Field.USER_PREFERRED_FIRST_NAME, "preferredGivenName");
        columns.put(Field.USER_PREFERRED_LAST_NAME, "preferredFamilyName");
        columns.put(Field.USER_PRIMARY_ORG, "primaryOrgSourcedId");
        columns.put(Field.USER_AGENTS, "agentSourcedIds");
        return columns;
    }

    /// Finds what must never be stored, and checks the ids.
    void check() {
        ids = List.of();
        int column = rows.header().index("userIds");
        try {
            ids = Ids.read(rows.list(column));
        } catch (IllegalArgumentException e) {
            rows.unreadable(column, FindingCode.VALUE_NOT_A_LIST);
        }
        for (Ids.Typed id : ids) {
            boolean kept = desk.keeping.keeps(id.element());
            if (SocialSecurity.type(id.type()) || SocialSecurity.shape(id.id(), desk.nineDigitsAreLocal || !kept)) {
                rows.wrong(column, FindingCode.SOCIAL_SECURITY_NUMBER);
                return;
            }
        }
        for (Field field : List.of(
                Field.USER_SOURCED_ID, Field.USER_IDENTIFIER, Field.USER_USER_MASTER_IDENTIFIER, Field.USER_USERNAME)) {
            Integer place = places.get(field);
            if (place != null) {
                boolean local = desk.nineDigitsAreLocal || !desk.keeping.keeps(field);
                if (SocialSecurity.shape(rows.text(place), local)) {
                    rows.wrong(place, FindingCode.SOCIAL_SECURITY_NUMBER);
                }
            }
        }
    }

    /// Packs the row, in the order of the fields; what is not kept is counted and left out.
    void pack(RowWriter writer, Roles roles, boolean thirteen, Consumer<RowWriter> profiles, int primaryOrg) {
        Person person = new Person(desk.keeping, roles.guardian(), roles.onlyGuardian());
        Packing packing = new Packing(desk, rows, Entity.USER, writer);
        for (Field field : Field.of(Entity.USER)) {
            switch (field) {
                case USER_SOURCED_ID -> writer.text(field, rows.text(0));
                case USER_USERNAME -> username(writer, packing, person);
                case USER_USER_IDS -> userIds(writer, packing);
                case USER_ROLES -> roles.write(writer);
                case USER_USER_PROFILES -> profiles.accept(writer);
                case USER_PRIMARY_ORG -> {
                    if (person.keeps(field, thirteen)) {
                        primaryOrg(writer, packing, primaryOrg);
                    }
                }
                case USER_AGE_13_PLUS -> UserFile.age(writer, thirteen);
                case USER_ROLE_MARKS -> roles.writeMarks(writer);
                default -> value(writer, packing, field, person, thirteen);
            }
        }
        never.forEach(column -> drop(column, "id.password"));
        resources.forEach(column -> drop(column, "user.resources"));
    }

    private void drop(int column, String element) {
        if (rows.filled(column)) {
            desk.keeping.drop(element);
        }
    }

    /// OneRoster 1.1 has no such column: there the first of the user's orgs is it.
    private void primaryOrg(RowWriter writer, Packing packing, int org) {
        Integer column = places.get(Field.USER_PRIMARY_ORG);
        if (column != null) {
            packing.ref(Field.USER_PRIMARY_ORG, column, Entity.ORG, org);
        } else if (org != Relations.NONE) {
            writer.ref(Field.USER_PRIMARY_ORG, org);
        }
    }

    private void value(RowWriter writer, Packing packing, Field field, Person person, boolean thirteen) {
        Integer column = places.get(field);
        if (column == null) {
            return;
        }
        String withheld = person.withheld(field, thirteen);
        if (!withheld.isEmpty()) {
            drop(column, withheld);
            return;
        }
        switch (field.shape()) {
            case BOOL -> packing.bool(field, column, rows.word(column));
            case LIST -> packing.list(field, column);
            case REFS -> {
                int[] agents = agents(column);
                if (!packing.keep(field, column)) {
                    writer.refs(field, agents);
                }
            }
            default -> packing.wished(field, column);
        }
    }

    private void username(RowWriter writer, Packing packing, Person person) {
        int column = rows.header().index("username");
        String username = rows.wished(column);
        if (rows.aside(column)) {
            username = packing.before().map(UserCells::usernameBefore).orElse("");
        }
        if (person.keepsUsername(username)) {
            writer.text(Field.USER_USERNAME, username);
        } else {
            drop(column, person.usernameElement(username));
        }
    }

    /// Each type of id is an element of its own, so that a national number is not kept because a login name is.
    private void userIds(RowWriter writer, Packing packing) {
        boolean aside = rows.aside(rows.header().index("userIds"));
        userIds(
                writer,
                desk.keeping,
                aside ? packing.before().map(UserCells::idsBefore).orElse(List.of()) : ids);
    }

    /// Packs a user's ids again, as far as their types are kept.
    static void keepUserIds(RowWriter writer, Keeping keeping, Row before) {
        userIds(writer, keeping, idsBefore(before));
    }

    private static void userIds(RowWriter writer, Keeping keeping, List<Ids.Typed> ids) {
        List<String> kept = new ArrayList<>();
        for (Ids.Typed id : ids) {
            if (keeping.keeps(id.element())) {
                kept.add(id.type());
                kept.add(id.id());
            } else {
                keeping.drop(Field.USER_USER_IDS.element());
            }
        }
        writer.groups(Field.USER_USER_IDS, kept);
    }

    private static String usernameBefore(Row row) {
        Slice text = new Slice();
        return row.reveal(Field.USER_USERNAME, text) ? plain(text) : "";
    }

    private static List<Ids.Typed> idsBefore(Row row) {
        List<Ids.Typed> before = new ArrayList<>();
        Slice slice = new Slice();
        Slice text = new Slice();
        if (row.reveal(Field.USER_USER_IDS, slice)) {
            while (slice.start < slice.end) {
                slice.text(text);
                String type = plain(text);
                slice.text(text);
                before.add(new Ids.Typed(type, plain(text)));
            }
        }
        return before;
    }

    private static String plain(Slice text) {
        return Escapes.plain(new String(text.bytes, text.start, text.length(), UTF_8));
    }

    /// Links to agents who are in the roster or come with this file; others are left out.
    private int[] agents(int column) {
        List<Integer> agents = new ArrayList<>();
        for (String id : rows.list(column)) {
            int agent = SourcedId.valid(id) ? desk.batch.find(Entity.USER, SourcedId.of(id)) : Relations.NONE;
            boolean comes = desk.sheet(UserFile.FILE)
                    .filter(sheet ->
                            sheet.seen().contains(agent) && !sheet.twice().contains(agent))
                    .isPresent();
            if (agent != Relations.NONE && (comes || desk.batch.present(Entity.USER, agent))) {
                agents.add(agent);
            } else {
                rows.remark(column, FindingCode.AGENT_UNKNOWN);
            }
        }
        return agents.stream().distinct().mapToInt(Integer::intValue).toArray();
    }
}
