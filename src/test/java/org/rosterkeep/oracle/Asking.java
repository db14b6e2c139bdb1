package org.rosterkeep.oracle;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.rosterkeep.roster.Entity;
import org.rosterkeep.roster.Field;

/// Queries a curious client might send to a path, wrong ones included.
final class Asking {
    private static final Map<String, Entity> ENTITIES = Map.ofEntries(
            Map.entry("academicSessions", Entity.ACADEMIC_SESSION),
            Map.entry("terms", Entity.ACADEMIC_SESSION),
            Map.entry("gradingPeriods", Entity.ACADEMIC_SESSION),
            Map.entry("orgs", Entity.ORG),
            Map.entry("schools", Entity.ORG),
            Map.entry("courses", Entity.COURSE),
            Map.entry("classes", Entity.CLASS),
            Map.entry("enrollments", Entity.ENROLLMENT),
            Map.entry("users", Entity.USER),
            Map.entry("students", Entity.USER),
            Map.entry("teachers", Entity.USER),
            Map.entry("demographics", Entity.DEMOGRAPHICS));
    private static final List<String> OPS = List.of("=", "!=", "~", ">", "<", ">=", "<=");

    private final Random random;
    private final List<String> words;

    /// @param words values to guess with
    Asking(Random random, List<String> words) {
        this.random = random;
        this.words = words;
    }

    /// What the path's records are.
    static Entity entity(String pattern) {
        String path = pattern.endsWith("}") ? pattern.substring(0, pattern.lastIndexOf('/')) : pattern;
        return ENTITIES.get(path.substring(path.lastIndexOf('/') + 1));
    }

    static boolean single(String pattern) {
        return pattern.endsWith("}");
    }

    /// So many different queries, the plain one first.
    Set<String> queries(String pattern, int count) {
        Entity entity = entity(pattern);
        Set<String> queries = new LinkedHashSet<>(List.of(""));
        while (queries.size() < count) {
            queries.add(single(pattern) ? "?fields=" + names(entity) : query(entity));
        }
        return queries;
    }

    private String query(Entity entity) {
        List<String> parts = new ArrayList<>();
        if (random.nextInt(3) == 0) {
            parts.add("limit=" + (1 + random.nextInt(4)) + "&offset=" + random.nextInt(6));
        }
        if (random.nextInt(3) == 0) {
            parts.add("sort=" + name(entity) + (random.nextBoolean() ? "&orderBy=desc" : ""));
        }
        if (random.nextInt(4) == 0) {
            parts.add("fields=" + names(entity));
        }
        if (parts.isEmpty() || random.nextInt(3) == 0) {
            parts.add("filter="
                    + Pull.encoded(clause(entity)
                            + (random.nextInt(4) == 0
                                    ? (random.nextBoolean() ? " AND " : " OR ") + clause(entity)
                                    : "")));
        }
        return "?" + String.join("&", parts);
    }

    private String clause(Entity entity) {
        return name(entity) + OPS.get(random.nextInt(OPS.size())) + "'"
                + words.get(random.nextInt(words.size())).replace("'", "") + "'";
    }

    private String names(Entity entity) {
        return random.nextInt(3) == 0 ? name(entity) : name(entity) + "," + name(entity);
    }

    /// A property: most often a real one, given or not; now and then one inside it, an envelope's, or none at all.
    private String name(Entity entity) {
        List<Field> fields = Field.of(entity).stream()
                .filter(field -> field.need() != Field.Need.INTERNAL)
                .toList();
        Field field = fields.get(random.nextInt(fields.size()));
        return switch (random.nextInt(8)) {
            case 0 -> "dateLastModified";
            case 1 ->
                List.of("status", "shoeSize", "metadata.ssn", "password", "role", "orgs", "resources")
                        .get(random.nextInt(7));
            case 2 -> field.wire() + inside(field);
            default -> field.wire();
        };
    }

    private String inside(Field field) {
        return switch (field.shape()) {
            case REF, REFS -> ".sourcedId";
            case ROLES -> random.nextBoolean() ? ".role" : ".org.sourcedId";
            case USER_IDS -> ".identifier";
            case PROFILES -> ".profileId";
            case TEXT, TOKEN, DATE, BOOL, LIST -> ".sourcedId";
        };
    }
}
