package org.rosterkeep.entitlement;

import java.util.EnumMap;
import java.util.Map;
import java.util.function.IntPredicate;
import org.roaringbitmap.RoaringBitmap;
import org.rosterkeep.roster.Entity;
import org.rosterkeep.roster.Relations;
import org.rosterkeep.rules.Scope;

/// What a record of a view stood on: without which it would not have been in it. Both what it points at and cannot be
/// without, and what brought it in.
final class Supports {
    private final Relations then;
    private final Map<Entity, RoaringBitmap> seen;
    private final Scope scope;
    private final Map<Entity, RoaringBitmap> found = new EnumMap<>(Entity.class);

    /// @param seen the records of the view, by entity
    Supports(Relations then, Map<Entity, RoaringBitmap> seen, Scope scope) {
        this.then = then;
        this.seen = seen;
        this.scope = scope;
    }

    /// Records of the view that one of these stood on.
    Map<Entity, RoaringBitmap> of(Entity entity, RoaringBitmap records) {
        found.clear();
        switch (entity) {
            case ORG -> records.forEach((int org) -> add(Entity.ORG, then.orgParent(org)));
            case ACADEMIC_SESSION -> sessions(records);
            case COURSE -> classes(klass -> records.contains(then.classCourse(klass)));
            case CLASS -> records.forEach((int klass) -> ofClass(klass));
            case USER -> records.forEach((int user) -> ofUser(user));
            case ENROLLMENT ->
                records.forEach((int one) -> {
                    add(Entity.USER, then.enrollmentUser(one));
                    add(Entity.CLASS, then.enrollmentClass(one));
                    add(Entity.ORG, then.enrollmentSchool(one));
                });
            case DEMOGRAPHICS -> records.forEach((int user) -> add(Entity.USER, user));
        }
        return Map.copyOf(found);
    }

    private void ofClass(int klass) {
        add(Entity.ORG, then.classSchool(klass));
        add(Entity.COURSE, then.classCourse(klass));
        for (int term : then.classTerms(klass)) {
            add(Entity.ACADEMIC_SESSION, term);
        }
        if (!scope.grades().isEmpty()) {
            for (int one : then.enrollmentsOfClass(klass)) {
                add(Entity.ENROLLMENT, one);
            }
        }
    }

    private void ofUser(int user) {
        for (int n = then.roleCount(user) - 1; n >= 0; n--) {
            add(Entity.ORG, then.roleOrg(user, n));
        }
        if (!scope.classes().isEmpty()) {
            for (int one : then.enrollmentsOfUser(user)) {
                add(Entity.ENROLLMENT, one);
            }
        }
    }

    /// A session is there for a class of it, of a session above or below it, or for a course of its year.
    private void sessions(RoaringBitmap records) {
        RoaringBitmap line = records.clone();
        records.forEach((int session) -> above(session, line));
        seen(Entity.ACADEMIC_SESSION).forEach((int session) -> {
            RoaringBitmap above = new RoaringBitmap();
            above(session, above);
            if (RoaringBitmap.intersects(above, records)) {
                line.add(session);
                line.or(above);
            }
        });
        line.forEach((int session) -> add(Entity.ACADEMIC_SESSION, session));
        classes(klass -> {
            for (int term : then.classTerms(klass)) {
                if (line.contains(term)) {
                    return true;
                }
            }
            int course = then.classCourse(klass);
            return course != Relations.NONE && Entitlement.contains(records, then.courseSchoolYear(course));
        });
    }

    private void above(int session, RoaringBitmap into) {
        int at = then.sessionParent(session);
        for (int steps = 0; at != Relations.NONE && steps < 64; steps++) {
            into.add(at);
            at = then.sessionParent(at);
        }
    }

    private void classes(IntPredicate wanted) {
        seen(Entity.CLASS).forEach((int klass) -> {
            if (wanted.test(klass)) {
                add(Entity.CLASS, klass);
                add(Entity.COURSE, then.classCourse(klass));
            }
        });
    }

    private void add(Entity entity, int ordinal) {
        if (Entitlement.contains(seen(entity), ordinal)) {
            found.computeIfAbsent(entity, _ -> new RoaringBitmap()).add(ordinal);
        }
    }

    private RoaringBitmap seen(Entity entity) {
        return seen.getOrDefault(entity, new RoaringBitmap());
    }
}
