package org.rosterkeep.appliance;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.rosterkeep.access.Client;
import org.rosterkeep.access.Role;
import org.rosterkeep.access.Session;
import org.rosterkeep.entitlement.Hold;
import org.rosterkeep.intake.Options;
import org.rosterkeep.intake.Progress;
import org.rosterkeep.intake.Proposals;
import org.rosterkeep.intake.Report;
import org.rosterkeep.intake.Source;
import org.rosterkeep.keys.Authority;
import org.rosterkeep.keys.UnsealingFile;
import org.rosterkeep.log.Log;
import org.rosterkeep.rights.Rights;
import org.rosterkeep.rules.Checked;
import org.rosterkeep.rules.Restraint;
import org.rosterkeep.rules.Rule;
import org.rosterkeep.vendors.House;
import org.rosterkeep.vendors.Houses;
import org.rosterkeep.vendors.Limits;
import org.rosterkeep.vendors.Listener;
import org.rosterkeep.vendors.VendorApi;

/// One whole district behind a real listener, in this process: its own vault, ledger, keys and TLS, the tests' clock.
/// A copy of a closed district's directory is a second district with equal keys.
public final class LiveDistrict implements AutoCloseable {
    /// What every link in an answer begins with, whatever the port.
    public static final String ORIGIN = "https://roster.example.org";

    private static final DistrictName NAME = new DistrictName("town");
    private static final String ACTOR = "test";
    private static final List<String> STAFF = List.of("author-a", "signer-b", "signer-c");

    private final Clock clock;
    private final District district;
    private final ByteArrayOutputStream logged = new ByteArrayOutputStream();
    private final Queue<Throwable> faults = new ConcurrentLinkedQueue<>();
    private final Listener listener;
    private final HttpClient http;
    private final List<EnduringSigner> staff = new ArrayList<>();

    private LiveDistrict(Path home, Clock clock, SecureRandom random, boolean fresh) throws IOException {
        this.clock = clock;
        var log = new Log(new PrintStream(logged, true, StandardCharsets.UTF_8), clock);
        var wiring = new Wiring(clock, random, log).watching(Optional.of(home.resolve("incoming")));
        Path directory = home.resolve("town");
        Home.makePrivate(directory);
        district = fresh
                ? District.make(
                        NAME, directory, UnsealingFile.create(District.unsealingFile(directory), random), wiring)
                : District.find(NAME, directory, wiring);
        // Certificates are judged by the machine's clock, not by the test's.
        var identity = new Authority(home.resolve("tls"), List.of(), Clock.systemUTC(), random).identity();
        Houses houses = new Houses() {
            @Override
            public Optional<House> named(String name) {
                return name.equals(NAME.text()) ? only() : Optional.empty();
            }

            @Override
            public Optional<House> only() {
                return Optional.of(rooms().house());
            }
        };
        var face = new org.rosterkeep.vendors.Settings(Optional.of(ORIGIN), false, Limits.usual());
        listener = Listener.open(
                new Listener.Place(InetAddress.getLoopbackAddress(), 0, identity.keyStore(), identity.password()),
                new VendorApi(houses, face, faults::add));
        http = Trusting.only(identity.authority().orElseThrow());
    }

    /// @param random gives every secret, so that equal ones make equal keys
    public static LiveDistrict make(Path home, Clock clock, SecureRandom random) throws IOException {
        return new LiveDistrict(home, clock, random, true);
    }

    /// The district that is already in this home.
    public static LiveDistrict find(Path home, Clock clock) throws IOException {
        return new LiveDistrict(home, clock, new SecureRandom(), false);
    }

