package org.rosterkeep.sources;

import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.rosterkeep.courier.wire.Papers;
import org.rosterkeep.intake.Report;
import org.rosterkeep.keys.Spool;
import org.rosterkeep.outbound.Fetch;
import org.rosterkeep.outbound.Fetches;
import org.rosterkeep.outbound.PushSecrets;
import org.rosterkeep.outbound.SignedPapers;
import org.rosterkeep.roster.Journal;
import org.rosterkeep.roster.Shelf;
import org.rosterkeep.rules.RosterSource;
import org.rosterkeep.rules.SignedSource;
import org.rosterkeep.rules.SourceBook;

/// What a district fetches. By the clock alone a run begins; after a long silence one, and not one for each
/// time that was
/// missed; after a failure later and later. A run that has come to its end is imported in [#look()], by one thread.
public final class Sources implements Fetches, AutoCloseable {
    static final String ACTOR = "source:";

    private final String district;
    private final Rooms rooms;
    private final SourceSettings settings;
    private final Clock clock;
    private final Means means;
    private final Standings standings;
    private final FolderRounds folders;
    private final Map<String, Run> runs = new TreeMap<>();
    private final Map<String, Boolean> wanted = new HashMap<>();
    private boolean closed;

    /// What the sources work with.
    ///
    /// @param spool where it is gathered, sealed
    /// @param folders below which folders may be watched; empty when none may
    public record Rooms(
            Shelf shelf,
            Journal journal,
            SourceBook book,
            PushSecrets secrets,
            Taking taking,
            Path spool,
            Optional<Path> folders) {}

    public Sources(String district, Rooms rooms, SourceSettings settings, Clock clock, SecureRandom random) {
        this.district = district;
        this.rooms = rooms;
        this.settings = settings;
        this.clock = clock;
        standings = new Standings(rooms.shelf());
        means = new Means(
                district,
                settings,
                clock,
                random,
                rooms.secrets()::of,
                () -> Spool.open(rooms.spool(), random),
                this::objection);
        folders = new FolderRounds(rooms, means, standings);
        afterRestart();
    }

    /// What was under way when the program ended is lost, and nothing of it was imported.
    private void afterRestart() {
        for (Standing one : standings.all()) {
            if (one.running().isPresent()) {
                Instant next = clock.instant().plus(settings.pauses().after(one.failures() + 1, Duration.ZERO));
                standings.keep(one.failed(Hitch.INTERRUPTED.word(), next, false));
            }
        }
    }

    private Optional<String> objection(SignedSource one) {
        return rooms.book().stands(one.source(), clock.instant())
                ? Optional.empty()
                : Optional.of(Hitch.WITHDRAWN.word());
    }

    public Optional<Standing> standing(String source) {
        return standings.get(source);
    }

    /// The sources in force whose last run came to nothing.
    public List<Standing> failing() {
        Instant now = clock.instant();
        return rooms.book().active(now).stream()
                .flatMap(one -> standings.get(one.source().id()).stream())
                .filter(one -> one.failures() > 0)
                .toList();
    }

    /// How far a run is that is under way.
    public synchronized Optional<String> soFar(String source) {
        return Optional.ofNullable(runs.get(source)).map(Run::soFar);
    }

    /// The papers of every source that may be asked outside now, by its name.
    public Map<String, Papers> papers() {
        Map<String, Papers> papers = new TreeMap<>();
        rooms.book().active(clock.instant()).stream()
                .filter(one -> one.source().origin().outward())
                .forEach(one ->
                        papers.put(one.source().id(), SignedPapers.of(district, one.text(), one.endorsements())));
        return papers;
    }

    /// Asks a source as soon as possible, whatever the clock says and however it failed.
    ///
    /// @param full for everything
    /// @return false when it is not in force, or is being asked already
    public synchronized boolean ask(String source, boolean full, String actor) {
        boolean active = rooms.book().active(clock.instant()).stream()
                .anyMatch(one -> one.source().id().equals(source));
        if (!active || runs.containsKey(source)) {
            return false;
        }
        rooms.journal().record("source.asked", actor, Map.of("source", source, "full", Boolean.toString(full)));
        wanted.merge(source, full, Boolean::logicalOr);
        return true;
    }

    @Override
    public synchronized Optional<Fetch> next() {
        for (Run run : runs.values()) {
            Optional<Fetch> fetch = run.next();
            if (fetch.isPresent()) {
                return fetch;
            }
        }
        return Optional.empty();
    }

    /// Does what is due: begins runs, ends them, imports what they brought, looks into folders. Called about once a
    /// second, by one thread at a time.
    public void look() {
        Instant now = clock.instant();
        for (Run run : under()) {
            end(run);
        }
        for (SignedSource one : rooms.book().active(now)) {
            if (one.source().origin() instanceof RosterSource.Watched watched) {
                if (open(one, now)) {
                    folders.look(one, watched);
                }
            } else {
                begin(one, now);
            }
        }
    }

    private synchronized List<Run> under() {
        return new ArrayList<>(runs.values());
    }

    /// A folder is looked into all the time, unless it cannot be.
    private synchronized boolean open(SignedSource one, Instant now) {
        boolean asked = wanted.remove(one.source().id()) != null;
        return !closed && (asked || !now.isBefore(standings.of(one.source()).notBefore()));
    }

