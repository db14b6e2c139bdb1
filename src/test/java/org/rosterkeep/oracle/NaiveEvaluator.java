package org.rosterkeep.oracle;

import static org.rosterkeep.oracle.NaiveRoster.list;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.rosterkeep.oracle.Told.Own;
import org.rosterkeep.oracle.Told.Ref;

/// What a vendor's client must receive in the form of OneRoster 1.2: every record, every field, every treated value.
final class NaiveEvaluator {
    private static final Set<String> GUARDIANS = Set.of("parent", "guardian", "relative");

    private final NaiveRoster roster;
    private final NaiveRule rule;
    private final NaiveScope scope;
    private final Set<String> kept;

    /// @param kept the data elements the district keeps
    NaiveEvaluator(NaiveRoster roster, NaiveRule rule, Set<String> kept) {
        this.roster = roster;
        this.rule = rule;
        this.scope = new NaiveScope(roster, rule);
        this.kept = kept;
    }

    NaiveScope scope() {
        return scope;
    }

    /// By collection: `orgs`, `schools`, ... to `demographics`; a collection the rule does not give is absent.
    Map<String, List<Told>> all() {
        Map<String, List<Told>> all = new LinkedHashMap<>();
        add(all, "org", "orgs", "orgs", this::org);
        add(all, "academicSession", "academicSessions", "academicSessions", this::session);
        add(all, "course", "courses", "courses", this::course);
        add(all, "class", "classes", "classes", this::klass);
        add(all, "user", "users", "users", this::user);
        add(all, "enrollment", "enrollments", "enrollments", this::enrollment);
        add(all, "demographics", "demographics", "demographics", this::demographics);
        slice(all, "schools", "orgs", id -> cell("orgs", id, "type").equals("school"));
        slice(
                all,
                "terms",
                "academicSessions",
                id -> cell("academicSessions", id, "type").equals("term"));
        slice(
                all,
                "gradingPeriods",
                "academicSessions",
                id -> cell("academicSessions", id, "type").equals("gradingPeriod"));
        slice(all, "students", "users", id -> plays(id, "student"));
        slice(all, "teachers", "users", id -> plays(id, "teacher"));
        return all;
    }

    private boolean plays(String user, String word) {
        return roster.rolesOf(user).stream()
                .anyMatch(role -> scope.shows(role) && role.get("role").equals(word));
    }

    private String cell(String file, String id, String column) {
        return roster.file(file).get(id).getOrDefault(column, "");
    }

    private void add(
            Map<String, List<Told>> all, String entity, String collection, String file, Function<Fields, Fields> form) {
        if (rule.gives(entity)) {
            all.put(
                    collection,
                    scope.all(entity).stream()
                            .map(id -> new Told(
                                    entity,
                                    id,
                                    form.apply(new Fields(
                                                    entity,
                                                    id,
                                                    roster.file(file).get(id)))
                                            .values))
                            .toList());
        }
    }

    private static void slice(Map<String, List<Told>> all, String slice, String of, Function<String, Boolean> inside) {
        if (all.containsKey(of)) {
            all.put(
                    slice,
                    all.get(of).stream().filter(told -> inside.apply(told.id())).toList());
        }
    }

    private Fields org(Fields f) {
        return f.demanded("name", "Withheld")
                .text("type")
                .alias("identifier")
                .ref("parent", "org", "parentSourcedId")
                .children("orgs");
    }

    private Fields session(Fields f) {
        return f.demanded("title", "Withheld")
                .text("startDate")
                .text("endDate")
                .text("type")
                .ref("parent", "academicSession", "parentSourcedId")
                .children("academicSessions")
                .text("schoolYear");
    }

    private Fields course(Fields f) {
        return f.demanded("title", "Withheld")
                .ref("schoolYear", "academicSession", "schoolYearSourcedId")
                .alias("courseCode")
                .texts("grades")
                .texts("subjects")
                .ref("org", "org", "orgSourcedId")
                .texts("subjectCodes");
    }

    private Fields klass(Fields f) {
        return f.demanded("title", "Withheld")
                .text("classCode")
                .text("classType")
                .text("location")
                .texts("grades")
                .texts("subjects")
                .ref("course", "course", "courseSourcedId")
                .ref("school", "org", "schoolSourcedId")
                .refs("terms", "academicSession", "termSourcedIds")
                .texts("subjectCodes")
                .texts("periods");
    }

    private Fields enrollment(Fields f) {
        return f.ref("user", "user", "userSourcedId")
                .ref("class", "class", "classSourcedId")
                .ref("school", "org", "schoolSourcedId")
                .text("role")
                .text("primary")
                .text("beginDate")
                .text("endDate");
    }

    private Fields user(Fields f) {
        boolean guardian = roster.rolesOf(f.id).stream().anyMatch(role -> GUARDIANS.contains(role.get("role")));
        String given = guardian ? "guardian.name" : "name.given";
        String family = guardian ? "guardian.name" : "name.family";
        f.kept("id.state").text("userMasterIdentifier");
        f.kept("id.username").text("username");
        f.kept("account.enabled").demanded("enabledUser", "true");
        f.kept(given).preferable("givenName", "preferredGivenName");
        f.kept(family).preferable("familyName", "preferredFamilyName");
        f.kept(guardian ? "guardian.name" : "name.middle").text("middleName");
        f.kept("name.preferred")
                .text("preferredFirstName", "preferredGivenName")
                .text("preferredMiddleName")
                .text("preferredLastName", "preferredFamilyName");
        f.kept("name.pronouns").text("pronouns");
        f.kept("role.role").roles();
        f.kept("org.membership").ref("primaryOrg", "org", "primaryOrgSourcedId");
        f.kept("id.local").text("identifier");
        f.kept(guardian ? "guardian.email" : "contact.email").text("email");
        f.kept("guardian.link").refs("agents", "user", "agentSourcedIds");
        return f.kept("enrol.grade").texts("grades");
    }

