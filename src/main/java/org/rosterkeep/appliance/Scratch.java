package org.rosterkeep.appliance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// A directory for files that are on their way into a backup or out of it; nobody else may look into it, and it goes
/// with whatever is in it. What lies there is sealed as it rests.
record Scratch(Path directory) implements AutoCloseable {
    /// Makes it anew; what a stopped run left there goes first.
    static Scratch make(Path directory) throws IOException {
        Home.remove(directory);
        Home.makePrivate(directory);
        return new Scratch(directory);
    }

    Path sub(String name) throws IOException {
        var path = directory.resolve(name);
        Home.makePrivate(path);
        return path;
    }

    static long bytes(Path below) throws IOException {
        try (var all = Files.walk(below)) {
            long bytes = 0;
            for (var path : all.filter(Files::isRegularFile).toList()) {
                bytes += Files.size(path);
            }
            return bytes;
        }
    }

    /// How many bytes are free where a directory lies. Not by its file store: to find that, Java reads
    /// `/proc/mounts`, which
    /// the confined appliance has none of.
    static long free(Path directory) throws IOException {
        long free = directory.toFile().getUsableSpace();
        // Of what is not there or cannot be looked at it says 0, as of a full disk.
        if (free == 0 && !Files.isDirectory(directory)) {
            throw new java.nio.file.NoSuchFileException(directory.toString());
        }
        return free;
    }

    @Override
    public void close() throws IOException {
        Home.remove(directory);
    }
}
