package org.rosterkeep.appliance;

import jakarta.json.Json;
import jakarta.json.JsonObject;

/// What one check of `rosterkeep doctor` found (operations.md section 4).
///
/// @param id the check's name, for scripts: `disk-space`; never changes
/// @param about the district it speaks of; empty when it speaks of the machine or the appliance
/// @param sentence what was found, without any personal value
/// @param todo what to do about it; empty when nothing is to be done
public record Diagnosis(String id, String about, State state, String sentence, String todo) {
    /// Worst last.
    public enum State {
        OK("ok"),
        /// It could not be found out from here.
        CANNOT_TELL("cannot tell"),
        WARNING("warning"),
        FAILED("failed");

        private final String word;

        State(String word) {
            this.word = word;
        }

        public String word() {
            return word;
        }
    }

    public static Diagnosis ok(String id, String sentence) {
        return new Diagnosis(id, "", State.OK, sentence, "");
    }

    static Diagnosis cannotTell(String id, String sentence) {
        return new Diagnosis(id, "", State.CANNOT_TELL, sentence, "");
    }

    public static Diagnosis warning(String id, String sentence, String todo) {
        return new Diagnosis(id, "", State.WARNING, sentence, todo);
    }

    public static Diagnosis failed(String id, String sentence, String todo) {
        return new Diagnosis(id, "", State.FAILED, sentence, todo);
    }

    Diagnosis about(DistrictName district) {
        return new Diagnosis(id, district.text(), state, sentence, todo);
    }

    public JsonObject json() {
        return Json.createObjectBuilder()
                .add("check", id)
                .add("district", about)
                .add("state", state.word())
                .add("sentence", sentence)
                .add("todo", todo)
                .build();
    }

    public static Diagnosis read(JsonObject json) {
        var word = json.getString("state");
        var state = State.FAILED;
        for (var one : State.values()) {
            if (one.word.equals(word)) {
                state = one;
            }
        }
        return new Diagnosis(
                json.getString("check"),
                json.getString("district"),
                state,
                json.getString("sentence"),
                json.getString("todo"));
    }
}
