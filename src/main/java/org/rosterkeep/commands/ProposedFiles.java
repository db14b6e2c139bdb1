package org.rosterkeep.commands;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.rosterkeep.appliance.MatchVerbs;

/// The two files of a proposed mapping: the mapping, and beside it the reasons. Both name persons, so both are new, and
/// only for who asked. They are written by the caller's own process, where the caller said.
final class ProposedFiles extends OutputStream {
    private final Path mapping;
    private final Path review;
    private final OutputStream first;
    private final OutputStream second;
    private boolean next;

    ProposedFiles(Path mapping) throws IOException {
        this.mapping = mapping;
        review = review(mapping);
        first = create(mapping);
        try {
            second = create(review);
        } catch (IOException e) {
            first.close();
            Files.delete(mapping);
            throw e;
        }
    }

    /// `proposed.csv` has `proposed-review.csv` beside it.
    static Path review(Path mapping) {
        var name = mapping.getFileName().toString();
        var stem = name.endsWith(".csv") ? name.substring(0, name.length() - ".csv".length()) : name;
        return mapping.resolveSibling(stem + "-review.csv");
    }

    private static OutputStream create(Path file) throws IOException {
        var options = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        var owner = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        return new BufferedOutputStream(
                java.nio.channels.Channels.newOutputStream(Files.newByteChannel(file, options, owner)));
    }

    @Override
    public void write(int b) throws IOException {
        if (b == MatchVerbs.NEXT_FILE) {
            next = true;
        } else {
            (next ? second : first).write(b);
        }
    }

    @Override
    public void close() throws IOException {
        try (first) {
            second.close();
        }
    }

    /// When there is nothing to be said, there are no files.
    void delete() throws IOException {
        Files.deleteIfExists(mapping);
        Files.deleteIfExists(review);
    }
}
