package org.rosterkeep.keys;

import java.util.Map;
import java.util.Optional;

/// Where the wrapped keys of pseudonym domains lie: the port of [DomainAliases].
public interface DomainKeys {
    /// The wrapped key of a domain, if it has one.
    Optional<byte[]> wrapped(String domain);

    /// Keeps wrapped keys, all of them or none; they are durable when this returns.
    void keep(Map<String, byte[]> wrapped);

    /// Takes a domain's key away, wherever a copy of it may lie here.
    void drop(String domain);
}
