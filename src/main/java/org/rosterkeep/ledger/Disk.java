package org.rosterkeep.ledger;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// The disk as the ledger meets it; a seam, because disks get full and fail.
interface Disk {
    /// Writes all of it at the channel's position.
    void write(FileChannel channel, ByteBuffer bytes) throws IOException;

    /// Returns when the file's bytes and size would survive a loss of power.
    void sync(FileChannel channel) throws IOException;

    static Disk real() {
        return new Disk() {
            @Override
            public void write(FileChannel channel, ByteBuffer bytes) throws IOException {
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
            }

            @Override
            public void sync(FileChannel channel) throws IOException {
                channel.force(false);
            }
        };
    }

    /// Makes names in a directory survive a loss of power.
    static void syncDirectory(Path directory) throws IOException {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
