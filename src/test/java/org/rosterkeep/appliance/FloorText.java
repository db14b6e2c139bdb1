package org.rosterkeep.appliance;

import java.io.IOException;
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

    void check(String name) throws IOException {
        Golden.check(name, HEAD + String.join("\n", lines));
    }
}
