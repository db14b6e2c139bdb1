package org.rosterkeep.rules;

import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.io.IOException;
import java.io.InputStream;
import java.time.DateTimeException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.rosterkeep.roster.Field;

/// What the law lets a rule say, as far as it can be written down as data: purposes, lawful bases, clauses, limits,
/// treatments. The code names no country, no number of days and no statute; these files do (decision 15).
public final class Charter {
    private final Map<String, Purpose> purposes = new LinkedHashMap<>();
    private final Map<String, String> prohibited;
    private final Map<String, Pack> packs;
    private final Map<Set<String>, Demands> demands = new ConcurrentHashMap<>();
    private final Map<String, AgreementType> types = new LinkedHashMap<>();
    private final Map<String, String> clauses;
    private final Map<String, String> evidence = new HashMap<>();
    private final JsonObject limits;
    private final Set<String> roles;
    private final Set<String> guardianRoles;
    private final Set<String> impersonal;
    private final Map<String, String> guardianElements;
    private final Map<String, Set<String>> furtherElements;
    private final Map<String, Set<String>> elementPurposes;
    private final JsonObject agreements;
    private final JsonObject sentence;
    private final JsonObject treatments;
    private final Adequacy adequacy;
    private final JsonObject adequacyFile;
    private final LifeTerms life;

    /// @param evidence words that the rule's `evidence` must explain
    /// @param hoursMax longest life of a rule for this purpose; empty when only the general limit counts
    public record Purpose(String code, String label, Set<String> evidence, Optional<Integer> hoursMax) {}

    /// @param exporter whose list of adequate countries counts; empty when the regime has no such test
    /// @param clauses what every agreement must have while this regime is active
    public record Regime(
            String code, String label, Optional<String> exporter, Set<String> clauses, Map<String, Basis> bases) {}

    /// @param publicAuthority whether a public authority may rest on it
    /// @param unavailable why no rule of this version can rest on it; empty when one can
    /// @param person what has to be looked up about each person; empty when the basis carries everybody in the
    /// scope
    public record Basis(
            String code,
            String label,
            boolean publicAuthority,
            Set<String> evidence,
            Optional<String> unavailable,
            Optional<Person> person,
            String source) {
        /// What a basis asks of each person.
        public enum Person {
            /// That they have not opted out of directory information (F09).
            DIRECTORY,
            /// That they, or whoever holds their rights, have consented and still do (F11).
            CONSENT,
            /// That who may be a child has consent of their own; of others nothing (F11).
            CHILD_CONSENT
        }
    }

    public record AgreementType(String code, String label, Set<String> clauses) {}

    /// The files, by name: those of the program, or a customer's in their place.
    public Charter(Function<String, InputStream> files) {
        try {
            JsonObject purposeFile = read(files, "purposes.json");
            JsonObject index = read(files, "packs.json");
            packs = Packs.read(files, index);
            agreements = read(files, "agreements.json");
            limits = read(files, "limits.json");
            treatments = read(files, "treatments.json");
            roles = set(limits, "roles");
            guardianRoles = set(limits, "guardianRoles");
            impersonal = set(limits, "impersonalElements");
            guardianElements = strings(limits.getJsonObject("guardianElements"));
            furtherElements = sets(limits.getJsonObject("furtherElements"));
            elementPurposes = sets(limits.getJsonObject("elementPurposes"));
            sentence = purposeFile.getJsonObject("sentence");
            purposeFile.getJsonObject("purposes").forEach((code, value) -> purposes.put(code, purpose(code, value)));
            prohibited = strings(purposeFile.getJsonObject("prohibited"));
            agreements.getJsonObject("types").forEach((code, value) -> types.put(code, type(code, value)));
            clauses = strings(agreements.getJsonObject("clauses"));
            evidence.putAll(strings(purposeFile.getJsonObject("evidence")));
            evidence.putAll(strings(index.getJsonObject("evidence")));
            packs.values().stream()
                    .flatMap(pack -> pack.needs().stream())
                    .filter(need -> need.paper() == Pack.Paper.RULE)
                    .forEach(need -> evidence.putIfAbsent(need.word(), need.label()));
            adequacyFile = read(files, "adequacy.json");
            adequacy = Adequacy.of(adequacyFile);
            life = LifeTerms.of(read(files, "life.json"));
        } catch (JsonException
                | NullPointerException
                | ClassCastException
                | IllegalArgumentException
                | DateTimeException
                | IOException e) {
            throw new RulesFault(RulesFault.Code.CHARTER_DAMAGED);
        }
    }

    /// The files that come with the program.
    public static Charter shipped() {
        return new Charter(Charter.class::getResourceAsStream);
    }

    public Optional<Purpose> purpose(String code) {
        return Optional.ofNullable(purposes.get(code));
    }

    public Set<String> purposes() {
        return new TreeSet<>(purposes.keySet());
    }

    /// What a prohibited purpose is called; empty when the code is not one of those.
    public Optional<String> prohibited(String code) {
        return Optional.ofNullable(prohibited.get(code));
    }

    public Optional<Regime> regime(String code) {
        return pack(code).flatMap(Pack::regime);
    }

    /// The packs with lawful bases: a rule names one for each that is active.
    public Set<String> regimes() {
        Set<String> codes = packs();
        codes.removeIf(code -> regime(code).isEmpty());
        return codes;
    }

    public Optional<Pack> pack(String code) {
        return Optional.ofNullable(packs.get(code));
    }

    public Set<String> packs() {
        return new TreeSet<>(packs.keySet());
    }

    /// All that a district's active packs ask together.
    public Demands demands(Controller controller) {
        return demands.computeIfAbsent(
                controller.packs(),
                active -> Demands.of(active.stream()
                        .sorted()
                        .flatMap(code -> pack(code).stream())
                        .toList()));
    }

