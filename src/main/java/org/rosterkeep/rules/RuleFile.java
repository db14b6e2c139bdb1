package org.rosterkeep.rules;

import jakarta.json.JsonValue;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.rosterkeep.roster.Entity;
import org.rosterkeep.roster.Field;
import org.rosterkeep.roster.SourcedId;

/// A rule as a file: read from what somebody wrote, and written down in the canonical form that people sign. Here only
/// the form is judged; whether the law and the agreement allow it is [RuleCheck]'s business.
final class RuleFile {
    static final Set<String> COUNTRIES = Set.of(Locale.getISOCountries());
    private static final Set<String> EVERYWHERE = Set.of("sourcedId", "status", "dateLastModified");

    private final Charter charter;

    RuleFile(Charter charter) {
        this.charter = charter;
    }

    /// Reads a file as the given version of its rule. A `version` in the file is the one it was shown with, and says
    /// nothing; nor does what was `found` then.
    ///
    /// @param found looks up what is written into the text
    Checked<Proposal> read(byte[] file, Function<String, Integer> versionOf, Function<Proposal, Grounds.Found> found) {
        List<Problem> problems = new ArrayList<>();
        Optional<Form> form = Form.read(file, charter.documentBytesMax(), problems);
        if (form.isEmpty()) {
            return new Checked.Flawed<>(problems);
        }
        form.get().peek("found");
        Sketch sketch = sketch(form.get());
        if (!problems.isEmpty()) {
            return new Checked.Flawed<>(problems);
        }
        int version = versionOf.apply(sketch.id());
        return new Checked.Sound<>(
                sketch.with(found.apply(sketch.proposal(version))).proposal(version));
    }

    /// Reads a file and looks nothing up for it: to judge its form.
    Checked<Proposal> read(byte[] file, Function<String, Integer> versionOf) {
        return read(file, versionOf, any -> Grounds.Found.NOTHING);
    }

    /// Reads a canonical text again; the hash is made anew from the text, so a changed text is another rule.
    Optional<Proposal> reread(String text) {
        List<Problem> problems = new ArrayList<>();
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        Optional<Form> form = Form.read(bytes, Integer.MAX_VALUE, problems);
        if (form.isEmpty()) {
            return Optional.empty();
        }
        int version = form.get().number("version", 1, Integer.MAX_VALUE);
        Grounds.Found found = form.get().partIfAny("found").map(this::found).orElse(Grounds.Found.NOTHING);
        Sketch sketch = sketch(form.get()).with(found);
        return problems.isEmpty()
                ? Optional.of(sketch.proposal(version)).filter(one -> one.text().equals(text))
                : Optional.empty();
    }

    private Sketch sketch(Form form) {
        form.peek("version");
        String id = form.name("id");
        String vendor = form.name("vendor");
        Form purpose = form.part("purpose");
        Form basis = form.part("basis");
        Form destination = form.part("destination");
        Form scope = form.part("scope");
        String ids =
                form.has("ids") ? form.word("ids", Set.of(Sketch.PSEUDONYM, Sketch.PASS_THROUGH)) : Sketch.PSEUDONYM;
        String country = country(destination, "country");
        Optional<PushTarget> push = PushFile.read(form, destination, country);
        Sketch sketch = new Sketch(
                id,
                form.nameOr("client", id),
                vendor,
                form.name("agreement"),
                purposeCode(purpose),
                purpose.text("sentence", charter.sentenceMin(), charter.sentenceMax()),
                basis.texts(charter.regimes(), 1, 64),
                population(scope),
                grants(form.part("fields")),
                ids.equals(Sketch.PASS_THROUGH),
                form.nameOr("domain", vendor),
                country,
                form.instant("from"),
                form.instant("until"),
                grounds(form, destination),
                bounds(form),
                push);
        List.of(purpose, basis, destination, form).forEach(Form::close);
        return sketch;
    }

    private String purposeCode(Form purpose) {
        String code = purpose.text("code", 1, 64);
        charter.prohibited(code)
                .ifPresent(name -> purpose.problem(
                        "code", "sharing for " + name + " is prohibited (F05)", "no rule can do it: remove the rule"));
        if (!code.isEmpty()
                && charter.prohibited(code).isEmpty()
                && charter.purpose(code).isEmpty()) {
            purpose.problem("code", "`" + code + "` is no purpose (F05)", Words.advice(code, charter.purposes()));
        }
        return code;
    }

