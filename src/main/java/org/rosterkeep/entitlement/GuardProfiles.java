package org.rosterkeep.entitlement;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.InputStream;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.rosterkeep.roster.Entity;

/// The seasons' profiles the product ships with (`guard.json`).
///
/// @param standard what counts while nobody has chosen
/// @param strictest holds everything; what counts where a choice cannot be read
public record GuardProfiles(Map<String, GuardProfile> named, GuardProfile standard, GuardProfile strictest) {
    public GuardProfiles {
        named = Map.copyOf(named);
    }

    public static GuardProfiles shipped() {
        InputStream in = Objects.requireNonNull(
                GuardProfiles.class.getResourceAsStream("guard.json"), "guard.json is part of the program");
        try (JsonReader reader = Json.createReader(in)) {
            return read(reader.readObject());
        }
    }

    private static GuardProfiles read(JsonObject json) {
        Map<String, GuardProfile> named = new TreeMap<>();
        JsonObject profiles = json.getJsonObject("profiles");
        profiles.keySet().forEach(name -> named.put(name, profile(name, profiles.getJsonObject(name))));
        return new GuardProfiles(
                named,
                Objects.requireNonNull(named.get(json.getString("default")), "the default is a profile"),
                named.values().stream()
                        .filter(GuardProfile::everything)
                        .findFirst()
                        .orElseThrow());
    }

    private static GuardProfile profile(String name, JsonObject json) {
        Map<Entity, GuardProfile.Lines> lines = new EnumMap<>(Entity.class);
        Optional.ofNullable(json.getJsonObject("collections")).ifPresent(collections -> {
            for (Entity entity : Entity.values()) {
                String key = collections.containsKey(entity.many()) ? entity.many() : "*";
                JsonObject of = collections.getJsonObject(key);
                lines.put(entity, new GuardProfile.Lines(lines(of, "remove"), lines(of, "add")));
            }
        });
        return new GuardProfile(name, json.getString("label"), json.getBoolean("everything", false), lines);
    }

    private static List<GuardProfile.Line> lines(JsonObject json, String key) {
        return json.getJsonArray(key).getValuesAs(JsonObject.class).stream()
                .map(line -> new GuardProfile.Line(
                        line.getJsonNumber("percent").doubleValue(),
                        line.getJsonNumber("atLeast").longValue()))
                .toList();
    }
}
