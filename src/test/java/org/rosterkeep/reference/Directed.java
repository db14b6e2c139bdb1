package org.rosterkeep.reference;

import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;
import org.rosterkeep.reference.Model.Cause;
import org.rosterkeep.reference.Model.Kind;

/// Worlds in which one cause alone refuses, each cause in its turn: what random worlds leave to chance.
final class Directed {
    private static final int TRIES = 500;
    private final Worlds worlds;
    private final Spoiler spoiler;
    private final Expected expected;
    private final Predicate<Kind> available;
    private int turn;

    Directed(long seed, Expected expected, Predicate<Kind> available) {
        worlds = new Worlds(seed);
        spoiler = new Spoiler(new Random(seed));
        this.expected = expected;
        this.available = available;
    }

    Case next() {
        var causes = Cause.values();
        return alone(causes[turn++ % causes.length]);
    }

    private Case alone(Cause cause) {
        for (int tries = 0; tries < TRIES; tries++) {
            var made = Expressible.of(spoiler.spoil(worlds.sound(), cause), available);
            if (expected.causes(made, expected.whole(made)).equals(Set.of(cause))) {
                return made;
            }
        }
        throw new AssertionError("no world in which " + cause + " stands alone");
    }
}
