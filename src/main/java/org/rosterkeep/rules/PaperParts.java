package org.rosterkeep.rules;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Supplier;

/// What the files of a district, a vendor and an agreement have in common.
record PaperParts(Charter charter, Elements elements) {
    static final int TEXT_MAX = 300;

    /// Reads with a function that gathers problems and hands back how to make the value once there are none.
    <T> Checked<T> read(byte[] file, Function<Form, Supplier<T>> reading) {
        List<Problem> problems = new ArrayList<>();
        Optional<Form> form = Form.read(file, charter.documentBytesMax(), problems);
        if (form.isEmpty()) {
            return new Checked.Flawed<>(problems);
        }
        Supplier<T> value = reading.apply(form.get());
        form.get().close();
        return problems.isEmpty() ? new Checked.Sound<>(value.get()) : new Checked.Flawed<>(problems);
    }

    /// A list of countries; absent is empty.
    Set<String> countries(Form form, String key) {
        return form.has(key) ? form.words(key, RuleFile.COUNTRIES::contains, Set.of(), charter.listMax()) : Set.of();
    }

    Optional<Insurance> insurance(Form form) {
        return form.partIfAny("insurance").map(part -> {
            var read = new Insurance(
                    part.text("insurer", 1, TEXT_MAX), part.text("policy", 1, TEXT_MAX), part.day("until"));
            part.close();
            return read;
        });
    }

    /// What packs ask for by words of their own. A word no pack knows is told with what they know.
    ///
    /// @param own words that are keys of the paper itself
    Map<String, String> statements(Form form, Pack.Paper paper, Set<String> own) {
        Optional<Form> part = form.partIfAny("statements");
        if (part.isEmpty()) {
            return Map.of();
        }
        Set<String> known = new TreeSet<>(charter.statements(paper).keySet());
        known.removeAll(own);
        Map<String, String> read = part.get().texts(known, 1, TEXT_MAX);
        part.get().close();
        return read;
    }

    static Optional<Agreement.Document> document(Form form, String key) {
        return form.partIfAny(key).map(PaperParts::document);
    }

    static Agreement.Document document(Form part) {
        String name = part.text("name", 1, TEXT_MAX);
        String hash = part.text("sha256", 64, 64);
        if (!hash.isEmpty() && !hash.matches("[0-9a-f]{64}")) {
            part.problem("sha256", "this is no SHA-256", "write what `sha256sum` says of the document");
        }
        part.close();
        return new Agreement.Document(name, hash);
    }

    static JsonObjectBuilder json(Insurance one) {
        return Json.createObjectBuilder()
                .add("insurer", one.insurer())
                .add("policy", one.policy())
                .add("until", one.until().toString());
    }

    static JsonObjectBuilder json(Agreement.Document one) {
        return Json.createObjectBuilder().add("name", one.name()).add("sha256", one.sha256());
    }

    static void statements(JsonObjectBuilder json, String key, Map<String, String> statements) {
        if (!statements.isEmpty()) {
            JsonObjectBuilder part = Json.createObjectBuilder();
            new TreeMap<>(statements).forEach(part::add);
            json.add(key, part);
        }
    }

    static void words(JsonObjectBuilder json, String key, Collection<String> words) {
        if (!words.isEmpty()) {
            json.add(key, list(words));
        }
    }

    static JsonArrayBuilder list(Collection<String> words) {
        JsonArrayBuilder json = Json.createArrayBuilder();
        new TreeSet<>(words).forEach(json::add);
        return json;
    }

    static byte[] bytes(JsonObjectBuilder json) {
        return Canonical.text(json.build()).getBytes(StandardCharsets.UTF_8);
    }
}
