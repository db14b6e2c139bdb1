package org.rosterkeep.commands;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;

/// The files two people of a made-up district would have written: two vendors, what was signed with them, and a
/// rule for
/// each. The rules differ in school, in fields, and in what is done to them.
public final class TrialDocuments {
    private static final List<String> CLAUSES = List.of(
            "data_ownership",
            "purpose_limit",
            "element_schedule",
            "no_sale",
            "no_targeted_ads",
            "security",
            "breach_notice",
            "disposal",
            "direct_control",
            "no_redisclosure");
    private static final List<String> SCHEDULE = List.of(
            "account.enabled",
            "enrol.grade",
            "id.username",
            "name.family",
            "name.given",
            "org.membership",
            "org.record",
            "role.role",
            "sched.class",
            "sched.course",
            "sched.enrolment",
            "sched.session");
    private static final Map<String, List<String>> TIMETABLE = Map.of(
            "org", List.of("name", "type", "identifier"),
            "academicSession", List.of("title", "startDate", "endDate", "type", "schoolYear", "parent"),
            "course", List.of("title", "courseCode", "schoolYear", "org"),
            "class", List.of("title", "classCode", "classType", "course", "school", "terms", "grades", "subjects"),
            "enrollment", List.of("user", "class", "school", "role", "primary"));

    private TrialDocuments() {}

    /// The country of the district whose profile ships as an example; the trial is under the same law.
    static String country() {
        return RuleFiles.example("district").json().getString("country");
    }

    static String regime() {
        return RuleFiles.example("district").json().getJsonArray("packs").getString(0);
    }

    /// Everything about one vendor.
    ///
    /// @param name for people
    public record Sharing(
            String name, String rule, String client, String vendorFile, String agreementFile, String ruleFile) {}

    /// What `district make` needs for a trial.
    public static Common.Args district(String name) {
        return new Common.Args()
                .with("name", name)
                .with("keyFile", true)
                .with("legalName", "Made-up Demonstration District")
                .with("country", country())
                .with("regimes", List.of(regime()));
    }

    /// A reading app for the largest school, and a library for all of a small district or the two largest schools of
    /// another.
    ///
    /// @param schools largest first; at least one
    public static List<Sharing> sharings(List<Schools.School> schools, boolean all, Instant now) {
        var ids = schools.stream().map(Schools.School::sourcedId).toList();
        return List.of(
                reading(ids.subList(0, 1), now), library(all ? ids : ids.subList(0, Math.min(2, ids.size())), now));
    }

    private static Sharing reading(List<String> schools, Instant now) {
        var person = as("givenName", "enabledUser", "roles", "grades").add("familyName", "initial");
        var rule = rule("reading-names", "reading-app", now)
                .add(
                        "purpose",
                        purpose(
                                "instruction_content",
                                "Pupils of one school practise reading, and their teachers see how they get on."))
                .add("scope", scope(schools))
                .add("fields", fields(person))
                .add(
                        "justifications",
                        Json.createObjectBuilder()
                                .add(
                                        "sched.class",
                                        "Teachers assign a book to a whole class, so the app has to know the"
                                                + " classes."));
        return sharing("Reading Rocket", "reading-names", "reading-app", rule, now);
    }

    private static Sharing library(List<String> schools, Instant now) {
        var person = as("enabledUser", "roles", "grades").add("username", "pseudonym");
        var rule = rule("library-nameless", "library", now)
                .add(
                        "purpose",
                        purpose(
                                "library",
                                "Books are lent to pupils and teachers of all schools by card, without names."))
                .add("scope", scope(schools))
                .add("fields", fields(person))
                .add(
                        "justifications",
                        Json.createObjectBuilder()
                                .add(
                                        "id.username",
                                        "The card number has to be unique; it is a pseudonym, not the real name.")
                                .add(
                                        "sched.class",
                                        "Sets of books are lent to a class as a whole, so classes must be known."));
        return sharing("Library Lane", "library-nameless", "library", rule, now);
    }

    private static Sharing sharing(String name, String rule, String client, JsonObjectBuilder ruleFile, Instant now) {
        return new Sharing(
                name,
                rule,
                client,
                vendor(client, name, now).toString(),
                agreement(client, now).toString(),
                ruleFile.build().toString());
    }

    private static JsonObject vendor(String id, String name, Instant now) {
        return Json.createObjectBuilder()
                .add("id", id)
                .add("name", name)
                .add("countries", list(List.of(country())))
                .add("subProcessors", Json.createArrayBuilder())
                .add("securityContact", "security@" + id + ".example.org")
                .add(
                        "terms",
                        Json.createObjectBuilder()
                                .add("version", 1)
                                .add("by", name + " (made up)")
                                .add("on", day(now, -1).toString()))
                .build();
    }

    private static JsonObject agreement(String vendor, Instant now) {
        return Json.createObjectBuilder()
                .add("id", vendor + "-agreement")
                .add("vendor", vendor)
                .add("type", "LOCAL")
                .add("signed", day(now, -1).toString())
                .add("starts", day(now, -1).toString())
                .add("ends", day(now, 365).toString())
                .add("clauses", list(CLAUSES))
                .add("schedule", list(SCHEDULE))
                .add(
                        "document",
                        Json.createObjectBuilder()
                                .add("name", vendor + "-agreement.pdf (made up)")
                                .add("sha256", "0".repeat(64)))
                .add("breachNoticeHours", 48)
                .add("disposalDays", 30)
                .build();
    }

    private static JsonObjectBuilder rule(String id, String vendor, Instant now) {
        return Json.createObjectBuilder()
                .add("id", id)
                .add("vendor", vendor)
                .add("client", vendor)
                .add("agreement", vendor + "-agreement")
                .add("basis", Json.createObjectBuilder().add(regime(), "school_official"))
                .add(
                        "evidence",
                        Json.createObjectBuilder()
                                .add("annual_notice", "The notice of this school year names this kind of vendor.")
                                .add("institutional_function", "The district would otherwise do this work itself."))
                .add("ids", "pseudonym")
                .add("destination", Json.createObjectBuilder().add("country", country()))
                .add("from", day(now, 0).toString())
                .add("until", day(now, 364).toString());
    }

    private static JsonObjectBuilder purpose(String code, String sentence) {
        return Json.createObjectBuilder().add("code", code).add("sentence", sentence);
    }

    private static JsonObjectBuilder scope(List<String> schools) {
        return Json.createObjectBuilder()
                .add("orgs", list(schools))
                .add("subOrgs", false)
                .add("roles", list(List.of("student", "teacher")));
    }

    private static JsonObjectBuilder fields(JsonObjectBuilder person) {
        var fields = Json.createObjectBuilder().add("user", person);
        TIMETABLE.forEach((entity, names) -> fields.add(entity, as(names.toArray(String[]::new))));
        return fields;
    }

    private static JsonObjectBuilder as(String... names) {
        var fields = Json.createObjectBuilder();
        for (var name : names) {
            fields.add(name, "as-is");
        }
        return fields;
    }

    private static JsonArrayBuilder list(List<String> texts) {
        return Json.createArrayBuilder(texts);
    }

    private static Instant day(Instant now, int days) {
        return now.truncatedTo(ChronoUnit.DAYS).plus(days, ChronoUnit.DAYS);
    }
}
