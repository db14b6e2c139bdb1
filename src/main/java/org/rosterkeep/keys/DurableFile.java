package org.rosterkeep.keys;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;

/// A small file that only its owner may read and that changes all at once: written beside its place, forced to
/// the disk,
/// renamed over the old one, and the directory forced too (security.md section 5.9).
final class DurableFile {
    private static final FileAttribute<?> OWNER_ONLY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    private static final FileAttribute<?> OWNER_ONLY_DIRECTORY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

    private DurableFile() {}

    /// Makes the directory a file is to lie in, for the owner alone.
    static void place(Path file) throws IOException {
        Path directory = parent(file);
        if (!Files.isDirectory(directory)) {
            Files.createDirectories(directory, OWNER_ONLY_DIRECTORY);
        }
    }

    private static Path parent(Path file) {
        return Objects.requireNonNull(file.toAbsolutePath().getParent());
    }

    static void write(Path file, byte[] content) throws IOException {
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(fresh);
        Files.createFile(fresh, OWNER_ONLY);
        try (FileChannel channel = FileChannel.open(fresh, StandardOpenOption.WRITE)) {
            ByteBuffer rest = ByteBuffer.wrap(content);
            while (rest.hasRemaining()) {
                channel.write(rest);
            }
            channel.force(true);
        }
        replace(fresh, file);
    }

    /// Puts the new file in the old one's place and overwrites the old one, whose blocks nobody else would. Where the
    /// medium writes elsewhere than it is told, they stay until it uses them again.
    private static void replace(Path fresh, Path file) throws IOException {
        if (!Files.exists(file)) {
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            force(parent(file));
            return;
        }
        try (FileChannel old = FileChannel.open(file, StandardOpenOption.WRITE)) {
            int length = Math.toIntExact(old.size());
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            // The new name first: a power cut in between must find one of the two whole.
            force(parent(file));
            ByteBuffer nothing = ByteBuffer.allocate(length);
            while (nothing.hasRemaining()) {
                old.write(nothing);
            }
            old.force(true);
        }
    }

    private static void force(Path directory) throws IOException {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
