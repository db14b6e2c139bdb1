package org.rosterkeep.appliance;

import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.rosterkeep.courier.wire.Hello;
import org.rosterkeep.log.Event;
import org.rosterkeep.log.Log;
import org.rosterkeep.outbound.Desk;
import org.rosterkeep.outbound.Fetches;
import org.rosterkeep.outbound.Hatch;
import org.rosterkeep.outbound.Outbox;

/// The way to the courier: the hatch at which it asks, and the papers of the rules and sources in force beside it, from
/// which the way out is opened for these places and no other. In a trial it also starts the courier, once there is
/// something to send or to fetch.
final class Outgoing implements AutoCloseable {
    private static final long LOOK_MILLIS = 1000;

    private final Path grants;
    private final Districts districts;
    private final Log log;
    private final Optional<TrialCourier> trial;
    private final Hatch hatch;
    private final CountDownLatch stop = new CountDownLatch(1);
    private final Thread thread;
    private Map<String, JsonObject> published = Map.of();

    private Outgoing(Path socket, boolean shared, Districts districts, Log log, Optional<TrialCourier> trial)
            throws IOException {
        this.grants = socket.resolveSibling("grants");
        this.districts = districts;
        this.log = log;
        this.trial = trial;
        hatch = Hatch.open(socket, shared, this::outboxes, this::desks, this::fetches, this::said);
        thread = Thread.ofPlatform().name("outgoing").daemon().unstarted(this::go);
    }

    /// @param named where the courier of another user finds us; without it, the hatch is in the home
    static Outgoing open(Home home, Optional<Path> named, boolean trial, Districts districts, Log log) {
        var there = named.filter(
                path -> path.toAbsolutePath().getParent() instanceof Path parent && Files.isDirectory(parent));
        if (named.isPresent() && there.isEmpty()) {
            log.say(Event.COURIER_FOLDER_MISSING);
        }
        var socket = there.orElse(home.courierSocket());
        try {
            var outgoing = new Outgoing(
                    socket,
                    there.isPresent(),
                    districts,
                    log,
                    trial ? Optional.of(new TrialCourier(home, Clock.systemUTC())) : Optional.empty());
            outgoing.thread.start();
            return outgoing;
        } catch (IOException e) {
            throw new Trouble(
                            Exit.FAILED,
                            "The appliance cannot be started.",
                            "The courier's socket " + socket + " could not be made.",
                            "Check that its directory is there and belongs to this user.")
                    .because(e);
        }
    }

    private List<Outbox> outboxes() {
        return open().stream().map(Rooms::outbox).toList();
    }

    private List<Desk> desks() {
        return open().stream().<Desk>map(Rooms::postbox).toList();
    }

    private List<Fetches> fetches() {
        return open().stream().<Fetches>map(Rooms::sources).toList();
    }

    private List<Rooms> open() {
        return districts.list().stream()
                // What came back from a backup answers and sends nothing until somebody has looked.
                .filter(district -> district.restored().isEmpty())
                .map(District::state)
                .filter(District.State.Open.class::isInstance)
                .map(state -> ((District.State.Open) state).rooms())
                .toList();
    }

    private void said(Hatch.Said said) {
        switch (said) {
            case Hatch.Said.Unconfined unconfined -> log.say(Event.COURIER_UNCONFINED);
            case Hatch.Said.NotUnderstood misunderstood -> log.say(Event.COURIER_NOT_UNDERSTOOD);
            case Hatch.Said.Failed(Throwable fault) -> log.say(Event.COURIER_SOCKET_FAILED, fault);
        }
    }

    /// The courier that was here last.
    Optional<Hello> courier() {
        return hatch.courier();
    }

    boolean courierIsHere() {
        return hatch.lines() > 0;
    }

    /// Whether the courier is here, for people.
    String words() {
        if (courierIsHere()) {
            return "The courier is here"
                    + courier()
                            .map(hello -> switch (hello.confined()) {
                                case YES -> ", and confined.";
                                case TRIAL -> "; this is a trial: the operating system is not confining it.";
                                case NO -> ".";
                            })
                            .orElse(".");
        }
        return "The courier is not here: nothing is sent, and nothing is fetched from outside.";
    }

    private void go() {
        try {
            do {
                look();
            } while (!stop.await(LOOK_MILLIS, TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void look() {
        try {
            boolean changed = publish();
            if (trial.isPresent() && (changed || !published.isEmpty())) {
                trial.get().look(districts, changed);
            }
        } catch (IOException | RuntimeException e) {
            log.say(Event.GRANTS_NOT_PUBLISHED, e);
        }
    }

    /// One file for each rule in force that names a target, and for each source; what is not in force any more
    /// has none.
    private boolean publish() throws IOException {
        Map<String, JsonObject> now = new TreeMap<>();
        for (var rooms : open()) {
            rooms.channels()
                    .papers(rooms.clock().instant())
                    .forEach((name, papers) -> now.put(papers.district() + "@" + name + ".json", papers.json()));
            rooms.outbox()
                    .papers()
                    .forEach((rule, papers) -> now.put(papers.district() + "@" + rule + ".json", papers.json()));
            rooms.sources()
                    .papers()
                    .forEach((source, papers) ->
                            now.put(papers.district() + "@source@" + source + ".json", papers.json()));
        }
        if (now.equals(published)) {
            return false;
        }
        Files.createDirectories(grants);
        Set<String> stale = new HashSet<>(published.keySet());
        if (published.isEmpty()) {
            try (var all = Files.list(grants)) {
                all.forEach(file -> stale.add(file.getFileName().toString()));
            }
        }
        stale.removeAll(now.keySet());
        for (var name : stale) {
            Files.deleteIfExists(grants.resolve(name));
        }
        for (var entry : now.entrySet()) {
            if (!entry.getValue().equals(published.get(entry.getKey()))) {
                var fresh = grants.resolve("." + entry.getKey() + ".new");
                Files.writeString(fresh, entry.getValue().toString(), StandardCharsets.UTF_8);
                Files.move(
                        fresh,
                        grants.resolve(entry.getKey()),
                        StandardCopyOption.ATOMIC_MOVE,
                        StandardCopyOption.REPLACE_EXISTING);
            }
        }
        published = now;
        return true;
    }

    @Override
    public void close() throws IOException {
        stop.countDown();
        try {
            thread.join(TimeUnit.SECONDS.toMillis(10));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        trial.ifPresent(TrialCourier::stop);
        hatch.close();
    }
}