    /// Copies the home of a district that is closed.
    public static void copy(Path home, Path to) throws IOException {
        try (Stream<Path> all = Files.walk(home)) {
            for (Path one : all.toList()) {
                Files.copy(
                        one,
                        to.resolve(home.relativize(one).toString()),
                        java.nio.file.StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
    }

    /// Says who the district is, and signs up one vendor with one agreement.
    public void sign(String profile, String vendor, String agreement) {
        var papers = rooms().book().papers();
        sound(papers.putController(bytes(profile), ACTOR));
        sound(papers.putVendor(bytes(vendor), ACTOR));
        sound(papers.putAgreement(bytes(agreement), ACTOR));
    }

    /// Three people put these rules in force.
    ///
    /// @return the secret of each rule's client, which has the rule's name
    public List<String> activate(List<String> ruleFiles) {
        return ruleFiles.stream().map(this::activate).toList();
    }

    private String activate(String file) {
        var rule = approve(file);
        // A copy of this district has the keys that are made here, and would make others by itself.
        rooms().aliases().of(rule.domain());
        var wanted = Client.Wanted.everything(rule.client(), rule.vendor(), rule.id());
        return rooms().clients().make(wanted, ACTOR, clock.instant()).secret().disclose();
    }

    /// Drafts, submits and approves a rule or a further version of one.
    Rule approve(String file) {
        var book = rooms().book();
        var author = staff().getFirst();
        var rule = sound(book.draft(bytes(file), author.operator(), clock.instant()))
                .rule();
        var version = book.submit(rule.id(), rule.version(), author, clock.instant());
        for (var signer : staff().subList(1, 1 + version.approversNeeded())) {
            book.approve(rule.id(), rule.version(), signer, clock.instant());
        }
        return rule;
    }

    /// Who drafts, and two who sign; signed in when they are first needed.
    synchronized List<EnduringSigner> staff() {
        if (staff.isEmpty()) {
            STAFF.forEach(name -> staff.add(new EnduringSigner(person(name))));
        }
        return List.copyOf(staff);
    }

    private Session person(String name) {
        var password = ("correct horse battery " + name.substring(7)).toCharArray();
        if (rooms().operators().find(name).isEmpty()) {
            // Whoever is the data protection officer never approves.
            var roles = EnumSet.complementOf(EnumSet.of(Role.DATA_PROTECTION_OFFICER));
            rooms().operators().make(name, password, roles, ACTOR, clock.instant());
        }
        return rooms().operators().signIn(name, password, clock.instant()).orElseThrow();
    }

    /// Imports a folder or zip; removals are done, not held.
    public Report take(Path delivery, Set<String> elements) {
        return take(delivery, elements, Optional.empty());
    }

    /// The same, out of another source system if there is a mapping.
    public Report take(Path delivery, Set<String> elements, Optional<Path> mapping) {
        var plain = Options.of(ACTOR).keeping(elements).removing(Options.Removing.CONFIRMED);
        var options = mapping.map(plain::mappedBy).orElse(plain);
        return rooms().intake().run(Source.at(delivery), options, Progress.unwatched());
    }

    /// Imports a folder or zip; too many removals are held.
    public Report takeGuarded(Path delivery, Set<String> elements) {
        return rooms().intake().run(Source.at(delivery), Options.of(ACTOR).keeping(elements), Progress.unwatched());
    }

    /// Does the removals that an import held.
    ///
    /// @return the roster's batch then
    public long release(String held) {
        return rooms().intake().release(held, ACTOR).orElseThrow();
    }

    /// Where a request goes; answers speak of [#ORIGIN].
    public String origin() {
        return "https://localhost:" + listener.port();
    }

    public HttpClient http() {
        return http;
    }

    /// What went wrong inside, if anything.
    public List<Throwable> faults() {
        return List.copyOf(faults);
    }

    /// Proposes a mapping for a delivery of a new source system.
    public Proposals match(Path delivery) {
        return rooms().intake().matching().propose(Source.at(delivery), Options.of(ACTOR), Progress.unwatched());
    }

    /// What is decided about single people and places.
    public Rights rights() {
        return rooms().rights();
    }

    /// The rules of whose views something waits for a person.
    public List<String> waiting() {
        return rooms().guard().holds().stream().map(Hold::stream).toList();
    }

    /// Lets nothing of a vendor's views move.
    public void freeze(String vendor) {
        rooms().guard().freeze(vendor, ACTOR);
    }

    /// Two people choose that things move again as they do while school is on.
    public void thaw(String vendor) {
        var guard = rooms().guard();
        var standard = guard.profiles().standard();
        guard.choose(vendor, standard, "one");
        guard.choose(vendor, standard, "other");
    }

    /// Keeps a vendor from everything.
    public void hold(String vendor) {
        rooms().book().papers().restrain(vendor, Restraint.Kind.HOLD, Instant.MAX, ACTOR, clock.instant());
    }

    /// Two people lift that again.
    public void letGo(String vendor) {
        staff().subList(1, 3).forEach(one -> rooms().book().lift(vendor, Restraint.Kind.HOLD, one, clock.instant()));
    }

    Rooms rooms() {
        return district.rooms();
    }

    private static <T> T sound(Checked<T> checked) {
        return switch (checked) {
            case Checked.Sound<T>(T value) -> value;
            case Checked.Flawed<T>(var problems) -> throw new AssertionError(problems.toString());
        };
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        http.close();
        staff.forEach(EnduringSigner::close);
        listener.close();
        district.close();
        if (logged.toString(StandardCharsets.UTF_8).contains("\"level\":\"error\"")) {
            throw new UncheckedIOException(new IOException(logged.toString(StandardCharsets.UTF_8)));
        }
    }
}
