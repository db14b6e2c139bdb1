package org.rosterkeep.appliance;

import static org.rosterkeep.appliance.FloorCase.everything;
import static org.rosterkeep.appliance.FloorCases.list;
import static org.rosterkeep.appliance.FloorCases.subProcessor;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.stream.Stream;
import org.rosterkeep.fixture.Rules;
import org.rosterkeep.oracle.Papers;

/// Destinations: a district in a country whose law asks where the data go, and a vendor in a country that is adequate
/// as long as its evidence is fresh.
final class AbroadCases {
    private static final String DISTRICT = """
        {"legalName": "Made-up Authority", "kind": "public-authority", "country": "DE", "packs": ["EU"],
         "privacyContact": {"name": "somebody (made up)", "address": "privacy@authority.example"},
         "dataProtectionOfficer": {"name": "somebody else (made up)", "address": "dpo@authority.example"},
         "regulator": {"name": "a regulator (made up)", "address": "regulator.example"}}\
        """;
    private static final String VENDOR = FloorCases.vendor("countries", list("US"));
    private static final Map<String, JsonValue> BASIS = Map.of(
            "basis",
            Json.createObjectBuilder().add("EU", "public_task").build(),
            "assessment",
            Json.createObjectBuilder()
                    .add("reference", "a made-up assessment")
                    .add("made", "2026-09-01")
                    .add("consultation", "not-needed")
                    .build());

    private AbroadCases() {}

    static FloorDistrict district(Path directory) throws IOException {
        var district = new FloorDistrict(
                directory,
                Map.of("district", DISTRICT, "vendor", VENDOR, "agreement", Papers.agreement()),
                AbroadCases::written);
        district.activate(rules(), evidence("2026-10-01"));
        return district;
    }

    private static Rules rules() {
        return FloorDistrict.everything(FloorDistrict.VENDOR);
    }

    private static JsonObject written(JsonObject file) {
        return read(FloorDistrict.change(file.toString(), BASIS));
    }

    private static JsonObject read(String text) {
        return org.rosterkeep.oracle.Pull.json(text);
    }

    /// Evidence of today.
    static Map<String, JsonValue> fresh(FloorDistrict district) {
        return evidence(
                LocalDate.ofInstant(district.clock.instant(), ZoneOffset.UTC).toString());
    }

    /// What the vendor's country asks to be looked up, and when it was.
    private static Map<String, JsonValue> evidence(String day) {
        var evidence = Json.createObjectBuilder();
        for (var word : new String[] {"dpf_list_entry", "dpf_scope", "dpf_checked_on"}) {
            evidence.add(word, day + " made up");
        }
        return Map.of("evidence", evidence.build());
    }

    static Stream<FloorCase> all() {
        return Stream.of(
                everything(
                        "F06",
                        "the district's profile lacks what the law asks for",
                        d -> d.district(DISTRICT.replaceFirst(",\\s*\"regulator\": \\{[^}]*}", "")),
                        d -> d.district(DISTRICT)),
                everything(
                        "F07",
                        "localisation is switched on, and the destination is not home",
                        d -> d.district(FloorDistrict.change(DISTRICT, Map.of("localised", JsonValue.TRUE))),
                        d -> d.district(DISTRICT)),
                everything(
                        "F07",
                        "the vendor stores in a country that is not adequate",
                        d -> d.vendor(FloorDistrict.change(VENDOR, Map.of("countries", list("US", "IN")))),
                        d -> d.vendor(VENDOR)),
                everything(
                        "F07",
                        "a sub-processor in a country that is adequate, for which nobody signed",
                        d -> d.vendor(FloorDistrict.change(VENDOR, Map.of("subProcessors", subProcessor("GB")))),
                        d -> d.vendor(VENDOR)),
                everything(
                        "F07",
                        "remote access from a country that is not adequate",
                        d -> d.vendor(FloorDistrict.change(VENDOR, Map.of("remoteAccess", list("IN")))),
                        d -> d.vendor(VENDOR)),
                everything(
                        "F07",
                        "the evidence of adequacy is stale",
                        d -> d.clock.forward(Duration.ofDays(88)),
                        d -> d.further(rules(), fresh(d))));
    }
}
