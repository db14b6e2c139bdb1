package org.rosterkeep.access;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// How long somebody who keeps guessing has to wait: nothing for the first few times, then longer each time. Bounded:
/// the names that were tried longest ago are forgotten first.
final class Patience {
    private static final int FREE = 5;
    private static final int NAMES_MAX = 1000;
    private static final Duration FIRST = Duration.ofSeconds(2);
    private static final Duration LONGEST = Duration.ofMinutes(15);

    private final Map<String, Tries> tries = new LinkedHashMap<>();

    private record Tries(int count, Instant until) {}

    /// Until when this name is not let in; empty when it may try.
    synchronized Optional<Instant> heldUntil(String name, Instant now) {
        return Optional.ofNullable(tries.get(name)).map(Tries::until).filter(now::isBefore);
    }

    synchronized void failed(String name, Instant now) {
        Tries before = tries.remove(name);
        int count = before == null ? 1 : before.count() + 1;
        tries.put(name, new Tries(count, count < FREE ? Instant.MIN : now.plus(pause(count - FREE))));
        if (tries.size() > NAMES_MAX) {
            tries.remove(tries.keySet().iterator().next());
        }
    }

    synchronized void succeeded(String name) {
        tries.remove(name);
    }

    private static Duration pause(int doublings) {
        Duration pause = FIRST.multipliedBy(1L << Math.min(doublings, 20));
        return pause.compareTo(LONGEST) < 0 ? pause : LONGEST;
    }
}
