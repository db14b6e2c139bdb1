package org.rosterkeep.house;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.ArchConfiguration;
import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// The plan of the house, checked on the bytecode, where nothing can be suppressed: which rooms there are, which way
/// the arrows point, and which powers belong to which room.
class HouseTest {
    private static final String ROOT = "org.rosterkeep";

    /// Room by room: the rooms it may look into. A room that is not built yet stays here, so that its first class is
    /// already under its rule.
    private static final Map<String, Set<String>> MAY_USE = Map.ofEntries(
            Map.entry("roster", Set.of()),
            Map.entry("rules", Set.of("roster")),
            // Not as first drawn: see src/docs/decisions/0006.
            Map.entry("disclosure", Set.of("roster", "rules", "entitlement")),
            Map.entry("entitlement", Set.of("roster", "rules")),
            // The door's port for outward ids, and nothing else.
            Map.entry("keys", Set.of("disclosure")),
            // The strong room implements what the others ask for: it knows their ports, they do not know it.
            Map.entry(
                    "vault",
                    Set.of(
                            "roster",
                            "rules",
                            "keys",
                            "disclosure",
                            "entitlement",
                            "intake",
                            "rights",
                            "retention",
                            "breach",
                            "access",
                            "outbound")),
            Map.entry(
                    "ledger",
                    Set.of(
                            "roster",
                            "rules",
                            "keys",
                            "disclosure",
                            "entitlement",
                            "intake",
                            "rights",
                            "retention",
                            "breach",
                            "access",
                            "outbound")),
            Map.entry("intake", Set.of("roster")),
            Map.entry("rights", Set.of("roster", "rules", "retention")),
            Map.entry("retention", Set.of("roster", "rules")),
            Map.entry("breach", Set.of("roster", "rules")),
            // Sealed files and tags: nothing of the roster.
            Map.entry("backup", Set.of("keys")),
            Map.entry("custody", Set.of("roster", "rules")),
            // Of the words only the ports it keeps its own documents behind; see accessSeesNoRoster.
            Map.entry("access", Set.of("roster", "rules")),
            Map.entry("vendors", Set.of("roster", "rules", "disclosure", "access", "log")),
            // It has letters for the courier, and papers that two people signed; nothing of the roster.
            Map.entry("notices", Set.of("roster", "rules", "courier.wire", "outbound")),
            Map.entry("log", Set.of()),
            // A file for whoever helps: of the house it knows the log's codes.
            Map.entry("support", Set.of("log")),
            Map.entry("outbound", Set.of("roster", "rules", "disclosure", "access", "courier.wire")),
            // What is fetched comes through intake's door, and by the same way as what is sent goes.
            Map.entry("sources", Set.of("roster", "rules", "intake", "keys", "outbound", "courier.wire")),
            // A process of its own, which looks at everything a second time: it shares words with the keep, and no
            // judgement.
            Map.entry("courier", Set.of("roster", "courier.wire")),
            Map.entry("courier.wire", Set.of()),
            Map.entry(
                    "console",
                    Set.of(
                            "roster",
                            "rules",
                            "disclosure",
                            "entitlement",
                            "intake",
                            "rights",
                            "retention",
                            "breach",
                            "access")));

    /// The frame may use every room.
    private static final String FRAME = "appliance";

    /// The command line: above the frame, and nothing is above it.
    private static final String COMMANDS = "commands";

    private static JavaClasses house;

    @BeforeAll
    static void read() {
        // A room that is not built yet breaks no rule.
        ArchConfiguration.get().setProperty("archRule.failOnEmptyShould", "false");
        house = new ClassFileImporter().importPath(Path.of("target/classes"));
    }

    @TestFactory
    @DisplayName("each room looks only where it may")
    Stream<DynamicTest> arrows() {
        return MAY_USE.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(room -> DynamicTest.dynamicTest(
                        room.getKey(),
                        () -> arrow(room.getKey(), room.getValue()).check(house)));
    }

    private static ArchRule arrow(String room, Set<String> mayUse) {
        var forbidden = new TreeSet<>(MAY_USE.keySet());
        forbidden.add(FRAME);
        forbidden.add(COMMANDS);
        forbidden.removeAll(mayUse);
        forbidden.remove(room);
        return noClasses()
                .that(resideInAPackage(inRoom(room)))
                .should()
                .dependOnClassesThat(resideInAnyPackage(
                        forbidden.stream().map(HouseTest::inRoom).toArray(String[]::new)))
                .because(room + " may use " + (mayUse.isEmpty() ? "the JDK only" : new TreeSet<>(mayUse)));
    }

    @Test
    @DisplayName("who is calling is found out without a look at the roster")
    void accessSeesNoRoster() {
        noClasses()
                .that(resideInAPackage(inRoom("access")))
                .should()
                .dependOnClassesThat(resideInAPackage(inRoom("roster"))
                        .and(DescribedPredicate.describe(
                                "more than the shelf and the journal",
                                type -> !type.getName().startsWith(ROOT + ".roster.Shelf")
                                        && !type.getName().equals(ROOT + ".roster.Journal"))))
                .because("access must never see the roster")
                .check(house);
    }

