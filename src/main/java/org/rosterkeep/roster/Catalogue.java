package org.rosterkeep.roster;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import java.io.IOException;
import java.io.InputStream;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The data elements this house knows: which are kept at import, how delicate each is, and whether a rule may grant it
/// (`data-elements.json`; privacy.md section 4). A customer's file may narrow it freely; it widens nothing that the
/// shipped file forbids.
public final class Catalogue {
    private final Map<String, Element> elements;

    /// One data element.
    ///
    /// @param id the word rules, agreements and reports use, `name.given`
    /// @param kept whether an import keeps it without anybody switching it on
    /// @param dictionaryColumn what a published data dictionary calls it; empty when that has no word for it
    public record Element(
            String id,
            String label,
            Directory directory,
            Sensitivity sensitivity,
            Forward forward,
            boolean kept,
            String dictionaryColumn) {}

    /// Whether the element may be designated directory information.
    public enum Directory {
        ELIGIBLE,
        CONDITIONAL,
        NEVER
    }

    /// How delicate an element is, mildest first.
    public enum Sensitivity {
        /// Ordinary.
        NO,
        /// A rule that grants it states why.
        ELEVATED,
        /// A rule that grants it names a special-category condition and has an extra approver.
        SPECIAL,
        /// Never kept, never leaves.
        CREDENTIAL,
        /// Never enters.
        PROHIBITED
    }

    /// When an element may leave, widest first.
    public enum Forward {
        ALWAYS,
        RULE,
        NEVER
    }

    private Catalogue(Map<String, Element> elements) {
        this.elements = Collections.unmodifiableMap(elements);
    }

    /// The catalogue that ships.
    public static Catalogue shipped() {
        try (InputStream in = Catalogue.class.getResourceAsStream("data-elements.json")) {
            if (in == null) {
                throw new IllegalStateException("data-elements.json is missing from this build");
            }
            return read(in);
        } catch (IOException e) {
            throw new IllegalStateException("data-elements.json cannot be read", e);
        }
    }

    /// Reads a whole catalogue.
    public static Catalogue read(InputStream in) {
        Map<String, Element> elements = new LinkedHashMap<>();
        for (JsonObject json : objects(in)) {
            Element element = new Element(
                    json.getString("id"),
                    json.getString("label"),
                    word(Directory.class, json, "directory_information"),
                    word(Sensitivity.class, json, "sensitive"),
                    word(Forward.class, json, "forward"),
                    json.getBoolean("default_kept"),
                    json.getString("utah_column", ""));
            if (elements.put(element.id(), element) != null) {
                throw new IllegalArgumentException("element listed twice: " + element.id());
            }
        }
        return new Catalogue(elements);
    }

    /// This catalogue with a customer's changes: a file of the same form whose elements may leave out everything but
    /// `id`. `default_kept` may be set either way (not for prohibited elements and credentials); sensitivity only
    /// rises, forwarding and directory information only narrow, and nothing new is invented.
    ///
    /// @throws IllegalArgumentException naming the element, when the file asks for more
    public Catalogue overriddenBy(InputStream customer) {
        Map<String, Element> changed = new LinkedHashMap<>(elements);
        for (JsonObject json : objects(customer)) {
            Element ours = find(json.getString("id"))
                    .orElseThrow(() -> new IllegalArgumentException("unknown element: " + json.getString("id")));
            changed.put(ours.id(), narrowed(ours, json));
        }
        return new Catalogue(changed);
    }

    private static Element narrowed(Element ours, JsonObject json) {
        Element theirs = new Element(
                ours.id(),
                json.getString("label", ours.label()),
                json.containsKey("directory_information")
                        ? word(Directory.class, json, "directory_information")
                        : ours.directory(),
                json.containsKey("sensitive") ? word(Sensitivity.class, json, "sensitive") : ours.sensitivity(),
                json.containsKey("forward") ? word(Forward.class, json, "forward") : ours.forward(),
                json.getBoolean("default_kept", ours.kept()),
                json.getString("utah_column", ours.dictionaryColumn()));
        boolean wider = theirs.directory().compareTo(ours.directory()) < 0
                || theirs.sensitivity().compareTo(ours.sensitivity()) < 0
                || theirs.forward().compareTo(ours.forward()) < 0
                || theirs.kept() && !storable(theirs);
        if (wider) {
            throw new IllegalArgumentException("an element may only be narrowed: " + ours.id());
        }
        return theirs;
    }

    private static boolean storable(Element element) {
        return element.sensitivity().compareTo(Sensitivity.CREDENTIAL) < 0;
    }

    public Optional<Element> find(String id) {
        return Optional.ofNullable(elements.get(id));
    }

    public Collection<Element> elements() {
        return elements.values();
    }

    /// The elements an import keeps when these were switched on besides the default ones. Credentials, prohibited
    /// elements and unknown words are not switched on by asking; a sub-element (`id.state.<type>`) needs its
    /// own word.
    public Set<String> kept(Collection<String> switchedOn) {
        Set<String> kept = new HashSet<>();
        for (Element element : elements.values()) {
            if (element.kept() || switchedOn.contains(element.id()) && storable(element)) {
                kept.add(element.id());
            }
        }
        for (String word : switchedOn) {
            if (word.startsWith("id.state.")) {
                kept.add(word);
            }
        }
        return Collections.unmodifiableSet(kept);
    }

    private static List<JsonObject> objects(InputStream in) {
        try (JsonReader reader = Json.createReader(in)) {
            return reader.readObject().getJsonArray("elements").getValuesAs(JsonObject.class);
        }
    }

    private static <E extends Enum<E>> E word(Class<E> type, JsonObject json, String key) {
        JsonString text = json.getJsonString(key);
        return Enum.valueOf(type, text.getString().toUpperCase(Locale.ROOT));
    }
}
