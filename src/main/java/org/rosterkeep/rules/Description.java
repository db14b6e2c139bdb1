package org.rosterkeep.rules;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.io.StringReader;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.rosterkeep.roster.Entity;
import org.rosterkeep.roster.Field;

/// A version of a rule in plain sentences: who gets what about whom, why, and until when.
final class Description {
    private final Bench bench;
    private final Proposal proposal;
    private final Rule rule;
    private final JsonObject text;

    Description(Bench bench, Proposal proposal) {
        this.bench = bench;
        this.proposal = proposal;
        this.rule = proposal.rule();
        try (var reader = Json.createReader(new StringReader(proposal.text()))) {
            this.text = reader.readObject();
        }
    }

    List<String> sentences() {
        List<String> lines = new ArrayList<>();
        lines.add(who());
        lines.add("About " + whom() + ".");
        for (Entity entity : Entity.values()) {
            if (!rule.grantsOf(entity).isEmpty()) {
                lines.add(what(entity));
            }
        }
        lines.add(ids());
        lines.add("Because: " + rule.sentence() + " (" + label(rule.purpose()) + ")");
        lines.add("It rests on " + bases() + ".");
        lines.addAll(Whom.of(bench.packs().lookup(rule)));
        new TreeMap<>(proposal.grounds().justifications())
                .forEach((id, reason) -> lines.add("It needs " + elementLabel(id) + ": " + reason));
        proposal.grounds()
                .special()
                .ifPresent(one -> lines.add("It gives special data on the condition `" + one.condition()
                        + "`, assessed in " + one.assessment() + "."));
        proposal.grounds()
                .assessment()
                .ifPresent(one -> lines.add("Its impact was assessed in `" + one.reference() + "` on " + one.made()
                        + switch (one.consultation()) {
                            case NOT_NEEDED -> ".";
                            case PENDING -> "; the authority was asked and has not answered.";
                            case DONE -> "; the authority was asked and has answered.";
                        }));
        rule.push().ifPresent(target -> lines.add(sent(target)));
        bounds(lines);
        lines.add("From " + rule.from() + " until " + rule.until() + ", under agreement `" + rule.agreement() + "`.");
        return lines;
    }

    private static String sent(PushTarget target) {
        PushTarget.Place place = target.place();
        String what = switch (target.way()) {
            case HTTPS_JSON -> "The data are sent";
            case HTTPS_ZIP, SFTP_ZIP -> "The data are sent as OneRoster files";
            case WEBHOOK -> "Word that something changed, without anything of anybody, is sent";
        };
        String proof = place.pin().isPresent() || place.hostKey().isPresent()
                ? ", to whoever holds the key that was named"
                : ", to whoever has a certificate for that name";
        return what + " to " + place.text() + place.path() + " in " + target.country()
                + (place.internal() ? " (inside the house)" : "") + proof + "; OneRoster "
                + target.delivery().oneRoster() + ", "
                + (target.delivery().bulk() ? "everything each time" : "what changed") + ", looked for "
                + target.delivery().schedule().words() + ".";
    }

    private void bounds(List<String> lines) {
        rule.bounds()
                .personsPerDay()
                .ifPresent(most -> lines.add(
                        "Of at most " + most + (most == 1 ? " person" : " different persons") + " in one day (UTC)."));
        if (!rule.bounds().networks().isEmpty()) {
            lines.add("Only to somebody who asks from "
                    + or(new TreeSet<>(rule.bounds().networks())) + ".");
        }
    }

    private String who() {
        Vendor vendor = bench.vendors().get(rule.vendor());
        String name = vendor == null ? rule.vendor() : vendor.name();
        String in = ", in " + String.join(", ", bench.reach(rule)) + ".";
        return rule.asked() ? name + ", by its client `" + rule.client() + "`" + in : name + ", without asking" + in;
    }

    private String whom() {
        JsonObject scope = text.getJsonObject("scope");
        String people = and(plural(rule.scope().roles()));
        String orgs = and(texts(scope, "orgs")) + (rule.scope().subOrgs() ? " and all below" : "");
        String grades = rule.scope().grades().isEmpty()
                ? ""
                : "; of students only those in grade "
                        + or(new TreeSet<>(rule.scope().grades()));
        String classes = rule.scope().classes().isEmpty() ? "" : "; only in class " + or(texts(scope, "classes"));
        return people + " of " + orgs + grades + classes;
    }

