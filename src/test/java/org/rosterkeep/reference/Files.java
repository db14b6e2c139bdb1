package org.rosterkeep.reference;

import jakarta.json.Json;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.rosterkeep.reference.Model.*;
import org.rosterkeep.roster.Field;
import org.rosterkeep.rules.Charter;

/// The files the people of a world would have written.
final class Files {
    static final String RULE = "the-rule";
    private static final String AGREEMENT = "agreement";
    /// The words of evidence the text asks for, as the packs call them.
    private static final Map<String, String> WORDS = Map.of(
            "annual_notice", "annual_notice_with_criteria",
            "institutional_function", "institutional_function",
            "written_agreement", "written_agreement");
    private final Charter charter;

    Files(Charter charter) {
        this.charter = charter;
    }

    static String pack(String regime) {
        return switch (regime) {
            case "DE" -> "EU";
            case "GB" -> "UK";
            default -> regime;
        };
    }

    static byte[] bytes(Map<String, ?> json) {
        return Json.createObjectBuilder(json).build().toString().getBytes(StandardCharsets.UTF_8);
    }

    static byte[] vendor(Set<String> storage, Set<String> remote, Set<String> further, boolean essential) {
        return bytes(Map.of(
                "id",
                "vendor",
                "name",
                "A vendor (made up)",
                "countries",
                new TreeSet<>(storage),
                "remoteAccess",
                new TreeSet<>(remote),
                "subProcessors",
                further.stream()
                        .sorted()
                        .map(c -> Map.of("name", "Hosting in " + c, "country", c, "purpose", "runs the servers"))
                        .toList(),
                "securityContact",
                "security@vendor.example",
                "terms",
                Map.of("version", 1, "by", "somebody", "on", "2026-01-01"),
                "essential",
                essential));
    }

    /// @param ends a day far enough for every rule; an agreement that ends is ended by its verb
    byte[] agreement(Agreement of, Instant ends, boolean complete) {
        var clauses = new TreeSet<>(charter.clauses());
        if (!complete) {
            clauses.remove("no_sale");
        }
        var json = new HashMap<String, Object>(Map.of(
                "id",
                AGREEMENT,
                "vendor",
                "vendor",
                "type",
                "LOCAL",
                "starts",
                of.starts().toString(),
                "ends",
                ends.toString(),
                "clauses",
                clauses,
                "schedule",
                new TreeSet<>(of.schedule()),
                "document",
                Map.of("name", "made-up.pdf", "sha256", "0".repeat(64)),
                "breachNoticeHours",
                48,
                "disposalDays",
                30));
        of.signed().ifPresent(at -> json.put("signed", at.toString()));
        return bytes(json);
    }

    byte[] rule(Case made) {
        var rule = made.rule();
        var json = new TreeMap<String, Object>();
        json.put("id", RULE);
        json.put("vendor", rule.vendor());
        json.put("client", "client");
        json.put("agreement", AGREEMENT);
        json.put(
                "purpose",
                Map.of("code", rule.purpose(), "sentence", "A made-up purpose, so that somebody can read it."));
        var basis = new TreeMap<String, Object>();
        rule.bases().forEach((regime, kind) -> basis.put(pack(regime), word(kind)));
        json.put("basis", basis);
        json.put("evidence", evidence(made));
        json.put("scope", scope(rule.scope()));
        json.put("fields", fields(rule.granted()));
        json.put("justifications", justifications(made));
        json.put("destination", destination(rule.transfer()));
        json.put("from", rule.life().from().toString());
        json.put("until", rule.life().until().toString());
        json.put("ceiling", Map.of("personsPerDay", rule.personsPerDay()));
        if (rule.special().condition() && rule.special().impactAssessment()) {
            json.put("special", Map.of("condition", "made up", "assessment", "made up, 2026-08-01"));
        }
        json.put("assessment", Map.of("reference", "assessment 1", "made", "2026-01-01", "consultation", "not-needed"));
        return bytes(json);
    }

    static String word(Kind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }

    private Map<String, String> evidence(Case made) {
        var rule = made.rule();
        var evidence = new TreeMap<String, String>();
        rule.bases().forEach((regime, kind) -> {
            var needed = made.world().law().words().getOrDefault(kind, Set.of());
            charter.regime(pack(regime))
                    .map(r -> r.bases().get(word(kind)))
                    .ifPresent(b -> b.evidence().forEach(word -> {
                        var said = WORDS.getOrDefault(word, word);
                        if (!needed.contains(said) || rule.stated().contains(said)) {
                            evidence.put(word, "stated (made up)");
                        }
                    }));
        });
        if (rule.threatStated()) {
            evidence.put("threat", "a made-up threat");
        }
        rule.transfer().evidence().forEach((word, at) -> evidence.put(word, day(at) + " seen (made up)"));
        return evidence;
    }

