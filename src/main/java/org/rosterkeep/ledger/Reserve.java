package org.rosterkeep.ledger;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.SplittableRandom;

/// Disk space held back for the last records of a full disk: a file that is given up when nothing else is left.
final class Reserve {
    static final String FILE = "reserve";

    private final Path file;
    private final long bytes;
    private final Disk disk;

    Reserve(Path directory, long bytes, Disk disk) {
        this.file = directory.resolve(FILE);
        this.bytes = bytes;
        this.disk = disk;
    }

    /// Takes the space; false when the disk has not got it. Filled with noise, since a file system may store zeros as
    /// nothing.
    boolean hold() {
        try {
            if (Files.exists(file) && Files.size(file) >= bytes) {
                return true;
            }
            fill();
            return true;
        } catch (IOException e) {
            release();
            return false;
        }
    }

    /// Gives the space back; false when there was none.
    boolean release() {
        try {
            return Files.deleteIfExists(file);
        } catch (IOException e) {
            return false;
        }
    }

    private void fill() throws IOException {
        byte[] noise = new byte[1 << 16];
        SplittableRandom random = new SplittableRandom(bytes);
        try (FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            for (long left = bytes; left > 0; left -= noise.length) {
                random.nextBytes(noise);
                disk.write(channel, ByteBuffer.wrap(noise, 0, (int) Math.min(left, noise.length)));
            }
            disk.sync(channel);
        }
    }
}