    private synchronized boolean due(SignedSource one, Instant now) {
        if (closed) {
            return false;
        }
        String id = one.source().id();
        Standing standing = standings.of(one.source());
        if (wanted.containsKey(id)) {
            return true;
        }
        return standing.failures() > 0
                ? !now.isBefore(standing.notBefore())
                : !now.isBefore(one.source().timing().after(standing.looked()));
    }

    private synchronized void begin(SignedSource one, Instant now) {
        String id = one.source().id();
        if (runs.containsKey(id) || !due(one, now)) {
            return;
        }
        Standing standing = standings.of(one.source());
        boolean all = Boolean.TRUE.equals(wanted.remove(id)) || everything(one.source(), standing, now);
        standings.keep(standing.begun(now));
        try {
            runs.put(id, run(one, all ? Optional.empty() : standing.since()));
        } catch (UncheckedIOException full) {
            failed(one, new Run.State.Failed(Hitch.SPOOL.word(), Duration.ZERO), "");
        }
    }

    /// Everything is asked for on its day, and whenever it is not certain that what changed would be enough.
    private boolean everything(RosterSource source, Standing standing, Instant now) {
        return standing.since().isEmpty()
                || standing.lastFull().isEmpty()
                || standing.batch() != rooms.taking().batch()
                || standing.since().get().isBefore(now.minus(settings.deltaOldest()))
                || source.timing().fullDue(standing.lastFull().get(), now);
    }

    private Run run(SignedSource one, Optional<Instant> since) {
        return switch (one.source().origin()) {
            case RosterSource.Service service -> new Pull(one, service, since, means);
            case RosterSource.RemoteFile file -> new FileRun(one, file, means);
            case RosterSource.Watched _ -> throw new IllegalArgumentException("nobody is asked for it");
        };
    }

    private void end(Run run) {
        objection(run.signed()).ifPresent(run::fail);
        switch (run.state()) {
            case Run.State.UnderWay _ -> {}
            case Run.State.Failed failed -> {
                over(run);
                failed(run.signed(), failed, run.bulk() ? "full" : "delta");
            }
            case Run.State.Ready ready -> take(run, ready);
        }
    }

    private synchronized void over(Run run) {
        runs.remove(run.signed().source().id());
        run.close();
    }

    private void take(Run run, Run.State.Ready ready) {
        RosterSource source = run.signed().source();
        Standing standing = standings.of(source);
        if (ready.digest().filter(digest -> same(standing, digest)).isPresent()) {
            over(run);
            done(run, standing, Standing.UNCHANGED, "");
            return;
        }
        Report report;
        try {
            report = rooms.taking().take(ready.delivery(), ACTOR + source.id());
        } catch (RuntimeException | Error fault) {
            over(run);
            failed(run.signed(), new Run.State.Failed(Hitch.IMPORT.word(), Duration.ZERO), "");
            throw fault;
        }
        switch (report.outcome()) {
            case APPLIED, UNCHANGED, DRY_RUN -> {
                over(run);
                Standing known = ready.digest()
                        .map(digest -> standing.knowing(digest, settings.digestsMax()))
                        .orElse(standing);
                done(run, known, Standing.OK, report.id());
            }
            case REFUSED -> {
                over(run);
                failed(run.signed(), new Run.State.Failed(Hitch.IMPORT.word(), Duration.ZERO), "full");
            }
            // Another import is running: it waits for that.
            case BUSY, CANCELLED -> {}
        }
    }

    /// Whether the roster is what the very same file made of it. An older file that came back is another matter.
    private boolean same(Standing standing, String digest) {
        return !standing.digests().isEmpty()
                && standing.digests().getLast().equals(digest)
                && standing.batch() == rooms.taking().batch();
    }

    private void done(Run run, Standing standing, String how, String report) {
        RosterSource source = run.signed().source();
        Optional<Instant> since = Optional.of(run.began().minus(settings.overlap()));
        Optional<Instant> full = run.bulk() ? Optional.of(run.began()) : Optional.empty();
        standings.keep(standing.done(how, since, full, rooms.taking().batch(), report));
        rooms.journal()
                .record(
                        "source.fetched",
                        ACTOR + source.id(),
                        Map.of(
                                "source", source.id(),
                                "version", Integer.toString(source.version()),
                                "place", source.origin().text(),
                                "mode", run.bulk() ? "full" : "delta",
                                "amount", run.soFar(),
                                "report", report));
    }

    /// @param mode `delta` when only changes were asked for: a service that does not know how is asked for everything
    private void failed(SignedSource one, Run.State.Failed failed, String mode) {
        Standing standing = standings.of(one.source());
        Duration pause = settings.pauses().after(standing.failures() + 1, failed.after());
        boolean anew = mode.equals("delta")
                && List.of("not-accepted 400", "not-accepted 404", "not-accepted 422", Hitch.IMPORT.word())
                        .contains(failed.words());
        standings.keep(standing.failed(failed.words(), clock.instant().plus(pause), anew));
        rooms.journal()
                .record(
                        "source.failed",
                        ACTOR + one.source().id(),
                        Map.of(
                                "source", one.source().id(),
                                "version", Integer.toString(one.source().version()),
                                "place", one.source().origin().text(),
                                "code", failed.words(),
                                "failures", Integer.toString(standing.failures() + 1)));
    }

    /// Nothing is gathered any more; what was is gone.
    @Override
    public synchronized void close() {
        closed = true;
        runs.values().forEach(run -> {
            run.fail(Hitch.WITHDRAWN.word());
            run.close();
        });
        runs.clear();
    }
}
