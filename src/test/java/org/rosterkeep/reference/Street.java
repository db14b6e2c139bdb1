package org.rosterkeep.reference;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.roaringbitmap.RoaringBitmap;
import org.rosterkeep.fixture.World;
import org.rosterkeep.roster.Entity;
import org.rosterkeep.roster.Field;
import org.rosterkeep.roster.SourcedId;

/// The roster behind every question: a district with two schools, and pupils of the third grade of one of them who have
/// a value in every field. Who is asked about is one of two, known to be 13 or not.
final class Street {
    static final String GROWN = "grown";
    static final String YOUNG = "young";
    private static final List<String> PUPILS = List.of(GROWN, YOUNG, "other", "third");

    private final World world = new World();

    Street() {
        world.org("district", "District", "district", "")
                .org("north", "North", "school", "district")
                .org("south", "South", "school", "district");
        for (var pupil : PUPILS) {
            var texts = new TreeMap<Field, String>();
            for (var field : Field.of(Entity.USER)) {
                switch (field.shape()) {
                    case TEXT, TOKEN, DATE -> texts.put(field, value(field, pupil));
                    case BOOL, LIST, REF, REFS, ROLES, USER_IDS, PROFILES -> {}
                }
            }
            texts.keySet().removeAll(List.of(Field.USER_SOURCED_ID, Field.USER_GIVEN_NAME, Field.USER_FAMILY_NAME));
            texts.put(Field.USER_GRADES, "03");
            texts.put(Field.USER_PRIMARY_ORG, "north");
            texts.put(Field.USER_USER_IDS, "state," + value(Field.USER_USER_IDS, pupil));
            if (pupil.equals(GROWN)) {
                texts.put(Field.USER_AGE_13_PLUS, "true");
            }
            world.user(
                    pupil,
                    value(Field.USER_GIVEN_NAME, pupil),
                    value(Field.USER_FAMILY_NAME, pupil),
                    List.of(new World.Role("student", "north", true)),
                    texts);
            world.demographics(pupil, "2012-03-04", "female");
        }
        world.commit();
    }

    /// What a pupil's field says, and nobody else's.
    static String value(Field field, String pupil) {
        return "zq-" + field.wire() + "-" + pupil;
    }

    World world() {
        return world;
    }

    static String name(Model.Person person) {
        return person.age13plus() ? GROWN : YOUNG;
    }

    SourcedId id(String pupil) {
        return SourcedId.of(pupil);
    }

    int ordinal(String pupil) {
        return world.ordinal(Entity.USER, pupil);
    }

    /// The pupils of these names; `person` is whoever is asked about.
    RoaringBitmap ordinals(Iterable<String> names, String asked) {
        var set = new RoaringBitmap();
        for (var name : names) {
            set.add(ordinal(name.equals("person") ? asked : name));
        }
        return set;
    }

    /// What of an element shows in a pupil's record.
    static List<String> traces(String element, String pupil, String outward) {
        return switch (element) {
            case "enrol.grade" -> List.of("\"03\"");
            case "id.pairwise" -> List.of(outward);
            case "org.membership", "role.role" -> List.of("\"roles\":[{", "\"primaryOrg\":{");
            case "account.enabled" -> List.of("\"enabledUser\":\"true\"");
            case "demo.birthdate" -> List.of("2012-03-04");
            case "demo.sex" -> List.of("female");
            case "demo.race" -> List.of("\"asian\":\"true\"");
            default -> {
                var traces = new ArrayList<String>();
                Files.carrying(java.util.Set.of(element)).forEach(field -> traces.add(value(field, pupil)));
                yield traces;
            }
        };
    }

    /// By pupil, the id under which a vendor of this domain knows them.
    Map<String, String> outward(String domain) {
        return Doorway.outward(this, domain, PUPILS);
    }
}
