package org.rosterkeep.ledger;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.rosterkeep.ledger.Verdict.Broken;
import org.rosterkeep.ledger.Verdict.Flaw;

/// Checks a ledger's files with nothing but the public key: in place, or an export far from the appliance. It names
/// the first place that is not right.
public final class LedgerVerifier {
    private static final byte[] SPKI = HexFormat.of().parseHex("302a300506032b6570032100");

    private final PublicKey key;
    private final Optional<Known> known;

    /// @param publicKey 32 bytes, from a source that is trusted: not from the ledger itself
    /// @param known a number and head that were kept elsewhere
    public LedgerVerifier(byte[] publicKey, Optional<Known> known) {
        this.key = key(publicKey);
        this.known = known;
    }

    /// A record that is known to have existed, by a printed, mailed or signed head.
    ///
    /// @param head hash of the record, hex
    public record Known(long number, String head) {}

    public Verdict verify(Path directory) {
        return new Walk(Segment.in(directory), Long.MAX_VALUE).verdict();
    }

    /// Checks a ledger that is being written, up to what is synced.
    public Verdict verify(LedgerPages pages) {
        return new Walk(pages.segments(), pages.size()).verdict();
    }

    /// Whether the key made this signature.
    boolean signs(byte[] message, String signature) {
        try {
            Signature verifier = Signature.getInstance("Ed25519");
            verifier.initVerify(key);
            verifier.update(message);
            return verifier.verify(Base64.getDecoder().decode(signature));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            return false;
        }
    }

    /// One pass over all records.
    private final class Walk {
        private final List<Segment> segments;
        private final long newestSize;
        private final Chain chain = Chain.beginning();
        private long number;
        private long checkpoints;
        private long checkpointNumber;
        private boolean knownSeen;

        Walk(List<Segment> segments, long newestSize) {
            this.segments = segments;
            this.newestSize = newestSize;
        }

        Verdict verdict() {
            if (segments.isEmpty()) {
                return new Broken("", 1, Flaw.FILE, "there is no ledger here");
            }
            for (int i = 0; i < segments.size(); i++) {
                Optional<Broken> broken = segment(segments.get(i), i);
                if (broken.isPresent()) {
                    return broken.get();
                }
            }
            if (known.isPresent() && !knownSeen) {
                return broken(
                        segments.getLast(),
                        Flaw.CUT_OFF,
                        "the ledger ends before record " + known.get().number() + ", which is known to have existed");
            }
            return new Verdict.Sound(number, checkpoints, number - checkpointNumber, chain.headText());
        }

        private Optional<Broken> segment(Segment segment, int index) {
            if (segment.number() != index + 1) {
                return Optional.of(
                        new Broken(segment.name(), number + 1, Flaw.FILE, "segment " + (index + 1) + " is missing"));
            }
            boolean newest = index == segments.size() - 1;
            try (FrameReader frames = new FrameReader(segment.open(), newest ? newestSize : Long.MAX_VALUE)) {
                FrameReader.Step step = frames.next();
                for (; step == FrameReader.Step.FRAME; step = frames.next()) {
                    Optional<Broken> broken = frame(segment, frames);
                    if (broken.isPresent()) {
                        return broken;
                    }
                }
                return step == FrameReader.Step.END
                        ? Optional.empty()
                        : Optional.of(
                                broken(segment, Flaw.CUT_OFF, "the file ends, or is damaged, inside this record"));
            } catch (IOException e) {
                return Optional.of(broken(segment, Flaw.FILE, "the file cannot be read to its end"));
            }
        }

        private Optional<Broken> frame(Segment segment, FrameReader frames) {
            RecordText.Head head;
            try {
                head = RecordText.head(frames.payload());
            } catch (LedgerFault e) {
                return Optional.of(broken(segment, Flaw.CHANGED, "the record's text was changed"));
            }
            String before = chain.headText();
            if (!chain.follow(frames.payload(), frames.hash())) {
                return Optional.of(misplaced(segment, head.number()));
            }
            if (head.number() != number + 1) {
                return Optional.of(broken(segment, Flaw.MISSING, "record " + head.number() + " follows " + number));
            }
            number++;
            if (head.kind().equals(Draft.CHECKPOINT_KIND) && !checkpoint(frames.payload(), before)) {
                number--;
                return Optional.of(broken(
                        segment,
                        Flaw.SIGNATURE,
                        "the checkpoint is not signed by this key: what stands " + "between it and checkpoint "
                                + checkpointNumber + " may have been rewritten"));
            }
            if (known.isPresent() && known.get().number() == number) {
                knownSeen = true;
                if (!known.get().head().equals(chain.headText())) {
                    number--;
                    return Optional.of(broken(segment, Flaw.CHANGED, "the record is another one than is known"));
                }
            }
            return Optional.empty();
        }

        private Broken misplaced(Segment segment, long found) {
            if (found == number + 1) {
                return broken(segment, Flaw.CHANGED, "the record was changed: its hash does not fit");
            }
            if (found > number + 2) {
                return broken(segment, Flaw.MOVED, "record " + found + " stands in its place");
            }
            return found == number + 2
                    ? broken(segment, Flaw.MISSING, "record " + found + " stands in its place: it is missing or moved")
                    : broken(segment, Flaw.MOVED, "record " + found + " stands in its place");
        }

        /// A checkpoint signs the head before it: a chain made anew has another.
        private boolean checkpoint(byte[] payload, String before) {
            if (!(RecordText.record(payload) instanceof LedgerRecord.Checkpoint checkpoint)
                    || !checkpoint.head().equals(before)) {
                return false;
            }
            int length = payload.length - checkpoint.signature().length() - ",\"sig\":\"\"}".length();
            boolean signed = length > 0 && signs(Tail.signed(payload, length), checkpoint.signature());
            if (signed) {
                checkpoints++;
                checkpointNumber = number;
            }
            return signed;
        }

        private Broken broken(Segment segment, Flaw flaw, String sentence) {
            return new Broken(segment.name(), number + 1, flaw, "record " + (number + 1) + ": " + sentence);
        }
    }

    private static PublicKey key(byte[] raw) {
        byte[] encoded = new byte[SPKI.length + raw.length];
        System.arraycopy(SPKI, 0, encoded, 0, SPKI.length);
        System.arraycopy(raw, 0, encoded, SPKI.length, raw.length);
        try {
            return KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded));
        } catch (GeneralSecurityException e) {
            throw new LedgerFault(LedgerFault.Code.UNREADABLE, "this is no Ed25519 public key of 32 bytes", e);
        }
    }
}
