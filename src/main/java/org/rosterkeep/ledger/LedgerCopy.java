package org.rosterkeep.ledger;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/// The files of a ledger as they stood at one record, while more are written behind it.
///
/// @param records the number of the last record in it
/// @param head that record's hash, hex
public record LedgerCopy(long records, String head) {
    static LedgerCopy write(LedgerPages pages, Scribe.Published end, Path to) {
        try {
            for (Segment segment : pages.segments()) {
                copy(segment, pages.limit(segment), to);
            }
            return new LedgerCopy(end.number(), end.head());
        } catch (IOException e) {
            throw new LedgerFault(LedgerFault.Code.UNREADABLE, "the ledger cannot be copied", e);
        }
    }

    private static void copy(Segment segment, long limit, Path to) throws IOException {
        Path file = segment.file();
        try (InputStream in = Files.newInputStream(file);
                OutputStream out = Files.newOutputStream(to.resolve(segment.name()))) {
            long left = limit;
            byte[] buffer = new byte[1 << 16];
            for (int some = in.read(buffer, 0, (int) Math.min(buffer.length, left));
                    some > 0;
                    some = in.read(buffer, 0, (int) Math.min(buffer.length, left))) {
                out.write(buffer, 0, some);
                left -= some;
            }
        } catch (NoSuchFileException e) {
            // It was compressed meanwhile.
            String packed = segment.name() + ".gz";
            Files.deleteIfExists(to.resolve(segment.name()));
            Files.copy(file.resolveSibling(packed), to.resolve(packed));
        }
    }
}
