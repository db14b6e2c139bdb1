package org.rosterkeep.vendors;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.rosterkeep.access.OAuthScope;
import org.rosterkeep.disclosure.Collection;

/// One of the 41 rostering paths, which 1.1 and 1.2 share (OneRoster section 6.1).
///
/// @param pattern as the ledger and the discovery document name it, `/schools/{id}/classes`
/// @param parents the collections of the nested path, outermost first
/// @param single whether it names one record of the collection
/// @param scopes a token with one of these may use it
public record Route(
        String pattern, List<Collection> parents, Collection collection, boolean single, Set<OAuthScope> scopes) {
    public Route {
        parents = List.copyOf(parents);
        scopes = Set.copyOf(scopes);
    }

    /// How many ids the path carries.
    int ids() {
        return parents.size() + (single ? 1 : 0);
    }

    /// The scopes in the order of the enum, for texts that must not change.
    List<OAuthScope> scopesInOrder() {
        return scopes.stream().sorted(Comparator.naturalOrder()).toList();
    }

    /// All of them, in the order of the standard's table.
    public static List<Route> all() {
        List<Route> routes = new ArrayList<>();
        for (Collection collection : PLAIN) {
            Set<OAuthScope> scopes = collection == Collection.DEMOGRAPHICS
                    ? Set.of(OAuthScope.ROSTER_DEMOGRAPHICS)
                    : Set.of(OAuthScope.ROSTER_CORE, OAuthScope.ROSTER);
            routes.add(new Route("/" + collection.segment(), List.of(), collection, false, scopes));
            routes.add(new Route("/" + collection.segment() + "/{id}", List.of(), collection, true, scopes));
        }
        for (String pattern : NESTED) {
            routes.add(nested(pattern));
        }
        return List.copyOf(routes);
    }

    private static Route nested(String pattern) {
        String[] segments = pattern.substring(1).split("/");
        List<Collection> parents = new ArrayList<>();
        for (int i = 0; i + 1 < segments.length; i += 2) {
            parents.add(collection(segments[i]));
        }
        return new Route(pattern, parents, collection(segments[segments.length - 1]), false, Set.of(OAuthScope.ROSTER));
    }

    private static Collection collection(String segment) {
        for (Collection collection : Collection.values()) {
            if (collection.segment().equals(segment)) {
                return collection;
            }
        }
        throw new IllegalArgumentException("no collection is called that");
    }

    private static final List<Collection> PLAIN = List.of(
            Collection.ACADEMIC_SESSIONS,
            Collection.TERMS,
            Collection.GRADING_PERIODS,
            Collection.ORGS,
            Collection.SCHOOLS,
            Collection.COURSES,
            Collection.CLASSES,
            Collection.ENROLLMENTS,
            Collection.USERS,
            Collection.STUDENTS,
            Collection.TEACHERS,
            Collection.DEMOGRAPHICS);

    private static final List<String> NESTED = List.of(
            "/schools/{id}/classes",
            "/courses/{id}/classes",
            "/terms/{id}/classes",
            "/students/{id}/classes",
            "/teachers/{id}/classes",
            "/users/{id}/classes",
            "/schools/{id}/courses",
            "/schools/{id}/enrollments",
            "/schools/{id}/classes/{cid}/enrollments",
            "/schools/{id}/students",
            "/schools/{id}/teachers",
            "/classes/{id}/students",
            "/classes/{id}/teachers",
            "/schools/{id}/classes/{cid}/students",
            "/schools/{id}/classes/{cid}/teachers",
            "/schools/{id}/terms",
            "/terms/{id}/gradingPeriods");
}
