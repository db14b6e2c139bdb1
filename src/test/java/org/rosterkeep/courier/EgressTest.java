package org.rosterkeep.courier;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rosterkeep.courier.wire.Code;
import org.rosterkeep.courier.wire.Target;
import org.rosterkeep.courier.wire.Way;

class EgressTest {
    private static final Instant NOW = Instant.parse("2026-11-28T10:00:00Z");
    private static final String HOST = "vendor.example";

    @TempDir
    Path directory;

    private final Paperwork paperwork = new Paperwork();
    private final Map<String, List<String>> names = new HashMap<>();
    private final List<String> asked = new ArrayList<>();
    private Path grants;
    private Path operators;

    @BeforeEach
    void furnish() throws Exception {
        grants = Files.createDirectory(directory.resolve("grants"));
        operators = paperwork.anchors(directory, "anna", "ben");
    }

    @Test
    @DisplayName("the names of grants in force are looked up, and only they")
    void list() throws Exception {
        grant("a", street(HOST, 443));
        grant("b", street(HOST, 8443));
        Files.writeString(
                grants.resolve("c.json"),
                paperwork.papers(text("late.example", Paperwork.FROM)).json().toString());
        Files.writeString(grants.resolve("d.json"), "{\"text\":\"evil.example\"}");
        Files.createSymbolicLink(grants.resolve("e.json"), grants.resolve("a.json"));
        names.put(HOST, List.of("8.8.8.8", "2606:4700::1111"));
        var made = egress(NOW).make();
        assertEquals(List.of(HOST, HOST), asked);
        assertEquals(
                List.of("c.json", "d.json", "e.json"),
                made.problems().stream().map(Egress.Problem::place).toList());
        assertEquals(
                "4 8.8.8.8 443 a.json\n"
                        + "4 8.8.8.8 8443 b.json\n"
                        + "6 2606:4700:0:0:0:0:0:1111 443 a.json\n"
                        + "6 2606:4700:0:0:0:0:0:1111 8443 b.json\n",
                Files.readString(directory.resolve("run/addresses")));
        var found = Manifest.read(directory.resolve("run/manifest.json")).addresses(street(HOST, 443));
        assertEquals(
                List.of("8.8.8.8", "2606:4700:0:0:0:0:0:1111"),
                found.stream().map(one -> one.getAddress().getHostAddress()).toList());
    }

    @Test
    @DisplayName("a name that leads into the house has no address at all, even if another of its addresses is honest")
    void rebinding() throws Exception {
        grant("a", street(HOST, 443));
        names.put(HOST, List.of("8.8.8.8", "10.0.0.1"));
        var made = egress(NOW).make();
        assertTrue(made.manifest().places().isEmpty());
        assertEquals(HOST, made.problems().getFirst().place());
    }

    @Test
    @DisplayName("a grant that goes while its name is looked up does not come back; without anchors there is nothing")
    void late() throws Exception {
        grant("a", street(HOST, 443));
        names.put(HOST, List.of("8.8.8.8"));
        var slow = new Egress(setting(Optional.empty()), Clock.fixed(NOW, ZoneOffset.UTC), host -> {
            grants.resolve("a.json").toFile().delete();
            return look(host);
        });
        assertTrue(slow.make().manifest().places().isEmpty());
        grant("a", street(HOST, 443));
        Files.delete(operators);
        var made = egress(NOW).make();
        assertTrue(made.manifest().places().isEmpty());
        assertEquals("operators", made.problems().getFirst().place());
    }

    @Test
    @DisplayName("a grant that is gone takes its addresses with it, before anything is looked up")
    void narrow() throws Exception {
        grant("a", street(HOST, 443));
        grant("b", street("other.example", 443));
        names.put(HOST, List.of("8.8.8.8"));
        names.put("other.example", List.of("1.1.1.1"));
        egress(NOW).make();
        Files.delete(grants.resolve("a.json"));
        asked.clear();
        egress(NOW).narrow();
        assertEquals(List.of(), asked);
        assertEquals("4 1.1.1.1 443 b.json\n", Files.readString(directory.resolve("run/addresses")));
        var manifest = Manifest.read(directory.resolve("run/manifest.json"));
        assertEquals(
                Code.ADDRESS_NOT_LISTED,
                assertThrows(Refused.class, () -> manifest.addresses(street(HOST, 443)))
                        .code());
    }

