package org.rosterkeep.vault;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/// A file that lies beside the databases while they are open. Locked, it keeps a second process out; found lying there
/// unlocked, it tells that the last one did not close.
final class Occupancy implements AutoCloseable {
    private final Path file;
    private final FileChannel channel;
    private final boolean afterUncleanStop;

    private Occupancy(Path file, FileChannel channel, boolean afterUncleanStop) {
        this.file = file;
        this.channel = channel;
        this.afterUncleanStop = afterUncleanStop;
    }

    static Occupancy of(Path directory) {
        Path file = directory.resolve("open");
        boolean left = Files.exists(file);
        try {
            FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (lock(channel) == null) {
                channel.close();
                throw new VaultFault(VaultFault.Code.IN_USE, "another process has this district open");
            }
            return new Occupancy(file, channel, left);
        } catch (IOException e) {
            throw new VaultFault(VaultFault.Code.UNAVAILABLE, "the district's directory cannot be written", e);
        }
    }

    boolean afterUncleanStop() {
        return afterUncleanStop;
    }

    /// Gives the place up without saying that all is well: the next opening checks again.
    void abandon() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new VaultFault(VaultFault.Code.UNAVAILABLE, "the district's directory cannot be left", e);
        }
    }

    @Override
    public void close() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new VaultFault(VaultFault.Code.UNAVAILABLE, "the district's directory cannot be left", e);
        }
        abandon();
    }

    private static @Nullable FileLock lock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }
}
