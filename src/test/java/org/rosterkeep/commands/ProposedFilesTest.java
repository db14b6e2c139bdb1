package org.rosterkeep.commands;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The files of a proposed mapping")
class ProposedFilesTest {
    @TempDir
    private Path directory;

    @Test
    @DisplayName("are two out of one stream, for their owner only")
    void two() throws IOException {
        Path mapping = directory.resolve("proposed.csv");
        try (var files = new ProposedFiles(mapping)) {
            files.write("a,b\0c,".getBytes(UTF_8));
            files.write("d".getBytes(UTF_8));
        }
        Path review = directory.resolve("proposed-review.csv");
        assertEquals("a,b", Files.readString(mapping));
        assertEquals("c,d", Files.readString(review));
        for (Path file : new Path[] {mapping, review}) {
            assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
        }
    }

    @Test
    @DisplayName("replace nothing, and leave nothing half: not when the second is there already, not after a refusal")
    void nothingReplaced() throws IOException {
        Path mapping = directory.resolve("p.csv");
        Path review = Files.writeString(directory.resolve("p-review.csv"), "kept");
        assertThrows(FileAlreadyExistsException.class, () -> new ProposedFiles(mapping));
        assertFalse(Files.exists(mapping));
        assertEquals("kept", Files.readString(review));
        Files.delete(review);
        try (var files = new ProposedFiles(mapping)) {
            files.delete();
        }
        assertFalse(Files.exists(mapping) || Files.exists(review));
    }
}
