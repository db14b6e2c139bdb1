package org.rosterkeep.appliance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.rosterkeep.commands.Asker;
import org.rosterkeep.commands.Common;
import org.rosterkeep.commands.TrialDocuments;
import org.rosterkeep.commands.TrialHome;
import org.rosterkeep.log.Log;
import org.rosterkeep.oracle.Pull;

@DisplayName("One appliance fetches from another: two programs, a courier of its own, and the command line's verbs")
@Timeout(240)
class FetchPeerTest {
    private static final String PASSWORD = "correct horse battery staple";

    private final ByteArrayOutputStream logged = new ByteArrayOutputStream();

    private static void until(BooleanSupplier what, Supplier<String> state) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!what.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("it did not come to pass: " + state.get());
            }
            Thread.sleep(100);
        }
    }

    /// An appliance with an empty district and two people.
    private Appliance taker(Home home) throws Exception {
        new TrialHome(home).prepare(Optional.of(0), true);
        var log = new Log(new PrintStream(logged, true, StandardCharsets.UTF_8), Clock.systemUTC());
        var appliance = Appliance.start(home, Settings.read(home.settings()), log, Clock.systemUTC());
        ask(home, "district make", TrialDocuments.district("taker"));
        ask(home, "operator make", person("anna", "administrator", "operator", "privacy-officer"));
        ask(home, "operator make", as("anna", person("ben", "approver")));
        return appliance;
    }

    private static Common.Args person(String name, String... roles) {
        return new Common.Args()
                .with("name", name)
                .with("roles", List.of(roles))
                .with("new", PASSWORD);
    }

    private static Common.Args as(String operator, Common.Args args) {
        return args.with("operator", operator).with("password", PASSWORD);
    }

    private static JsonObject ask(Home home, String verb, Common.Args args) {
        return new Asker(home, line -> {}).ask(verb, args);
    }

    private static JsonObject source(Home home) {
        return ask(home, "source show", new Common.Args().with("id", "giver"));
    }

    private static void named(Home home) {
        try {
            Files.writeString(home.settings(), "server-names = localhost\n", StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static JsonObject listed(Home home) {
        return ask(home, "source list", new Common.Args())
                .getJsonArray("sources")
                .getJsonObject(0);
    }

    private static long grants(Home home) {
        try (var left = Files.list(home.grants())) {
            return left.count();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static long users(Home home) {
        return ask(home, "status", new Common.Args())
                .getJsonArray("districts")
                .getJsonObject(0)
                .getInt("users");
    }

    private static void ran(Home home, JsonObject before) throws InterruptedException {
        until(
                () -> source(home).containsKey("looked")
                        && !source(home).getString("looked").equals(before.getString("looked", ""))
                        && !source(home).containsKey("underWay"),
                () -> source(home).toString());
    }

    @Test
    @DisplayName(
            "what one lets it see arrives in the other as a roster; who is taken away there goes here; all of it is on"
                    + " record there")
    void peers(@TempDir Path directory) throws Exception {
        var home = new Home(directory.resolve("a"));
        try (var giver = new TrialRun(directory.resolve("b"), Optional.empty(), line -> {});
                var taker = taker(home)) {
            // A source names a host, never an address.
            giver.restart(() -> named(giver.home()));
            Files.copy(Path.of(giver.file().caFile()), home.authorities());
            var vendor = giver.file().vendors().get(1);
            String token = URI.create(giver.file().tokenUrl()).getPath();
            String file = source(
                    URI.create(giver.origin()).getPort(),
                    token,
                    URI.create(giver.origin()).getHost());

            ask(home, "source put", as("anna", new Common.Args().with("document", file)));
            assertEquals("waits", source(home).getString("state"));
            for (var part : Set.of("client-id", "client-secret")) {
                ask(
                        home,
                        "source secret",
                        as("anna", new Common.Args().with("id", "giver"))
                                .with("part", part)
                                .with("text", part.equals("client-id") ? vendor.clientId() : vendor.clientSecret()));
            }
            var first = source(home);
            ask(home, "source approve", as("ben", new Common.Args().with("id", "giver")));
            assertEquals("in force", source(home).getString("state"));
            ran(home, first);
            var told = source(home);
            assertEquals("ok", told.getString("last"), told + " " + logged);
            int given = users(giver);
            assertTrue(given > 10);
            assertEquals(given, users(home), "what the rule gives, and nobody else");
            var report = ask(home, "intake show", new Common.Args());
            report.getJsonObject("files")
                    .values()
                    .forEach(one -> assertEquals(0, one.asJsonObject().getInt("quarantined"), report.toString()));

            String gone = "p00014";
            giver.ask("person restrict", giver.as("anna").with("person", gone).with("reason", "made up"));
            var second = source(home);
            ask(home, "source run", new Common.Args().with("id", "giver"));
            ran(home, second);
            assertEquals("ok", source(home).getString("last"), source(home) + " " + logged);
            assertEquals(given - 1, users(home));
            assertTrue(ask(home, "intake show", new Common.Args())
                    .getJsonObject("files")
                    .toString()
                    .contains("delta"));

            var person = giver.ask("ledger person", giver.as("anna").with("person", gone));
            assertTrue(person.toString().contains(vendor.rule()), person.toString());

            var id = new Common.Args().with("id", "giver");
            ask(home, "source pause", id);
            assertEquals("paused", listed(home).getString("state"));
            var asker = new Asker(home, line -> {});
            assertThrows(Trouble.class, () -> asker.ask("source run", new Common.Args().with("id", "giver")));
            ask(home, "source resume", as("anna", new Common.Args().with("id", "giver")));
            assertEquals("in force", listed(home).getString("state"));
            ask(home, "source retire", new Common.Args().with("id", "giver"));
            assertEquals("retired", listed(home).getString("state"));
            assertTrue(listed(home).getJsonArray("secret").isEmpty());
            assertTrue(ask(home, "status", new Common.Args()).toString().contains("\"sourcesFailing\":[]"));
            until(() -> grants(home) == 0, () -> "its papers are still there");
        }
        assertFalse(logged.toString(StandardCharsets.UTF_8).contains("\"level\":\"error\""), logged::toString);
    }

    private static int users(TrialRun giver) {
        return Pull.records(
                        giver.vendor(1).get(Pull.V1P2 + "/users?limit=10000").body())
                .size();
    }

    private static String source(int port, String token, String host) {
        return """
            {"id": "giver", "from": "2020-01-01", "until": "2090-01-01",
             "source": {"kind": "sis-get", "host": "%s", "port": %d, "path": "/ims/oneroster/rostering/v1p2",
                        "country": "US", "internal": true,
                        "token": {"host": "%s", "port": %d, "path": "%s", "internal": true}},
             "collections": ["orgs", "academicSessions", "courses", "classes", "users", "enrollments"],
             "pageSize": 50, "dailyAt": "03:30", "zone": "Europe/Berlin"}\
            """.formatted(host, port, host, port, token);
    }
}
