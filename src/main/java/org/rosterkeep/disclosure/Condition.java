package org.rosterkeep.disclosure;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.rosterkeep.disclosure.Outcome.Mistake;
import org.rosterkeep.entitlement.Lens;
import org.rosterkeep.roster.Entity;
import org.rosterkeep.roster.Field;
import org.rosterkeep.roster.Shape;

/// One clause of a filter, asked of a record as the client would see it (oneroster.md section 4.1): texts
/// without regard
/// to case, ids exactly, dates by time, truth as a word. In an array one match is enough; a list of words equals a
/// comma-separated value when it holds all of it. A property that is not there is unequal to everything. `!=` is the
/// opposite of `=`.
final class Condition {
    private static final Set<String> GUID_REF = Set.of("sourcedId", "href", "type");
    private static final Set<String> ROLE = Set.of("roleType", "role");
    private static final Set<String> USER_ID = Set.of("type", "identifier");
    private static final Set<String> PROFILE =
            Set.of("profileId", "profileType", "vendorId", "applicationId", "description");

    private final List<String> path;
    private final Filter.Op op;
    private final String value;
    private final Kind kind;

    /// How two values compare.
    private enum Kind {
        ID,
        TEXT,
        WORDS,
        TIME,
        TRUTH
    }

    Condition(Filter.Clause clause, Wire wire, Entity entity) {
        path = List.of(clause.field().split("\\.", -1));
        op = clause.op();
        value = clause.value();
        kind = kind(path, wire, entity);
    }

    static String root(String name) {
        int dot = name.indexOf('.');
        return dot < 0 ? name : name.substring(0, dot);
    }

    /// What is wrong with a clause in the eyes of a client with this lens.
    static Optional<Mistake> mistake(Filter.Clause clause, Lens lens, Wire wire, Entity entity) {
        if (!exists(clause.field(), lens, wire, entity)) {
            return Optional.of(Mistake.FILTER_FIELD);
        }
        Condition condition = new Condition(clause, wire, entity);
        boolean fits = switch (condition.kind) {
            case ID, TEXT, WORDS -> true;
            case TIME ->
                condition.op == Filter.Op.CONTAINS || time(clause.value()).isPresent();
            case TRUTH ->
                (condition.op == Filter.Op.EQ || condition.op == Filter.Op.NE)
                        && Set.of("true", "false").contains(clause.value().toLowerCase(Locale.ROOT));
        };
        return fits ? Optional.empty() : Optional.of(Mistake.FILTER_VALUE);
    }

    private static boolean exists(String name, Lens lens, Wire wire, Entity entity) {
        List<String> path = List.of(name.split("\\.", -1));
        if (Selection.isEnvelope(path.getFirst())) {
            return path.size() == 1;
        }
        Optional<Field> field = Form.property(lens, wire, entity, path.getFirst());
        return field.isPresent() && hasPath(field.get(), wire, path.subList(1, path.size()));
    }

    private static boolean hasPath(Field field, Wire wire, List<String> rest) {
        if (field.shape() == Shape.ROLES && wire == Wire.V1P1) {
            return rest.isEmpty() || rest.size() == 1 && GUID_REF.contains(rest.getFirst());
        }
        return switch (field.shape()) {
            case TEXT, TOKEN, DATE, BOOL, LIST -> rest.isEmpty();
            case REF, REFS -> rest.size() == 1 && GUID_REF.contains(rest.getFirst());
            case ROLES ->
                rest.size() == 1 && ROLE.contains(rest.getFirst())
                        || rest.size() == 2 && rest.getFirst().equals("org") && GUID_REF.contains(rest.getLast());
            case USER_IDS -> rest.size() == 1 && USER_ID.contains(rest.getFirst());
            case PROFILES -> rest.size() == 1 && PROFILE.contains(rest.getFirst());
        };
    }

    private static Kind kind(List<String> path, Wire wire, Entity entity) {
        String last = path.getLast();
        if (last.equals("sourcedId") || last.equals("href")) {
            return Kind.ID;
        }
        if (last.equals(Selection.CHANGED) || last.equals("beginDate") || last.equals("endDate")) {
            return Kind.TIME;
        }
        if (path.size() > 1) {
            return Kind.TEXT;
        }
        return Form.named(wire, entity, last)
                .map(field -> switch (field.shape()) {
                    case DATE -> Kind.TIME;
                    case BOOL -> Kind.TRUTH;
                    case LIST -> Kind.WORDS;
                    case TEXT, TOKEN, REF, REFS, ROLES, USER_IDS, PROFILES -> Kind.TEXT;
                })
                .orElse(Kind.TEXT);
    }

