package org.rosterkeep.appliance;

import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.rosterkeep.vendors.VendorApi;

/// A district's name inside this appliance: part of URLs and of the directory, so a short plain word.
public record DistrictName(String text) implements Comparable<DistrictName> {
    private static final Pattern PLAIN = Pattern.compile("[a-z][a-z0-9-]{0,39}");
    private static final String REHEARSAL = "rehearsal-";
    /// A rehearsal's twin is named after its district and its rule; no district can be called like one.
    private static final Pattern TWIN = Pattern.compile(REHEARSAL + "[a-z0-9][a-z0-9._-]{0,104}");
    /// First segments of paths that belong to the appliance as a whole.
    private static final Set<String> RESERVED = VendorApi.reserved();

    public DistrictName {
        if (!valid(text) && !TWIN.matcher(text).matches()) {
            throw Trouble.wrongUse(
                    "This is not a name a district can have.",
                    "A district's name is part of its addresses: 1 to 40 of a-z, 0-9 and -, a letter first, not"
                            + " beginning with " + REHEARSAL + " and not one of "
                            + String.join(", ", new TreeSet<>(RESERVED)) + ".",
                    "Choose another name, for instance: rosterkeep district make springfield");
        }
    }

    static boolean valid(String text) {
        return PLAIN.matcher(text).matches() && !RESERVED.contains(text) && !text.startsWith(REHEARSAL);
    }

    /// Whether this names a rehearsal's twin.
    boolean twin() {
        return !valid(text);
    }

    /// What the twin is called in which a rule of this district is rehearsed.
    static DistrictName twin(DistrictName district, String rule) {
        return new DistrictName(REHEARSAL + district + "-" + rule);
    }

    /// The twin's name that a path names, if it is one.
    static Optional<DistrictName> twin(String text) {
        return TWIN.matcher(text).matches() ? Optional.of(new DistrictName(text)) : Optional.empty();
    }

    @Override
    public int compareTo(DistrictName other) {
        return text.compareTo(other.text);
    }

    @Override
    public String toString() {
        return text;
    }
}