    private String what(Entity entity) {
        Map<Field, Treatment> given = rule.grantsOf(entity);
        List<String> fields = given.entrySet().stream()
                .map(one -> one.getKey().wire() + treated(one.getValue()))
                .toList();
        List<String> standIns = Field.of(entity).stream()
                .filter(field -> !given.containsKey(field))
                .flatMap(field -> standIn(field).stream())
                .toList();
        return "Of " + entity.many() + ": " + String.join(", ", fields)
                + (standIns.isEmpty() ? "" : "; not " + String.join(", not ", standIns)) + ".";
    }

    private static List<String> standIn(Field field) {
        return switch (field.need()) {
            case STAND_IN -> List.of(field.wire() + " (a stand-in takes its place)");
            case ALIAS -> List.of(field.wire() + " (the record's id takes its place)");
            case ENVELOPE, OPTIONAL, GRANT, INTERNAL -> List.of();
        };
    }

    private static String treated(Treatment treatment) {
        return switch (treatment) {
            case Treatment.AsIs() -> "";
            case Treatment.Initial() -> " (the first letter)";
            case Treatment.Pseudonym() -> " (the record's id instead)";
            case Treatment.Constant(String text) -> " (always `" + text + "`)";
            case Treatment.Coarse() -> " (the year)";
            case Treatment.Preferred() -> " (the preferred one, if any)";
        };
    }

    private String ids() {
        if (rule.passThroughIds()) {
            return "Ids are those of the source system: whoever else knows them can join the records.";
        }
        String shared = IdDomains.own(rule.vendor(), rule.domain())
                ? "made for this vendor alone"
                : "shared with everybody in the domain `" + rule.domain() + "`";
        return "Ids are pseudonyms, " + shared + ".";
    }

    private String bases() {
        return and(new TreeMap<>(rule.basis())
                .entrySet().stream()
                        .map(one -> bench.charter()
                                .regime(one.getKey())
                                .map(regime -> basis(regime, one.getValue()) + " under " + regime.label())
                                .orElse(one.getValue()))
                        .toList());
    }

    private static String basis(Charter.Regime regime, String code) {
        Charter.Basis basis = regime.bases().get(code);
        return basis == null ? code : basis.label();
    }

    private String label(String purpose) {
        return bench.charter().purpose(purpose).map(Charter.Purpose::label).orElse(purpose);
    }

    private String elementLabel(String id) {
        return bench.elements().element(id).map(Elements.Element::label).orElse(id);
    }

    private static List<String> plural(Set<String> roles) {
        Function<String, String> many = role -> role.endsWith("s") || role.contains(":") ? role : role + "s";
        return roles.stream().map(many).sorted().toList();
    }

    private static List<String> texts(JsonObject json, String key) {
        return json.getJsonArray(key).getValuesAs(JsonString::getString);
    }

    private static String and(List<String> words) {
        return joined(words, " and ");
    }

    private static String or(java.util.Collection<String> words) {
        return joined(List.copyOf(words), " or ");
    }

    private static String joined(List<String> words, String last) {
        int end = words.size() - 1;
        return end < 1
                ? String.join("", words)
                : words.subList(0, end).stream().collect(Collectors.joining(", ")) + last + words.get(end);
    }

    /// Why this rule gives or refuses a field now, in sentences.
    List<String> explain(Field field, Life life, Instant now) {
        List<String> lines = new ArrayList<>();
        String name = "`" + rule.id() + "`, version " + rule.version();
        Treatment treatment = rule.grants().get(field);
        lines.add(
                treatment == null
                        ? "Rule " + name + " does not give " + field.path() + ". What no rule gives does not leave."
                        : "Rule " + name + " gives " + field.path() + treated(treatment) + ".");
        lines.add("It is " + life.name().toLowerCase(java.util.Locale.ROOT) + ", from " + rule.from() + " until "
                + rule.until() + ".");
        bench.standing(proposal, now)
                .ifPresent(reason -> lines.add("It gives nothing now: " + reason.floor() + ", "
                        + reason.name().toLowerCase(java.util.Locale.ROOT).replace('_', ' ') + "."));
        if (treatment == null) {
            standIn(field).forEach(line -> lines.add("In its place: " + line + "."));
        }
        return lines;
    }
}
