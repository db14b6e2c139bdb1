package org.rosterkeep.intake;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.rosterkeep.roster.Field;
import org.rosterkeep.roster.Row;
import org.rosterkeep.roster.RowWriter;
import org.rosterkeep.roster.RowWriter.Role;
import org.rosterkeep.roster.Slice;

/// One user's roles with the marks of their ids, in an order that does not depend on the order of the file.
final class Roles {
    private static final Set<String> GUARDIANS = Set.of("guardian", "parent", "relative");
    private static final Comparator<Marked> ORDER = Comparator.comparing(
                    (Marked m) -> !m.role().primary())
            .thenComparing(m -> m.role().role())
            .thenComparingInt(m -> m.role().org())
            .thenComparing(m -> m.role().beginDate())
            .thenComparing(m -> m.role().endDate())
            .thenComparing(m -> m.role().profile())
            .thenComparing(Marked::mark);

    private final List<Marked> roles = new ArrayList<>();

    /// A role; the mark is empty when its id is not known (1.1 has none).
    private record Marked(String mark, Role role) {}

    /// The roles a stored row has.
    static Roles of(Row row) {
        Roles roles = new Roles();
        Slice slice = new Slice();
        Slice text = new Slice();
        List<String> marks = new ArrayList<>();
        if (row.reveal(Field.USER_ROLE_MARKS, slice)) {
            while (slice.start < slice.end) {
                marks.add(text(slice, text));
            }
        }
        if (row.reveal(Field.USER_ROLES, slice)) {
            for (int n = 0; slice.start < slice.end; n++) {
                boolean primary = slice.bytes[slice.start++] == 0;
                String word = text(slice, text);
                int org = slice.varint();
                Role role = new Role(primary, word, org, text(slice, text), text(slice, text), text(slice, text));
                roles.roles.add(new Marked(n < marks.size() ? marks.get(n) : "", role));
            }
        }
        return roles;
    }

    /// Words, dates and ids have no character that JSON would escape, so the packed bytes are the text.
    private static String text(Slice slice, Slice text) {
        slice.text(text);
        return new String(text.bytes, text.start, text.length(), UTF_8);
    }

    /// Adds the role, in the place of the one with the same mark, or of the same role at the same org whose id nobody
    /// knew.
    void have(String mark, Role role) {
        roles.removeIf(old -> mark.isEmpty()
                ? old.role().equals(role)
                : old.mark().equals(mark)
                        || old.mark().isEmpty()
                                && old.role().org() == role.org()
                                && old.role().role().equals(role.role()));
        roles.add(new Marked(mark, role));
    }

    void end(String mark) {
        roles.removeIf(old -> old.mark().equals(mark));
    }

    Optional<Role> find(String mark) {
        return roles.stream()
                .filter(old -> old.mark().equals(mark))
                .map(Marked::role)
                .findFirst();
    }

    boolean isEmpty() {
        return roles.isEmpty();
    }

    /// Whether any role is a guardian's.
    boolean guardian() {
        return roles.stream()
                .anyMatch(marked -> GUARDIANS.contains(marked.role().role()));
    }

    /// Whether every role is a guardian's.
    boolean onlyGuardian() {
        return !roles.isEmpty()
                && roles.stream()
                        .allMatch(marked -> GUARDIANS.contains(marked.role().role()));
    }

    /// Whether two roles at one org are both primary (oneroster.md 7.1).
    boolean primaryTwice() {
        List<Integer> orgs = roles.stream()
                .filter(marked -> marked.role().primary())
                .map(marked -> marked.role().org())
                .toList();
        return orgs.stream().distinct().count() < orgs.size();
    }

    /// The orgs of the roles, each once.
    List<Integer> orgs() {
        return roles.stream().map(marked -> marked.role().org()).distinct().toList();
    }

    void write(RowWriter writer) {
        roles.sort(ORDER);
        writer.roles(Field.USER_ROLES, roles.stream().map(Marked::role).toList());
    }

    /// The marks, in the order [#write(RowWriter)] gave the roles.
    void writeMarks(RowWriter writer) {
        if (roles.stream().anyMatch(marked -> !marked.mark().isEmpty())) {
            writer.list(Field.USER_ROLE_MARKS, roles.stream().map(Marked::mark).toList());
        }
    }
}
