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
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.HexFormat;
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
import org.rosterkeep.keys.HostSecret;
import org.rosterkeep.log.Log;

/// The ways of unsealing, asked of a running appliance that is started again and again.
class KeyWaysTest {
    private static final String PHRASE = "plum orbit canyon velvet";

    @TempDir
    private Path directory;

    private final SecureRandom random = new SecureRandom();
    private Home home;
    private Path credentials;
    private Appliance appliance;

    @BeforeEach
    void start() throws IOException {
        home = new Home(directory.resolve("h"));
        credentials = Files.createDirectory(directory.resolve("credentials"));
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
        appliance = Appliance.start(
                home,
                Settings.read(home.settings()),
                log,
                Clock.systemUTC(),
                new Appliance.Sockets(Optional.empty(), Optional.empty(), Optional.of(credentials)));
    }

    private void again() {
        appliance.close();
        open();
    }

    @AfterEach
    void close() {
        appliance.close();
    }

    private JsonObject ask(String verb, Common.Args args) {
        return new Asker(home, line -> {}).ask(verb, args);
    }

    private JsonObject ask(String verb) {
        return ask(verb, new Common.Args());
    }

    private Trouble trouble(String verb, Common.Args args) {
        return assertThrows(Trouble.class, () -> ask(verb, args), verb);
    }

    private String state() {
        return ask("key status").getString("state");
    }

    private List<JsonObject> ways() {
        return ask("key way list").getJsonArray("ways").getValuesAs(JsonObject.class);
    }

    private String way(String method) {
        return ways().stream()
                .filter(one -> one.getString("method").equals(method))
                .findFirst()
                .orElseThrow()
                .getString("way");
    }

    private String seal() throws IOException {
        byte[] secret = new byte[32];
        random.nextBytes(secret);
        Files.write(credentials.resolve(HostSecret.NAME), secret);
        return HexFormat.of().formatHex(secret);
    }

    private static String words(JsonObject share) {
        return String.join(" ", share.getJsonArray("words").getValuesAs(JsonString::getString));
    }

    private static Common.Args share(JsonObject share) {
        return new Common.Args().with("share", words(share));
    }

    private List<String> acts() {
        return ask("ledger list", new Common.Args()).toString().lines().toList();
    }

    @Test
    @DisplayName("with the machine's credential it opens by itself; without, it waits for the passphrase and says why")
    void host() throws IOException {
        var secret = seal();
        ask("key way add", new Common.Args().with("method", "host").with("secret", secret));
        assertEquals(2, ways().size());
        again();
        assertEquals("open", state());
        assertTrue(String.join("", acts()).contains("key.way-added"));
        Files.delete(credentials.resolve(HostSecret.NAME));
        again();
        assertEquals("sealed", state());
        assertTrue(ask("key status").getString("why").contains("did not hand over"));
        var told = ask("doctor").getJsonArray("checks").getValuesAs(JsonObject.class).stream()
                .filter(one -> one.getString("check").equals("district-open"))
                .findFirst()
                .orElseThrow();
        assertTrue(told.toString().contains("did not open by itself"), told.toString());
        seal();
        again();
        assertTrue(ask("key status").getString("why").contains("does not open"));
        Files.write(credentials.resolve(HostSecret.NAME), new byte[7]);
        again();
        assertEquals("sealed", state());
        ask("key unseal", new Common.Args().with("passphrase", PHRASE));
        assertEquals("open", state());
    }

