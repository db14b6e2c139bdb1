package org.rosterkeep.appliance;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Numbers for a watcher of many machines, in the Prometheus text format 0.0.4: names, labels and numbers, and no label
/// that could be a person.
final class Metrics {
    private final Map<String, List<String>> families = new LinkedHashMap<>();

    /// A number that goes up and down.
    Metrics gauge(String name, String help, Map<String, String> labels, double value) {
        return add("gauge", name, help, labels, value);
    }

    /// A number that only grows.
    Metrics counter(String name, String help, Map<String, String> labels, double value) {
        return add("counter", name, help, labels, value);
    }

    private Metrics add(String type, String name, String help, Map<String, String> labels, double value) {
        families.computeIfAbsent(
                        name,
                        any -> new ArrayList<>(List.of("# HELP " + name + " " + help, "# TYPE " + name + " " + type)))
                .add(name + text(labels) + " " + number(value));
        return this;
    }

    private static String text(Map<String, String> labels) {
        if (labels.isEmpty()) {
            return "";
        }
        var parts = new ArrayList<String>();
        labels.forEach((label, value) -> parts.add(label + "=\"" + escaped(value) + "\""));
        return "{" + String.join(",", parts) + "}";
    }

    private static String escaped(String value) {
        return value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
    }

    private static String number(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? Long.toString((long) value)
                : Double.toString(value);
    }

    List<String> lines() {
        return families.values().stream().flatMap(List::stream).toList();
    }
}
