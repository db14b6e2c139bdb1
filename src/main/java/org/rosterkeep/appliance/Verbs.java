package org.rosterkeep.appliance;

import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiFunction;

/// Every operation by its verb.
final class Verbs {
    private final TreeMap<String, Operation> operations = new TreeMap<>();
    private final BiFunction<String, Operation, Operation> door;

    /// @param door stands before every operation, given its verb
    Verbs(BiFunction<String, Operation, Operation> door) {
        this.door = door;
    }

    Verbs with(String verb, Operation operation) {
        if (operations.put(verb, door.apply(verb, operation)) != null) {
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
