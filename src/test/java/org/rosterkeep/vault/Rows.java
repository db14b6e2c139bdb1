package org.rosterkeep.vault;

import java.util.List;
import org.rosterkeep.roster.Entity;
import org.rosterkeep.roster.Field;
import org.rosterkeep.roster.RowWriter;
import org.rosterkeep.roster.SourcedId;

/// Made-up rows for the vault's tests.
final class Rows {
    private Rows() {}

    static SourcedId id(String text) {
        return SourcedId.of(text);
    }

    static byte[] org(String id, String name, String type) {
        return new RowWriter()
                .clear()
                .text(Field.ORG_SOURCED_ID, id)
                .text(Field.ORG_NAME, name)
                .text(Field.ORG_TYPE, type)
                .toBytes();
    }

    static byte[] klass(String id, String title, int course, int school, int... terms) {
        return new RowWriter()
                .clear()
                .text(Field.CLASS_SOURCED_ID, id)
                .text(Field.CLASS_TITLE, title)
                .ref(Field.CLASS_COURSE, course)
                .ref(Field.CLASS_SCHOOL, school)
                .refs(Field.CLASS_TERMS, terms)
                .toBytes();
    }

    static byte[] user(String id, String givenName, String role, int org, String grade) {
        return new RowWriter()
                .clear()
                .text(Field.USER_SOURCED_ID, id)
                .bool(Field.USER_ENABLED_USER, true)
                .text(Field.USER_GIVEN_NAME, givenName)
                .text(Field.USER_FAMILY_NAME, "Beispiel")
                .roles(Field.USER_ROLES, List.of(new RowWriter.Role(true, role, org, "", "", "")))
                .list(Field.USER_GRADES, grade.isEmpty() ? List.of() : List.of(grade))
                .bool(Field.USER_AGE_13_PLUS, givenName.length() % 2 == 0)
                .toBytes();
    }

    static byte[] enrollment(String id, int user, int klass, int school, String role) {
        return new RowWriter()
                .clear()
                .text(Field.ENROLLMENT_SOURCED_ID, id)
                .ref(Field.ENROLLMENT_USER, user)
                .ref(Field.ENROLLMENT_CLASS, klass)
                .ref(Field.ENROLLMENT_SCHOOL, school)
                .text(Field.ENROLLMENT_ROLE, role)
                .toBytes();
    }

    /// All fields of an entity.
    static long all(Entity entity) {
        return Field.of(entity).stream().mapToLong(Field::mask).sum();
    }
}
