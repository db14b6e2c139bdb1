package org.rosterkeep.oracle;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;

/// Another source system that delivers the same district under ids of its own: gives every record it is told about a
/// random new id, and rewrites deliveries with them.
final class Renaming {
    /// Which entity's ids stand in a column, by file and column; `*` is any file.
    private static final Map<String, String> COLUMNS = columns();

    private final Random random;
    private final Map<String, Map<String, String>> renamed = new LinkedHashMap<>();

    Renaming(long seed) {
        random = new Random(seed);
    }

    private static Map<String, String> columns() {
        Map<String, String> columns = new HashMap<>();
        for (String file : List.of("orgs", "academicSessions", "courses", "classes", "users", "enrollments")) {
            columns.put(file + ".sourcedId", file);
        }
        columns.put("demographics.sourcedId", "users");
        columns.put("orgs.parentSourcedId", "orgs");
        columns.put("academicSessions.parentSourcedId", "academicSessions");
        for (String org : List.of("orgSourcedId", "schoolSourcedId", "primaryOrgSourcedId")) {
            columns.put("*." + org, "orgs");
        }
        columns.put("*.schoolYearSourcedId", "academicSessions");
        columns.put("*.termSourcedIds", "academicSessions");
        columns.put("*.courseSourcedId", "courses");
        columns.put("*.classSourcedId", "classes");
        columns.put("*.userSourcedId", "users");
        columns.put("*.agentSourcedIds", "users");
        return columns;
    }

    /// Learns the ids of a delivery; those it knows keep theirs.
    void learn(Path folder) throws IOException {
        for (String entity : List.of("orgs", "academicSessions", "courses", "classes", "users", "enrollments")) {
            Map<String, String> ids = renamed.computeIfAbsent(entity, e -> new LinkedHashMap<>());
            for (List<String> row :
                    rows(folder.resolve(entity + ".csv")).stream().skip(1).toList()) {
                ids.computeIfAbsent(row.getFirst(), old -> "z" + Long.toString(random.nextLong(1L << 50), 36));
            }
        }
    }

    /// The new id of somebody.
    String someUser() {
        return renamed.get("users").values().iterator().next();
    }

    /// Which new id every old one has, of the records of one file.
    Map<String, String> of(String file) {
        return renamed.getOrDefault(file, Map.of());
    }

    /// What a person would make of it: everything but enrolments, in any order.
    Path mapping(Path file) throws IOException {
        List<String> lines = new ArrayList<>();
        renamed.forEach((entity, ids) -> {
            if (!entity.equals("enrollments")) {
                ids.forEach((old, now) -> lines.add(entity + "," + old + "," + now));
            }
        });
        java.util.Collections.shuffle(lines, random);
        lines.addFirst("entity,oldSourcedId,newSourcedId");
        return Files.writeString(file, String.join("\n", lines) + "\n");
    }

    /// Rewrites a delivery in place.
    void rewrite(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            for (Path file : files.toList()) {
                String name = file.getFileName().toString().replace(".csv", "");
                if (!name.equals("manifest")) {
                    rewrite(file, name);
                }
            }
        }
    }

    private void rewrite(Path file, String name) throws IOException {
        List<List<String>> rows = rows(file);
        List<String> header = rows.getFirst();
        List<String> lines = new ArrayList<>(List.of(String.join(",", header)));
        for (List<String> row : rows.subList(1, rows.size())) {
            List<String> cells = new ArrayList<>();
            for (int n = 0; n < row.size(); n++) {
                String entity = COLUMNS.getOrDefault(
                        name + "." + header.get(n), COLUMNS.getOrDefault("*." + header.get(n), ""));
                cells.add(entity.isEmpty() ? row.get(n) : renamed(entity, row.get(n)));
            }
            // Ids of roles are another system's, too; nobody outside ever sees them.
            if (name.equals("roles")) {
                cells.set(0, "role-" + random.nextInt(1 << 30));
            }
            lines.add(line(cells));
        }
        Files.writeString(file, String.join("\r\n", lines) + "\r\n");
    }

    static String line(List<String> cells) {
        return cells.stream()
                .map(cell -> cell.contains(",") ? '"' + cell + '"' : cell)
                .collect(Collectors.joining(","));
    }

    private String renamed(String entity, String cell) {
        Map<String, String> ids = renamed.getOrDefault(entity, Map.of());
        return Arrays.stream(cell.split(",", -1))
                .map(id -> ids.getOrDefault(id, id))
                .collect(Collectors.joining(","));
    }

    static List<List<String>> rows(Path file) throws IOException {
        if (!Files.exists(file)) {
            return List.of();
        }
        return Files.readAllLines(file).stream().map(Renaming::cells).toList();
    }

    private static List<String> cells(String line) {
        List<String> cells = new ArrayList<>();
        StringBuilder cell = new StringBuilder();
        boolean quoted = false;
        for (char c : line.toCharArray()) {
            if (c == '"') {
                quoted = !quoted;
            } else if (c == ',' && !quoted) {
                cells.add(cell.toString());
                cell.setLength(0);
            } else {
                cell.append(c);
            }
        }
        cells.add(cell.toString());
        return cells;
    }
}
