package org.rosterkeep.backup;

import jakarta.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Objects;

/// How long backups live, and when they are made and proved: `backup.json`.
///
/// @param usual how long one lives unless the settings say otherwise
/// @param most how long one may live at most
/// @param drill how often a restore is practised
/// @param hour of the day, UTC, at which the nightly one is made unless the settings say otherwise
public record Life(Duration usual, Duration most, Duration drill, int hour) {
    public static Life shipped() {
        try (var in = Objects.requireNonNull(Life.class.getResourceAsStream("backup.json"));
                var reader = Json.createReader(in)) {
            var json = reader.readObject();
            return new Life(
                    Duration.ofDays(json.getInt("lifeDays")),
                    Duration.ofDays(json.getInt("lifeDaysMax")),
                    Duration.ofDays(json.getInt("drillDays")),
                    json.getInt("hour"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
