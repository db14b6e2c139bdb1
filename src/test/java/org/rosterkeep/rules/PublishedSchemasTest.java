package org.rosterkeep.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.rosterkeep.roster.Entity;
import org.rosterkeep.roster.Field;

class PublishedSchemasTest {
    private static final Charter CHARTER = Charter.shipped();

    private static String schema(String kind) {
        try (var in = Charter.class.getResourceAsStream(kind + ".schema.json")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<String> complaints(String kind, String document) {
        return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(schema(kind), InputFormat.JSON)
                .validate(document, InputFormat.JSON)
                .stream()
                .map(Object::toString)
                .toList();
    }

    private static JsonObject json(String text) {
        try (var reader = Json.createReader(new java.io.StringReader(text))) {
            return reader.readObject();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"rule", "agreement", "vendor", "district"})
    @DisplayName("each example is valid against its schema")
    void examples(String kind) {
        assertEquals(List.of(), complaints(kind, new String(RuleBookTest.example(kind), StandardCharsets.UTF_8)));
    }

    @Test
    @DisplayName("the canonical text of a rule is valid against the schema, so what was shown can be drafted again")
    void canonical() {
        var read = new RuleFile(CHARTER).read(RuleBookTest.example("rule"), any -> 7);
        assertEquals(
                List.of(),
                complaints("rule", ((Checked.Sound<Proposal>) read).value().text()));
    }

    @ParameterizedTest
    @CsvSource({
        "rule, \"until\", \"untill\"",
        "rule, instruction_content, marketing",
        "rule, \"familyName\": \"initial\", \"familyName\": \"coarse\"",
        "rule, [\"school-1\"], []",
        "agreement, \"no_sale\", \"sale\"",
        "vendor, [\"US\"], [\"USA\"]",
        "district, public-authority, charity"
    })
    @DisplayName("what the reader refuses by its form, the schema refuses too")
    void agrees(String kind, String from, String to) {
        byte[] file = RuleBookTest.example(kind, text -> text.replace(from, to));
        assertFalse(complaints(kind, new String(file, StandardCharsets.UTF_8)).isEmpty());
        var papers = new PaperFile(CHARTER, Book.ELEMENTS);
        Checked<?> read = switch (kind) {
            case "rule" -> new RuleFile(CHARTER).read(file, any -> 1);
            case "agreement" -> papers.agreement(file);
            case "vendor" -> papers.vendor(file);
            default -> papers.controller(file);
        };
        assertTrue(read instanceof Checked.Flawed<?>, kind + " " + to);
    }

    @Test
    @DisplayName("the rule schema knows exactly the fields, treatments and mandatory fields that the program knows")
    void fields() {
        JsonObject given = json(schema("rule"))
                .getJsonObject("properties")
                .getJsonObject("fields")
                .getJsonObject("properties");
        for (Entity entity : Entity.values()) {
            JsonObject of = given.getJsonObject(entity.one());
            Set<String> names = new TreeSet<>();
            Set<String> mandatory = new TreeSet<>();
            for (Field field : Field.of(entity)) {
                if (field.need() != Field.Need.ENVELOPE && field.need() != Field.Need.INTERNAL) {
                    names.add(field.wire());
                    assertEquals(
                            new TreeSet<>(CHARTER.treatments(field)),
                            treatments(of.getJsonObject("properties").getJsonObject(field.wire())),
                            field.path());
                }
                if (field.need() == Field.Need.GRANT) {
                    mandatory.add(field.wire());
                }
            }
            assertEquals(names, new TreeSet<>(of.getJsonObject("properties").keySet()));
            assertEquals(mandatory, new TreeSet<>(words(of, "required")));
        }
    }

    @Test
    @DisplayName("the schemas know exactly the purposes, bases, clauses and types that the program knows")
    void words() {
        JsonObject rule = json(schema("rule")).getJsonObject("properties");
        assertEquals(
                CHARTER.purposes(),
                Set.copyOf(words(
                        rule.getJsonObject("purpose")
                                .getJsonObject("properties")
                                .getJsonObject("code"),
                        "enum")));
        JsonObject bases = rule.getJsonObject("basis").getJsonObject("properties");
        assertEquals(CHARTER.regimes(), bases.keySet());
        for (String regime : CHARTER.regimes()) {
            Set<String> available = new TreeSet<>();
            CHARTER.regime(regime).orElseThrow().bases().values().stream()
                    .filter(basis -> basis.unavailable().isEmpty())
                    .forEach(basis -> available.add(basis.code()));
            assertEquals(available, Set.copyOf(words(bases.getJsonObject(regime), "enum")));
        }
        JsonObject agreement = json(schema("agreement")).getJsonObject("properties");
        assertEquals(CHARTER.agreementTypes(), Set.copyOf(words(agreement.getJsonObject("type"), "enum")));
        assertEquals(
                CHARTER.clauses(),
                Set.copyOf(words(agreement.getJsonObject("clauses").getJsonObject("items"), "enum")));
    }

    @Test
    @DisplayName("the schemas know exactly the packs, and what packs ask to be stated")
    void packs() {
        JsonObject district = json(schema("district")).getJsonObject("properties");
        for (String key : List.of("packs", "regimes")) {
            assertEquals(
                    CHARTER.packs(),
                    Set.copyOf(words(district.getJsonObject(key).getJsonObject("items"), "enum")));
        }
        var papers = List.of(
                new Paper("district", Pack.Paper.CONTROLLER, district),
                new Paper(
                        "directory",
                        Pack.Paper.DIRECTORY,
                        district.getJsonObject("directory").getJsonObject("properties")),
                new Paper("vendor", Pack.Paper.VENDOR, json(schema("vendor")).getJsonObject("properties")),
                new Paper(
                        "agreement",
                        Pack.Paper.AGREEMENT,
                        json(schema("agreement")).getJsonObject("properties")));
        for (var one : papers) {
            Set<String> words = new TreeSet<>(CHARTER.statements(one.paper()).keySet());
            words.removeAll(one.properties().keySet());
            assertEquals(
                    words,
                    one.properties()
                            .getJsonObject("statements")
                            .getJsonObject("properties")
                            .keySet(),
                    one.name());
        }
    }

    private record Paper(String name, Pack.Paper paper, JsonObject properties) {}

    @Test
    @DisplayName("every clause and every piece of evidence the lists ask for is explained")
    void explained() {
        for (String code : CHARTER.agreementTypes()) {
            CHARTER.agreementType(code)
                    .orElseThrow()
                    .clauses()
                    .forEach(clause -> assertTrue(CHARTER.clause(clause).isPresent(), clause));
        }
        for (String code : CHARTER.regimes()) {
            var regime = CHARTER.regime(code).orElseThrow();
            regime.clauses().forEach(clause -> assertTrue(CHARTER.clause(clause).isPresent(), clause));
            regime.bases()
                    .values()
                    .forEach(basis -> basis.evidence()
                            .forEach(word -> assertFalse(CHARTER.evidence(word).contains("the evidence `"), word)));
        }
    }

    private static Set<String> treatments(JsonObject schema) {
        Set<String> words = new TreeSet<>();
        if (schema.containsKey("anyOf")) {
            words.add("constant");
            words.addAll(words(schema.getJsonArray("anyOf").getJsonObject(0), "enum"));
        } else {
            words.addAll(words(schema, "enum"));
        }
        return words;
    }

    private static List<String> words(JsonObject json, String key) {
        JsonValue value = json.get(key);
        return value == null ? List.of() : value.asJsonArray().getValuesAs(JsonString::getString);
    }
}
