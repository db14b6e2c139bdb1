package org.rosterkeep.ledger;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/// Where the newest checkpoint is, so that a start need not read everything, and so that a ledger that lost its end
/// while nobody was looking is noticed. A hint: without it the newest segment is read from its beginning.
///
/// @param segment the segment with the newest checkpoint
/// @param offset where in it
/// @param number the checkpoint's number
/// @param size the segment's size when it was closed in good order; 0 while it is open
record Mark(int segment, long offset, long number, long size) {
    static final String FILE = "mark";

    static Optional<Mark> read(Path directory) {
        try {
            Scan scan = new Scan(Files.readAllBytes(directory.resolve(FILE))).expect('{');
            long[] values = new long[4];
            for (int i = 0; i < 4 && scan.more('}'); i++) {
                scan.key();
                values[i] = scan.number();
            }
            scan.expect('}').end();
            return Optional.of(new Mark((int) values[0], values[1], values[2], values[3]));
        } catch (IOException | LedgerFault e) {
            // Absent, or cut short by a power failure: the ledger itself is read instead.
            return Optional.empty();
        }
    }

    /// @param durable whether to wait for the disk: at opening and closing, where the words "in good order"
    /// depend on it
    void write(Path directory, boolean durable) throws IOException {
        byte[] text = new Text()
                .raw("{\"segment\":")
                .number(segment)
                .member("offset", offset)
                .member("number", number)
                .member("size", size)
                .raw("}")
                .bytes();
        Path fresh = directory.resolve(FILE + ".new");
        try (FileChannel channel = FileChannel.open(
                fresh, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            channel.write(ByteBuffer.wrap(text));
            if (durable) {
                channel.force(true);
            }
        }
        Files.move(fresh, directory.resolve(FILE), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        if (durable) {
            Disk.syncDirectory(directory);
        }
    }
}
