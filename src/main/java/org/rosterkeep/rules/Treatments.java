package org.rosterkeep.rules;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.text.Normalizer;
import java.util.Optional;

/// The words rule files have for treatments.
final class Treatments {
    static final String CONSTANT = "constant";

    private Treatments() {}

    /// The word, as `treatments.json` lists it.
    static String word(Treatment treatment) {
        return switch (treatment) {
            case Treatment.AsIs() -> "as-is";
            case Treatment.Initial() -> "initial";
            case Treatment.Pseudonym() -> "pseudonym";
            case Treatment.Constant(String text) -> CONSTANT;
            case Treatment.Coarse() -> "coarse";
            case Treatment.Preferred() -> "preferred";
        };
    }

    /// As a rule file writes it: a word, or `{"constant": "text"}`.
    static JsonValue json(Treatment treatment) {
        return switch (treatment) {
            case Treatment.Constant(String text) ->
                Json.createObjectBuilder().add(CONSTANT, text).build();
            case Treatment.AsIs(),
                    Treatment.Initial(),
                    Treatment.Pseudonym(),
                    Treatment.Coarse(),
                    Treatment.Preferred() -> Json.createValue(word(treatment));
        };
    }

    /// Empty for anything that is no treatment.
    static Optional<Treatment> of(JsonValue value) {
        if (value instanceof JsonString string) {
            return switch (string.getString()) {
                case "as-is" -> Optional.of(new Treatment.AsIs());
                case "initial" -> Optional.of(new Treatment.Initial());
                case "pseudonym" -> Optional.of(new Treatment.Pseudonym());
                case "coarse" -> Optional.of(new Treatment.Coarse());
                case "preferred" -> Optional.of(new Treatment.Preferred());
                default -> Optional.empty();
            };
        }
        return value instanceof JsonObject object
                        && object.size() == 1
                        && object.get(CONSTANT) instanceof JsonString text
                ? Optional.of(new Treatment.Constant(Normalizer.normalize(text.getString(), Normalizer.Form.NFC)))
                : Optional.empty();
    }
}
