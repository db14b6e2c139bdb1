package org.rosterkeep.ledger;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Arrays;
import java.util.Optional;

/// The segment that is being written. It remembers which file it is (device and inode), how long it is and how it ends,
/// so that a file replaced, shortened or deleted while running is noticed before the next record, not at the next start
/// (security.md 5.4).
final class SegmentFile implements AutoCloseable {
    private final Path path;
    private final int number;
    private final Disk disk;
    private final FileChannel channel;
    private final Optional<Object> identity;
    private long size;

    private SegmentFile(Path path, int number, Disk disk, FileChannel channel, long size) throws IOException {
        this.path = path;
        this.number = number;
        this.disk = disk;
        this.channel = channel;
        this.size = size;
        this.identity = identity(path);
        channel.position(size);
    }

    /// @param size where good records end; whatever follows was cut off
    static SegmentFile open(Path directory, int number, long size, Disk disk) throws IOException {
        Path path = Segment.plain(directory, number);
        FileChannel channel =
                FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        if (channel.size() > size) {
            channel.truncate(size);
            channel.force(true);
        }
        return new SegmentFile(path, number, disk, channel, size);
    }

    int number() {
        return number;
    }

    /// Bytes that are known to be on the disk.
    long size() {
        return size;
    }

    /// Writes behind the last synced byte, without a sync.
    void write(ByteBuffer frames) throws IOException {
        disk.write(channel, frames);
    }

    /// Forgets what was written since the last sync.
    void takeBack() throws IOException {
        channel.truncate(size);
        channel.position(size);
    }

    void sync() throws IOException {
        disk.sync(channel);
        size = channel.position();
    }

    /// Whether the file is still the one that was opened, as long as it was left, and ends as it did.
    ///
    /// @param head the last record's hash
    boolean untouched(byte[] head) throws IOException {
        if (!Files.exists(path) || Files.size(path) != size || !identity.equals(identity(path))) {
            return false;
        }
        if (size < Chain.HASH) {
            return true;
        }
        ByteBuffer end = ByteBuffer.allocate(Chain.HASH);
        channel.read(end, size - Chain.HASH);
        return Arrays.equals(end.array(), head);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    private static Optional<Object> identity(Path path) throws IOException {
        BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
        return Optional.ofNullable(attributes.fileKey());
    }
}
