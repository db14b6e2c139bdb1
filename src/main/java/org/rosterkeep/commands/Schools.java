package org.rosterkeep.commands;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.function.Consumer;
import java.util.zip.ZipFile;
import org.rosterkeep.appliance.Exit;
import org.rosterkeep.appliance.Trouble;

/// The schools in a roster file by size, so that the trial can write rules that fit a file it has never seen. Only
/// sourcedIds and names of schools are looked at, nothing about a person.
public final class Schools {
    private static final byte[] MARK = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};

    private Schools() {}

    /// @param enrollments how many enrolments name it
    public record School(String sourcedId, String name, int enrollments) {}

    /// The schools, largest first; empty when there is none.
    public static List<School> largestFirst(Path roster) {
        var names = new HashMap<String, String>();
        var sizes = new HashMap<String, Integer>();
        try {
            each(roster, "orgs.csv", row -> {
                if (value(row, "type").equals("school")) {
                    names.put(value(row, "sourcedId"), value(row, "name"));
                }
            });
            each(roster, "enrollments.csv", row -> sizes.merge(value(row, "schoolSourcedId"), 1, Integer::sum));
        } catch (IOException | RuntimeException e) {
            throw new Trouble(
                            Exit.FAILED,
                            "The roster " + roster.getFileName() + " cannot be read.",
                            "Its orgs.csv or enrollments.csv is missing or is not CSV.",
                            "Give a OneRoster CSV zip or folder, or leave --roster away to use the made-up one.")
                    .because(e);
        }
        return names.entrySet().stream()
                .map(one -> new School(one.getKey(), one.getValue(), sizes.getOrDefault(one.getKey(), 0)))
                .sorted(Comparator.comparingInt(School::enrollments).reversed().thenComparing(School::sourcedId))
                .toList();
    }

    private static String value(NamedCsvRecord row, String column) {
        return row.findField(column).orElse("").strip();
    }

    private static void each(Path roster, String name, Consumer<NamedCsvRecord> sink) throws IOException {
        try (var in = open(roster, name);
                var rows = CsvReader.builder()
                        .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                        .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                        .ofNamedCsvRecord(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            rows.forEach(sink);
        }
    }

    private static InputStream open(Path roster, String name) throws IOException {
        if (Files.isDirectory(roster)) {
            return withoutMark(Files.newInputStream(roster.resolve(name)));
        }
        var zip = new ZipFile(roster.toFile());
        var entry = zip.stream()
                .filter(one -> one.getName().equals(name) || one.getName().endsWith("/" + name))
                .findFirst();
        if (entry.isEmpty()) {
            zip.close();
            throw new IOException("no " + name);
        }
        return new FilterInputStream(withoutMark(zip.getInputStream(entry.get()))) {
            @Override
            public void close() throws IOException {
                super.close();
                zip.close();
            }
        };
    }

    /// Leaves out a byte order mark.
    private static InputStream withoutMark(InputStream in) throws IOException {
        var pushback = new java.io.PushbackInputStream(in, 3);
        var first = pushback.readNBytes(3);
        if (!Arrays.equals(first, MARK)) {
            pushback.unread(first);
        }
        return pushback;
    }
}
