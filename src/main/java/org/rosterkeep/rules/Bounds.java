package org.rosterkeep.rules;

import java.util.Optional;
import java.util.Set;

/// What bounds a rule's use, beside its scope and its time.
///
/// @param personsPerDay how many different persons may be released in one UTC day (F25); empty when no number is stated
/// @param networks from where the client may ask, as `192.0.2.0/24` or `2001:db8::/32` (F08); empty when it may from
///     anywhere
public record Bounds(Optional<Integer> personsPerDay, Set<String> networks) {
    public static final Bounds NONE = new Bounds(Optional.empty(), Set.of());

    public Bounds {
        networks = Set.copyOf(networks);
    }

    /// Whether somebody at this network address may ask (F08). An address that cannot be read may not, once any bound
    /// is set.
    public boolean admit(String source) {
        return networks.isEmpty()
                || networks.stream().flatMap(one -> Network.of(one).stream()).anyMatch(network -> network.has(source));
    }
}
