package org.rosterkeep.ledger;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import org.rosterkeep.disclosure.Account;
import org.rosterkeep.disclosure.Entry;
import org.rosterkeep.ledger.LedgerFault.Code;
import org.rosterkeep.roster.Journal;

/// The ledger of one district: disclosures and acts in one chain. What it says is on the disk when a method returns;
/// when it cannot be, the method throws [LedgerFault] and nothing may leave (decision 12). It cannot be switched off.
public final class Ledger extends Account implements Journal, AutoCloseable {
    private final Path directory;
    private final Clock clock;
    private final Signer signer;
    private final Scribe scribe;
    private final FileChannel lock;
    private final Archivist archivist;

    /// What the ledger can do now.
    public enum State {
        /// Everything.
        OPEN,
        /// The disk is full: acts are recorded, disclosures refused.
        FULL,
        /// Nothing, until a person looked: files were changed, or the disk failed.
        BLOCKED,
        CLOSED
    }

    /// @param records how many there are; the newest one's number
    /// @param head hash of the newest record, hex: printed or sent away, it proves later that nothing was cut off
    /// @param bytes on the disk, the reserve not counted
    /// @param checkpointAt when a signature last covered everything
    public record Stats(
            State state,
            boolean clockTrusted,
            long records,
            String head,
            int segments,
            long bytes,
            long checkpointNumber,
            Instant checkpointAt) {}

    private Ledger(Path directory, Clock clock, Signer signer, Scribe scribe, FileChannel lock, Archivist archivist) {
        this.directory = directory;
        this.clock = clock;
        this.signer = signer;
        this.scribe = scribe;
        this.lock = lock;
        this.archivist = archivist;
    }

    /// Opens the ledger in this directory, or begins one.
    ///
    /// @throws LedgerFault with `ledger-blocked` when the files are not as they were written
    public static Ledger open(Path directory, Signer signer, Clock clock, LedgerSettings settings) {
        return open(directory, signer, clock, settings, Disk.real());
    }

    static Ledger open(Path directory, Signer signer, Clock clock, LedgerSettings settings, Disk disk) {
        return locked(directory, lock -> {
            Recovery.Found found = new Recovery(directory).find();
            Ledger ledger = opened(directory, found, signer, clock, settings, disk, lock);
            if (found.cut() > 0) {
                ledger.record("ledger.recovered", "appliance", Map.of("cutBytes", Long.toString(found.cut())));
            }
            return ledger;
        });
    }

    /// Begins a ledger where there is none, counting on from these references.
    static Ledger begin(
            Path directory, Signer signer, Clock clock, LedgerSettings settings, Map<String, Long> counters) {
        return locked(directory, lock -> {
            Recovery.Found nothing = new Recovery.Found(Tail.beginning(counters), 0, 0, 0);
            return opened(directory, nothing, signer, clock, settings, Disk.real(), lock);
        });
    }

    private interface Opening {
        Ledger with(FileChannel lock) throws IOException;
    }

    private static Ledger locked(Path directory, Opening opening) {
        try {
            make(directory);
            FileChannel lock = lock(directory);
            try {
                return opening.with(lock);
            } catch (IOException | RuntimeException e) {
                lock.close();
                throw e;
            }
        } catch (IOException e) {
            throw new LedgerFault(Code.BLOCKED, "the ledger's files cannot be opened", e);
        }
    }

    private static Ledger opened(
            Path directory,
            Recovery.Found found,
            Signer signer,
            Clock clock,
            LedgerSettings settings,
            Disk disk,
            FileChannel lock)
            throws IOException {
        SegmentFile file = SegmentFile.open(directory, Math.max(1, found.segment()), found.size(), disk);
        Pages pages = new Pages(directory, found.tail(), file, signer, settings, disk);
        boolean reserve = pages.holdReserve();
        if (found.tail().number() == 0) {
            pages.begin(clock.instant());
        }
        pages.open();
        Archivist archivist = new Archivist(directory, signer);
        Scribe scribe = new Scribe(pages, clock, settings, archivist::closed);
        scribe.start(reserve ? State.OPEN : State.FULL);
        archivist.catchUp(file.number());
        return new Ledger(directory, clock, signer, scribe, lock, archivist);
    }

    @Override
    protected Numbers append(Entry entry) {
        Tail.Framed framed = scribe.append(Draft.of(entry));
        return new Numbers(framed.number(), framed.reference());
    }

    @Override
    public long record(String kind, String actor, Map<String, String> facts) {
        return scribe.append(Draft.act(clock.instant(), kind, actor, facts)).number();
    }

    /// Whether the clock may be believed (privacy.md F24). Once it was seen more than the tolerance before the last
    /// record it is not, until an operator confirms it.
    public boolean clockTrusted(Instant now) {
        return scribe.clockTrusted(now);
    }

    /// An operator vouches for the clock as it stands: recorded, and believed from now on.
    public long confirmClock(String actor) {
        return scribe.append(Draft.clockConfirmed(clock.instant(), actor)).number();
    }

    /// Signs the chain now; returns the checkpoint's number.
    public long checkpoint() {
        return scribe.append(Draft.checkpoint(clock.instant())).number();
    }

    public State state() {
        return scribe.state();
    }

    public Stats stats() {
        Scribe.Published end = scribe.published();
        long bytes = 0;
        var segments = Segment.in(directory);
        for (Segment segment : segments) {
            bytes += segment.bytes();
        }
        return new Stats(
                state(),
                clockTrusted(clock.instant()),
                end.number(),
                end.head(),
                segments.size(),
                bytes,
                end.checkpointNumber(),
                end.checkpointAt());
    }

    /// What was recorded so far, for questions.
    public LedgerPages pages() {
        return pages(scribe.published());
    }

    /// Copies what was recorded so far into a directory that is there and empty.
    public LedgerCopy copy(Path to) {
        Scribe.Published end = scribe.published();
        return LedgerCopy.write(pages(end), end, to);
    }

    LedgerPages pages(Scribe.Published end) {
        return new LedgerPages(Segment.in(directory), end.segment(), end.size(), archivist.index());
    }

    /// The key that verifies this ledger's checkpoints: 32 bytes.
    public byte[] publicKey() {
        return signer.publicKey();
    }

    Signer signer() {
        return signer;
    }

    Scribe.Published published() {
        return scribe.published();
    }

    /// Signs what is unsigned, and closes the files.
    @Override
    public void close() {
        scribe.close();
        archivist.close();
        try {
            lock.close();
        } catch (IOException e) {
            // Given back by the operating system at the latest when the process ends.
        }
    }

    private static void make(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            Files.createDirectories(
                    directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        }
    }

    private static FileChannel lock(Path directory) throws IOException {
        FileChannel channel =
                FileChannel.open(directory.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            if (channel.tryLock() != null) {
                return channel;
            }
        } catch (OverlappingFileLockException e) {
            // Another ledger of this very process: the same answer.
        }
        channel.close();
        throw new LedgerFault(Code.IN_USE, "another process has this ledger open");
    }
}
