package org.rosterkeep.commands;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rosterkeep.appliance.Exit;
import org.rosterkeep.appliance.Trouble;

class SchoolsTest {
    private static final String ORGS =
            "\ufeffsourcedId,name,type\nd1,District,district\ns1,Small,school\ns2,\"Large, big\",school\n";
    private static final String ENROLLMENTS = "sourcedId,schoolSourcedId\ne1,s2\ne2,s2\ne3,s1\n";

    @TempDir
    private Path directory;

    private static void put(ZipOutputStream zip, String name, String text) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(text.getBytes(StandardCharsets.UTF_8));
        zip.closeEntry();
    }

    @Test
    @DisplayName("finds the schools of a zip, largest first, in whatever folder they lie")
    void zip() throws IOException {
        var file = directory.resolve("r.zip");
        try (OutputStream out = Files.newOutputStream(file);
                var zip = new ZipOutputStream(out)) {
            put(zip, "export/orgs.csv", ORGS);
            put(zip, "export/enrollments.csv", ENROLLMENTS);
        }
        assertEquals(
                List.of(new Schools.School("s2", "Large, big", 2), new Schools.School("s1", "Small", 1)),
                Schools.largestFirst(file));
    }

    @Test
    @DisplayName("reads a folder as well")
    void folder() throws IOException {
        Files.writeString(directory.resolve("orgs.csv"), ORGS);
        Files.writeString(directory.resolve("enrollments.csv"), ENROLLMENTS);
        assertEquals("s2", Schools.largestFirst(directory).getFirst().sourcedId());
    }

    @Test
    @DisplayName("says so when the file is no roster")
    void none() {
        var trouble = assertThrows(Trouble.class, () -> Schools.largestFirst(directory));
        assertEquals(Exit.FAILED, trouble.exit());
    }
}
