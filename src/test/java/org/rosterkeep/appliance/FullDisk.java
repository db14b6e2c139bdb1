package org.rosterkeep.appliance;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// A file system of its own that can really be filled, where this user may mount one.
final class FullDisk implements AutoCloseable {
    /// Room for the ledger's reserve, and a little for the rest.
    private static final String SIZE = "size=112m";
    private static final int BLOCK = 1 << 16;

    private final Path at;

    private FullDisk(Path at) {
        this.at = at;
    }

    /// Empty where it cannot be mounted.
    static Optional<FullDisk> at(Path directory) throws IOException {
        Files.createDirectories(directory);
        return run("mount", "-t", "tmpfs", "-o", SIZE, "tmpfs", directory.toString())
                ? Optional.of(new FullDisk(directory))
                : Optional.empty();
    }

    private static boolean run(String... words) {
        try {
            var process = new ProcessBuilder(List.of(words))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor(20, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException absent) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    Path path() {
        return at;
    }

    private Path ballast() {
        return at.resolve("ballast");
    }

    /// Fills it to the last byte.
    void fill() throws IOException {
        try (var channel = FileChannel.open(
                ballast(), StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND)) {
            for (int size = BLOCK; size > 0; size /= 2) {
                while (took(channel, size)) {}
            }
        }
        if (Files.getFileStore(at).getUsableSpace() != 0) {
            throw new AssertionError("there is still room");
        }
    }

    private static boolean took(FileChannel channel, int size) {
        try {
            channel.write(ByteBuffer.allocate(size));
            return true;
        } catch (IOException full) {
            return false;
        }
    }

    void empty() throws IOException {
        Files.delete(ballast());
    }

    @Override
    public void close() {
        if (!run("umount", at.toString())) {
            run("umount", "-l", at.toString());
        }
    }
}
