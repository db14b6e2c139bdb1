package org.rosterkeep.appliance;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.rosterkeep.access.Client;
import org.rosterkeep.fixture.HandClock;
import org.rosterkeep.fixture.Rules;
import org.rosterkeep.intake.Report;
import org.rosterkeep.ledger.LedgerRecord;
import org.rosterkeep.oracle.Papers;
import org.rosterkeep.oracle.Pull;
import org.rosterkeep.rights.Act;
import org.rosterkeep.roster.Entity;
import org.rosterkeep.roster.Field;
import org.rosterkeep.roster.SourcedId;
import org.rosterkeep.rules.Checked;
import org.rosterkeep.rules.Problem;
import org.rosterkeep.rules.Reason;
import org.rosterkeep.rules.Treatment;

/// A running district in which everything is allowed, so that one thing at a time can be taken away: what a vendor sees
/// of it over HTTPS, and what its own people are told.
final class FloorDistrict implements AutoCloseable {
    /// A client that is known and has no rule: it is told what a stranger with a credential is told.
    static final String NOBODY = "nobody";
    /// A client with a rule for nearly everything.
    static final String VENDOR = "everything";

    private static final int AT_ONCE = 4;
    private static final List<String> PATHS = List.of(
            "/users?limit=1000",
            "/users?limit=2&offset=2&sort=familyName",
            "/users?filter=familyName%3D'Family0'",
            "/users/" + FloorRoster.PUPIL,
            "/users/no-such-person",
            "/students?limit=1000",
            "/teachers?limit=1000",
            "/enrollments?limit=1000",
            "/demographics?limit=1000",
            "/demographics/" + FloorRoster.PUPIL,
            "/classes?limit=1000",
            "/classes/" + FloorRoster.CLASS + "/students",
            "/orgs?limit=1000",
            "/schools/" + FloorRoster.SCHOOL + "/classes",
            "/courses?limit=1000",
            "/academicSessions?limit=1000");
    /// What is asked, in both versions.
    static final List<String> QUESTIONS = Stream.of(Pull.V1P2, Pull.V1P1)
            .flatMap(at -> PATHS.stream().map(at::concat))
            .toList();

    final HandClock clock = new HandClock();
    LiveDistrict live;
    private final Path directory;
    private final UnaryOperator<JsonObject> written;
    private final Map<String, String> secrets = new HashMap<>();
    private Map<String, String> neutral = Map.of();
    private int deliveries;
    private Pull held;

    /// @param written what is changed in every rule file before it is handed in
    FloorDistrict(Path directory, Map<String, String> papers, UnaryOperator<JsonObject> written) throws IOException {
        this.directory = directory;
        this.written = written;
        live = LiveDistrict.make(directory.resolve("home"), clock, new SecureRandom());
        deliver(2009);
        live.sign(papers.get("district"), papers.get("vendor"), papers.get("agreement"));
        client(NOBODY);
    }

    /// Closes it and opens it again.
    void restart() throws IOException {
        live.close();
        live = LiveDistrict.find(directory.resolve("home"), clock);
    }

    Rooms rooms() {
        return live.rooms();
    }

    void deliver(int born) throws IOException {
        var folder = directory.resolve("delivery-" + deliveries++);
        FloorRoster.write(folder, born);
        if (live.take(folder, Set.copyOf(Papers.grantable())).quarantined() > 0) {
            throw new AssertionError("a row was put aside");
        }
    }

    /// Every field there is that an ordinary rule may give, as it is, with the source's ids.
    static Rules everything(String id) {
        Map<Field, Treatment> grants = new EnumMap<>(Field.class);
        Rules.whole("north").grants().forEach((field, treatment) -> {
            var special = field.entity() == Entity.DEMOGRAPHICS
                    && field != Field.DEMOGRAPHICS_SEX
                    && field != Field.DEMOGRAPHICS_RESIDENCE;
            if (!special && field != Field.USER_PRONOUNS) {
                grants.put(field, treatment);
            }
        });
        return Rules.whole("north")
                .giving(grants)
                .named(id)
                .roles("student", "teacher")
                .passingIdsThrough();
    }

    /// A rule file, with these keys added or replaced.
    String file(Rules rules, Map<String, JsonValue> keys) {
        return change(written.apply(Pull.json(Papers.rule(rules))).toString(), keys);
    }

    /// Puts a new rule in force, with a client of its name.
    void activate(Rules rules, Map<String, JsonValue> keys) {
        secrets.put(rules.id(), live.activate(List.of(file(rules, keys))).getFirst());
    }

    /// Approves a further version.
    void further(Rules rules, Map<String, JsonValue> keys) {
        further(rules.id(), file(rules, keys));
    }

    void further(String rule, String file) {
        clock.forward(Duration.ofSeconds(1));
        live.approve(file);
        rooms().clearance().look(rule, clock.instant());
    }

    /// What stands against a rule file when it is handed in.
    List<Problem> problems(String file) {
        return switch (rooms().book().check(bytes(file), clock.instant())) {
            case Checked.Flawed<?>(var problems) -> problems;
            case Checked.Sound<?> _ -> List.of();
        };
    }

