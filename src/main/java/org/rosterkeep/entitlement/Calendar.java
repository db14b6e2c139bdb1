package org.rosterkeep.entitlement;

import org.roaringbitmap.RoaringBitmap;
import org.rosterkeep.roster.Entity;
import org.rosterkeep.roster.Relations;

/// The sessions that a view can show, and which of them its classes and courses bring in.
final class Calendar {
    private final Relations relations;
    private final RoaringBitmap shown;

    /// @param whole sessions that are whole ([Looks#whole])
    Calendar(Relations relations, RoaringBitmap whole) {
        this.relations = relations;
        shown = RoaringBitmap.and(relations.live(Entity.ACADEMIC_SESSION), whole);
    }

    /// The sessions in the roster without which nothing is missing. Not to be changed.
    RoaringBitmap shown() {
        return shown;
    }

    private boolean shows(int session) {
        return Entitlement.contains(shown, session);
    }

    boolean hasTerm(int klass) {
        for (int term : relations.classTerms(klass)) {
            if (shows(term)) {
                return true;
            }
        }
        return false;
    }

    void addTerms(int klass, RoaringBitmap into) {
        for (int term : relations.classTerms(klass)) {
            if (shows(term)) {
                into.add(term);
            }
        }
    }

    void addYear(int course, RoaringBitmap into) {
        int year = relations.courseSchoolYear(course);
        if (shows(year)) {
            into.add(year);
        }
    }

    /// The terms, what is above and below them, and the years.
    ///
    /// @param terms of the classes in view
    /// @param years of their courses
    RoaringBitmap sessions(RoaringBitmap terms, RoaringBitmap years) {
        RoaringBitmap sessions = RoaringBitmap.or(terms, years);
        terms.forEach((int term) -> addAncestors(term, sessions));
        addDescendants(terms, sessions);
        return sessions;
    }

    private void addAncestors(int session, RoaringBitmap into) {
        int at = relations.sessionParent(session);
        for (int steps = 0; shows(at) && steps < 64; steps++) {
            into.add(at);
            at = relations.sessionParent(at);
        }
    }

    private void addDescendants(RoaringBitmap terms, RoaringBitmap into) {
        relations.live(Entity.ACADEMIC_SESSION).forEach((int session) -> {
            int at = session;
            for (int steps = 0; shows(at) && steps < 64; steps++) {
                if (terms.contains(at)) {
                    into.add(session);
                    return;
                }
                at = relations.sessionParent(at);
            }
        });
    }
}
