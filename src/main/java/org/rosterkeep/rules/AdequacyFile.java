package org.rosterkeep.rules;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// A list of adequate countries as a file. The list is the district's own: it may say less than the shipped one, more,
/// or nothing at all.
record AdequacyFile(Charter charter) {
    private static final Set<String> REMARKS =
            Set.of("notice", "as_of", "as_of_note", "kinds", "exporters", "known_absent", "replaces");
    private static final Set<String> ENTRY_REMARKS = Set.of("kind", "note", "certainty");

    /// A list that was read.
    ///
    /// @param version which it says it is, or was made from
    /// @param replaces hash of the text that was in force when it was drafted; empty in a file
    record Said(Adequacy list, int version, String replaces, JsonObject json) {
        /// The canonical text of the version that takes the place of another.
        String text(int as, String of) {
            return Canonical.text(Json.createObjectBuilder(json)
                    .add("version", as)
                    .add("replaces", of)
                    .build());
        }
    }

    /// The list that comes with the program, as the version before the first.
    static String shipped(Charter charter) {
        return Canonical.text(Json.createObjectBuilder(charter.adequacyFile())
                .add("version", 0)
                .build());
    }

    /// The text with some entries switched off.
    static String without(Set<String> entries, String text) {
        JsonObject json = json(text.getBytes(StandardCharsets.UTF_8));
        JsonArrayBuilder kept = Json.createArrayBuilder();
        for (JsonObject one : json.getJsonArray("entries").getValuesAs(JsonObject.class)) {
            boolean off = entries.contains(one.getString("exporter") + ":" + one.getString("country"));
            kept.add(off ? Json.createObjectBuilder(one).add("enabled", false).build() : one);
        }
        return Canonical.text(
                Json.createObjectBuilder(json).add("entries", kept).build());
    }

    Checked<Said> read(byte[] file) {
        List<Problem> problems = new ArrayList<>();
        Optional<Form> form = Form.read(file, charter.documentBytesMax(), problems);
        if (form.isEmpty()) {
            return new Checked.Flawed<>(problems);
        }
        Form top = form.get();
        REMARKS.forEach(top::peek);
        int version = top.number("version", 0, Integer.MAX_VALUE);
        Set<String> places = new TreeSet<>(RuleFile.COUNTRIES);
        places.addAll(areas(top.part("areas")));
        Form defaults = top.part("defaults");
        defaults.peek("warn_before_until_days");
        defaults.number("evidence_max_age_days", 0, Integer.MAX_VALUE);
        defaults.close();
        Set<String> seen = new HashSet<>();
        top.parts("entries").forEach(entry -> entry(entry, places, seen));
        if (!top.has("entries")) {
            top.problem("entries", "it is missing", "write [ ] when no country is adequate");
        }
        top.close();
        if (!problems.isEmpty()) {
            return new Checked.Flawed<>(problems);
        }
        JsonObject json = json(file);
        return new Checked.Sound<>(new Said(Adequacy.of(json), version, json.getString("replaces", ""), json));
    }

    /// What a canonical text says; empty when it is damaged.
    Optional<Said> reread(String text) {
        return read(text.getBytes(StandardCharsets.UTF_8)) instanceof Checked.Sound<Said>(Said said)
                        && Canonical.text(said.json()).equals(text)
                ? Optional.of(said)
                : Optional.empty();
    }

    private Set<String> areas(Form areas) {
        Set<String> names = areas.keys();
        names.forEach(name -> areas.words(name, RuleFile.COUNTRIES::contains, RuleFile.COUNTRIES, charter.listMax()));
        return names;
    }

    private void entry(Form entry, Set<String> places, Set<String> seen) {
        int max = charter.sentenceMax();
        ENTRY_REMARKS.forEach(entry::peek);
        String exporter = entry.text("exporter", 1, max);
        String country = entry.text("country", 1, max);
        if (!country.isEmpty() && !places.contains(country) && !country.matches("X-[A-Z]+")) {
            entry.problem(
                    "country",
                    "`" + country + "` is no country, and no area of this list",
                    "write two capital letters (ISO 3166-1), the name of an area, or X- and letters for an"
                            + " organisation");
        }
        entry.text("source", 1, max);
        day(entry, "since");
        day(entry, "until");
        entry.words("evidence", word -> word.matches("[a-z0-9_]+"), Set.of(), charter.listMax());
        if (!entry.has("enabled")) {
            entry.problem("enabled", "it is missing", "write true or false");
        }
        entry.flagOr("enabled", false);
        if (!seen.add(exporter + ":" + country)) {
            entry.problem("country", "there are two entries for this exporter and country", "make one of them");
        }
        entry.close();
    }

    private static void day(Form entry, String key) {
        boolean open = entry.peek(key).map(JsonValue.NULL::equals).orElse(true);
        if (!open && !entry.text(key, 1, 64).matches("\\d{4}-\\d{2}-\\d{2}")) {
            entry.problem(key, "this is no day", "write it as 2026-08-01, or null when there is none");
        } else if (!open) {
            entry.instant(key);
        }
    }

    private static JsonObject json(byte[] file) {
        try (var reader = Json.createReader(new StringReader(new String(file, StandardCharsets.UTF_8)))) {
            return reader.readObject();
        }
    }
}
