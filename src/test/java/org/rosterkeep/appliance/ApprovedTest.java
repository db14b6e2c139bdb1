package org.rosterkeep.appliance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rosterkeep.commands.Asker;
import org.rosterkeep.commands.Common;
import org.rosterkeep.commands.TrialHome;
import org.rosterkeep.log.Log;

/// Only approved algorithms: what is told of a district that used others, and how it moves on.
class ApprovedTest {
    private static final String PHRASE = "plum orbit canyon velvet";
    private static final String PASSWORD = "quilt harbor mosaic tundra";

    @TempDir
    private Path directory;

    private Home home;
    private Appliance appliance;

    @BeforeEach
    void start() throws IOException {
        home = new Home(directory.resolve("h"));
        new TrialHome(home).prepare(Optional.of(0), true);
        open();
        ask(
                "district make",
                new Common.Args()
                        .with("name", "d")
                        .with("passphrase", PHRASE)
                        .with("country", "US")
                        .with("regimes", List.of("US-FERPA")));
    }

    private void open() {
        var log =
                new Log(new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8), Clock.systemUTC());
        appliance = Appliance.start(home, Settings.read(home.settings()), log, Clock.systemUTC());
    }

    @AfterEach
    void close() {
        appliance.close();
    }

    private JsonObject ask(String verb, Common.Args args) {
        return new Asker(home, line -> {}).ask(verb, args);
    }

    private Optional<JsonObject> doctor() {
        return ask("doctor", new Common.Args()).getJsonArray("checks").getValuesAs(JsonObject.class).stream()
                .filter(one -> one.getString("check").equals("approved-cryptography"))
                .findFirst();
    }

    private void onlyApproved() throws IOException {
        appliance.close();
        Files.writeString(home.settings(), "\napproved-cryptography = true\n", StandardOpenOption.APPEND);
        open();
        ask("key unseal", new Common.Args().with("passphrase", PHRASE));
    }

    private static Common.Args operator(String name) {
        return new Common.Args().with("name", name).with("new", PASSWORD).with("roles", List.of("administrator"));
    }

    @Test
    @DisplayName("what was sealed before is told by name and still opens; a new passphrase is all it takes to move")
    void moves() throws IOException {
        assertTrue(doctor().isEmpty(), "nobody asked for it");
        ask("key shares", new Common.Args().with("needed", 2).with("of", 2));
        onlyApproved();
        var told = doctor().orElseThrow();
        assertEquals("failed", told.getString("state"));
        assertTrue(told.toString().contains("Argon2id") && told.toString().contains("Shamir"), told.toString());
        var refused = assertThrows(
                Trouble.class,
                () -> ask("key shares", new Common.Args().with("needed", 2).with("of", 2)));
        assertEquals(Exit.REFUSED, refused.exit());
        ask("key passphrase", new Common.Args().with("old", PHRASE).with("new", "another phrase of words"));
        var shares = ask("key way list", new Common.Args()).getJsonArray("ways").getValuesAs(JsonObject.class).stream()
                .filter(one -> one.getString("method").equals("shares"))
                .findFirst()
                .orElseThrow();
        ask("key way remove", new Common.Args().with("way", shares.getString("way")));
        assertEquals("ok", doctor().orElseThrow().getString("state"), doctor().toString());
    }

    @Test
    @DisplayName("passwords of people who sign in are kept by PBKDF2 from then on; those before are told by name")
    void passwords() throws IOException {
        ask("operator make", operator("anna"));
        onlyApproved();
        ask("operator make", operator("ben").with("operator", "anna").with("password", PASSWORD));
        var told = doctor().orElseThrow().toString();
        assertTrue(told.contains("anna") && !told.contains("ben"), told);
        ask("key rotate", new Common.Args().with("operator", "ben").with("password", PASSWORD));
        assertThrows(
                Trouble.class,
                () -> ask(
                        "key rotate", new Common.Args().with("operator", "ben").with("password", "wrong")));
    }
}
