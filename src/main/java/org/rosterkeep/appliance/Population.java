package org.rosterkeep.appliance;

import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.util.Set;

/// A rule's scope as its text has it. Absent grades and classes do not narrow it.
record Population(Set<String> orgs, boolean subOrgs, Set<String> roles, Set<String> grades, Set<String> classes) {
    Population {
        orgs = Set.copyOf(orgs);
        roles = Set.copyOf(roles);
        grades = Set.copyOf(grades);
        classes = Set.copyOf(classes);
    }

    /// @param scope that part of a rule's canonical text
    static Population of(JsonObject scope) {
        return new Population(
                words(scope, "orgs"),
                scope.getBoolean("subOrgs", false),
                words(scope, "roles"),
                words(scope, "grades"),
                words(scope, "classes"));
    }

    private static Set<String> words(JsonObject scope, String key) {
        return scope.get(key) instanceof JsonArray list
                ? Set.copyOf(list.getValuesAs(JsonString::getString))
                : Set.of();
    }
}
