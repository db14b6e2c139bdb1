package org.rosterkeep.appliance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import org.rosterkeep.vendors.Golden;

/// The floors as a text that is reviewed: a line for each cause, in the order of the codes.
final class FloorText {
    private static final String HEAD = """
        Every cause for which something does not leave, as it was seen in a running district.
        For each: what the vendor gets, what the district's people are told, and the test that saw it. Once the
        cause alone was gone, the same questions were answered as before.

        """;

    private final Set<String> lines = new TreeSet<>();

    void add(String floor, String cause, String vendor, String told, String test) {
        lines.add("%s  %s%n     vendor    %s%n     operator  %s%n     test      %s%n"
                .formatted(floor, cause, vendor, told, test));
    }

    /// What this machine could not show stays as it was seen where it could.
    void asItWas(String floor, String cause, String name) throws IOException {
        var first = floor + "  " + cause;
        var paragraphs =
                Files.readString(Path.of("src/test/resources/golden", name)).split("\n\n");
        Arrays.stream(paragraphs)
                .filter(one -> one.startsWith(first))
                .forEach(one -> lines.add(one.strip() + System.lineSeparator()));
    }

    void check(String name) throws IOException {
        Golden.check(name, HEAD + String.join("\n", lines));
    }
}
