package org.rosterkeep.appliance;

import jakarta.json.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.rosterkeep.access.Role;

/// In a trial, where there is no root to vouch for anybody: the keys by which the courier knows the district's people,
/// as the appliance itself has them. An installed courier believes a file of root's instead.
final class TrialAnchors {
    private final Path file;
    private String written = "";

    TrialAnchors(Home home) {
        file = home.directory().resolve("operators.json");
    }

    void write(Districts districts) throws IOException {
        var all = Json.createArrayBuilder();
        for (var district : districts.list()) {
            if (district.state() instanceof District.State.Open(Rooms rooms)) {
                for (var operator : rooms.operators().list()) {
                    var keys = Json.createArrayBuilder();
                    rooms.operators()
                            .publicKeys(operator.name())
                            .forEach(keys::add);
                    all.add(Json.createObjectBuilder()
                            .add("district", rooms.name().text())
                            .add("operator", operator.name())
                            .add(
                                    "roles",
                                    Json.createArrayBuilder(operator.roles().stream()
                                            .map(Role::word)
                                            .sorted()
                                            .toList()))
                            .add("publicKeys", keys));
                }
            }
        }
        var text = all.build().toString();
        if (!text.equals(written)) {
            var fresh = file.resolveSibling(".operators.json.new");
            Files.writeString(fresh, text, StandardCharsets.UTF_8);
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            written = text;
        }
    }
}
