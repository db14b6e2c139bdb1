package org.rosterkeep.appliance;

import java.util.Optional;
import java.util.TreeMap;

/// Every operation by its verb.
final class Verbs {
    private final TreeMap<String, Operation> operations = new TreeMap<>();

    Verbs with(String verb, Operation operation) {
        if (operations.put(verb, operation) != null) {
            throw new IllegalStateException("the verb " + verb + " is there twice");
        }
        return this;
    }

    Optional<Operation> named(String verb) {
        return Optional.ofNullable(operations.get(verb));
    }

    Iterable<String> words() {
        return operations.keySet();
    }
}
