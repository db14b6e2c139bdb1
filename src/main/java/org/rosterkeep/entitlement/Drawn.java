package org.rosterkeep.entitlement;

import java.lang.ref.WeakReference;
import org.roaringbitmap.RoaringBitmap;
import org.rosterkeep.roster.Relations;
import org.rosterkeep.rules.Scope;

/// A view with what it was drawn from, so that the next can be drawn from it ([Redrawing]). Not to be changed.
///
/// @param of the roster's shape it was drawn of. Whether that shape is kept is not for this to say
/// @param missing users of the roster whom floors took
/// @param allowed classes that floors and the scope's list left
/// @param shown sessions that it could show
/// @param candidates classes that it could show, whoever is in them
/// @param terms of its classes, without what is above and below them
/// @param years of its courses
record Drawn(
        Scope scope,
        long batch,
        WeakReference<Relations> of,
        RoaringBitmap missing,
        RoaringBitmap allowed,
        RoaringBitmap shown,
        RoaringBitmap candidates,
        RoaringBitmap terms,
        RoaringBitmap years,
        Views views) {
    static Drawn of(Entitlement by, RoaringBitmap candidates, RoaringBitmap terms, RoaringBitmap years, Views views) {
        return new Drawn(
                by.scope(),
                by.relations().batch(),
                new WeakReference<>(by.relations()),
                by.missing(),
                by.classesAllowed(),
                by.calendar().shown(),
                candidates,
                terms,
                years,
                views);
    }
}
