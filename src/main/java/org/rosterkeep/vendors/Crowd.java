package org.rosterkeep.vendors;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Counts the requests on their way, by client: one client's flood must not become the others' wait.
final class Crowd {
    private final int max;
    private final Map<String, Integer> inside = new ConcurrentHashMap<>();

    Crowd(int max) {
        this.max = max;
    }

    /// True when there was room; then [#leave(String)] must follow.
    boolean enter(String client) {
        if (inside.merge(client, 1, Integer::sum) <= max) {
            return true;
        }
        leave(client);
        return false;
    }

    void leave(String client) {
        inside.computeIfPresent(client, (key, count) -> count == 1 ? null : count - 1);
    }
}