    /// The words some pack, active or not, asks to be stated on a paper.
    public Map<String, String> statements(Pack.Paper paper) {
        Map<String, String> words = new TreeMap<>();
        packs.values().stream()
                .flatMap(pack -> pack.needs().stream())
                .filter(need -> need.paper() == paper)
                .forEach(need -> words.putIfAbsent(need.word(), need.label()));
        return words;
    }

    /// Elements that tell nothing of a person, which a directory basis gives without anybody designating them.
    public boolean impersonal(String element) {
        return impersonal.contains(element);
    }

    public Optional<AgreementType> agreementType(String code) {
        return Optional.ofNullable(types.get(code));
    }

    public Set<String> agreementTypes() {
        return new TreeSet<>(types.keySet());
    }

    /// What a clause says; empty for an unknown one.
    public Optional<String> clause(String code) {
        return Optional.ofNullable(clauses.get(code));
    }

    public Set<String> clauses() {
        return new TreeSet<>(clauses.keySet());
    }

    /// Every clause an agreement of this type needs in a district under these packs.
    public Set<String> clausesNeeded(AgreementType type, Controller controller) {
        Set<String> needed = new TreeSet<>(type.clauses());
        needed.addAll(demands(controller).clauses());
        return needed;
    }

    /// What has to be stated under a word of evidence.
    public String evidence(String word) {
        return evidence.getOrDefault(word, adequacy.evidence(word));
    }

    /// The list of adequate countries that comes with the program; a district may have one of its own.
    public Adequacy adequacy() {
        return adequacy;
    }

    public int ruleDaysMax() {
        return limits.getInt("ruleDaysMax");
    }

    public int breachNoticeHoursMax() {
        return agreements.getInt("breachNoticeHoursMax");
    }

    public int disposalDaysMax() {
        return agreements.getInt("disposalDaysMax");
    }

    public int sentenceMin() {
        return sentence.getInt("charactersMin");
    }

    public int sentenceMax() {
        return sentence.getInt("charactersMax");
    }

    public int justificationMin() {
        return limits.getJsonObject("justification").getInt("charactersMin");
    }

    public int justificationMax() {
        return limits.getJsonObject("justification").getInt("charactersMax");
    }

    public int constantMax() {
        return limits.getJsonObject("constant").getInt("charactersMax");
    }

    public int documentBytesMax() {
        return limits.getInt("documentBytesMax");
    }

    public int listMax() {
        return limits.getInt("listMax");
    }

    /// The version of the redisclosure terms a vendor must have acknowledged.
    public int termsVersion() {
        return limits.getJsonObject("terms").getInt("version");
    }

    /// The same as a file.
    JsonObject adequacyFile() {
        return adequacyFile;
    }

    /// How a rule comes to be in force.
    public LifeTerms life() {
        return life;
    }

    /// How many persons must sign before a suspended rule goes on.
    public int resumers() {
        return limits.getInt("resumers");
    }

    /// The roles of OneRoster 1.2; a scope may also name extensions, `ext:` and a word.
    public Set<String> roles() {
        return roles;
    }

    /// The purposes an element may be given for; empty when any will do.
    public Set<String> purposesOf(String element) {
        return elementPurposes.getOrDefault(element, Set.of());
    }

    /// The element a vendor needs in its schedule to get the source system's own ids.
    public String passThroughElement() {
        return limits.getString("passThroughElement");
    }

    /// The data elements a rule gives by giving a field, which depends on whose record the field is in.
    public Set<String> elements(Field field, Scope scope) {
        Set<String> elements = new TreeSet<>(furtherElements.getOrDefault(field.path(), Set.of()));
        String ofGuardians = guardianElements.getOrDefault(field.path(), field.element());
        if (scope.roles().stream().anyMatch(guardianRoles::contains)) {
            elements.add(ofGuardians);
        }
        if (!guardianRoles.containsAll(scope.roles())) {
            elements.add(field.element());
        }
        return elements;
    }

    /// The treatments, by word, that keep this field valid.
    public Set<String> treatments(Field field) {
        Set<String> own = set(treatments.getJsonObject("fields"), field.path());
        return own.isEmpty()
                ? set(treatments.getJsonObject("shapes"), field.shape().name())
                : own;
    }

    private static Purpose purpose(String code, jakarta.json.JsonValue value) {
        JsonObject json = value.asJsonObject();
        Optional<Integer> hours =
                json.containsKey("hoursMax") ? Optional.of(json.getInt("hoursMax")) : Optional.empty();
        return new Purpose(code, json.getString("label"), set(json, "evidence"), hours);
    }

    private static AgreementType type(String code, jakarta.json.JsonValue value) {
        JsonObject json = value.asJsonObject();
        return new AgreementType(code, json.getString("label"), set(json, "clauses"));
    }

    private static Set<String> set(JsonObject json, String key) {
        return json.containsKey(key)
                ? Set.copyOf(List.copyOf(json.getJsonArray(key).getValuesAs(JsonString::getString)))
                : Set.of();
    }

    private static Map<String, Set<String>> sets(JsonObject json) {
        Map<String, Set<String>> sets = new LinkedHashMap<>();
        json.keySet().forEach(key -> sets.put(key, set(json, key)));
        return sets;
    }

    private static Map<String, String> strings(JsonObject json) {
        Map<String, String> strings = new LinkedHashMap<>();
        json.forEach((key, value) -> strings.put(key, ((JsonString) value).getString()));
        return strings;
    }

    private static JsonObject read(Function<String, InputStream> files, String name) throws IOException {
        try (InputStream in = files.apply(name);
                var reader = Json.createReader(in)) {
            return reader.readObject();
        }
    }
}
