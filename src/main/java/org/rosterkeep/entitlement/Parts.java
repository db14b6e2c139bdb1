package org.rosterkeep.entitlement;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.roaringbitmap.RoaringBitmap;
import org.rosterkeep.roster.Entity;
import org.rosterkeep.roster.Relations;

/// Sorts the members of views into the parts that have collections of their own. Goes by what the client can
/// see: a role
/// outside the scope makes nobody a teacher.
final class Parts {
    private static final List<Part> USERS =
            List.of(Part.STUDENTS, Part.TEACHERS, Part.LEGACY_USERS, Part.LEGACY_STUDENTS, Part.LEGACY_TEACHERS);

    private final Set<String> roles;
    private final RoaringBitmap asStudents;
    private final Map<Entity, RoaringBitmap> members;
    private final Relations relations;
    private final boolean[] plain;
    private final Map<Part, RoaringBitmap> parts = new EnumMap<>(Part.class);

    Parts(Set<String> roles, RoaringBitmap asStudents, Map<Entity, RoaringBitmap> members, Relations relations) {
        this.roles = roles;
        this.asStudents = asStudents;
        this.members = members;
        this.relations = relations;
        plain = new boolean[relations.words().size()];
        for (int word = 0; word < plain.length; word++) {
            plain[word] = LegacyRole.of(relations.words().get(word)).isPresent();
        }
        for (Part part : Part.values()) {
            parts.put(part, new RoaringBitmap());
        }
    }

    Map<Part, RoaringBitmap> all() {
        places();
        in(Entity.USER).forEach((int user) -> sort(user));
        RoaringBitmap legacy = of(Part.LEGACY_USERS);
        RoaringBitmap enrollments = of(Part.LEGACY_ENROLLMENTS);
        in(Entity.ENROLLMENT).forEach((int one) -> {
            if (isPlain(one) && legacy.contains(relations.enrollmentUser(one))) {
                enrollments.add(one);
            }
        });
        parts.put(Part.LEGACY_DEMOGRAPHICS, RoaringBitmap.and(in(Entity.DEMOGRAPHICS), legacy));
        return parts;
    }

    /// The same when only some users and enrolments have to be sorted again.
    ///
    /// @param touched users
    /// @param enrollments those that may be in view otherwise than before, whoever their user is
    Map<Part, RoaringBitmap> after(Views before, RoaringBitmap touched, RoaringBitmap enrollments) {
        for (Part part : USERS) {
            parts.put(part, RoaringBitmap.andNot(before.of(part), touched));
        }
        places();
        RoaringBitmap.and(touched, in(Entity.USER)).forEach((int user) -> sort(user));
        RoaringBitmap legacy = of(Part.LEGACY_USERS);
        RoaringBitmap again = enrollments.clone();
        RoaringBitmap.xor(before.of(Part.LEGACY_USERS), legacy)
                .forEach((int user) -> again.add(relations.enrollmentsOfUser(user)));
        RoaringBitmap sorted = RoaringBitmap.andNot(before.of(Part.LEGACY_ENROLLMENTS), again);
        RoaringBitmap.and(again, in(Entity.ENROLLMENT)).forEach((int one) -> {
            if (isPlain(one) && legacy.contains(relations.enrollmentUser(one))) {
                sorted.add(one);
            }
        });
        parts.put(Part.LEGACY_ENROLLMENTS, sorted);
        parts.put(Part.LEGACY_DEMOGRAPHICS, RoaringBitmap.and(in(Entity.DEMOGRAPHICS), legacy));
        return parts;
    }

    private void places() {
        parts.put(Part.SCHOOLS, RoaringBitmap.and(in(Entity.ORG), relations.schools()));
        RoaringBitmap sessions = in(Entity.ACADEMIC_SESSION);
        parts.put(Part.TERMS, RoaringBitmap.and(sessions, relations.terms()));
        parts.put(Part.GRADING_PERIODS, RoaringBitmap.and(sessions, relations.gradingPeriods()));
    }

    private void sort(int user) {
        Optional<LegacyRole> shown = Optional.empty();
        for (int n = 0; n < relations.roleCount(user); n++) {
            String word = relations.role(user, n);
            if (!roles.contains(word) || !Entitlement.contains(in(Entity.ORG), relations.roleOrg(user, n))) {
                continue;
            }
            if (word.equals("student")) {
                if (!asStudents.contains(user)) {
                    continue;
                }
                of(Part.STUDENTS).add(user);
            } else if (word.equals("teacher")) {
                of(Part.TEACHERS).add(user);
            }
            if (shown.isEmpty()) {
                shown = LegacyRole.of(word);
            }
        }
        shown.ifPresent(role -> sort(user, role));
    }

    private void sort(int user, LegacyRole role) {
        of(Part.LEGACY_USERS).add(user);
        if (role == LegacyRole.STUDENT) {
            of(Part.LEGACY_STUDENTS).add(user);
        } else if (role == LegacyRole.TEACHER) {
            of(Part.LEGACY_TEACHERS).add(user);
        }
    }

    private boolean isPlain(int enrollment) {
        return plain[relations.enrollmentRoleWord(enrollment)];
    }

    private RoaringBitmap of(Part part) {
        return Objects.requireNonNull(parts.get(part));
    }

    private RoaringBitmap in(Entity entity) {
        return members.getOrDefault(entity, new RoaringBitmap());
    }
}
