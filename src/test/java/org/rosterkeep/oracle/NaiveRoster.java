package org.rosterkeep.oracle;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/// A OneRoster 1.2 bulk zip as maps of texts.
final class NaiveRoster {
    private final Map<String, Map<String, Map<String, String>>> files = new HashMap<>();
    private final Map<String, List<Map<String, String>>> roles = new HashMap<>();

    NaiveRoster(Path zip) throws IOException {
        try (ZipFile archive = new ZipFile(zip.toFile())) {
            for (String name :
                    List.of("orgs", "academicSessions", "courses", "classes", "users", "enrollments", "demographics")) {
                files.put(name, read(archive, name));
            }
            for (Map<String, String> role : read(archive, "roles").values()) {
                roles.computeIfAbsent(role.get("userSourcedId"), user -> new ArrayList<>())
                        .add(role);
            }
        }
    }

    /// The rows of one file by sourcedId, in the file's order.
    Map<String, Map<String, String>> file(String name) {
        return files.get(name);
    }

    List<Map<String, String>> rolesOf(String user) {
        return roles.getOrDefault(user, List.of());
    }

    static List<String> list(String cell) {
        return cell.isBlank()
                ? List.of()
                : Arrays.stream(cell.split(","))
                        .map(String::strip)
                        .filter(s -> !s.isEmpty())
                        .toList();
    }

    private static Map<String, Map<String, String>> read(ZipFile archive, String name) throws IOException {
        Map<String, Map<String, String>> rows = new LinkedHashMap<>();
        ZipEntry entry = archive.getEntry(name + ".csv");
        if (entry == null) {
            return rows;
        }
        try (var reader = new InputStreamReader(archive.getInputStream(entry), StandardCharsets.UTF_8);
                CsvReader<NamedCsvRecord> records = CsvReader.builder().ofNamedCsvRecord(reader)) {
            for (NamedCsvRecord record : records) {
                Map<String, String> row = new HashMap<>();
                record.getFieldsAsMap().forEach((column, cell) -> row.put(column, cell.strip()));
                rows.put(row.get("sourcedId"), row);
            }
        }
        return rows;
    }
}
