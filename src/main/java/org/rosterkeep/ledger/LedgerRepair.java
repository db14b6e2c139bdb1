package org.rosterkeep.ledger;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.rosterkeep.ledger.LedgerFault.Code;

/// The way on after damage: the damaged ledger is set aside whole, as evidence, and a new one begins whose first act
/// says so. Nothing is mended, for a mended record proves nothing. A person's decision, with a name and a reason.
public final class LedgerRepair {
    private LedgerRepair() {}

    /// Sets the ledger in this directory aside, into `damaged-1`, `damaged-2`, ... beside the new one's files.
    /// The clients'
    /// references go on from the last that could be read.
    ///
    /// @param actor who decided it
    /// @param reason in the person's words; no names of persons
    /// @return the new ledger, open
    public static Ledger setAside(
            Path directory, Signer signer, Clock clock, LedgerSettings settings, String actor, String reason) {
        Map<String, String> facts = new TreeMap<>();
        try {
            Tail.Counted counted = counted(directory);
            Verdict verdict = new LedgerVerifier(signer.publicKey(), Optional.empty()).verify(directory);
            facts.put("reason", reason);
            facts.put("verdict", sentence(verdict));
            facts.put("readable", Long.toString(counted.records()));
            facts.put("head", counted.head());
            facts.put("directory", move(directory));
            Ledger ledger = Ledger.begin(directory, signer, clock, settings, counted.counters());
            ledger.record("ledger.set-aside", actor, facts);
            return ledger;
        } catch (IOException e) {
            throw new LedgerFault(Code.BLOCKED, "the damaged ledger could not be set aside", e);
        }
    }

    /// Follows the chain as far as it holds.
    private static Tail.Counted counted(Path directory) throws IOException {
        Tail tail = Tail.beginning();
        for (Segment segment : Segment.in(directory)) {
            try (FrameReader frames = new FrameReader(segment.open())) {
                while (frames.next() == FrameReader.Step.FRAME) {
                    if (!tail.follow(frames.payload(), frames.hash())) {
                        return tail.counted();
                    }
                }
            } catch (IOException | LedgerFault e) {
                // That far and no further.
                return tail.counted();
            }
        }
        return tail.counted();
    }

    private static String sentence(Verdict verdict) {
        return switch (verdict) {
            case Verdict.Sound sound -> "sound, " + sound.records() + " records";
            case Verdict.Broken broken -> broken.segment() + ": " + broken.sentence();
        };
    }

    private static String move(Path directory) throws IOException {
        int number = 1;
        while (Files.exists(directory.resolve("damaged-" + number))) {
            number++;
        }
        Path aside = Files.createDirectory(directory.resolve("damaged-" + number));
        List<Path> files;
        try (Stream<Path> all = Files.list(directory)) {
            files = all.filter(file -> Segment.named(file.getFileName().toString())
                            || ContentsFile.named(file.getFileName().toString())
                            || file.getFileName().toString().equals(Mark.FILE))
                    .toList();
        }
        for (Path file : files) {
            Files.move(file, aside.resolve(file.getFileName()), StandardCopyOption.ATOMIC_MOVE);
        }
        Disk.syncDirectory(aside);
        Disk.syncDirectory(directory);
        return aside.getFileName().toString();
    }
}
