package org.rosterkeep.courier;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.rosterkeep.roster.Entity;
import org.rosterkeep.roster.Field;
import org.rosterkeep.roster.Shape;

/// Records in JSON, `{"users":[{...},...],...}`: only entities and fields that are given, each with the members
/// its shape
/// has and no others.
final class JsonScreen implements Screen, JsonScanner.Ear {
    private static final int DOCUMENT = 1;
    private static final int COLLECTION = 2;
    private static final int RECORD = 3;
    private static final String ID = "sourcedId";

    private final Given given;
    private final Consumer<String> persons;
    private final JsonScanner scanner = new JsonScanner(this);
    private final Set<Entity> seen = new HashSet<>();
    private final Set<String> members = new HashSet<>();
    private int depth;
    private Entity entity = Entity.ORG;
    private String id = "";
    private boolean gone;
    private String envelope = "";
    private Optional<Field> field = Optional.empty();

    /// @param persons is told the id of everybody whose record passes
    JsonScreen(Given given, Consumer<String> persons) {
        this.given = given;
        this.persons = persons;
    }

    @Override
    public void take(byte[] bytes, int from, int length) {
        scanner.take(bytes, from, length);
    }

    @Override
    public void end() {
        scanner.end();
    }

    @Override
    public void open(boolean object) {
        depth++;
        switch (depth) {
            case DOCUMENT -> expect(object);
            case COLLECTION -> expect(!object);
            case RECORD -> {
                expect(object);
                id = "";
                gone = false;
                members.clear();
            }
            default -> {
                Field within = field.filter(given::gives).orElseThrow(JsonScreen::notGiven);
                if (inside(within.shape()).isEmpty() && (object || within.shape() != Shape.LIST)) {
                    throw form();
                }
            }
        }
    }

    @Override
    public void close() {
        if (depth == RECORD) {
            expect(!id.isEmpty());
            if (!gone && (entity == Entity.USER || entity == Entity.DEMOGRAPHICS)) {
                persons.accept(id);
            }
        }
        depth--;
    }

    @Override
    public void name(String name) {
        switch (depth) {
            case DOCUMENT -> collection(name);
            case RECORD -> property(name);
            default -> {
                if (!field.map(Field::shape)
                        .map(JsonScreen::inside)
                        .orElse(Set.of())
                        .contains(name)) {
                    throw Screen.field("Something is inside of a field that its shape does not have.");
                }
            }
        }
    }

    private void collection(String name) {
        for (Entity one : Entity.values()) {
            if (one.many().equals(name) && given.gives(one) && seen.add(one)) {
                entity = one;
                return;
            }
        }
        throw Screen.field("There is a collection that the grant does not give, or one twice.");
    }

    private void property(String name) {
        // The id comes first: without it there is no telling whether a stand-in is one.
        expect(members.add(name) && (members.size() > 1 || name.equals(ID)));
        boolean everywhere = name.equals(ID) || name.equals("status") || name.equals("dateLastModified");
        envelope = everywhere ? name : "";
        field = everywhere ? Optional.empty() : Given.property(entity, name);
        if (!everywhere && field.isEmpty()) {
            throw notGiven();
        }
    }

    @Override
    public void value(String text, boolean quoted, boolean whole) {
        expect(depth >= RECORD);
        if (depth > RECORD) {
            return;
        }
        if (field.isPresent()) {
            Field which = field.get();
            if (!given.gives(which) && !(whole && Given.standsIn(which, text, id))) {
                throw notGiven();
            }
            return;
        }
        expect(quoted && whole);
        switch (envelope) {
            case ID -> id = text;
            case "status" -> {
                expect(text.equals("active") || text.equals("tobedeleted"));
                gone = text.equals("tobedeleted");
            }
            default -> expect(text.matches("[0-9TZ:.-]{10,40}"));
        }
    }

    private static Set<String> inside(Shape shape) {
        return switch (shape) {
            case TEXT, TOKEN, DATE, BOOL, LIST -> Set.of();
            case REF, REFS -> Set.of("href", ID, "type");
            case ROLES -> Set.of("roleType", "role", "org", "beginDate", "endDate", "userProfile", "href", ID, "type");
            case USER_IDS -> Set.of("type", "identifier");
            case PROFILES -> Set.of("profileId", "profileType", "vendorId", "applicationId", "description");
        };
    }

    private static void expect(boolean so) {
        if (!so) {
            throw form();
        }
    }

    private static Refused form() {
        return Screen.form("The JSON is not that of OneRoster records.");
    }

    private static Refused notGiven() {
        return Screen.field("There is a field that the grant does not give.");
    }
}
