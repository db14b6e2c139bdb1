package org.rosterkeep.appliance;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.rosterkeep.roster.Entity;
import org.rosterkeep.roster.Field;

/// A field of a record about one person, by any of its names: ours (`user.givenName`), that of a collection's records
/// (`users.givenName`), the one on the wire of 1.2 or 1.1 alone (`givenName`, `birthdate`) where no other
/// record has it,
/// or the one in the program (`USER_GIVEN_NAME`).
final class AskedField {
    /// What 1.1 makes of the roles.
    private static final List<String> ROLES_OF_V1P1 = List.of("role", "orgs");

    private static final List<Field> KNOWN = Arrays.stream(Field.values())
            .filter(field -> switch (field.need()) {
                case OPTIONAL, STAND_IN, ALIAS, GRANT -> true;
                case ENVELOPE, INTERNAL -> false;
            })
            .filter(field -> switch (field.entity()) {
                case USER, DEMOGRAPHICS, ENROLLMENT -> true;
                case ORG, ACADEMIC_SESSION, COURSE, CLASS -> false;
            })
            .toList();

    private AskedField() {}

    static Field of(String name) {
        var wanted = name.strip().toLowerCase(Locale.ROOT);
        var found = KNOWN.stream().filter(field -> called(field, wanted)).toList();
        if (found.size() == 1) {
            return found.getFirst();
        }
        if (found.size() > 1) {
            throw Trouble.wrongUse(
                    "More than one record has a field of that name.",
                    "It may be " + found.stream().map(Field::path).collect(Collectors.joining(" or ")) + ".",
                    "Name the record, too.");
        }
        throw Trouble.wrongUse(
                "There is no such field of a person.",
                "A field is named like user.givenName, demographics.sex or enrollment.role.",
                Nearest.to(name, KNOWN.stream().map(Field::path).toList())
                        .map(near -> "Did you mean " + near + "?")
                        .orElse("See: rosterkeep rule schema"));
    }

    private static boolean called(Field field, String wanted) {
        return wanted.equals(field.name().toLowerCase(Locale.ROOT))
                || named(field.entity(), field.wire(), wanted)
                || field == Field.USER_ROLES
                        && ROLES_OF_V1P1.stream().anyMatch(legacy -> named(field.entity(), legacy, wanted));
    }

    private static boolean named(Entity entity, String wire, String wanted) {
        var plain = wire.toLowerCase(Locale.ROOT);
        return wanted.equals(plain)
                || wanted.equals(entity.one().toLowerCase(Locale.ROOT) + "." + plain)
                || wanted.equals(entity.many().toLowerCase(Locale.ROOT) + "." + plain);
    }
}
