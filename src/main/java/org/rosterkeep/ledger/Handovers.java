package org.rosterkeep.ledger;

import java.io.IOException;
import java.io.InputStream;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.rosterkeep.roster.Field;

/// Reads every answer that told of somebody, oldest first, and later goes on from where it was: a year of the ledger is
/// not read again for what was added today.
public final class Handovers {
    private final LedgerPages pages;
    private final Map<String, Set<Field>> fieldSets = new HashMap<>();

    public Handovers(LedgerPages pages) {
        this.pages = pages;
    }

    /// The end of a record. It is recognised by the record's hash, so that a place in a ledger that was set
    /// aside is not
    /// taken for one in the ledger that was begun after it.
    ///
    /// @param offset bytes of the uncompressed segment before it
    /// @param hash the record's, hex; empty at the very beginning
    public record Place(int segment, long offset, String hash) {
        public static final Place BEGINNING = new Place(1, 0, "");
    }

    /// Whether this ledger has this place.
    public boolean has(Place place) {
        if (place.equals(Place.BEGINNING)) {
            return true;
        }
        return pages.segments().stream()
                .filter(segment -> segment.number() == place.segment())
                .anyMatch(segment -> ends(segment, place));
    }

    private static boolean ends(Segment segment, Place place) {
        try (InputStream in = segment.open()) {
            in.skipNBytes(place.offset() - Chain.HASH);
            return HexFormat.of().formatHex(in.readNBytes(Chain.HASH)).equals(place.hash());
        } catch (IOException | IllegalArgumentException e) {
            // Shorter than the place says, or damaged: not the ledger that was read.
            return false;
        }
    }

    /// Visits every answer behind a place; returns where the reading ended.
    public Place read(Place from, Consumer<Handover> visitor) {
        Place end = from;
        for (Segment segment : pages.segments()) {
            if (segment.number() >= from.segment()) {
                long start = segment.number() == from.segment() ? from.offset() : 0;
                end = read(segment, start, end, visitor);
            }
        }
        return end;
    }

    private Place read(Segment segment, long start, Place before, Consumer<Handover> visitor) {
        try (FrameReader frames = new FrameReader(segment.open(), pages.limit(segment)).from(start)) {
            boolean any = false;
            FrameReader.Step step = frames.next();
            byte[] hash = new byte[0];
            long end = start;
            while (step == FrameReader.Step.FRAME) {
                RecordText.handover(frames.payload(), this::fields).ifPresent(visitor);
                any = true;
                hash = frames.hash();
                end = frames.end();
                step = frames.next();
            }
            if (step == FrameReader.Step.TORN) {
                throw new LedgerFault(LedgerFault.Code.UNREADABLE, "segment " + segment.number() + " is damaged");
            }
            return any ? new Place(segment.number(), end, HexFormat.of().formatHex(hash)) : before;
        } catch (IOException e) {
            throw new LedgerFault(LedgerFault.Code.UNREADABLE, "segment " + segment.number() + " cannot be read", e);
        }
    }

    /// A few sets of fields are all there are.
    private Set<Field> fields(String written) {
        return fieldSets.computeIfAbsent(written, text -> {
            Set<Field> fields = EnumSet.noneOf(Field.class);
            fields.addAll(RecordText.fieldsOf(text));
            return Set.copyOf(fields);
        });
    }
}
