package org.rosterkeep.intake;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.InputStream;

/// What a delivery may be at most (security.md 5.6); shipped as `limits.json`.
///
/// @param packedBytes size of the archive, or of all files of a folder
/// @param unpackedBytes size of all files together
/// @param ratio unpacked to packed size of one file, looked at above `ratioFloorBytes`
/// @param rows rows of one file
/// @param findingsPerCode findings of one code kept in full
public record Limits(
        int files,
        long packedBytes,
        long unpackedBytes,
        int ratio,
        long ratioFloorBytes,
        int cellBytes,
        int columns,
        long rows,
        int findingsPerCode) {

    public static Limits shipped() {
        JsonObject json = Shipped.json("limits.json");
        return new Limits(
                json.getInt("files"),
                json.getJsonNumber("packedBytes").longValue(),
                json.getJsonNumber("unpackedBytes").longValue(),
                json.getInt("ratio"),
                json.getJsonNumber("ratioFloorBytes").longValue(),
                json.getInt("cellBytes"),
                json.getInt("columns"),
                json.getJsonNumber("rows").longValue(),
                json.getInt("findingsPerCode"));
    }

    /// The data files that ship with this package.
    static final class Shipped {
        private Shipped() {}

        static JsonObject json(String name) {
            InputStream in = Limits.class.getResourceAsStream(name);
            if (in == null) {
                throw new IllegalStateException("missing from this build: " + name);
            }
            try (JsonReader reader = Json.createReader(in)) {
                return reader.readObject();
            }
        }
    }
}
