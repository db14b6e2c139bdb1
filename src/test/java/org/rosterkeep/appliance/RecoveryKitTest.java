package org.rosterkeep.appliance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
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

/// The recovery kit, asked of a running appliance.
class RecoveryKitTest {
    private static final String PHRASE = "plum orbit canyon velvet";

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

    private Exit exit(String verb, Common.Args args) {
        return assertThrows(Trouble.class, () -> ask(verb, args), verb).exit();
    }

    private static List<String> words(JsonObject kit) {
        return kit.getJsonArray("words").getValuesAs(JsonString::getString);
    }

    private static String asked(JsonObject kit) {
        return String.join(
                " ",
                kit.getJsonArray("asked").getValuesAs(JsonNumber::intValue).stream()
                        .map(n -> words(kit).get(n - 1))
                        .toList());
    }

    private JsonObject confirmed() {
        var kit = ask("key kit", new Common.Args());
        ask("key kit confirm", new Common.Args().with("words", asked(kit)));
        return kit;
    }

    private String doctor() {
        return ask("doctor", new Common.Args()).getJsonArray("checks").getValuesAs(JsonObject.class).stream()
                .filter(one -> one.getString("check").equals("recovery-kit"))
                .findFirst()
                .orElseThrow()
                .getString("state");
    }

    @Test
    @DisplayName("a kit counts once two of its words were given; status and doctor say whether")
    void confirm() {
        assertEquals("warning", doctor());
        var kit = ask("key kit", new Common.Args());
        assertFalse(ask("key status", new Common.Args()).containsKey("kit"));
        assertEquals(Exit.REFUSED, exit("key kit confirm", new Common.Args().with("words", "zoo zoo")));
        ask("key kit confirm", new Common.Args().with("words", asked(kit)));
        assertEquals(kit.getString("kit"), ask("key status", new Common.Args()).getString("kit"));
        assertEquals("ok", doctor());
        assertEquals(Exit.NOT_FOUND, exit("key kit confirm", new Common.Args().with("words", asked(kit))));
    }

    @Test
    @DisplayName("after three wrong answers the kit is gone, and the one before still stands")
    void guesses() {
        var first = confirmed();
        var second = ask("key kit", new Common.Args());
        for (int i = 0; i < 3; i++) {
            assertEquals(Exit.REFUSED, exit("key kit confirm", new Common.Args().with("words", "zoo zoo")));
        }
        assertEquals(Exit.NOT_FOUND, exit("key kit confirm", new Common.Args().with("words", asked(second))));
        assertEquals(
                first.getString("kit"), ask("key status", new Common.Args()).getString("kit"));
    }

    @Test
    @DisplayName("a sealed district opens by its kit, not by another; with it a lost passphrase is replaced")
    void unseal() {
        var old = confirmed();
        var kit = confirmed();
        appliance.close();
        open();
        var wrong = assertThrows(
                Trouble.class, () -> ask("key unseal", new Common.Args().with("kit", String.join(" ", words(old)))));
        assertEquals(Exit.REFUSED, wrong.exit());
        assertTrue(wrong.why().contains(old.getString("kit")) && wrong.why().contains(kit.getString("kit")));
        assertEquals(Exit.WRONG_USE, exit("key unseal", new Common.Args().with("kit", "zoo zoo")));
        var typed = String.join(" ", words(kit));
        assertEquals(
                "open", ask("key unseal", new Common.Args().with("kit", typed)).getString("state"));
        ask("key passphrase", new Common.Args().with("kit", typed).with("new", "another phrase of words"));
        appliance.close();
        open();
        assertEquals(Exit.REFUSED, exit("key unseal", new Common.Args().with("passphrase", PHRASE)));
        ask("key unseal", new Common.Args().with("passphrase", "another phrase of words"));
    }
}