    static String country(Form form, String key) {
        String country = form.text(key, 1, 64);
        if (!country.isEmpty() && !COUNTRIES.contains(country)) {
            form.problem(key, "this is no country", "write two capital letters, like `DE` or `US` (ISO 3166-1)");
        }
        return country;
    }

    private Sketch.Population population(Form form) {
        int max = charter.listMax();
        Sketch.Population population = new Sketch.Population(
                form.words("orgs", SourcedId::valid, Set.of(), max),
                form.flagOr("subOrgs", false),
                form.words("roles", this::role, charter.roles(), max),
                form.has("grades") ? form.words("grades", one -> !one.isBlank(), Set.of(), max) : Set.of(),
                form.has("classes") ? form.words("classes", SourcedId::valid, Set.of(), max) : Set.of());
        nobody(form, "orgs", population.orgs(), "name the sourcedId of at least one organisation");
        nobody(form, "roles", population.roles(), "name at least one role, like `student`");
        nobody(form, "grades", population.grades(), "leave the key out if it is not to narrow the scope");
        nobody(form, "classes", population.classes(), "leave the key out if it is not to narrow the scope");
        form.close();
        return population;
    }

    /// Absence and emptiness both mean nobody, so an empty list is never what somebody wanted.
    private static void nobody(Form form, String key, Set<String> words, String remedy) {
        if (form.has(key) && words.isEmpty()) {
            form.problem(key, "nobody is in this scope", remedy);
        }
    }

    private boolean role(String word) {
        return charter.roles().contains(word) || word.matches("ext:[A-Za-z0-9._-]+");
    }

    private Map<Field, Treatment> grants(Form form) {
        Map<Field, Treatment> grants = new TreeMap<>();
        for (Entity entity : Entity.values()) {
            form.partIfAny(entity.one()).ifPresent(part -> grants.putAll(grants(entity, part)));
        }
        form.close();
        if (grants.isEmpty()) {
            form.problem(
                    "", "the rule gives no field", "name what the vendor is to get, like \"givenName\": \"as-is\"");
        }
        return grants;
    }

    private Map<Field, Treatment> grants(Entity entity, Form form) {
        Map<Field, Treatment> grants = new TreeMap<>();
        for (String name : form.keys()) {
            JsonValue value = form.peek(name).orElse(JsonValue.NULL);
            Optional<Field> field = Field.named(entity, name).filter(one -> one.need() != Field.Need.ENVELOPE);
            if (EVERYWHERE.contains(name)) {
                form.problem(
                        name, "`" + name + "` is part of every record", "remove it; what it shows is set by `ids`");
            } else if (field.isEmpty()) {
                form.problem(
                        name, "a " + entity.one() + " has no field `" + name + "`", Words.advice(name, names(entity)));
            } else {
                treatment(field.get(), value, form).ifPresent(how -> grants.put(field.get(), how));
            }
        }
        return grants;
    }

    private Optional<Treatment> treatment(Field field, JsonValue value, Form form) {
        Set<String> allowed = new TreeSet<>(charter.treatments(field));
        Optional<Treatment> treatment = Treatments.of(value);
        if (treatment.isEmpty() || !allowed.contains(Treatments.word(treatment.get()))) {
            String choice = String.join(", ", allowed).replace("constant", "{\"constant\": \"...\"}");
            form.problem(field.wire(), "this cannot be done to " + field.path(), "use one of " + choice);
            return Optional.empty();
        }
        if (treatment.get() instanceof Treatment.Constant(String text) && !fits(text)) {
            form.problem(
                    field.wire(),
                    "this text cannot stand in every record",
                    "write 1 to " + charter.constantMax() + " characters on one line");
        }
        return treatment;
    }

    private boolean fits(String text) {
        return !text.isBlank()
                && text.length() <= charter.constantMax()
                && text.codePoints()
                        .noneMatch(point -> Character.isISOControl(point)
                                || Character.getType(point) == Character.SURROGATE
                                || Character.getType(point) == Character.LINE_SEPARATOR
                                || Character.getType(point) == Character.PARAGRAPH_SEPARATOR);
    }