    private Fields demographics(Fields f) {
        f.kept("demo.birthdate").text("birthDate");
        f.kept("demo.sex").text("sex");
        f.kept("demo.race");
        for (String flag : List.of(
                "americanIndianOrAlaskaNative",
                "asian",
                "blackOrAfricanAmerican",
                "nativeHawaiianOrOtherPacificIslander",
                "white",
                "demographicRaceTwoOrMoreRaces",
                "hispanicOrLatinoEthnicity")) {
            f.text(flag);
        }
        f.kept("demo.birthplace")
                .text("countryOfBirthCode")
                .text("stateOfBirthAbbreviation")
                .text("cityOfBirth");
        return f.kept("demo.residence").text("publicSchoolResidenceStatus");
    }

    /// One record under construction.
    private final class Fields {
        private final String entity;
        private final String id;
        private final Map<String, String> row;
        private final Map<String, Object> values = new HashMap<>();
        private boolean keeping = true;

        Fields(String entity, String id, Map<String, String> row) {
            this.entity = entity;
            this.id = id;
            this.row = row;
        }

        /// What follows belongs to this data element.
        Fields kept(String element) {
            keeping = kept.contains(element);
            return this;
        }

        Fields text(String name) {
            return text(name, name);
        }

        Fields text(String name, String column) {
            String treatment = treatment(name);
            String value = keeping ? row.getOrDefault(column, "") : "";
            if (!treatment.isEmpty() && !value.isEmpty()) {
                values.put(name, treated(value, treatment));
            }
            return this;
        }

        /// A field the schema demands, with a stand-in when there is nothing to give.
        Fields demanded(String name, String standIn) {
            text(name);
            values.putIfAbsent(name, standIn);
            return this;
        }

        /// A field the schema demands, with the record's own id when there is nothing to give.
        Fields alias(String name) {
            text(name);
            values.putIfAbsent(name, Own.ID);
            return this;
        }

        Fields preferable(String name, String preferredColumn) {
            String preferred = kept.contains("name.preferred") ? row.getOrDefault(preferredColumn, "") : "";
            if (treatment(name).equals("preferred") && !preferred.isEmpty()) {
                values.put(name, preferred);
            }
            if (!values.containsKey(name)) {
                demanded(name, "Withheld");
            }
            return this;
        }

        Fields texts(String name) {
            List<String> texts = keeping ? list(row.getOrDefault(name, "")) : List.of();
            if (!treatment(name).isEmpty() && !texts.isEmpty()) {
                values.put(name, texts);
            }
            return this;
        }

        Fields ref(String name, String target, String column) {
            String to = row.getOrDefault(column, "");
            if (keeping && !treatment(name).isEmpty() && scope.has(target, to)) {
                values.put(name, new Ref(target, to));
            }
            return this;
        }

        Fields refs(String name, String target, String column) {
            List<Ref> refs = list(row.getOrDefault(column, "")).stream()
                    .filter(to -> scope.has(target, to))
                    .map(to -> new Ref(target, to))
                    .toList();
            if (keeping && !treatment(name).isEmpty() && !refs.isEmpty()) {
                values.put(name, refs);
            }
            return this;
        }

        Fields children(String file) {
            List<Ref> children = roster.file(file).entrySet().stream()
                    .filter(e -> id.equals(e.getValue().get("parentSourcedId")) && scope.has(entity, e.getKey()))
                    .map(e -> new Ref(entity, e.getKey()))
                    .toList();
            if (!treatment("children").isEmpty() && !children.isEmpty()) {
                values.put("children", children);
            }
            return this;
        }

        /// The roles inside the scope; exactly one of each organisation's is the primary one: the first that
        /// says so, or
        /// the first.
        Fields roles() {
            List<Map<String, String>> shown =
                    roster.rolesOf(id).stream().filter(scope::shows).toList();
            Map<String, Map<String, String>> primaries = shown.stream()
                    .collect(Collectors.toMap(
                            role -> role.get("orgSourcedId"),
                            role -> role,
                            (a, b) -> !a.get("roleType").equals("primary")
                                            && b.get("roleType").equals("primary")
                                    ? b
                                    : a));
            Set<Object> told = new HashSet<>();
            List<Object> roles = new ArrayList<>();
            for (Map<String, String> role : shown) {
                Map<String, Object> one = new HashMap<>();
                String org = role.get("orgSourcedId");
                one.put("roleType", primaries.get(org) == role ? "primary" : "secondary");
                one.put("role", role.get("role"));
                one.put("org", new Ref("org", org));
                if (told.add(role)) {
                    roles.add(one);
                }
            }
            if (!treatment("roles").isEmpty()) {
                values.put("roles", roles);
            }
            return this;
        }

        private String treatment(String name) {
            return rule.fields().getOrDefault(entity, Map.of()).getOrDefault(name, "");
        }

        private Object treated(String value, String treatment) {
            return switch (treatment) {
                case "as-is", "preferred" -> value;
                case "initial" -> value.substring(0, value.offsetByCodePoints(0, 1)) + ".";
                case "pseudonym" -> Own.ID;
                case "coarse" -> value.substring(0, 4);
                default -> treatment.substring(1);
            };
        }
    }
}
