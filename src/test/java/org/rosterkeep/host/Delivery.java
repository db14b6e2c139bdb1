package org.rosterkeep.host;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.zip.ZipInputStream;
import org.rosterkeep.fixture.MadeUpDistrict;

/// A made-up delivery as a folder of CSV files, and beside them what a script without a CSV reader has to know
/// of it: one
/// school (`largest`), how many pupils are in it (`pupils`), one of them (`somebody`) and the first name of that one
/// (`given`).
final class Delivery {
    private static final String ID = "sourcedId";

    private Delivery() {}

    static void into(Path folder) throws IOException {
        var zip = Files.createTempFile("delivery", ".zip");
        try {
            try (var out = Files.newOutputStream(zip)) {
                new MadeUpDistrict(MadeUpDistrict.Shape.of(240).schools(16).demographics(false)).zip(out);
            }
            try (var in = new ZipInputStream(Files.newInputStream(zip))) {
                for (var entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                    Files.copy(in, folder.resolve(entry.getName()));
                }
            }
        } finally {
            Files.delete(zip);
        }
        var school = rows(folder, "orgs.csv").stream()
                .filter(org -> org.getField("type").equals("school"))
                .findFirst()
                .orElseThrow()
                .getField(ID);
        var there = new HashSet<String>();
        for (var role : rows(folder, "roles.csv")) {
            if (role.getField("role").equals("student")
                    && role.getField("orgSourcedId").equals(school)) {
                there.add(role.getField("userSourcedId"));
            }
        }
        var somebody = rows(folder, "users.csv").stream()
                .filter(user -> there.contains(user.getField(ID)))
                .findFirst()
                .orElseThrow();
        Files.writeString(folder.resolve("largest"), school);
        Files.writeString(folder.resolve("pupils"), Integer.toString(there.size()));
        Files.writeString(folder.resolve("somebody"), somebody.getField(ID));
        Files.writeString(folder.resolve("given"), somebody.getField("givenName"));
    }

    private static List<NamedCsvRecord> rows(Path folder, String file) throws IOException {
        try (var rows = CsvReader.builder().ofNamedCsvRecord(folder.resolve(file))) {
            return rows.stream().toList();
        }
    }
}