    /// Whether a record as the client sees it meets the clause.
    boolean holds(Json.Node record) {
        return op == Filter.Op.NE ? !meets(record, Filter.Op.EQ) : meets(record, op);
    }

    private boolean meets(Json.Node record, Filter.Op wanted) {
        return kind == Kind.WORDS ? words(record, wanted) : any(record, 0, wanted);
    }

    private boolean any(Json.Node node, int depth, Filter.Op wanted) {
        return switch (node) {
            case Json.Node.Items(List<Json.Node> items) -> items.stream().anyMatch(item -> any(item, depth, wanted));
            case Json.Node.Properties(var properties) -> {
                Json.Node next = depth < path.size() ? properties.get(path.get(depth)) : null;
                yield next != null && any(next, depth + 1, wanted);
            }
            case Json.Node.Text(String text) -> depth == path.size() && compares(text, value, wanted);
        };
    }

    private boolean words(Json.Node record, Filter.Op wanted) {
        List<String> asked = Arrays.stream(value.split(",")).map(String::strip).toList();
        return switch (wanted) {
            case EQ -> asked.stream().allMatch(word -> hasWord(record, word, Filter.Op.EQ));
            case CONTAINS -> asked.stream().anyMatch(word -> hasWord(record, word, Filter.Op.CONTAINS));
            case NE, GT, GE, LT, LE -> any(record, 0, wanted);
        };
    }

    private boolean hasWord(Json.Node record, String word, Filter.Op wanted) {
        return record instanceof Json.Node.Properties(var properties)
                && properties.get(path.getFirst()) instanceof Json.Node.Items(List<Json.Node> items)
                && items.stream()
                        .anyMatch(item -> item instanceof Json.Node.Text(String text) && compares(text, word, wanted));
    }

    private boolean compares(String seen, String asked, Filter.Op wanted) {
        return switch (kind) {
            case ID -> wanted == Filter.Op.CONTAINS ? seen.contains(asked) : matches(seen.compareTo(asked), wanted);
            case TRUTH -> matches(seen.compareTo(asked.toLowerCase(Locale.ROOT)), wanted);
            case TIME -> {
                Optional<Instant> left = time(seen);
                Optional<Instant> right = time(asked);
                yield wanted == Filter.Op.CONTAINS
                        ? seen.contains(asked)
                        : left.isPresent()
                                && right.isPresent()
                                && matches(left.get().compareTo(right.get()), wanted);
            }
            case TEXT, WORDS -> {
                String left = seen.toLowerCase(Locale.ROOT);
                String right = asked.toLowerCase(Locale.ROOT);
                yield wanted == Filter.Op.CONTAINS
                        ? left.contains(right)
                        : matches(Arrays.compareUnsigned(Out.utf8(left), Out.utf8(right)), wanted);
            }
        };
    }

    private static boolean matches(int comparison, Filter.Op wanted) {
        return switch (wanted) {
            case EQ -> comparison == 0;
            case NE -> comparison != 0;
            case GT -> comparison > 0;
            case GE -> comparison >= 0;
            case LT -> comparison < 0;
            case LE -> comparison <= 0;
            case CONTAINS -> false;
        };
    }

    /// A time in any of the forms clients send: a date is its midnight in UTC, a time without a zone is UTC, a year its
    /// first day.
    static Optional<Instant> time(String text) {
        try {
            if (text.length() == 4) {
                return Optional.of(midnight(text + "-01-01"));
            }
            if (text.length() == 10) {
                return Optional.of(midnight(text));
            }
            boolean zoned = text.endsWith("Z") || text.lastIndexOf('+') > 10 || text.lastIndexOf('-') > 10;
            return Optional.of(
                    zoned
                            ? OffsetDateTime.parse(text).toInstant()
                            : LocalDateTime.parse(text).toInstant(ZoneOffset.UTC));
        } catch (DateTimeException notATime) {
            return Optional.empty();
        }
    }

    private static Instant midnight(String date) {
        return LocalDate.parse(date).atStartOfDay(ZoneOffset.UTC).toInstant();
    }
}
