package org.rosterkeep.entitlement;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.roaringbitmap.RoaringBitmap;
import org.rosterkeep.roster.Entity;
import org.rosterkeep.roster.Relations;

/// Sorts the members of views into the parts that have collections of their own. Goes by what the client can
/// see: a role
/// outside the scope makes nobody a teacher.
final class Parts {
    private final Set<String> roles;
    private final RoaringBitmap asStudents;
    private final Map<Entity, RoaringBitmap> members;
    private final Relations relations;
    private final Map<Part, RoaringBitmap> parts = new EnumMap<>(Part.class);

    Parts(Set<String> roles, RoaringBitmap asStudents, Map<Entity, RoaringBitmap> members, Relations relations) {
        this.roles = roles;
        this.asStudents = asStudents;
        this.members = members;
        this.relations = relations;
    }

    Map<Part, RoaringBitmap> all() {
        parts.put(Part.SCHOOLS, RoaringBitmap.and(in(Entity.ORG), relations.schools()));
        RoaringBitmap sessions = in(Entity.ACADEMIC_SESSION);
        parts.put(Part.TERMS, RoaringBitmap.and(sessions, relations.terms()));
        parts.put(Part.GRADING_PERIODS, RoaringBitmap.and(sessions, relations.gradingPeriods()));
        in(Entity.USER).forEach((int user) -> sort(user));
        RoaringBitmap legacy = of(Part.LEGACY_USERS);
        parts.put(Part.LEGACY_DEMOGRAPHICS, RoaringBitmap.and(in(Entity.DEMOGRAPHICS), legacy));
        parts.put(Part.LEGACY_ENROLLMENTS, legacyEnrollments(legacy));
        return parts;
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

    private RoaringBitmap legacyEnrollments(RoaringBitmap legacyUsers) {
        boolean[] plain = new boolean[relations.words().size()];
        for (int word = 0; word < plain.length; word++) {
            plain[word] = LegacyRole.of(relations.words().get(word)).isPresent();
        }
        RoaringBitmap enrollments = new RoaringBitmap();
        in(Entity.ENROLLMENT).forEach((int enrollment) -> {
            if (plain[relations.enrollmentRoleWord(enrollment)]
                    && legacyUsers.contains(relations.enrollmentUser(enrollment))) {
                enrollments.add(enrollment);
            }
        });
        return enrollments;
    }

    private RoaringBitmap of(Part part) {
        return parts.computeIfAbsent(part, _ -> new RoaringBitmap());
    }

    private RoaringBitmap in(Entity entity) {
        return members.getOrDefault(entity, new RoaringBitmap());
    }
}
