package org.rosterkeep.appliance;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.stream.JsonGenerator;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// `try.json`: what a trial made, for scripts. It holds passwords and secrets of made-up people and vendors, so
/// only its
/// owner may read it.
public record TrialFile(
        String baseUrl,
        String caFile,
        String tokenUrl,
        String oneroster12,
        String oneroster11,
        List<Operator> operators,
        List<Vendor> vendors) {
    public TrialFile {
        operators = List.copyOf(operators);
        vendors = List.copyOf(vendors);
    }

    public record Operator(String name, String password, List<String> roles) {
        public Operator {
            roles = List.copyOf(roles);
        }
    }

    public record Vendor(String name, String clientId, String clientSecret, String rule) {}

    /// The URLs of a trial whose only district answers without its name.
    public static TrialFile at(String baseUrl, String caFile, List<Operator> operators, List<Vendor> vendors) {
        return new TrialFile(
                baseUrl,
                caFile,
                baseUrl + "/ims/oneroster/token",
                baseUrl + "/ims/oneroster/rostering/v1p2",
                baseUrl + "/ims/oneroster/v1p1",
                operators,
                vendors);
    }

    public static Optional<TrialFile> read(Path file) {
        try (var reader = Json.createReader(new StringReader(Files.readString(file)))) {
            var json = reader.readObject();
            return Optional.of(TrialFile.at(
                    json.getString("baseUrl"),
                    json.getString("caFile"),
                    json.getJsonArray("operators").getValuesAs(JsonObject.class).stream()
                            .map(one -> new Operator(
                                    one.getString("name"),
                                    one.getString("password"),
                                    one.getJsonArray("roles").getValuesAs(jakarta.json.JsonString::getString)))
                            .toList(),
                    json.getJsonArray("vendors").getValuesAs(JsonObject.class).stream()
                            .map(one -> new Vendor(
                                    one.getString("name"),
                                    one.getString("clientId"),
                                    one.getString("clientSecret"),
                                    one.getString("rule")))
                            .toList()));
        } catch (IOException | RuntimeException absentOrDamaged) {
            return Optional.empty();
        }
    }

    public void write(Path file) throws IOException {
        var fresh = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(fresh);
        Files.createFile(fresh, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(fresh, pretty(json()));
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    public JsonObject json() {
        var people = Json.createArrayBuilder();
        operators.forEach(one -> people.add(Json.createObjectBuilder()
                .add("name", one.name())
                .add("password", one.password())
                .add("roles", Json.createArrayBuilder(one.roles()))));
        var receivers = Json.createArrayBuilder();
        vendors.forEach(one -> receivers.add(Json.createObjectBuilder()
                .add("name", one.name())
                .add("clientId", one.clientId())
                .add("clientSecret", one.clientSecret())
                .add("rule", one.rule())));
        return Json.createObjectBuilder()
                .add("baseUrl", baseUrl)
                .add("caFile", caFile)
                .add("tokenUrl", tokenUrl)
                .add("oneroster12", oneroster12)
                .add("oneroster11", oneroster11)
                .add("operators", people)
                .add("vendors", receivers)
                .build();
    }

    static String pretty(JsonObject object) {
        var text = new StringWriter();
        try (var writer = Json.createWriterFactory(Map.of(JsonGenerator.PRETTY_PRINTING, true))
                .createWriter(text)) {
            writer.write(object);
        }
        return text + "\n";
    }

    @Override
    public String toString() {
        return "trial at " + baseUrl;
    }
}
