package org.rosterkeep.vendors;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The parameters of a query string or of a form body, in the order they were sent. Names are case-sensitive.
record Parameters(List<Parameter> all) {
    Parameters {
        all = List.copyOf(all);
    }

    static Parameters parse(String raw) {
        List<Parameter> all = new ArrayList<>();
        for (String part : raw.split("&")) {
            if (!part.isEmpty()) {
                int equals = part.indexOf('=');
                String name = equals < 0 ? part : part.substring(0, equals);
                String value = equals < 0 ? "" : part.substring(equals + 1);
                all.add(new Parameter(part, Percent.form(name), Percent.form(value)));
            }
        }
        return new Parameters(all);
    }

    List<String> values(String name) {
        return all.stream()
                .filter(p -> p.name().equals(name))
                .map(Parameter::value)
                .toList();
    }

    /// The first value that is not blank. Generated clients send parameters they do not use as empty ones.
    Optional<String> value(String name) {
        return values(name).stream().filter(value -> !value.isBlank()).findFirst();
    }

    boolean repeated(String name) {
        return values(name).size() > 1;
    }

    boolean has(String name) {
        return all.stream().anyMatch(p -> p.name().equals(name));
    }

    Map<String, List<String>> byName() {
        Map<String, List<String>> map = new LinkedHashMap<>();
        all.forEach(
                p -> map.computeIfAbsent(p.name(), name -> new ArrayList<>()).add(p.value()));
        return map;
    }

    /// @param raw name and value as they were sent
    record Parameter(String raw, String name, String value) {}
}