    private static LocalDate day(Instant at) {
        return LocalDate.ofInstant(at, ZoneOffset.UTC);
    }

    private static Map<String, Object> scope(Scope of) {
        var scope = new TreeMap<String, Object>(
                Map.of("orgs", new TreeSet<>(of.orgs()), "subOrgs", of.subOrgs(), "roles", new TreeSet<>(of.roles())));
        if (!of.grades().isEmpty()) {
            scope.put("grades", new TreeSet<>(of.grades()));
        }
        return scope;
    }

    private static Map<String, Object> destination(Transfer of) {
        var destination = new TreeMap<String, Object>();
        of.destination().ifPresent(c -> destination.put("country", c));
        of.safeguard()
                .flatMap(s -> s.assessed().map(at -> safeguard(s, at)))
                .ifPresent(s -> destination.put("safeguard", s));
        return destination;
    }

    /// Without an assessment there is nothing to write: a safeguard's form asks for it.
    private static Map<String, Object> safeguard(Safeguard of, Instant assessed) {
        return Map.of(
                "instrument",
                "standard_clauses",
                "signed",
                day(of.signed()).toString(),
                "module",
                "controller to processor",
                "assessment",
                "assessment 3",
                "assessed",
                day(assessed).toString(),
                "measures",
                "encryption under a key of the district's",
                "special",
                new TreeSet<>(of.named()));
    }

    /// The fields that carry these elements.
    static Map<String, Object> fields(Set<String> elements) {
        var fields = new TreeMap<String, Object>();
        if (elements.contains("org.record")) {
            fields.put("org", Map.of("name", "as-is", "type", "as-is"));
        }
        var of = new TreeMap<String, Map<String, Object>>();
        for (var field : carrying(elements)) {
            of.computeIfAbsent(field.entity().one(), _ -> new TreeMap<>()).put(field.wire(), "as-is");
        }
        fields.putAll(of);
        return fields;
    }

    /// A person's fields that belong to any of these elements.
    static List<Field> carrying(Set<String> elements) {
        var fields = new ArrayList<Field>();
        for (var field : Field.given().values()) {
            var personal = switch (field.entity()) {
                case USER, DEMOGRAPHICS -> true;
                case ORG, ACADEMIC_SESSION, COURSE, CLASS, ENROLLMENT -> false;
            };
            var inRoles = field == Field.USER_ROLES && elements.contains("org.membership");
            if (personal && (elements.contains(field.element()) || inRoles)) {
                fields.add(field);
            }
        }
        return fields;
    }

    private static Map<String, String> justifications(Case made) {
        var reasons = new TreeMap<String, String>();
        for (var id : made.rule().granted()) {
            // What the catalogue does not have any more needed a reason when the rule was drafted.
            var delicate = Optional.ofNullable(made.world().catalogue().get(id))
                    .map(e -> e.sensitive() == Sensitive.ELEVATED || e.sensitive() == Sensitive.SPECIAL)
                    .orElse(true);
            var carried = !carrying(Set.of(id)).isEmpty();
            if (delicate && carried) {
                reasons.put(id, "A made-up reason, long enough to be one.");
            }
        }
        return reasons;
    }

    /// The list of adequate countries.
    static Map<String, Object> adequacy(Law law, int version) {
        var entries = law.adequacy().stream()
                .map(a -> {
                    var entry = new TreeMap<String, Object>(Map.of(
                            "exporter", a.exporter(),
                            "country", a.country(),
                            "since", day(a.since()).toString(),
                            "evidence", new TreeSet<>(a.evidence()),
                            "enabled", a.enabled(),
                            "source", "made up"));
                    a.until().ifPresent(at -> entry.put("until", day(at).toString()));
                    return entry;
                })
                .toList();
        var areas = new TreeMap<String, Object>();
        law.areas().forEach((name, countries) -> areas.put(name, new TreeSet<>(countries)));
        return Map.of(
                "version",
                version,
                "areas",
                areas,
                "defaults",
                Map.of("evidence_max_age_days", law.evidenceAge().toDays()),
                "entries",
                entries);
    }
}
