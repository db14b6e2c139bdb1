package org.rosterkeep.intake;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// What `manifest.csv` says (oneroster.md 8.1): the version, and for each file whether it is absent, bulk or delta.
///
/// @param version `1.1` or `1.2`; the rules of 1.2.1 go under `1.2`
/// @param system the source system's name for itself; empty when it gives none
record Manifest(String version, Map<String, Mode> modes, String system) {
    static final String FILE = "manifest.csv";

    /// The file's mode, `ABSENT` when the manifest does not speak of it.
    Mode mode(String file) {
        return modes.getOrDefault(file, Mode.ABSENT);
    }

    static Manifest read(Delivery delivery, Limits limits, Findings findings) {
        if (!delivery.files().contains(FILE)) {
            throw new IntakeFault(FindingCode.MANIFEST_MISSING, "");
        }
        Map<String, String> properties = properties(delivery, limits);
        String version = version(properties.getOrDefault("oneroster.version", ""), findings);
        Map<String, Mode> modes = new HashMap<>();
        Set<String> files = new Columns(version).files();
        for (String file : files) {
            String word = properties.get("file." + file.substring(0, file.length() - ".csv".length()));
            if (word == null) {
                findings.add(file, FindingCode.MANIFEST_PROPERTY_MISSING);
            } else {
                modes.put(file, mode(word, file));
            }
        }
        compare(delivery, modes, findings);
        return new Manifest(version, modes, properties.getOrDefault("source.systemName", ""));
    }

    private static void compare(Delivery delivery, Map<String, Mode> modes, Findings findings) {
        for (String file : delivery.files()) {
            if (!file.equals(FILE) && modes.getOrDefault(file, Mode.ABSENT) == Mode.ABSENT) {
                findings.add(file, FindingCode.FILE_NOT_DECLARED);
            }
        }
        for (Map.Entry<String, Mode> file : modes.entrySet()) {
            if (file.getValue() != Mode.ABSENT && !delivery.files().contains(file.getKey())) {
                findings.add(file.getKey(), FindingCode.FILE_MISSING);
                file.setValue(Mode.ABSENT);
            }
        }
    }

    private static Map<String, String> properties(Delivery delivery, Limits limits) {
        Map<String, String> properties = new HashMap<>();
        try (Csv csv = new Csv(delivery.read(FILE), FILE, limits)) {
            boolean header = csv.next()
                    && csv.cells() >= 2
                    && csv.cell(0).strip().equalsIgnoreCase("propertyName")
                    && csv.cell(1).strip().equalsIgnoreCase("value");
            if (!header) {
                throw new IntakeFault(FindingCode.MANIFEST_UNREADABLE, FILE);
            }
            while (csv.next()) {
                if (csv.cells() > limits.columns() || properties.size() > limits.columns() || !csv.wellFormed()) {
                    throw new IntakeFault(FindingCode.MANIFEST_UNREADABLE, FILE);
                }
                String value = csv.cells() > 1 ? csv.cell(1).strip() : "";
                String before = properties.put(csv.cell(0).strip(), value);
                if (before != null && !before.equals(value)) {
                    throw new IntakeFault(FindingCode.MANIFEST_CONFLICT, FILE);
                }
            }
        }
        return properties;
    }

    private static String version(String word, Findings findings) {
        return switch (word) {
            case "1.1", "1.2" -> word;
            case "1.1.0", "1.1.1", "v1.1", "v1p1" -> unusual("1.1", findings);
            case "1.2.0", "1.2.1", "v1.2", "v1p2" -> unusual("1.2", findings);
            default -> throw new IntakeFault(FindingCode.MANIFEST_VERSION, FILE);
        };
    }

    private static String unusual(String version, Findings findings) {
        findings.add(FILE, 0, "oneroster.version", FindingCode.MANIFEST_VERSION_UNUSUAL);
        return version;
    }

    private static Mode mode(String word, String file) {
        return switch (word.toLowerCase(Locale.ROOT)) {
            case "absent", "" -> Mode.ABSENT;
            case "bulk" -> Mode.BULK;
            case "delta" -> Mode.DELTA;
            default -> throw new IntakeFault(FindingCode.MANIFEST_MODE, file);
        };
    }
}
