package org.rosterkeep.appliance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.rosterkeep.access.Role;
import org.rosterkeep.commands.Asker;
import org.rosterkeep.commands.Common;
import org.rosterkeep.commands.TrialHome;
import org.rosterkeep.log.Log;

/// Who may do what, asked of a running appliance.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MandatesTest {
    private static final String PASSWORD = "plum orbit canyon velvet";

    private Home home;
    private Appliance appliance;

    @BeforeAll
    void start(@TempDir Path directory) throws IOException {
        home = new Home(directory.resolve("h"));
        new TrialHome(home).prepare(Optional.of(0), true);
        var log =
                new Log(new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8), Clock.systemUTC());
        appliance = Appliance.start(home, Settings.read(home.settings()), log, Clock.systemUTC());
    }

    @AfterAll
    void close() {
        appliance.close();
    }

    private JsonObject ask(String verb, Common.Args args) {
        return new Asker(home, line -> {}).ask(verb, args);
    }

    private static Common.Args in(String district) {
        return new Common.Args().with("district", district).with("name", district);
    }

    private static Common.Args as(String district, String operator) {
        return in(district).with("operator", operator).with("password", PASSWORD);
    }

    private void district(String name) {
        ask(
                "district make",
                new Common.Args()
                        .with("name", name)
                        .with("keyFile", true)
                        .with("country", "US")
                        .with("regimes", List.of("US-FERPA")));
    }

    private static Common.Args operator(Common.Args args, String name, Role... roles) {
        return args.with("name", name)
                .with("new", PASSWORD)
                .with("roles", Arrays.stream(roles).map(Role::word).toList());
    }

    private Exit exit(String verb, Common.Args args) {
        return assertThrows(Trouble.class, () -> ask(verb, args), verb).exit();
    }

    @Test
    @DisplayName("the table is the published one, line by line")
    void golden() throws IOException {
        try (var in = MandatesTest.class.getResourceAsStream("/golden/verbs.txt")) {
            var table = Mandates.all().stream()
                    .map(one -> one.act() + " | " + one.words() + " | "
                            + (one.roles().isEmpty() ? "-" : one.refusal() + ".") + "\n")
                    .collect(Collectors.joining());
            assertEquals(new String(in.readAllBytes(), StandardCharsets.UTF_8), table);
        }
    }

    @Test
    @DisplayName(
            "every verb in the table refuses whoever has none of its roles, and the owner where a person is needed")
    void enforced() {
        district("fence");
        ask("operator make", operator(in("fence"), "admin", Role.ADMINISTRATOR));
        var made = new TreeSet<String>();
        for (var mandate : Mandates.all()) {
            if (mandate.roles().isEmpty()) {
                continue;
            }
            var others = Arrays.stream(Role.values())
                    .filter(role -> !mandate.roles().contains(role))
                    .toList();
            var name = "all-but-"
                    + mandate.roles().stream()
                            .sorted()
                            .map(role -> "" + role.ordinal())
                            .collect(Collectors.joining("-"));
            if (made.add(name)) {
                ask("operator make", operator(as("fence", "admin"), name, others.toArray(Role[]::new)));
            }
            var refused = assertThrows(
                    Trouble.class, () -> ask(mandate.verb(), flagged(as("fence", name), mandate)), mandate.act());
            assertEquals(Exit.REFUSED, refused.exit(), mandate.act());
            assertEquals(mandate.refusal() + ".", refused.why(), mandate.act());
            if (mandate.who() == Mandate.Who.PERSON || mandate.who() == Mandate.Who.OWNER_FIRST) {
                var nobody = assertThrows(
                        Trouble.class, () -> ask(mandate.verb(), flagged(in("fence"), mandate)), mandate.act());
                assertEquals(mandate.refusal() + ".", nobody.why(), mandate.act());
            }
        }
        assertTrue(made.size() >= 5, made.toString());
    }

    private static Common.Args flagged(Common.Args args, Mandate mandate) {
        return mandate.flag().isEmpty() ? args : args.with(mandate.flag(), true);
    }

    @Test
    @DisplayName("the owner makes the first administrator, who makes the others; when the last one is retired, again")
    void founding() {
        district("founding");
        ask("operator make", operator(in("founding"), "otto", Role.OPERATOR));
        ask("operator make", operator(in("founding"), "anna", Role.ADMINISTRATOR));
        assertEquals(Exit.WRONG_USE, exit("operator make", operator(in("founding"), "ben", Role.APPROVER)));
        ask("operator make", operator(as("founding", "anna"), "ben", Role.APPROVER));
        assertEquals(
                Exit.WRONG_USE,
                exit("operator reset", in("founding").with("name", "ben").with("new", PASSWORD)));
        ask("operator retire", in("founding").with("name", "anna"));
        ask("operator make", operator(in("founding"), "cleo", Role.ADMINISTRATOR));
        assertEquals(Exit.REFUSED, exit("operator reset", operator(as("founding", "anna"), "ben", Role.APPROVER)));
    }

    @Test
    @DisplayName("an act is in the ledger under the person's name, or the owner's when nobody signed in")
    void named() {
        district("named");
        ask("operator make", operator(in("named"), "anna", Role.ADMINISTRATOR, Role.AUDITOR));
        ask("operator make", operator(as("named", "anna"), "ben", Role.APPROVER));
        ask("operator retire", as("named", "anna").with("name", "ben"));
        var actors = new ArrayList<String>();
        for (var entry : ask("ledger list", in("named")).getJsonArray("entries").getValuesAs(JsonObject.class)) {
            if (entry.getString("kind").startsWith("operator.")) {
                actors.add(entry.getString("kind") + " " + entry.getString("actor"));
            }
        }
        assertEquals(
                List.of(
                        "operator.retired anna",
                        "operator.made anna",
                        "operator.made user:" + System.getProperty("user.name")),
                actors);
    }

    @Test
    @DisplayName("a wrong password is refused on a stop, too; without an operator the owner still stops")
    void stops() {
        district("stops");
        ask("operator make", operator(in("stops"), "anna", Role.ADMINISTRATOR));
        assertEquals(
                Exit.REFUSED,
                exit(
                        "operator retire",
                        in("stops")
                                .with("operator", "anna")
                                .with("password", "wrong")
                                .with("name", "anna")));
        ask("operator retire", in("stops").with("name", "anna"));
    }
}
