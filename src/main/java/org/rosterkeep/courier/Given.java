package org.rosterkeep.courier;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.rosterkeep.courier.wire.Code;
import org.rosterkeep.roster.Entity;
import org.rosterkeep.roster.Field;

/// The fields a delivery may have. A field that is not given may still have its place in a record, because the format
/// wants one; then it is empty, or has one of the constants below, or the record's own id. Anything else there
/// is a value.
final class Given {
    private static final String WITHHELD = "Withheld";
    /// The two properties that OneRoster 1.1 has for `roles`.
    private static final Set<String> LEGACY_ROLES = Set.of("role", "orgs");

    private final Map<Entity, Set<Field>> fields;

    private Given(Map<Entity, Set<Field>> fields) {
        this.fields = fields;
    }

    /// @param names by entity (`user`) the names of fields (`givenName`)
    static Given of(Map<String, Set<String>> names) {
        Map<Entity, Set<Field>> fields = new EnumMap<>(Entity.class);
        names.forEach((word, of) -> {
            Entity entity = entity(word).orElseThrow(() -> unknown());
            Set<Field> given = EnumSet.noneOf(Field.class);
            of.forEach(name -> given.add(Field.named(entity, name)
                    .filter(field -> field.need() != Field.Need.ENVELOPE && field.need() != Field.Need.INTERNAL)
                    .orElseThrow(() -> unknown())));
            if (!given.isEmpty()) {
                fields.put(entity, given);
            }
        });
        return new Given(fields);
    }

    private static Refused unknown() {
        return new Refused(Code.GRANT_FIELDS, "An entity or a field is named that the courier does not know.");
    }

    private static Optional<Entity> entity(String word) {
        for (Entity entity : Entity.values()) {
            if (entity.one().equals(word)) {
                return Optional.of(entity);
            }
        }
        return Optional.empty();
    }

    /// Whether all of these are given here too.
    boolean covers(Given others) {
        return others.fields.entrySet().stream()
                .allMatch(one -> fields.getOrDefault(one.getKey(), Set.of()).containsAll(one.getValue()));
    }

    boolean gives(Entity entity) {
        return fields.containsKey(entity);
    }

    boolean gives(Field field) {
        return fields.getOrDefault(field.entity(), Set.of()).contains(field);
    }

    /// The field that a property of a JSON record shows.
    static Optional<Field> property(Entity entity, String name) {
        return entity == Entity.USER && LEGACY_ROLES.contains(name)
                ? Optional.of(Field.USER_ROLES)
                : Field.named(entity, name)
                        .filter(field -> field.need() != Field.Need.INTERNAL && field.need() != Field.Need.ENVELOPE);
    }

    /// Whether a text may stand where a field that is not given has its place.
    ///
    /// @param ownId the record's id
    static boolean standsIn(Field field, String text, String ownId) {
        boolean named = field.need() == Field.Need.ALIAS || field == Field.USER_USERNAME;
        return text.isEmpty()
                || field.need() == Field.Need.STAND_IN && field != Field.USER_ENABLED_USER && text.equals(WITHHELD)
                || field == Field.USER_ENABLED_USER && text.equals("true")
                || field == Field.CLASS_CLASS_TYPE && text.equals("scheduled")
                || named && !ownId.isEmpty() && text.equals(ownId);
    }
}
