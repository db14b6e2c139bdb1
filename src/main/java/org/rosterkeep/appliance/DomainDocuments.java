package org.rosterkeep.appliance;

import java.util.Map;
import java.util.Optional;
import org.rosterkeep.keys.DomainKeys;
import org.rosterkeep.roster.Shelf;

/// The wrapped keys of the pseudonym domains, a document each. They are no documents that decide: no shelf remembers
/// how they stood before.
final class DomainDocuments implements DomainKeys {
    static final String KIND = "domain-key";

    private final Shelf shelf;

    DomainDocuments(Shelf shelf) {
        this.shelf = shelf;
    }

    @Override
    public Optional<byte[]> wrapped(String domain) {
        return shelf.get(KIND, domain);
    }

    @Override
    public void keep(Map<String, byte[]> wrapped) {
        shelf.apply(wrapped.entrySet().stream()
                .<Shelf.Change>map(one -> new Shelf.Change.Put(KIND, one.getKey(), one.getValue()))
                .toList());
    }

    @Override
    public void drop(String domain) {
        shelf.remove(KIND, domain);
    }
}
