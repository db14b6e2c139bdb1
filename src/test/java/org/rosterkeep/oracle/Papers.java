package org.rosterkeep.oracle;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.rosterkeep.fixture.Rules;
import org.rosterkeep.roster.Catalogue;
import org.rosterkeep.roster.Field;
import org.rosterkeep.rules.Charter;
import org.rosterkeep.rules.Treatment;

/// The files a district and one vendor would have written, so that a made-up rule can really be put in force.
public final class Papers {
    public static final String DISTRICT = """
        {"legalName": "Made-up District", "kind": "public-authority", "country": "US", "regimes": ["US-FERPA"],
         "localised": false}\
        """;
    public static final String VENDOR = """
        {"id": "a-vendor", "name": "A vendor (made up)", "countries": ["US"], "subProcessors": [],
         "securityContact": "security@vendor.example",
         "terms": {"version": 1, "by": "somebody (made up)", "on": "2026-06-15"}}\
        """;

    private static final Catalogue CATALOGUE = Catalogue.shipped();

    private Papers() {}

    /// An agreement that schedules every element any rule may give.
    public static String agreement() {
        return Json.createObjectBuilder()
                .add("id", "an-agreement")
                .add("vendor", "a-vendor")
                .add("type", "LOCAL")
                .add("signed", "2026-06-15")
                .add("starts", "2026-07-01")
                .add("ends", "2027-07-31")
                .add("clauses", list(Charter.shipped().clauses()))
                .add("schedule", list(grantable()))
                .add(
                        "document",
                        Json.createObjectBuilder().add("name", "made-up.pdf").add("sha256", "0".repeat(64)))
                .add("breachNoticeHours", 48)
                .add("disposalDays", 30)
                .build()
                .toString();
    }

    /// Every element a rule may give.
    public static Collection<String> grantable() {
        TreeSet<String> ids = new TreeSet<>();
        for (Catalogue.Element element : CATALOGUE.elements()) {
            if (element.forward() == Catalogue.Forward.RULE
                    && element.sensitivity().compareTo(Catalogue.Sensitivity.CREDENTIAL) < 0) {
                ids.add(element.id());
            }
        }
        return ids;
    }

    /// The rule as a file.
    public static String rule(Rules rules) {
        return rule(rules, "school_official");
    }

    /// The same on another basis.
    static String rule(Rules rules, String basis) {
        var rule = rules.rule();
        JsonObjectBuilder file = Json.createObjectBuilder()
                .add("id", rules.id())
                .add("vendor", "a-vendor")
                .add("client", rules.id())
                .add("agreement", "an-agreement")
                .add(
                        "purpose",
                        Json.createObjectBuilder()
                                .add("code", rules.purpose())
                                .add("sentence", "A made-up purpose, so that a test has something to read."))
                .add("basis", Json.createObjectBuilder().add("US-FERPA", basis))
                .add(
                        "evidence",
                        Json.createObjectBuilder()
                                .add("annual_notice", "a made-up notice")
                                .add("institutional_function", "a made-up function")
                                .add("delete_by", "60 days after the school year"))
                .add("scope", scope(rules))
                .add("fields", fields(rules))
                .add("ids", rules.passThroughIds() ? "pass-through" : "pseudonym")
                .add("destination", Json.createObjectBuilder().add("country", "US"))
                .add("from", "2026-09-01")
                .add("until", "2027-06-30");
        TreeSet<String> elements = new TreeSet<>();
        rule.grants().forEach((field, treatment) -> {
            elements.addAll(Charter.shipped().elements(field, rule.scope()));
            if (treatment instanceof Treatment.Preferred) {
                elements.addAll(Charter.shipped().elements(Treatment.Preferred.source(field), rule.scope()));
            }
        });
        if (rules.passThroughIds()) {
            elements.add(Charter.shipped().passThroughElement());
        }
        JsonObjectBuilder reasons = Json.createObjectBuilder();
        boolean special = false;
        for (String id : elements) {
            Catalogue.Sensitivity sensitivity = CATALOGUE.find(id).orElseThrow().sensitivity();
            special |= sensitivity == Catalogue.Sensitivity.SPECIAL;
            if (sensitivity != Catalogue.Sensitivity.NO) {
                reasons.add(id, "A made-up reason, long enough to be one.");
            }
        }
        if (special) {
            file.add(
                    "special",
                    Json.createObjectBuilder().add("condition", "made up").add("assessment", "made up, 2026-08-01"));
        }
        return file.add("justifications", reasons).build().toString();
    }

    private static JsonObjectBuilder scope(Rules rules) {
        JsonObjectBuilder scope = Json.createObjectBuilder()
                .add("orgs", list(rules.orgs()))
                .add("subOrgs", rules.subOrgs())
                .add("roles", list(rules.roles()));
        if (!rules.grades().isEmpty()) {
            scope.add("grades", list(rules.grades()));
        }
        if (!rules.classes().isEmpty()) {
            scope.add("classes", list(rules.classes()));
        }
        return scope;
    }

    private static JsonObjectBuilder fields(Rules rules) {
        Map<String, JsonObjectBuilder> entities = new TreeMap<>();
        for (Map.Entry<Field, Treatment> grant : rules.grants().entrySet()) {
            entities.computeIfAbsent(grant.getKey().entity().one(), _ -> Json.createObjectBuilder())
                    .add(grant.getKey().wire(), treatment(grant.getValue()));
        }
        JsonObjectBuilder fields = Json.createObjectBuilder();
        entities.forEach(fields::add);
        return fields;
    }

    /// As a rule file writes it.
    static JsonValue treatment(Treatment treatment) {
        return switch (treatment) {
            case Treatment.AsIs() -> Json.createValue("as-is");
            case Treatment.Initial() -> Json.createValue("initial");
            case Treatment.Pseudonym() -> Json.createValue("pseudonym");
            case Treatment.Coarse() -> Json.createValue("coarse");
            case Treatment.Preferred() -> Json.createValue("preferred");
            case Treatment.Constant(String text) ->
                Json.createObjectBuilder().add("constant", text).build();
        };
    }

    private static JsonArrayBuilder list(Collection<String> texts) {
        return Json.createArrayBuilder(new TreeSet<>(texts));
    }
}
