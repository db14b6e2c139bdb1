package org.rosterkeep.appliance;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.roaringbitmap.RoaringBitmap;
import org.rosterkeep.entitlement.Edition;
import org.rosterkeep.entitlement.Editions;
import org.rosterkeep.roster.Entity;
import org.rosterkeep.roster.Field;
import org.rosterkeep.rules.Floors;
import org.rosterkeep.rules.Rule;

/// Whom the floors about single people keep out of a rule, cause by cause: what a preview counts.
///
/// @param floors those of the district
/// @param unhindered editions made without any floor: what the rule's scope would give if nothing stood against anybody
record Withholdings(Floors floors, Editions unhindered) {
    /// What one cause withholds of what the rule would give; who is in two causes is counted in both.
    ///
    /// @param fields by field the rule gives: of how many records its value is withheld
    record Kept(
            String floor, String words, int users, int orgs, int classes, int enrolments, Map<Field, Integer> fields) {
        boolean nothing() {
            return users + orgs + classes + enrolments == 0 && fields.isEmpty();
        }
    }

    /// Causes that withhold nothing the rule would give are left out.
    List<Kept> of(Rule rule, Instant now) {
        var scope = unhindered.preview(rule, now);
        return floors.causes(rule, scope.relations(), now).stream()
                .map(cause -> kept(rule, scope, cause))
                .filter(kept -> !kept.nothing())
                .toList();
    }

    private static Kept kept(Rule rule, Edition scope, Floors.Cause cause) {
        var withheld = cause.withheld();
        var fields = new TreeMap<Field, Integer>();
        withheld.fields().forEach((field, records) -> {
            int count = RoaringBitmap.andCardinality(records, scope.live(field.entity()));
            if (rule.grants().containsKey(field) && count > 0) {
                fields.put(field, count);
            }
        });
        return new Kept(
                cause.floor(),
                cause.words(),
                RoaringBitmap.andCardinality(withheld.users(), scope.live(Entity.USER)),
                RoaringBitmap.andCardinality(withheld.orgs(), scope.live(Entity.ORG)),
                RoaringBitmap.andCardinality(withheld.classes(), scope.live(Entity.CLASS)),
                enrolments(scope, withheld),
                fields);
    }

    /// They go with their user, their class and their school.
    private static int enrolments(Edition scope, Floors.Withheld withheld) {
        var relations = scope.relations();
        int count = 0;
        var all = scope.live(Entity.ENROLLMENT).getIntIterator();
        while (all.hasNext()) {
            int one = all.next();
            if (withheld.users().contains(relations.enrollmentUser(one))
                    || withheld.classes().contains(relations.enrollmentClass(one))
                    || withheld.orgs().contains(relations.enrollmentSchool(one))) {
                count++;
            }
        }
        return count;
    }

    static JsonArrayBuilder json(List<Kept> all) {
        var array = Json.createArrayBuilder();
        for (var one : all) {
            var fields = Json.createObjectBuilder();
            one.fields().forEach((field, count) -> fields.add(field.path(), count));
            array.add(Json.createObjectBuilder()
                    .add("floor", one.floor())
                    .add("what", one.words())
                    .add("users", one.users())
                    .add("orgs", one.orgs())
                    .add("classes", one.classes())
                    .add("enrollments", one.enrolments())
                    .add("fields", fields));
        }
        return array;
    }

    static List<String> lines(List<Kept> all) {
        var lines = new ArrayList<String>();
        if (!all.isEmpty()) {
            lines.add("Of what its scope would give, these are kept out:");
        }
        for (var one : all) {
            var parts = new ArrayList<String>();
            part(parts, one.users(), "users");
            part(parts, one.enrolments(), "enrolments");
            part(parts, one.classes(), "classes");
            part(parts, one.orgs(), "organisations");
            one.fields().forEach((field, count) -> parts.add(field.path() + " of " + count));
            lines.add("  " + (one.floor() + " " + one.words()).strip() + ": " + String.join(", ", parts));
        }
        return lines;
    }

    private static void part(List<String> parts, int count, String words) {
        if (count > 0) {
            parts.add(count + " " + words);
        }
    }
}
