package org.rosterkeep.courier;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.rosterkeep.roster.Entity;
import org.rosterkeep.roster.Field;

/// One OneRoster file. It has all columns of the standard; those of fields that are not given are empty in
/// every row, or
/// hold what stands in their place.
final class CsvScreen implements Screen, CsvScanner.Ear {
    private static final String ROLES = "roles";
    /// What neither follows from the name of a property nor is it.
    private static final Map<String, String> OTHER_NAMES = Map.of(
            "preferredGivenName", "preferredFirstName",
            "preferredFamilyName", "preferredLastName");

    private final Entity entity;
    private final boolean roles;
    private final Given given;
    private final Consumer<String> persons;
    private final CsvScanner scanner = new CsvScanner(this);
    private final List<Column> columns = new ArrayList<>();
    private boolean headed;
    private String id = "";
    private boolean gone;

    /// What stands in a column: part of the envelope, a field, or nothing ever.
    private record Column(String envelope, Optional<Field> field) {}

    private CsvScreen(Entity entity, boolean roles, Given given, Consumer<String> persons) {
        this.entity = entity;
        this.roles = roles;
        this.given = given;
        this.persons = persons;
        if (roles ? !given.gives(Field.USER_ROLES) : !given.gives(entity)) {
            throw Screen.field("There is a file of something that the grant does not give.");
        }
    }

    /// @param name of the file, without `.csv`
    static CsvScreen of(String name, Given given, Consumer<String> persons) {
        if (name.equals(ROLES)) {
            return new CsvScreen(Entity.USER, true, given, persons);
        }
        for (Entity one : Entity.values()) {
            if (one.many().equals(name)) {
                return new CsvScreen(one, false, given, persons);
            }
        }
        throw Screen.field("There is a file that OneRoster does not know.");
    }

    @Override
    public void take(byte[] bytes, int from, int length) {
        scanner.take(bytes, from, length);
    }

    @Override
    public void end() {
        scanner.end();
        expect(headed);
    }

    @Override
    public void cell(int column, String text, boolean whole) {
        if (!headed) {
            expect(whole && columns.size() == column && column < 64);
            columns.add(column(text));
            return;
        }
        expect(column < columns.size());
        Column which = columns.get(column);
        if (which.field().isPresent()) {
            Field field = which.field().get();
            if (!given.gives(field) && !(whole && Given.standsIn(field, text, id))) {
                throw Screen.field("There is a value in a column that the grant does not give.");
            }
        } else {
            expect(whole);
            envelope(which.envelope(), text);
        }
    }

    private void envelope(String name, String text) {
        switch (name) {
            case "sourcedId" -> id = text;
            case "status" -> {
                expect(text.isEmpty() || text.equals("active") || text.equals("tobedeleted"));
                gone = text.equals("tobedeleted");
            }
            case "dateLastModified" -> expect(text.isEmpty() || text.matches("[0-9TZ:.-]{10,40}"));
            default -> {
                if (!text.isEmpty()) {
                    throw Screen.field("There is a value in a column that is always empty.");
                }
            }
        }
    }

    private Column column(String name) {
        boolean everywhere = name.equals("sourcedId") || name.equals("status") || name.equals("dateLastModified");
        expect(columns.isEmpty() == name.equals("sourcedId"));
        if (everywhere) {
            return new Column(name, Optional.empty());
        }
        if (name.equals("password")) {
            return new Column("", Optional.empty());
        }
        return new Column("", Optional.of(field(name)));
    }

    private Field field(String name) {
        if (roles) {
            expect(List.of(
                            "userSourcedId",
                            "roleType",
                            "role",
                            "beginDate",
                            "endDate",
                            "orgSourcedId",
                            "userProfileSourcedId")
                    .contains(name));
            return Field.USER_ROLES;
        }
        String property = OTHER_NAMES.getOrDefault(name, name);
        if (name.endsWith("SourcedIds")) {
            property = name.substring(0, name.length() - "SourcedIds".length()) + "s";
        } else if (name.endsWith("SourcedId")) {
            property = name.substring(0, name.length() - "SourcedId".length());
        }
        return Given.property(entity, property)
                .orElseThrow(() -> Screen.field("There is a column that OneRoster does not know."));
    }

    @Override
    public void row(int count) {
        expect(count == columns.size());
        if (headed) {
            expect(!id.isEmpty());
            if (!gone && !roles && (entity == Entity.USER || entity == Entity.DEMOGRAPHICS)) {
                persons.accept(id);
            }
        }
        headed = true;
        id = "";
        gone = false;
    }

    private static void expect(boolean so) {
        if (!so) {
            throw Screen.form("The CSV is not that of a OneRoster file.");
        }
    }
}
