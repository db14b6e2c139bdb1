package org.rosterkeep.appliance;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
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
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rosterkeep.commands.Asker;
import org.rosterkeep.commands.Common;
import org.rosterkeep.commands.TrialHome;
import org.rosterkeep.log.Log;

/// What becomes of a district whose ledger somebody damaged.
class SetAsideTest {
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
                        .with("keyFile", true)
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

    private JsonObject status() {
        return ask("status", new Common.Args()).getJsonArray("districts").getJsonObject(0);
    }

    /// What the check in the background came to.
    private JsonObject checked() {
        var status = status();
        while (status.getString("chain", "").equals("checking")) {
            Thread.onSpinWait();
            status = status();
        }
        return status;
    }

    private static Common.Args because(String reason) {
        return new Common.Args().with("reason", reason);
    }

    private Path ledger() {
        return home.district(new DistrictName("d")).resolve("ledger");
    }

    /// Changes one letter in the record of the district's making.
    private byte[] damaged(byte[] segment) {
        int at = new String(segment, StandardCharsets.ISO_8859_1).indexOf("district.made");
        assertTrue(at > 0);
        segment[at] ^= 1;
        return segment;
    }

    private byte[] restartedWith(UnaryOperator<byte[]> change) throws IOException {
        appliance.close();
        var file = ledger().resolve("00000001.log");
        var bytes = change.apply(Files.readAllBytes(file));
        Files.write(file, bytes);
        open();
        return bytes;
    }

    @Test
    @DisplayName("status says that the chain is whole, and a ledger that is whole is not set aside")
    void whole() {
        assertEquals("whole", checked().getString("chain"));
        var refused = assertThrows(Trouble.class, () -> ask("ledger set-aside", because("to hide something")));
        assertEquals(Exit.REFUSED, refused.exit());
        assertEquals(
                Exit.WRONG_USE,
                assertThrows(Trouble.class, () -> ask("ledger set-aside", new Common.Args()))
                        .exit());
        assertTrue(Files.notExists(ledger().resolve("damaged-1")));
    }

    @Test
    @DisplayName(
            "a record changed in the middle is found after opening; set aside, it is kept whole and the new one says"
                    + " so")
    void damaged() throws IOException {
        var damaged = restartedWith(this::damaged);
        var status = checked();
        assertEquals("broken", status.getString("chain"));
        assertTrue(status.getString("chainWhy").contains("record"), status.toString());
        var told = ask("ledger set-aside", because("a disk failed"));
        var kept = Path.of(told.getString("kept"));
        assertArrayEquals(damaged, Files.readAllBytes(kept.resolve("00000001.log")));
        assertEquals("whole", checked().getString("chain"));
        var acts = ask("ledger list", new Common.Args()).getJsonArray("entries").getValuesAs(JsonObject.class);
        var first = acts.stream()
                .filter(one -> one.getString("kind").equals("ledger.set-aside"))
                .findFirst()
                .orElseThrow();
        assertEquals("user:" + System.getProperty("user.name"), first.getString("actor"));
        assertEquals("a disk failed", first.getJsonObject("facts").getString("reason"));
        assertTrue(ask("ledger verify", new Common.Args()).getBoolean("sound"));
    }

    @Test
    @DisplayName("a ledger that was cut off blocks its district, until it is set aside")
    void cutOff() throws IOException {
        restartedWith(segment -> Arrays.copyOf(segment, 40));
        assertEquals("blocked", status().getString("state"));
        ask("ledger set-aside", because("a disk failed"));
        assertEquals("open", status().getString("state"));
        assertEquals("whole", checked().getString("chain"));
    }
}
