package org.rosterkeep.vendors;

import java.util.List;
import java.util.Optional;
import org.rosterkeep.disclosure.Wire;

/// What a path names.
///
/// `district` is the name in the path, empty when there is none (then the only district is meant); `prefix` is what
/// stands before `/ims`, either empty or a slash and the name.
sealed interface Target {
    Optional<String> district();

    /// Whether it can be answered without any district.
    default boolean ofEverything() {
        return this instanceof Status || this instanceof Health;
    }

    /// In whose words errors are told.
    Wire wire();

    /// @param service path of the service, `/ims/oneroster/v1p1` behind its prefix
    /// @param ids the outward ids in the path, decoded, outermost first
    record Roster(Optional<String> district, Wire wire, String service, Route route, List<String> ids)
            implements Target {
        public Roster {
            ids = List.copyOf(ids);
        }
    }

    record Token(Optional<String> district, Wire wire) implements Target {}

    record Discovery(Optional<String> district, Wire wire, String prefix, String service) implements Target {}

    record Status(Optional<String> district, Wire wire) implements Target {}

    record Health(Wire wire, org.rosterkeep.vendors.Health.Probe probe) implements Target {
        @Override
        public Optional<String> district() {
            return Optional.empty();
        }
    }

    record Nothing(Optional<String> district, Wire wire) implements Target {}
}
