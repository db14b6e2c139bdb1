package org.rosterkeep.appliance;

import java.io.IOException;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.rosterkeep.backup.Life;
import org.rosterkeep.log.Event;
import org.rosterkeep.log.Log;
import org.rosterkeep.roster.Catalogue;

/// One running appliance: its districts, the listener vendors connect to, and the local control socket. Made in that
/// order and closed in the reverse, so that nobody is let in before there is somebody to answer.
public final class Appliance implements AutoCloseable {
    private final Home home;
    private final Settings settings;
    private final Log log;
    private final Instant started;
    private final Deque<AutoCloseable> parts = new ArrayDeque<>();
    private final CountDownLatch stop = new CountDownLatch(1);
    private final AtomicBoolean closed = new AtomicBoolean();
    private Optional<NoticeRound> round = Optional.empty();

    private Appliance(Home home, Settings settings, Log log, Clock clock) {
        this.home = home;
        this.settings = settings;
        this.log = log;
        this.started = clock.instant();
    }

    /// Starts everything; when a part fails, those before it are closed again.
    public static Appliance start(Home home, Settings settings, Log log, Clock clock) {
        return start(home, settings, log, clock, Sockets.OWN);
    }

    /// @param handed the listening socket the service manager keeps for us; without one, ours is opened
    /// @param courier where the courier finds us; without it, in the home
    /// @param credentials where the service manager hands over what it kept for us
    public record Sockets(Optional<ServerSocketChannel> handed, Optional<Path> courier, Optional<Path> credentials) {
        static final Sockets OWN = new Sockets(Optional.empty(), Optional.empty(), Optional.empty());
    }

    public static Appliance start(Home home, Settings settings, Log log, Clock clock, Sockets sockets) {
        var appliance = new Appliance(home, settings, log, clock);
        try {
            var wiring = new Wiring(clock, new SecureRandom(), log)
                    .keeping(settings.backups().places())
                    .watching(settings.intake())
                    .unsealing(new Unsealers(sockets.credentials(), settings.approved()));
            appliance.open(wiring, sockets);
            log.say(Event.APPLIANCE_UP);
            return appliance;
        } catch (RuntimeException | Error e) {
            appliance.close();
            throw e;
        }
    }

