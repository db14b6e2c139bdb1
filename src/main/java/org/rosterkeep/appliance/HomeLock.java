package org.rosterkeep.appliance;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.StandardOpenOption;

/// Held by the one appliance that runs in a home; the system lets go of it when the process ends, however it ends.
public final class HomeLock implements AutoCloseable {
    private final FileChannel channel;
    private final FileLock lock;

    private HomeLock(FileChannel channel, FileLock lock) {
        this.channel = channel;
        this.lock = lock;
    }

    public static HomeLock take(Home home) {
        try {
            var channel = FileChannel.open(home.lock(), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            var lock = channel.tryLock();
            if (lock == null) {
                channel.close();
                throw taken(home);
            }
            return new HomeLock(channel, lock);
        } catch (java.nio.channels.OverlappingFileLockException e) {
            throw taken(home).because(e);
        } catch (IOException e) {
            throw new Trouble(
                            Exit.FAILED,
                            "The appliance cannot be started.",
                            "The lock " + home.lock() + " could not be taken ("
                                    + e.getClass().getSimpleName() + ").",
                            "Check that the home belongs to this user and that its disk is not full.")
                    .because(e);
        }
    }

    private static Trouble taken(Home home) {
        return new Trouble(
                Exit.FAILED,
                "The appliance is already running.",
                "Another process holds " + home.lock() + ".",
                "See: rosterkeep status --home " + home.directory());
    }

    @Override
    public void close() throws IOException {
        lock.release();
        channel.close();
    }
}
