package org.rosterkeep.appliance;

import jakarta.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;

/// When the doctor warns: `doctor.json`.
///
/// @param certificate how long before its certificate ends a server is warned of
/// @param rule how long before its end a rule is warned of
/// @param kit how long after a recovery kit was confirmed it is asked for again
/// @param backup how old the newest verified backup may be
/// @param drill how old the newest restore drill may be
/// @param free bytes that should be free beside the data
/// @param freeLeast bytes without which nothing can be written any more soon
/// @param freeTimesData how many times the data should be free
/// @param memory bytes of memory the machine should have
/// @param denialsAnHour refusals of one client in an hour that are unusual
/// @param digest how often the privacy officer gets a page
/// @param unused how long a client may have asked for nothing before somebody asks why it still may
/// @param approvers people without whom no rule can be approved
public record DoctorBounds(
        Duration certificate,
        Duration rule,
        Duration kit,
        Duration backup,
        Duration drill,
        long free,
        long freeLeast,
        int freeTimesData,
        long memory,
        int approvers,
        long denialsAnHour,
        Duration digest,
        Duration unused) {
    public static DoctorBounds shipped() {
        try (var in = DoctorBounds.class.getResourceAsStream("doctor.json");
                var reader = Json.createReader(in)) {
            var json = reader.readObject();
            return new DoctorBounds(
                    Duration.ofDays(json.getInt("certificateDays")),
                    Duration.ofDays(json.getInt("ruleDays")),
                    Duration.ofDays(json.getInt("kitDays")),
                    Duration.ofDays(json.getInt("backupDays")),
                    Duration.ofDays(json.getInt("drillDays")),
                    json.getJsonNumber("freeBytes").longValueExact(),
                    json.getJsonNumber("freeBytesLeast").longValueExact(),
                    json.getInt("freeTimesData"),
                    json.getJsonNumber("memoryBytes").longValueExact(),
                    json.getInt("approversLeast"),
                    json.getInt("denialsAnHour"),
                    Duration.ofDays(json.getInt("digestDays")),
                    Duration.ofDays(json.getInt("unusedDays")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
