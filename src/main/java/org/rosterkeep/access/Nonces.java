package org.rosterkeep.access;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/// The requests seen within the window, so that none is accepted twice. Bounded for each client by itself, so that a
/// busy one shuts out nobody else: when its share is full, it has to wait.
final class Nonces {
    private final Duration window;
    private final int max;
    private final Instant started;
    private final Map<String, Map<String, Instant>> seen = new HashMap<>();

    Nonces(Duration window, int max, Instant started) {
        this.window = window;
        this.max = max;
        this.started = started;
    }

    /// Whether this is the first request of the client with this time and nonce; remembers it.
    ///
    /// @param stamp within the window, which the caller has checked
    synchronized boolean first(String client, Instant stamp, String nonce, Instant now) {
        if (stamp.isBefore(started)) {
            return false;
        }
        Map<String, Instant> mine = seen.computeIfAbsent(client, any -> new HashMap<>());
        if (mine.size() >= max) {
            mine.values().removeIf(until -> !now.isBefore(until));
        }
        return mine.size() < max && mine.putIfAbsent(stamp.getEpochSecond() + " " + nonce, stamp.plus(window)) == null;
    }
}
