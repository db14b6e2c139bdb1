package org.rosterkeep.support;

import java.util.HashMap;
import java.util.Map;

/// Other names for what must be told apart and not named. The same within one bundle, and in no two bundles for sure.
public final class Pseudonyms {
    private final Map<String, String> given = new HashMap<>();
    private final Map<String, Integer> last = new HashMap<>();

    public String district(String name) {
        return of("district", name);
    }

    /// A host, with or without its port. An address that is the machine's own, or every one, needs no other name.
    public String address(String place) {
        return place.equals("127.0.0.1") || place.equals("0.0.0.0") || place.equals("::") || place.equals("::1")
                ? place
                : of("address", place);
    }

    private String of(String kind, String name) {
        return given.computeIfAbsent(kind + " " + name, any -> kind + "-" + last.merge(kind, 1, Integer::sum));
    }
}
