package org.rosterkeep.sources;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.rosterkeep.intake.FindingCode;
import org.rosterkeep.intake.Report;
import org.rosterkeep.rules.RosterSource;
import org.rosterkeep.rules.SignedSource;

/// Looks into the watched folders, and imports what is whole there.
final class FolderRounds {
    private final Sources.Rooms rooms;
    private final Means means;
    private final Standings standings;
    private final Map<String, Folder> folders = new HashMap<>();

    FolderRounds(Sources.Rooms rooms, Means means, Standings standings) {
        this.rooms = rooms;
        this.means = means;
        this.standings = standings;
    }

    private Instant now() {
        return means.clock().instant();
    }

    /// Takes one file at most; the next one is taken the next time.
    void look(SignedSource one, RosterSource.Watched watched) {
        RosterSource source = one.source();
        Standing standing = standings.of(source);
        try {
            Optional<Folder.Taken> taken = folder(watched).next(now());
            if (taken.isPresent()) {
                take(source, standing, folder(watched), taken.get());
            } else if (standing.last().equals(Hitch.FOLDER.word())) {
                standings.keep(standing.done(Standing.UNCHANGED, Optional.empty(), Optional.empty(), 0, ""));
            }
        } catch (IOException unusable) {
            failed(source, standing, Hitch.FOLDER, true);
        } catch (RuntimeException | Error fault) {
            // Ours: the file waits where it is, and is not tried every second.
            failed(source, standing, Hitch.IMPORT, true);
            throw fault;
        }
    }

    private Folder folder(RosterSource.Watched watched) throws IOException {
        Path below = rooms.folders().orElseThrow(() -> new IOException("no folder may be watched"));
        Path folder = below.resolve(watched.name());
        if (!folders.containsKey(watched.name())) {
            Files.createDirectories(
                    rooms.spool(), PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            folders.put(
                    watched.name(),
                    new Folder(
                            folder,
                            Files.getOwner(rooms.spool()),
                            means.settings().settle()));
        }
        return folders.get(watched.name());
    }

    private void take(RosterSource source, Standing standing, Folder folder, Folder.Taken taken) throws IOException {
        try (Kept kept = new Kept(means.spool().get())) {
            Folder.read(taken, kept, means.settings().fileBytesMax());
            String digest = kept.digest();
            if (standing.digests().contains(digest)) {
                folder.put(taken, Folder.End.DONE, FolderReport.known(now()), now());
                done(source, standing, Standing.UNCHANGED, "");
                return;
            }
            Report report = rooms.taking().take(kept.source(), Sources.ACTOR + source.id());
            switch (report.outcome()) {
                case APPLIED, UNCHANGED, DRY_RUN -> {
                    // Known first: should the machine stop in between, it is not imported twice.
                    done(source, standing.knowing(digest, means.settings().digestsMax()), Standing.OK, report.id());
                    folder.put(taken, Folder.End.DONE, FolderReport.of(report, now()), now());
                }
                case REFUSED -> {
                    folder.put(taken, Folder.End.REFUSED, FolderReport.of(report, now()), now());
                    failed(source, standing, Hitch.IMPORT, false);
                }
                // Another import is running: it waits for that.
                case BUSY, CANCELLED -> {}
            }
        } catch (Hitch.Met met) {
            String why = met.hitch() == Hitch.FOLDER
                    ? "It is no plain file."
                    : "It is longer than a file may be (" + FindingCode.ARCHIVE_TOO_LARGE.word() + ").";
            folder.put(taken, Folder.End.REFUSED, FolderReport.refused(why, now()), now());
            failed(source, standing, Hitch.IMPORT, false);
        }
    }

    private void done(RosterSource source, Standing standing, String how, String report) {
        standings.keep(standing.begun(now())
                .done(how, Optional.empty(), Optional.empty(), rooms.taking().batch(), report));
        record("source.taken", source, Map.of("outcome", how, "report", report));
    }

    /// @param rests whether nothing is tried for a while; a file that is of no use keeps no other one waiting
    private void failed(RosterSource source, Standing standing, Hitch hitch, boolean rests) {
        Duration pause =
                rests ? means.settings().pauses().after(standing.failures() + 1, Duration.ZERO) : Duration.ZERO;
        standings.keep(standing.begun(now()).failed(hitch.word(), now().plus(pause), false));
        if (standing.failures() == 0 || hitch != Hitch.FOLDER) {
            record("source.failed", source, Map.of("code", hitch.word()));
        }
    }

    private void record(String kind, RosterSource source, Map<String, String> more) {
        Map<String, String> facts = new HashMap<>(more);
        facts.put("source", source.id());
        facts.put("version", Integer.toString(source.version()));
        facts.put("place", source.origin().text());
        rooms.journal().record(kind, Sources.ACTOR + source.id(), facts);
    }
}