    @Test
    @DisplayName(
            "an address that a name had a moment ago stays for an hour; for a day when nobody answers for the name")
    void grace() throws Exception {
        grant("a", street(HOST, 443));
        names.put(HOST, List.of("8.8.8.8"));
        egress(NOW).make();
        names.put(HOST, List.of("1.1.1.1"));
        assertEquals(
                2,
                egress(NOW.plus(Duration.ofMinutes(30)))
                        .make()
                        .manifest()
                        .places()
                        .size());
        assertEquals(
                1,
                egress(NOW.plus(Duration.ofMinutes(90)))
                        .make()
                        .manifest()
                        .places()
                        .size());
        names.clear();
        assertEquals(
                1,
                egress(NOW.plus(Duration.ofHours(20)))
                        .make()
                        .manifest()
                        .places()
                        .size());
        assertEquals(
                0,
                egress(NOW.plus(Duration.ofHours(30)))
                        .make()
                        .manifest()
                        .places()
                        .size());
    }

    @Test
    @DisplayName("the canary is on no list, and the manifest says when it last answered")
    void canary() throws Exception {
        try (var bird = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var at = new InetSocketAddress(bird.getInetAddress(), bird.getLocalPort());
            var made = new Egress(setting(Optional.of(at)), Clock.fixed(NOW, ZoneOffset.UTC), this::look).make();
            assertEquals(
                    Optional.of(NOW), made.manifest().canary().orElseThrow().answered());
            assertEquals("", Files.readString(directory.resolve("run/addresses")));
            var found =
                    new Confinement(directory.resolve("run/manifest.json"), false, Clock.fixed(NOW, ZoneOffset.UTC));
            assertEquals(Confinement.Finding.GOT_THROUGH, found.look());
        }
    }

    @Test
    @DisplayName("without a list, without a canary, or with one that nobody hears, nothing is proven")
    void unproven() throws Exception {
        var file = directory.resolve("run/manifest.json");
        var confinement = new Confinement(file, false, Clock.fixed(NOW, ZoneOffset.UTC));
        assertEquals(Confinement.Finding.NO_CANARY, confinement.look());
        egress(NOW).make();
        assertEquals(Confinement.Finding.NO_CANARY, confinement.look());
        assertEquals(Confinement.Finding.TRIAL, new Confinement(file, true, Clock.systemUTC()).look());
    }

    private void grant(String name, Target target) throws Exception {
        Files.writeString(
                grants.resolve(name + ".json"),
                paperwork.papers(Paperwork.text(Way.HTTPS_JSON, target)).json().toString());
    }

    private static String text(String host, Instant until) {
        return Paperwork.text(Way.HTTPS_JSON, street(host, 443), Instant.EPOCH, until, Optional.empty());
    }

    private static Target street(String host, int port) {
        return new Target(host, port, "/in", "DE", false, Optional.empty(), Optional.empty(), Optional.empty());
    }

    private Egress egress(Instant now) {
        return new Egress(setting(Optional.empty()), Clock.fixed(now, ZoneOffset.UTC), this::look);
    }

    private Egress.Setting setting(Optional<InetSocketAddress> canary) {
        return new Egress.Setting(grants, operators, directory.resolve("run"), canary);
    }

    private InetAddress[] look(String host) throws UnknownHostException {
        asked.add(host);
        if (!names.containsKey(host)) {
            throw new UnknownHostException();
        }
        return names.get(host).stream().map(Addresses::literal).toArray(InetAddress[]::new);
    }
}
