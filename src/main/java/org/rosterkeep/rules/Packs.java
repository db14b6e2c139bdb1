package org.rosterkeep.rules;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.LocalDate;
import java.time.Period;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Reads the packs: an index, and one file each. A file that names what the program does not know is damaged: half a
/// law is worse than none.
final class Packs {
    private static final Set<String> KEYS = Set.of(
            "code",
            "version",
            "as_of",
            "notice",
            "label",
            "regime",
            "clauses",
            "needs",
            "prohibited",
            "approverRoles",
            "noticeDays",
            "debarment",
            "children",
            "assessment",
            "clocks",
            "notices");

    private Packs() {}

    /// @throws IllegalArgumentException when a file says what it may not, or not what it must
    static Map<String, Pack> read(Function<String, InputStream> files, JsonObject index) throws IOException {
        Map<String, Pack> packs = new TreeMap<>();
        for (JsonString code : index.getJsonArray("packs").getValuesAs(JsonString.class)) {
            try (InputStream in = files.apply("packs/" + code.getString() + ".json");
                    var reader = Json.createReader(in)) {
                Pack pack = pack(reader.readObject());
                if (!pack.code().equals(code.getString())) {
                    throw new IllegalArgumentException("a pack is not what its file is called");
                }
                packs.put(pack.code(), pack);
            }
        }
        return packs;
    }

    private static Pack pack(JsonObject json) {
        if (!KEYS.containsAll(json.keySet())) {
            throw new IllegalArgumentException("a pack says what no program knows");
        }
        Map<String, String> clauses = sources(json, "clauses");
        return new Pack(
                json.getString("code"),
                json.getString("label"),
                json.getString("as_of"),
                part(json, "regime").map(one -> regime(json, one, clauses.keySet())),
                clauses,
                needs(part(json, "needs").orElse(JsonValue.EMPTY_JSON_OBJECT)),
                sources(json, "prohibited"),
                sources(json, "approverRoles"),
                part(json, "noticeDays")
                        .map(one -> new Pack.Notice(sourced(one).getInt("fresh"), one.getInt("material")))
                        .orElse(Pack.Notice.NONE),
                part(json, "debarment").map(one -> sourced(one).getInt("yearsMin")),
                part(json, "children").map(Packs::children),
                part(json, "assessment").map(Packs::occasions).orElse(Set.of()),
                objects(json, "clocks").stream().map(Packs::clock).toList(),
                objects(json, "notices").stream()
                        .map(one -> new Pack.Telling(one.getString("what"), one.getString("when"), source(one)))
                        .toList());
    }

    private static Charter.Regime regime(JsonObject pack, JsonObject json, Set<String> clauses) {
        Map<String, Charter.Basis> bases = new LinkedHashMap<>();
        json.getJsonObject("bases").forEach((word, basis) -> bases.put(word, basis(word, sourced(basis))));
        return new Charter.Regime(
                pack.getString("code"),
                pack.getString("label"),
                Optional.ofNullable(json.getString("exporter", null)),
                clauses,
                bases);
    }

    private static Charter.Basis basis(String code, JsonObject json) {
        return new Charter.Basis(
                code,
                json.getString("label"),
                json.getBoolean("publicAuthority", true),
                words(json, "evidence"),
                Optional.ofNullable(json.getString("unavailable", null)),
                Optional.ofNullable(json.getString("person", null))
                        .map(word -> Charter.Basis.Person.valueOf(word.toUpperCase(Locale.ROOT))),
                source(json));
    }

    private static List<Pack.Need> needs(JsonObject json) {
        List<Pack.Need> needs = new ArrayList<>();
        json.forEach((paper, words) -> words.asJsonObject()
                .forEach((word, need) -> needs.add(
                        need(Pack.Paper.valueOf(paper.toUpperCase(Locale.ROOT)), word, need.asJsonObject()))));
        return needs;
    }

    private static Pack.Need need(Pack.Paper paper, String word, JsonObject json) {
        Set<Controller.Kind> kinds = new HashSet<>();
        words(json, "kinds").forEach(kind -> kinds.add(Controller.Kind.named(kind)));
        return new Pack.Need(paper, word, json.getString("label"), kinds, source(json));
    }

    private static Pack.Children children(JsonObject json) {
        if (sourced(json).getInt("below") > Pack.Children.AGE_TOLD
                || !json.getString("consentUnless").equals("integral")) {
            throw new IllegalArgumentException("a pack asks of children what nobody can tell");
        }
        return new Pack.Children(words(json, "adultRoles"));
    }

    private static Set<Pack.Occasion> occasions(JsonObject json) {
        Set<Pack.Occasion> occasions = new HashSet<>();
        words(sourced(json), "when")
                .forEach(word -> occasions.add(Pack.Occasion.valueOf(word.toUpperCase(Locale.ROOT))));
        return occasions;
    }

    private static Pack.Clock clock(JsonObject json) {
        String limit = json.getString("limit");
        boolean parsed = limit.contains("T")
                ? Duration.parse(limit).isPositive()
                : !Period.parse(limit).isZero();
        if (!parsed) {
            throw new IllegalArgumentException("a clock that does not run");
        }
        return new Pack.Clock(
                json.getString("event"),
                json.getString("from"),
                json.getString("to"),
                limit,
                json.getString("days").equals("business"),
                json.getString("starts"),
                words(json, "starting").stream().map(Milestone::of).collect(Collectors.toUnmodifiableSet()),
                json.getInt("people", 0),
                json.containsKey("since") ? Optional.of(LocalDate.parse(json.getString("since"))) : Optional.empty(),
                json.getString("note", ""),
                source(json));
    }

    private static Map<String, String> sources(JsonObject json, String key) {
        Map<String, String> sources = new TreeMap<>();
        part(json, key).ifPresent(part -> part.forEach((word, entry) -> sources.put(word, source(entry))));
        return sources;
    }

    private static JsonObject sourced(JsonValue value) {
        source(value);
        return value.asJsonObject();
    }

    /// Where an entry comes from; an entry without is nobody's.
    private static String source(JsonValue entry) {
        String source = entry.asJsonObject().getString("source");
        if (source.isBlank()) {
            throw new IllegalArgumentException("an entry without a source");
        }
        return source;
    }

    private static Optional<JsonObject> part(JsonObject json, String key) {
        return Optional.ofNullable(json.getJsonObject(key));
    }

    private static List<JsonObject> objects(JsonObject json, String key) {
        return Optional.ofNullable(json.getJsonArray(key))
                .orElse(JsonValue.EMPTY_JSON_ARRAY)
                .getValuesAs(JsonObject.class);
    }

    private static Set<String> words(JsonObject json, String key) {
        JsonArray array = Optional.ofNullable(json.getJsonArray(key)).orElse(JsonValue.EMPTY_JSON_ARRAY);
        return new TreeSet<>(array.getValuesAs(JsonString::getString));
    }
}