    private static Set<String> names(Entity entity) {
        return Field.of(entity).stream()
                .filter(field -> field.need() != Field.Need.ENVELOPE && field.need() != Field.Need.INTERNAL)
                .map(Field::wire)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /// How much of the rule may be used in a day, and from where.
    private Bounds bounds(Form form) {
        Optional<Integer> personsPerDay = form.partIfAny("ceiling").map(part -> {
            int most = part.number("personsPerDay", 1, Integer.MAX_VALUE);
            part.close();
            return most;
        });
        Set<String> networks = form.has("networks")
                ? form.words("networks", RuleFile::network, Set.of(), charter.listMax())
                : Set.of();
        if (form.has("networks") && networks.isEmpty()) {
            form.problem(
                    "networks",
                    "nobody could ask from here",
                    "write networks like `192.0.2.0/24` or `2001:db8::/32`, with no bit set behind the prefix, or leave"
                            + " the key out");
        }
        return new Bounds(
                personsPerDay,
                networks.stream()
                        .flatMap(one -> Network.of(one).stream())
                        .map(Network::text)
                        .collect(Collectors.toSet()));
    }

    private static boolean network(String text) {
        return Network.of(text).isPresent();
    }

    private Grounds grounds(Form form, Form destination) {
        int max = charter.sentenceMax();
        Map<String, String> justifications = form.partIfAny("justifications")
                .map(part -> part.anyTexts(charter.justificationMin(), charter.justificationMax()))
                .orElse(Map.of());
        Map<String, String> evidence =
                form.partIfAny("evidence").map(part -> part.anyTexts(1, max)).orElse(Map.of());
        Optional<Grounds.Special> special = form.partIfAny("special").map(part -> {
            var read = new Grounds.Special(part.text("condition", 1, max), part.text("assessment", 1, max));
            part.close();
            return read;
        });
        Optional<Grounds.Safeguard> safeguard =
                destination.partIfAny("safeguard").map(this::safeguard);
        return new Grounds(justifications, special, evidence, safeguard, assessment(form), Grounds.Found.NOTHING);
    }

    private Optional<Grounds.Assessment> assessment(Form form) {
        Map<String, Grounds.Consultation> words = Arrays.stream(Grounds.Consultation.values())
                .collect(Collectors.toMap(Grounds.Consultation::word, one -> one));
        return form.partIfAny("assessment").map(part -> {
            var read = new Grounds.Assessment(
                    part.text("reference", 1, charter.sentenceMax()),
                    part.day("made"),
                    words.getOrDefault(part.word("consultation", words.keySet()), Grounds.Consultation.PENDING));
            part.close();
            return read;
        });
    }

    private Grounds.Safeguard safeguard(Form part) {
        int max = charter.sentenceMax();
        var read = new Grounds.Safeguard(
                part.word("instrument", charter.life().instruments().keySet()),
                LocalDate.ofInstant(part.instant("signed"), ZoneOffset.UTC),
                part.has("module") ? Optional.of(part.text("module", 1, max)) : Optional.empty(),
                part.text("assessment", 1, max),
                LocalDate.ofInstant(part.instant("assessed"), ZoneOffset.UTC),
                part.text("measures", 1, max),
                part.has("special")
                        ? part.words("special", one -> !one.isBlank(), Set.of(), charter.listMax())
                        : Set.of());
        part.close();
        return read;
    }

    private Grounds.Found found(Form part) {
        Optional<Population.Share> share = part.partIfAny("children").map(children -> {
            var read = new Population.Share(
                    children.number("inScope", 0, Integer.MAX_VALUE), children.number("all", 0, Integer.MAX_VALUE));
            children.close();
            return read;
        });
        var read = new Grounds.Found(
                Optional.of(part.words("reach", COUNTRIES::contains, COUNTRIES, COUNTRIES.size())),
                part.words("subProcessors", one -> !one.isBlank(), Set.of(), charter.listMax()),
                share,
                part.number("noticeDays", 0, Integer.MAX_VALUE));
        part.close();
        return read;
    }
}