    static String change(String json, Map<String, JsonValue> keys) {
        JsonObjectBuilder changed = Json.createObjectBuilder(Pull.json(json));
        keys.forEach(changed::add);
        return changed.build().toString();
    }

    void district(String file) {
        sound(rooms().book().papers().putController(bytes(file), "test"));
    }

    void vendor(String file) {
        sound(rooms().book().papers().putVendor(bytes(file), "test"));
    }

    void agreement(String file) {
        sound(rooms().book().papers().putAgreement(bytes(file), "test"));
    }

    private static void sound(Checked<?> checked) {
        if (checked instanceof Checked.Flawed<?>(var problems)) {
            throw new AssertionError(problems.toString());
        }
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    Act act() {
        return new Act("test", clock.instant());
    }

    Pull secret(String client) {
        return Pull.withSecret(live, client, secrets.get(client));
    }

    /// The same roster, and in users.csv these columns and cells besides.
    Report deliverWith(String columns, String cells) throws IOException {
        var folder = directory.resolve("delivery-" + deliveries++);
        FloorRoster.write(folder, 2009);
        var users = Files.readAllLines(folder.resolve("users.csv"));
        var wider = new ArrayList<>(List.of(users.getFirst() + "," + columns));
        users.stream().skip(1).forEach(row -> wider.add(row + "," + cells));
        Files.write(folder.resolve("users.csv"), wider);
        return live.take(folder, Set.copyOf(Papers.grantable()));
    }

    /// Whether the pupil is there for the vendor.
    boolean pupilIsGiven() {
        var answer = ask(VENDOR, "/users/" + FloorRoster.PUPIL);
        return answer.startsWith("200") && answer.contains("Family0");
    }

    /// What a client is told when it names a field, but for the name it gave and for its own question as it comes back.
    String unnamed(String client, String form, String field) {
        return told(as(client), form.formatted(field))
                .replaceAll("(?i)\n(etag|link): [^\n]*", "")
                .replace(field, "FIELD");
    }

    /// A client that is known, whatever rules there are.
    void client(String id) {
        secrets.put(
                id,
                rooms().clients()
                        .make(Client.Wanted.everything(id, "a-vendor", id), "test", clock.instant())
                        .secret()
                        .disclose());
    }

    /// Keeps a token of the client, for when no other can be had.
    void hold(String client) {
        held = as(client);
    }

    Pull held() {
        return held;
    }

    Pull as(String client) {
        return Pull.as(live, client, secrets.get(client));
    }

    /// All a client is told, question by question; but for the running number of the answer in the ledger.
    Map<String, String> view(String client) {
        return view(as(client));
    }

    Map<String, String> view(Pull pull) {
        Map<String, String> view = new LinkedHashMap<>();
        for (int n = 0; n < QUESTIONS.size(); n += AT_ONCE) {
            var some = QUESTIONS.subList(n, Math.min(n + AT_ONCE, QUESTIONS.size()));
            var answers = some.stream().map(pull::ask).toList();
            for (int m = 0; m < some.size(); m++) {
                view.put(some.get(m), told(answers.get(m).join()));
            }
        }
        return view;
    }

    /// What a client without a rule is told.
    Map<String, String> neutral() {
        if (neutral.isEmpty()) {
            neutral = view(NOBODY);
        }
        return neutral;
    }

    static String told(Pull pull, String question) {
        return told(pull.get(question));
    }

    /// What a client is told of one path in version 1.2.
    String ask(String client, String path) {
        return told(as(client), Pull.V1P2 + path);
    }

    static String told(HttpResponse<String> answer) {
        return Pull.appearance(answer).replaceAll("\nrosterkeep-disclosure: [^\n]*", "");
    }

    /// The newest entry about this client's questions, as the district's people read it; empty when it was answered.
    String entry(String client) {
        return rooms().ledger().pages().newest(LedgerRecord.Disclosed.class::isInstance, 200).stream()
                .map(one -> ((LedgerRecord.Disclosed) one).entry())
                .filter(entry -> entry.client().equals(client))
                .findFirst()
                .map(entry -> entry.reason())
                .orElseThrow();
    }

    /// The floor of this reason, which the newest entry about this client's questions must have.
    String floor(String client, String reason) {
        if (!entry(client).equals(reason)) {
            throw new AssertionError(entry(client));
        }
        return floor(client);
    }

    /// The floor that the newest entry about this client's questions names.
    String floor(String client) {
        return Reason.valueOf(entry(client)).floor();
    }

    /// Why a client is not given a field of the pupil, in a sentence.
    Explained explained(String client, Field field) {
        return Explained.of(rooms(), client, SourcedId.of(FloorRoster.PUPIL), field, clock.instant());
    }

    /// Two people sign.
    void two(Consumer<EnduringSigner> signing) {
        new ArrayList<>(live.staff().subList(1, 3)).forEach(signing);
    }

    @Override
    public void close() {
        live.close();
        if (!live.faults().isEmpty()) {
            throw new AssertionError(live.faults().toString());
        }
    }
}
