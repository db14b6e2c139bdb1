package org.rosterkeep.intake;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.rosterkeep.roster.Entity;
import org.rosterkeep.roster.Field;
import org.rosterkeep.roster.Relations;
import org.rosterkeep.roster.Row;
import org.rosterkeep.roster.RowWriter;
import org.rosterkeep.roster.SourcedId;

/// Takes in orgs.csv or academicSessions.csv. Both are small, so their rows are held until it is known which can stand.
final class TreeFile {
    private final Desk desk;
    private final Removals removals;
    private final Kind kind;
    private final RowWriter writer = new RowWriter();

    /// What differs between the two files.
    enum Kind {
        ORGS(Entity.ORG, "orgs.csv", Field.ORG_CHILDREN),
        SESSIONS(Entity.ACADEMIC_SESSION, "academicSessions.csv", Field.SESSION_CHILDREN);

        private final Entity entity;
        private final String file;
        private final Field children;

        Kind(Entity entity, String file, Field children) {
            this.entity = entity;
            this.file = file;
            this.children = children;
        }

        String file() {
            return file;
        }

        Entity entity() {
            return entity;
        }
    }

    /// A row waiting to be packed: the record, its values in the order of the fields, and the fields whose
    /// cells were put
    /// aside.
    private record Waiting(Tree.Node node, List<String> values, Set<Field> asides) {}

    TreeFile(Desk desk, Removals removals, Kind kind) {
        this.desk = desk;
        this.removals = removals;
        this.kind = kind;
    }

    void land(Sheet sheet) {
        Removals.Plan plan = removals.plan(kind.entity, sheet);
        Tree tree = new Tree(
                desk.before.live(kind.entity),
                plan.now(),
                kind == Kind.ORGS ? desk.before::orgParent : desk.before::sessionParent);
        List<Waiting> waiting = read(sheet, tree);
        tree.settle((node, code) -> desk.findings.add(kind.file, node.line(), "parentSourcedId", code));
        boolean nothing = tree.isEmpty() && sheet.gone().isEmpty();
        waiting.forEach(row -> {
            if (tree.accepts(row.node().record())) {
                sheet.accept();
            } else {
                sheet.quarantine();
            }
        });
        if (nothing) {
            removals.carryOut(plan, sheet);
            return;
        }
        Map<Integer, int[]> children = tree.children();
        for (Waiting row : waiting) {
            if (tree.accepts(row.node().record())) {
                pack(tree, row, children.getOrDefault(row.node().record(), new int[0]));
            }
        }
        for (int record : tree.touched(children)) {
            desk.batch.row(kind.entity, record).ifPresent(row -> repack(record, row, children));
        }
        removals.carryOut(plan, sheet);
    }

    private List<Waiting> read(Sheet sheet, Tree tree) {
        List<Waiting> waiting = new ArrayList<>();
        try (Rows rows = new Rows(desk, sheet)) {
            while (rows.next()) {
                List<String> values = kind == Kind.ORGS ? org(rows) : session(rows);
                int parent = parent(rows);
                if (rows.bad()) {
                    rows.settle();
                    continue;
                }
                Waiting row = new Waiting(new Tree.Node(rows.record(), parent, rows.line()), values, asides(rows));
                waiting.add(row);
                tree.add(row.node());
            }
        }
        return waiting;
    }

    private int parent(Rows rows) {
        int column = rows.header().index("parentSourcedId");
        String id = rows.text(column);
        if (id.isEmpty()) {
            return rows.aside(column) ? parentBefore(rows.record()) : Relations.NONE;
        }
        if (!SourcedId.valid(id)) {
            rows.unreadable(column, FindingCode.REFERENCE_NOT_ALLOWED);
            return parentBefore(rows.record());
        }
        int parent = desk.batch.find(kind.entity, SourcedId.of(id));
        if (parent == Relations.NONE) {
            rows.unreadable(column, FindingCode.REFERENCE_UNKNOWN);
            return parentBefore(rows.record());
        }
        return parent;
    }

    private int parentBefore(int record) {
        if (!desk.wasLive(kind.entity, record)) {
            return Relations.NONE;
        }
        return kind == Kind.ORGS ? desk.before.orgParent(record) : desk.before.sessionParent(record);
    }