    @Test
    @DisplayName("a way that is removed opens no more; the last one stays; a key file that was one is gone")
    void removed() {
        ask("key way add", new Common.Args().with("method", "file"));
        var file = District.unsealingFile(home.district(new DistrictName("d")));
        again();
        assertEquals("open", state());
        assertEquals(
                Exit.FAILED,
                trouble("key way add", new Common.Args().with("method", "file")).exit());
        assertTrue(Files.exists(file), "the key file that is in use is left alone");
        var passphrase = way("passphrase");
        ask("key way remove", new Common.Args().with("way", way("file")));
        assertFalse(Files.exists(file));
        var last = trouble("key way remove", new Common.Args().with("way", passphrase));
        assertEquals(Exit.REFUSED, last.exit());
        assertEquals(
                Exit.NOT_FOUND,
                trouble("key way remove", new Common.Args().with("way", "nosuch"))
                        .exit());
        again();
        assertEquals("sealed", state());
        assertEquals(passphrase, way("passphrase"));
        ask("key unseal", new Common.Args().with("passphrase", PHRASE));
        assertTrue(String.join("", acts()).contains("key.way-removed"));
    }

    @Test
    @DisplayName("shares of different people open it together; the same one twice does not, nor one of the set before")
    void shares() {
        assertEquals(
                Exit.WRONG_USE,
                trouble("key shares", new Common.Args().with("needed", 1).with("of", 3))
                        .exit());
        var before = ask("key shares", new Common.Args().with("needed", 2).with("of", 3));
        var set = ask("key shares", new Common.Args().with("needed", 3).with("of", 4));
        var shares = set.getJsonArray("shares").getValuesAs(JsonObject.class);
        ask("key way remove", new Common.Args().with("way", way("passphrase")));
        again();
        assertEquals("sealed", state());
        ask("key unseal", share(shares.get(0)));
        var second = ask("key unseal", share(shares.get(0)));
        assertEquals(List.of(1), second.getJsonArray("given").getValuesAs(JsonNumber::intValue));
        var old = before.getJsonArray("shares").getValuesAs(JsonObject.class).get(1);
        var wrong = trouble("key unseal", share(old));
        assertEquals(Exit.REFUSED, wrong.exit());
        assertTrue(wrong.why().contains("hare 2") && wrong.why().contains(before.getString("set")), wrong.why());
        assertFalse(wrong.why().contains(words(old).split(" ", 2)[0] + " "));
        ask("key unseal", share(shares.get(3)));
        assertEquals("sealed", state());
        assertEquals("open", ask("key unseal", share(shares.get(1))).getString("state"));
        again();
        // What was given before the start is not remembered.
        ask("key unseal", share(shares.get(2)));
        ask("key unseal", share(shares.get(1)));
        assertEquals("sealed", state());
    }

    @Test
    @DisplayName("what a token decrypted opens it, and nothing else of that form does")
    void token() {
        var secret = HexFormat.of().formatHex(new byte[32]);
        var rest = "pkcs11 token=made-up key=district box=00";
        ask(
                "key way add",
                new Common.Args().with("method", "token").with("token", secret).with("rest", rest));
        again();
        var other = new byte[32];
        other[3] = 1;
        assertEquals(
                Exit.REFUSED,
                trouble(
                                "key unseal",
                                new Common.Args()
                                        .with("token", HexFormat.of().formatHex(other))
                                        .with("rest", rest))
                        .exit());
        ask("key unseal", new Common.Args().with("token", secret).with("rest", rest));
        assertEquals("open", state());
    }

    @Test
    @DisplayName("a second person's passphrase opens it beside the first, and stays when the first is changed")
    void passphrases() {
        ask("key way add", new Common.Args().with("method", "passphrase").with("new", "another phrase of words"));
        again();
        ask("key unseal", new Common.Args().with("passphrase", "another phrase of words"));
        assertEquals(
                Exit.REFUSED,
                trouble(
                                "key passphrase",
                                new Common.Args().with("old", "no such phrase").with("new", "a third phrase of words"))
                        .exit());
        ask("key passphrase", new Common.Args().with("old", PHRASE).with("new", "a third phrase of words"));
        again();
        assertEquals(
                Exit.REFUSED,
                trouble("key unseal", new Common.Args().with("passphrase", PHRASE))
                        .exit());
        ask("key unseal", new Common.Args().with("passphrase", "a third phrase of words"));
        again();
        ask("key unseal", new Common.Args().with("passphrase", "another phrase of words"));
    }
}
