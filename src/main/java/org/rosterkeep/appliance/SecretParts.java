package org.rosterkeep.appliance;

import jakarta.json.Json;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.rosterkeep.courier.wire.Secret;
import org.rosterkeep.outbound.PushSecrets;

/// The parts a secret may have, by the words people use for them.
record SecretParts(Map<String, Secret.Part> parts) {
    SecretParts {
        parts = new TreeMap<>(parts);
    }

    /// Which of them are kept.
    List<String> words(PushSecrets secrets, String of) {
        var kept = secrets.parts(of);
        return parts.entrySet().stream()
                .filter(one -> kept.contains(one.getValue()))
                .map(Map.Entry::getKey)
                .toList();
    }

    /// Keeps one part, or forgets all of them, as the call says.
    ///
    /// @param what what it belongs to: `rule`, `source`
    /// @param place for people: where it lets somebody in
    Answer keep(Call call, PushSecrets secrets, String what, String place) {
        var id = call.text("id");
        if (call.flag("forget")) {
            secrets.forget(id, call.caller().actor());
            return Answer.of(
                    Json.createObjectBuilder()
                            .add(what, id)
                            .add("forgotten", true)
                            .build(),
                    "What was kept for " + place + " is forgotten.");
        }
        var word = call.text("part").toLowerCase(Locale.ROOT);
        var part = Optional.ofNullable(parts.get(word))
                .orElseThrow(() -> Trouble.wrongUse(
                        "There is no such part of a secret.",
                        "It asks for others.",
                        "Use one of " + String.join(", ", parts.keySet()) + "."));
        secrets.put(id, part, call.text("text").strip(), call.caller().actor());
        return Answer.of(
                Json.createObjectBuilder().add(what, id).add("part", word).build(),
                "The " + word + " for " + place + " is kept, sealed.");
    }
}