    /// Of the texts of a row only these may be put aside without the row.
    private Set<Field> asides(Rows rows) {
        Set<Field> asides = EnumSet.noneOf(Field.class);
        Map<Field, String> columns = kind == Kind.ORGS
                ? Map.of(Field.ORG_NAME, "name", Field.ORG_IDENTIFIER, "identifier")
                : Map.of(Field.SESSION_TITLE, "title");
        if (rows.asides()) {
            columns.forEach((field, column) -> {
                if (rows.aside(rows.header().index(column))) {
                    asides.add(field);
                }
            });
        }
        return asides;
    }

    private static List<String> org(Rows rows) {
        Header header = rows.header();
        return List.of(
                rows.text(0),
                rows.wished(header.index("name")),
                rows.word(header.index("type")),
                rows.wished(header.index("identifier")));
    }

    private static List<String> session(Rows rows) {
        Header header = rows.header();
        String start = rows.date(header.index("startDate"));
        String end = rows.date(header.index("endDate"));
        if (end.compareTo(start) < 0) {
            rows.remark(header.index("endDate"), FindingCode.DATES_REVERSED);
        }
        return List.of(
                rows.text(0),
                rows.wished(header.index("title")),
                start,
                end,
                rows.word(header.index("type")),
                schoolYear(rows, header.index("schoolYear")));
    }

    private static String schoolYear(Rows rows, int column) {
        String text = rows.text(column);
        if (text.isEmpty()) {
            rows.wrong(column, FindingCode.VALUE_REQUIRED);
            return "";
        }
        String year = Dates.schoolYear(text).orElse("");
        if (year.isEmpty()) {
            rows.wrong(column, FindingCode.VALUE_NOT_A_YEAR);
        } else if (!year.equals(text)) {
            rows.remark(column, FindingCode.SCHOOL_YEAR_RANGE);
        }
        return year;
    }

    private void pack(Tree tree, Waiting row, int[] children) {
        List<String> values = row.values();
        int parent = tree.parent(row.node().record());
        Optional<Row> before =
                row.asides().isEmpty() ? Optional.empty() : before(row.node().record());
        writer.clear();
        if (kind == Kind.ORGS) {
            desk.orgType(row.node().record(), values.get(2));
            writer.text(Field.ORG_SOURCED_ID, values.get(0));
            text(row, before, Field.ORG_NAME, 1);
            writer.text(Field.ORG_TYPE, values.get(2));
            text(row, before, Field.ORG_IDENTIFIER, 3);
            parent(Field.ORG_PARENT, parent).refs(Field.ORG_CHILDREN, children);
        } else {
            writer.text(Field.SESSION_SOURCED_ID, values.get(0));
            text(row, before, Field.SESSION_TITLE, 1);
            writer.text(Field.SESSION_START_DATE, values.get(2))
                    .text(Field.SESSION_END_DATE, values.get(3))
                    .text(Field.SESSION_TYPE, values.get(4));
            parent(Field.SESSION_PARENT, parent)
                    .refs(Field.SESSION_CHILDREN, children)
                    .text(Field.SESSION_SCHOOL_YEAR, values.get(5));
        }
        desk.put(kind.entity, row.node().record(), writer.toBytes());
    }

    private Optional<Row> before(int record) {
        return desk.wasLive(kind.entity, record) ? desk.batch.row(kind.entity, record) : Optional.empty();
    }

    private void text(Waiting row, Optional<Row> before, Field field, int value) {
        if (row.asides().contains(field)) {
            before.ifPresent(old -> writer.keep(field, old));
        } else {
            writer.text(field, row.values().get(value));
        }
    }

    private RowWriter parent(Field field, int parent) {
        return parent == Relations.NONE ? writer : writer.ref(field, parent);
    }

    /// The record's row as it is, but for its children.
    private void repack(int record, Row row, Map<Integer, int[]> children) {
        writer.clear();
        for (Field field : Field.of(kind.entity)) {
            if (field == kind.children) {
                writer.refs(field, children.getOrDefault(record, new int[0]));
            } else {
                writer.keep(field, row);
            }
        }
        desk.put(kind.entity, record, writer.toBytes());
    }
}