    @Test
    @DisplayName("there is no room that is not on the plan")
    void noOtherRooms() {
        var known = new TreeSet<>(MAY_USE.keySet());
        known.add(FRAME);
        known.add(COMMANDS);
        for (JavaClass type : house) {
            var rest = type.getPackageName().equals(ROOT)
                    ? ""
                    : type.getPackageName().substring(ROOT.length() + 1);
            assertTrue(rest.isEmpty() || known.contains(rest), type.getName() + " is in no known room; rooms are flat");
        }
    }

    @Test
    @DisplayName("nobody but the frame knows the vault or the ledger")
    void strongRoom() {
        noClasses()
                .that(resideOutsideOfPackages(inRoom("vault"), inRoom("ledger"), inRoom(FRAME), inRoom(COMMANDS)))
                .should()
                .dependOnClassesThat(resideInAnyPackage(inRoom("vault"), inRoom("ledger")))
                .because(
                        "whoever needs the strong room declares the small port it needs; vault and ledger implement it")
                .check(house);
    }

    @Test
    @DisplayName("the running appliance does not know its command line, and nobody else parses one")
    void commands() {
        noClasses()
                .that(resideOutsideOfPackages(inRoom(COMMANDS)))
                .should()
                .dependOnClassesThat(resideInAnyPackage(inRoom(COMMANDS), "picocli.."))
                .because("whatever a command can do, the control socket can be asked for")
                .check(house);
    }

    @Test
    @DisplayName("only the vault speaks SQL")
    void sql() {
        noClasses()
                .that(resideOutsideOfPackages(inRoom("vault")))
                .should()
                .dependOnClassesThat(resideInAnyPackage("java.sql..", "javax.sql..", "org.sqlite.."))
                .check(house);
    }

    @Test
    @DisplayName("only the faces that answer or send know about sockets and HTTP")
    void sockets() {
        noClasses()
                .that(resideOutsideOfPackages(
                        inRoom("vendors"),
                        inRoom("console"),
                        inRoom("access"),
                        inRoom("courier"),
                        inRoom(FRAME),
                        inRoom(COMMANDS)))
                .should()
                .dependOnClassesThat(resideInAnyPackage(
                        "io.helidon..", "jakarta.ws.rs..", "org.glassfish..", "java.net.http..", "javax.net.."))
                .check(house);
        noClasses()
                .that(resideOutsideOfPackages(
                        inRoom("vendors"), inRoom("outbound"), inRoom("courier"), inRoom(FRAME), inRoom(COMMANDS)))
                .should(useAnyOf(
                        java.net.Socket.class,
                        java.net.ServerSocket.class,
                        java.net.DatagramSocket.class,
                        java.net.URLConnection.class,
                        java.nio.channels.SocketChannel.class,
                        java.nio.channels.ServerSocketChannel.class,
                        java.nio.channels.DatagramChannel.class,
                        java.nio.channels.AsynchronousSocketChannel.class))
                .check(house);
    }

    @Test
    @DisplayName("only the courier opens connections outward")
    void client() {
        noClasses()
                .that(resideOutsideOfPackages(inRoom("courier")))
                .should()
                .dependOnClassesThat(resideInAnyPackage(
                        "jakarta.ws.rs..",
                        "org.glassfish..",
                        "org.apache.sshd..",
                        "java.net.http..",
                        "io.helidon.webclient.."))
                .check(house);
    }

    @Test
    @DisplayName("keep and courier share what they say to each other, and it does nothing")
    void wire() {
        noClasses()
                .that(resideInAPackage(inRoom("courier.wire")))
                .should()
                .dependOnClassesThat(resideInAnyPackage("java.nio.file..", "java.net..", "java.security.."))
                .check(house);
    }

    @Test
    @DisplayName("the door knows no SQL, no HTTP, no crypto and no templates")
    void door() {
        noClasses()
                .that(resideInAPackage(inRoom("disclosure")))
                .should()
                .dependOnClassesThat(resideInAnyPackage(
                        "java.sql..",
                        "io.helidon..",
                        "java.net.http..",
                        "java.security..",
                        "javax.crypto..",
                        "org.bouncycastle..",
                        "gg.jte.."))
                .check(house);
    }

    @Test
    @DisplayName("the words do nothing: no files, no network, no log")
    void words() {
        noClasses()
                .that(resideInAnyPackage(inRoom("roster"), inRoom("rules")))
                .should()
                .dependOnClassesThat(
                        resideInAnyPackage("java.nio.file..", "java.net..", "java.sql..", "java.util.logging.."))
                .check(house);
    }

