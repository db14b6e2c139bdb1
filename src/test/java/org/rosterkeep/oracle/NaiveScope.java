package org.rosterkeep.oracle;

import static org.rosterkeep.oracle.NaiveRoster.list;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/// Which records are inside a rule's scope, by source id (privacy.md section 2, steps 7 and 8).
final class NaiveScope {
    private static final Set<String> ADMINISTRATORS =
            Set.of("districtAdministrator", "siteAdministrator", "systemAdministrator", "principal");

    private final NaiveRoster roster;
    private final NaiveRule rule;
    private final Map<String, Set<String>> inside = new HashMap<>();

    NaiveScope(NaiveRoster roster, NaiveRule rule) {
        this.roster = roster;
        this.rule = rule;
        for (String entity :
                new String[] {"org", "academicSession", "course", "class", "user", "enrollment", "demographics"}) {
            inside.put(entity, new HashSet<>());
        }
        orgs();
        classes();
        users();
        if (!rule.grades().isEmpty()) {
            Set<String> taught = new HashSet<>();
            roster.file("enrollments").values().forEach(e -> {
                if (e.get("role").equals("student")
                        && rule.roles().contains("student")
                        && graded(e.get("userSourcedId"))
                        && has("user", e.get("userSourcedId"))) {
                    taught.add(e.get("classSourcedId"));
                }
            });
            inside.get("class").retainAll(taught);
        }
        coursesAndSessions();
        enrollments();
        roster.file("demographics").keySet().stream()
                .filter(id -> has("user", id))
                .forEach(inside.get("demographics")::add);
    }

    boolean has(String entity, String id) {
        return inside.get(entity).contains(id);
    }

    Set<String> all(String entity) {
        return inside.get(entity);
    }

    /// Whether a role of a user's is one the rule speaks of, at a place it speaks of.
    boolean shows(Map<String, String> role) {
        return rule.roles().contains(role.get("role")) && has("org", role.get("orgSourcedId"));
    }

    private void orgs() {
        var orgs = roster.file("orgs");
        for (String id : orgs.keySet()) {
            boolean in = rule.orgs().contains(id);
            String up = orgs.get(id).get("parentSourcedId");
            for (int steps = 0; rule.subOrgs() && !in && orgs.containsKey(up) && steps < 50; steps++) {
                in = rule.orgs().contains(up);
                up = orgs.get(up).get("parentSourcedId");
            }
            if (in) {
                inside.get("org").add(id);
            }
        }
    }

    private void classes() {
        roster.file("classes").forEach((id, row) -> {
            boolean listed = rule.classes().isEmpty() || rule.classes().contains(id);
            boolean whole = roster.file("courses").containsKey(row.get("courseSourcedId"))
                    && list(row.get("termSourcedIds")).stream().anyMatch(roster.file("academicSessions")::containsKey);
            if (listed && whole && has("org", row.get("schoolSourcedId"))) {
                inside.get("class").add(id);
            }
        });
    }

    private void users() {
        Set<String> enrolled = new HashSet<>();
        roster.file("enrollments").values().forEach(e -> {
            if (agrees(e) && has("class", e.get("classSourcedId")) && has("org", e.get("schoolSourcedId"))) {
                enrolled.add(e.get("userSourcedId"));
            }
        });
        roster.file("users").forEach((id, row) -> {
            boolean graded = graded(id);
            boolean in = roster.rolesOf(id).stream()
                    .anyMatch(
                            role -> shows(role) && (graded || !role.get("role").equals("student")));
            if (in && (rule.classes().isEmpty() || enrolled.contains(id))) {
                inside.get("user").add(id);
            }
        });
    }

    private void coursesAndSessions() {
        var sessions = roster.file("academicSessions");
        Set<String> terms = new HashSet<>();
        for (String id : inside.get("class")) {
            Map<String, String> row = roster.file("classes").get(id);
            inside.get("course").add(row.get("courseSourcedId"));
            list(row.get("termSourcedIds")).stream()
                    .filter(sessions::containsKey)
                    .forEach(terms::add);
        }
        Set<String> in = inside.get("academicSession");
        for (String term : terms) {
            for (String at = term; sessions.containsKey(at) && in.add(at); ) {
                at = sessions.get(at).get("parentSourcedId");
            }
        }
        for (String id : sessions.keySet()) {
            String at = id;
            for (int steps = 0; sessions.containsKey(at) && steps < 50; steps++) {
                if (terms.contains(at)) {
                    in.add(id);
                }
                at = sessions.get(at).get("parentSourcedId");
            }
        }
        for (String id : inside.get("course")) {
            String year = roster.file("courses").get(id).get("schoolYearSourcedId");
            if (sessions.containsKey(year)) {
                in.add(year);
            }
        }
    }

    private void enrollments() {
        roster.file("enrollments").forEach((id, row) -> {
            if (agrees(row)
                    && has("user", row.get("userSourcedId"))
                    && has("class", row.get("classSourcedId"))
                    && has("org", row.get("schoolSourcedId"))) {
                inside.get("enrollment").add(id);
            }
        });
    }

    private boolean agrees(Map<String, String> enrollment) {
        String role = enrollment.get("role");
        if (role.equals("student") && !graded(enrollment.get("userSourcedId"))) {
            return false;
        }
        return rule.roles().contains(role)
                || role.equals("administrator") && rule.roles().stream().anyMatch(ADMINISTRATORS::contains);
    }

    /// Whether the user's role `student` counts.
    private boolean graded(String user) {
        Map<String, String> row = roster.file("users").getOrDefault(user, Map.of());
        return rule.grades().isEmpty()
                || list(row.getOrDefault("grades", "")).stream().anyMatch(rule.grades()::contains);
    }
}