    private void open(Wiring wiring, Sockets sockets) {
        keep(HomeLock.take(home));
        var districts = keep(Districts.open(home, wiring));
        awaitLeave(districts, wiring);
        var front = keep(Front.open(home, settings, districts, wiring, sockets.handed()));
        wiring.origin().set(front.baseUrl());
        var outgoing = keep(Outgoing.open(home, sockets.courier(), settings.trial(), districts, log));
        keep(Incoming.begin(districts, log));
        var backups = new Backups(home, settings, wiring, Life.shipped());
        var nightly = keep(new Nightly(districts, backups, log));
        var verbs = new Verbs(new Doorkeeper(districts)::before);
        new ApplianceVerbs(this, districts, front, wiring.clock()).into(verbs);
        var doctor = new DistrictDoctor(
                Optional.of(front),
                Optional.of(outgoing),
                districts,
                DoctorBounds.shipped(),
                wiring.clock(),
                settings.approved());
        var notices = new NoticeRound(home, districts, doctor, nightly, DoctorBounds.shipped(), front.baseUrl(), log);
        round = Optional.of(notices);
        keep(new Housekeeping(districts, front, nightly, notices, log, wiring.clock()).start());
        new NoticeVerbs(districts, notices, wiring.clock()).into(verbs);
        doctor.into(verbs);
        new LogVerbs(log).into(verbs);
        new MetricsVerbs(this, doctor, districts, front, wiring.clock()).into(verbs);
        new DistrictVerbs(districts, wiring).into(verbs);
        new KeyVerbs(districts, wiring).into(verbs);
        new WayVerbs(districts, wiring).into(verbs);
        new BackupVerbs(districts, backups, wiring.clock()).into(verbs);
        new KitVerbs(districts, wiring).into(verbs);
        new ClientVerbs(districts, wiring.clock()).into(verbs);
        new OperatorVerbs(districts, wiring.clock()).into(verbs);
        new PaperVerbs(districts, wiring.clock()).into(verbs);
        new VendorVerbs(districts, wiring.clock()).into(verbs);
        new IdVerbs(districts, wiring.clock()).into(verbs);
        new CustodyVerbs(districts, wiring.clock()).into(verbs);
        var profiles = new ProfileVerbs(districts, wiring.clock());
        profiles.into(verbs);
        new ElementVerbs(profiles, Catalogue.shipped()).into(verbs);
        new ExportVerbs(districts, wiring.clock()).into(verbs);
        new PeopleVerbs(districts, wiring.clock()).into(verbs);
        new EraseVerbs(districts, home, wiring.clock()).into(verbs);
        new HoldVerbs(districts, wiring.clock()).into(verbs);
        new AdequacyVerbs(districts, wiring.clock()).into(verbs);
        new RuleVerbs(districts, wiring.clock()).into(verbs);
        new PreviewVerbs(districts, wiring.clock()).into(verbs);
        new ExplainVerbs(districts, wiring.clock()).into(verbs);
        new GuardVerbs(districts, wiring.clock()).into(verbs);
        new PushVerbs(districts, outgoing, wiring.clock()).into(verbs);
        new SourceVerbs(districts, outgoing, wiring.clock()).into(verbs);
        new IncidentVerbs(districts, wiring.clock()).into(verbs);
        new RehearsalVerbs(districts, front, wiring.clock()).into(verbs);
        new IntakeVerbs(districts, log, wiring.clock()).into(verbs);
        new MatchVerbs(districts).into(verbs);
        new LedgerVerbs(districts, wiring.clock()).into(verbs);
        keep(listen(verbs));
    }

    /// While an upgrade looks at what was opened, nothing is served.
    private void awaitLeave(Districts districts, Wiring wiring) {
        var held = HeldStart.in(home, wiring.clock());
        if (held.now()) {
            var verbs = new Verbs(new Doorkeeper(districts)::before);
            var doctor = new DistrictDoctor(
                    Optional.empty(),
                    Optional.empty(),
                    districts,
                    DoctorBounds.shipped(),
                    wiring.clock(),
                    settings.approved());
            held.into(verbs, home, settings, districts, doctor);
            var socket = keep(listen(verbs));
            log.say(Event.NOBODY_LET_IN_YET);
            held.await();
            parts.remove(socket);
            close(socket);
        }
    }

    private ControlSocket listen(Verbs verbs) {
        try {
            return ControlSocket.listen(home.socket(), verbs, log);
        } catch (IOException e) {
            throw new Trouble(
                            Exit.FAILED,
                            "The appliance cannot be started.",
                            "The control socket " + home.socket() + " could not be made.",
                            "Check that the home belongs to this user and that its disk is not full.")
                    .because(e);
        }
    }

    private <T extends AutoCloseable> T keep(T part) {
        parts.push(part);
        return part;
    }

    private void close(AutoCloseable part) {
        try {
            part.close();
        } catch (Exception e) {
            log.say(Event.PART_NOT_CLOSED, e);
        }
    }

    Home home() {
        return home;
    }

    /// What looks how everything stands; there once it is up.
    NoticeRound round() {
        return round.orElseThrow();
    }

    Settings settings() {
        return settings;
    }

    Instant started() {
        return started;
    }

    /// Returns when somebody asked the appliance to stop.
    public void await() throws InterruptedException {
        stop.await();
    }

    /// Asks for an orderly end; returns at once.
    void stop() {
        stop.countDown();
    }

    @Override
    public void close() {
        stop.countDown();
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        while (!parts.isEmpty()) {
            close(parts.pop());
        }
        log.say(Event.APPLIANCE_DOWN);
    }
}
