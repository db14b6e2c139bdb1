package org.rosterkeep.backup;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;

/// Small files that change all at once and survive a loss of power.
final class Durable {
    private Durable() {}

    static void directory(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            Files.createDirectories(
                    directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        }
    }

    static void write(Path file, byte[] content) throws IOException {
        Path parent = Objects.requireNonNull(file.toAbsolutePath().getParent());
        directory(parent);
        Path fresh = fresh(file);
        Files.deleteIfExists(fresh);
        Files.createFile(fresh, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try (FileChannel channel = FileChannel.open(fresh, StandardOpenOption.WRITE)) {
            put(channel, content);
        }
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        force(parent);
    }

    /// Where a file is written before it gets its name; a process that is killed leaves it there.
    private static Path fresh(Path file) {
        return file.resolveSibling(file.getFileName() + ".new");
    }

    /// Overwrites a file and takes it away, with what a writing that was cut off left of it.
    static void destroy(Path file) throws IOException {
        overwrite(fresh(file));
        overwrite(file);
    }

    private static void overwrite(Path file) throws IOException {
        if (Files.exists(file)) {
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                put(channel, new byte[Math.toIntExact(channel.size())]);
            }
            Files.delete(file);
            force(Objects.requireNonNull(file.toAbsolutePath().getParent()));
        }
    }

    static void put(FileChannel channel, byte[] content) throws IOException {
        ByteBuffer rest = ByteBuffer.wrap(content);
        while (rest.hasRemaining()) {
            channel.write(rest);
        }
        channel.force(true);
    }

    /// Makes a file's bytes, or the names in a directory, survive a loss of power.
    static void force(Path path) throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    static BackupFault fault(String what, IOException e) {
        boolean full = String.valueOf(e.getMessage()).endsWith("No space left on device")
                || e instanceof FileSystemException disk
                        && String.valueOf(disk.getReason()).equals("No space left on device");
        return full
                ? new BackupFault(BackupFault.Code.NO_ROOM, "there is no room left on the disk", e)
                : new BackupFault(
                        BackupFault.Code.UNAVAILABLE, what + " (" + e.getClass().getSimpleName() + ")", e);
    }
}
