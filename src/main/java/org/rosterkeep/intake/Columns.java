package org.rosterkeep.intake;

import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The columns of the OneRoster CSV files, by version (`columns.json`; oneroster.md 8.4 and 8.5).
///
/// For 1.2 and 1.2.1 there is one table, since the manifest says `1.2` for both: a column that only one of them has
/// (`resourceSourcedIds` of users) is known and may be missing.
final class Columns {
    private static final JsonObject SHIPPED = Limits.Shipped.json("columns.json");
    private static final Set<String> FILES = knownFiles();

    private final Map<String, List<Column>> files = new HashMap<>();

    /// One column.
    ///
    /// @param needed whether the standard always wants a value
    /// @param essential whether a record cannot be without it: a flaw in such a cell costs the row, in another
    /// the cell
    /// @param dropped a later correction of the standard no longer has it
    /// @param values the words allowed; empty when the format is no enumeration
    /// @param extensible whether `ext:` words are allowed besides
    record Column(
            String name,
            String format,
            boolean needed,
            boolean essential,
            boolean dropped,
            List<String> values,
            boolean extensible) {}

    /// @param version `1.1` or `1.2`
    Columns(String version) {
        JsonObject versions = SHIPPED.getJsonObject("versions");
        JsonObject corrected = versions.getJsonObject("1.2.1");
        versions.getJsonObject(version).forEach((file, columns) -> {
            Set<String> still = new HashSet<>();
            if (version.equals("1.2") && corrected.containsKey(file)) {
                corrected.getJsonArray(file).forEach(column -> still.add(name(column.asJsonObject())));
            }
            List<Column> read = new ArrayList<>();
            for (JsonObject json : columns.asJsonArray().getValuesAs(JsonObject.class)) {
                read.add(column(file, json, !still.isEmpty() && !still.contains(name(json))));
            }
            files.put(file + ".csv", List.copyOf(read));
        });
    }

    private static Column column(String file, JsonObject json, boolean dropped) {
        JsonArray values = json.getJsonArray("values");
        return new Column(
                name(json),
                json.getString("format"),
                json.getString("required", "").equals("always"),
                essential(file, name(json)),
                dropped,
                values == null
                        ? List.of()
                        : values.getValuesAs(JsonString.class).stream()
                                .map(JsonString::getString)
                                .toList(),
                json.getBoolean("extensible", false));
    }

    private static boolean essential(String file, String column) {
        JsonArray columns = SHIPPED.getJsonObject("essential").getJsonArray(file);
        return columns != null
                && columns.getValuesAs(JsonString.class).stream()
                        .map(JsonString::getString)
                        .anyMatch(column::equals);
    }

    private static String name(JsonObject column) {
        return column.getString("name");
    }

    /// The columns of a file (`users.csv`) in the standard's order; empty when this version has no such file.
    List<Column> of(String file) {
        return files.getOrDefault(file, List.of());
    }

    /// The files of this version, with `.csv`.
    Set<String> files() {
        return files.keySet();
    }

    /// Whether any version has a file of this name, the manifest included.
    static boolean isKnownFile(String name) {
        return FILES.contains(name);
    }

    /// Whether this version of the house keeps the file's records (the rostering files).
    static boolean isKept(String file) {
        return SHIPPED.getJsonObject("groups").getJsonArray("rostering").getValuesAs(JsonString.class).stream()
                .anyMatch(name -> file.equals(name.getString() + ".csv"));
    }

    private static Set<String> knownFiles() {
        Set<String> names = new HashSet<>();
        names.add("manifest.csv");
        SHIPPED.getJsonObject("groups")
                .values()
                .forEach(group -> group.asJsonArray()
                        .getValuesAs(JsonString.class)
                        .forEach(name -> names.add(name.getString() + ".csv")));
        return Set.copyOf(names);
    }
}
