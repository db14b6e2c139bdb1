package org.rosterkeep.rules;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.rosterkeep.roster.Entity;
import org.rosterkeep.roster.Field;

/// What a rule must give so that OneRoster files made from it are whole: a complete set of files holds whatever
/// its rows
/// point at (oneroster.md section 8.3). A JSON answer may point at what nobody fetches; a file may not.
final class PushCheck {
    private static final Map<Entity, Set<Entity>> NEEDS = new EnumMap<>(Map.of(
            Entity.ENROLLMENT, Set.of(Entity.CLASS, Entity.USER),
            Entity.CLASS, Set.of(Entity.COURSE, Entity.ORG, Entity.ACADEMIC_SESSION),
            Entity.COURSE, Set.of(Entity.ORG),
            Entity.USER, Set.of(Entity.ORG),
            Entity.DEMOGRAPHICS, Set.of(Entity.USER)));

    private PushCheck() {}

    static List<Problem> problems(Rule rule) {
        if (rule.push().filter(target -> target.way().zip()).isEmpty()) {
            return List.of();
        }
        List<Problem> problems = new ArrayList<>();
        Set<Entity> given = rule.entities();
        for (Entity entity : given) {
            Set<Entity> missing = new TreeSet<>(NEEDS.getOrDefault(entity, Set.of()));
            missing.removeAll(given);
            if (!missing.isEmpty()) {
                String names = missing.stream().map(Entity::one).collect(Collectors.joining(" and "));
                problems.add(new Problem(
                        "/fields/" + entity.one(),
                        "OneRoster files with " + entity.many() + " have to hold what these point at",
                        "give " + names + " too, or push as https-json"));
            }
        }
        if (given.contains(Entity.COURSE) && !rule.grants().containsKey(Field.COURSE_ORG)) {
            problems.add(new Problem(
                    "/fields/course",
                    "OneRoster files know no course without its organisation",
                    "add \"org\": \"as-is\", or push as https-json"));
        }
        if (rule.grants().containsKey(Field.USER_USER_PROFILES)) {
            problems.add(new Problem(
                    "/fields/user/userProfiles",
                    "OneRoster files have no profile without a login, and logins never leave",
                    "remove it, or push as https-json"));
        }
        return problems;
    }
}
