package org.rosterkeep.appliance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rosterkeep.commands.Asker;
import org.rosterkeep.commands.Common;
import org.rosterkeep.commands.ControlClient;
import org.rosterkeep.commands.TrialDocuments;
import org.rosterkeep.log.Log;

@DisplayName("A start that is held for an upgrade")
class HeldStartTest {
    private static final Clock CLOCK = Clock.systemUTC();
    private final Log log = new Log(new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8), CLOCK);

    @TempDir
    private Path directory;

    private Home home;
    private int port;

    @BeforeEach
    void furnish() throws Exception {
        home = new Home(directory.resolve("h"));
        home.make();
        try (var free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        Files.writeString(home.settings(), "trial = true\nlisten-port = " + port + "\n");
    }

    private Path mark() {
        return home.directory().resolve("held");
    }

    private CompletableFuture<Appliance> start() {
        return CompletableFuture.supplyAsync(
                () -> Appliance.start(home, Settings.read(home.settings()), log, CLOCK),
                task -> Thread.ofPlatform().start(task));
    }

    private Asker asker() {
        return new Asker(home, line -> {});
    }

    private void running() throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (!new ControlClient(home).running() && System.nanoTime() < end) {
            Thread.sleep(20);
        }
    }

    @Test
    @DisplayName("answers for itself, lets nobody in and takes no order; and does when the mark is gone")
    void held() throws Exception {
        Files.writeString(mark(), CLOCK.instant().plusSeconds(60).toString());
        var started = start();
        running();
        assertTrue(asker().ask("status", new Common.Args()).getBoolean("held"));
        assertFalse(asker().ask("doctor", new Common.Args().with("full", false)).containsKey("held"));
        assertThrows(Trouble.class, () -> asker().ask("district make", TrialDocuments.district("springfield")));
        assertThrows(ConnectException.class, () -> new Socket(InetAddress.getLoopbackAddress(), port).close());
        assertFalse(started.isDone());
        Files.delete(mark());
        try (var appliance = started.get(30, TimeUnit.SECONDS)) {
            assertFalse(asker().ask("status", new Common.Args()).containsKey("held"));
            asker().ask("district make", TrialDocuments.district("springfield"));
            new Socket(InetAddress.getLoopbackAddress(), port).close();
            assertEquals(1, home.names().size());
        }
    }

    @Test
    @DisplayName("ends by itself at the moment the mark names, and the mark is gone by then")
    void ends() throws Exception {
        Files.writeString(mark(), CLOCK.instant().plusSeconds(2).toString());
        try (var appliance = start().get(30, TimeUnit.SECONDS)) {
            assertFalse(Files.exists(mark()));
        }
    }

    @Test
    @DisplayName("is none when the mark is old, or says nothing that can be understood, or too much")
    void none() throws Exception {
        Files.writeString(mark(), Instant.EPOCH.toString());
        assertFalse(HeldStart.in(home, CLOCK).now());
        Files.writeString(mark(), "for ever");
        assertFalse(HeldStart.in(home, CLOCK).now());
        Files.writeString(mark(), "9999-01-01T00:00:00Z");
        assertTrue(HeldStart.in(home, CLOCK).now());
        assertFalse(HeldStart.in(home, Clock.offset(CLOCK, java.time.Duration.ofMinutes(11)))
                .now());
    }
}