    @Test
    @DisplayName("the rules read no clock: the time is part of the question")
    void clock() {
        noClasses()
                .that(resideInAnyPackage(
                        inRoom("roster"), inRoom("rules"), inRoom("disclosure"), inRoom("entitlement")))
                .should(callAnyOf(
                        List.of(
                                "java.time.Instant",
                                "java.time.LocalDate",
                                "java.time.LocalDateTime",
                                "java.time.ZonedDateTime",
                                "java.time.OffsetDateTime",
                                "java.time.Year"),
                        "now"))
                .orShould(callAnyOf(List.of("java.lang.System"), "currentTimeMillis"))
                .check(house);
    }

    @Test
    @DisplayName("only the frame prints or logs")
    void printing() {
        noClasses()
                .that(resideOutsideOfPackages(inRoom(FRAME), inRoom(COMMANDS), inRoom("log")))
                .should()
                .dependOnClassesThat(resideInAnyPackage("java.util.logging..", "org.slf4j.."))
                .orShould()
                .dependOnClassesThat()
                .belongToAnyOf(System.Logger.class)
                .orShould()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err")
                .orShould(callAnyOf(List.of("java.lang.Throwable"), "printStackTrace"))
                .check(house);
    }

    @Test
    @DisplayName("only keys, the strong room, the faces that check credentials and the frame touch crypto")
    void crypto() {
        noClasses()
                .that(resideOutsideOfPackages(
                        inRoom("keys"),
                        inRoom("vault"),
                        inRoom("ledger"),
                        inRoom("access"),
                        inRoom("outbound"),
                        inRoom("courier"),
                        inRoom(FRAME),
                        inRoom(COMMANDS)))
                .should()
                .dependOnClassesThat(resideInAnyPackage("javax.crypto..", "org.bouncycastle.."))
                .check(house);
    }

    @Test
    @DisplayName("nobody reflects, deserialises, or loads code")
    void reflection() {
        noClasses()
                .should()
                .dependOnClassesThat(resideInAnyPackage("java.lang.reflect..", "sun.misc.."))
                .orShould(callAnyOf(
                        List.of("java.lang.Class"),
                        "forName",
                        "getDeclaredMethod",
                        "getDeclaredMethods",
                        "getMethod",
                        "getMethods",
                        "getDeclaredField",
                        "getDeclaredFields",
                        "getField",
                        "getFields",
                        "getDeclaredConstructor",
                        "getDeclaredConstructors",
                        "getConstructor",
                        "getConstructors",
                        "newInstance"))
                .orShould()
                .dependOnClassesThat()
                .belongToAnyOf(java.io.ObjectInputStream.class, java.net.URLClassLoader.class)
                .because("the fences of the door are made of what the language forbids; reflection climbs them")
                .check(house);
    }

    @Test
    @DisplayName("one class looks into the JDK, to take a socket over")
    void inside() {
        noClasses()
                .that()
                .doNotHaveFullyQualifiedName(ROOT + ".vendors.HandedSockets")
                .should()
                .dependOnClassesThat(resideInAnyPackage("sun..", "jdk.internal.."))
                .check(house);
    }

    @Test
    @DisplayName("every room says what it is")
    void described() {
        var rooms = new TreeSet<String>();
        house.forEach(type -> rooms.add(type.getPackageName()));
        for (var room : rooms) {
            var info = Path.of("src/main/java", room.split("\\.")).resolve("package-info.java");
            assertTrue(Files.exists(info), "write " + info + ": purpose, one invariant, one thing it never does");
        }
    }

    @Test
    @DisplayName("these rules bite: a wrong arrow is found")
    void bites() {
        var wrong = noClasses()
                .that(resideInAPackage(inRoom(COMMANDS)))
                .should()
                .dependOnClassesThat(resideInAPackage("picocli.."));
        assertThrows(AssertionError.class, () -> wrong.check(house));
    }

    /// Exactly this package: rooms are flat, and the one that has a name with a dot is a room of its own.
    private static String inRoom(String room) {
        return ROOT + "." + room;
    }

    private static ArchCondition<JavaClass> useAnyOf(Class<?>... types) {
        var names = Arrays.stream(types).map(Class::getName).toList();
        return new ArchCondition<>("use " + names) {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                type.getDirectDependenciesFromSelf().stream()
                        .filter(use -> names.contains(use.getTargetClass().getName()))
                        .forEach(use -> events.add(SimpleConditionEvent.satisfied(use, use.getDescription())));
            }
        };
    }

    /// Calls and method references alike.
    private static ArchCondition<JavaClass> callAnyOf(List<String> owners, String... methods) {
        var names = Set.of(methods);
        return new ArchCondition<>("call " + owners + " " + names) {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                Stream.concat(
                                type.getMethodCallsFromSelf().stream().map(call -> (JavaAccess<?>) call),
                                type.getMethodReferencesFromSelf().stream().map(call -> (JavaAccess<?>) call))
                        .filter(call -> names.contains(call.getTarget().getName())
                                && owners.stream().anyMatch(call.getTargetOwner()::isAssignableTo))
                        .forEach(call -> events.add(SimpleConditionEvent.satisfied(call, call.getDescription())));
            }
        };
    }
}
