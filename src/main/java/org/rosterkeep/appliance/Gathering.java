package org.rosterkeep.appliance;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.rosterkeep.keys.Share;
import org.rosterkeep.keys.Shares;

/// Shares that people have given one after another, in memory only. They are forgotten when the others do not follow in
/// time, and when the district opens.
final class Gathering {
    private final Clock clock;
    private final Duration wait;
    private final Map<DistrictName, Given> all = new HashMap<>();

    Gathering(Clock clock, Duration wait) {
        this.clock = clock;
        this.wait = wait;
    }

    private record Given(String set, Instant until, TreeMap<Integer, Share> shares) {
        void forget() {
            shares.values().forEach(Share::close);
        }
    }

    /// Takes a share that was checked. Returns the numbers of all that are there; the same share twice counts once.
    synchronized List<Integer> take(DistrictName name, Shares.Facts facts, Share share) {
        var now = clock.instant();
        var given = all.get(name);
        if (given != null && (now.isAfter(given.until()) || !given.set().equals(facts.set()))) {
            given.forget();
            given = null;
        }
        var shares = given == null ? new TreeMap<Integer, Share>() : given.shares();
        var twice = shares.put(share.number(), share);
        if (twice != null) {
            twice.close();
        }
        all.put(name, new Given(facts.set(), now.plus(wait), shares));
        CompletableFuture.delayedExecutor(wait.toSeconds() + 1, TimeUnit.SECONDS)
                .execute(this::expire);
        return new ArrayList<>(shares.keySet());
    }

    /// What they bring out; they are forgotten.
    synchronized Shares whole(DistrictName name, Shares.Facts facts) {
        var given = all.remove(name);
        if (given == null) {
            throw new IllegalStateException("shares were joined before they were there");
        }
        try {
            return Shares.gathered(given.shares().values(), facts);
        } finally {
            given.forget();
        }
    }

    /// Forgets what waited too long, so that no share lies in memory for ever.
    synchronized void expire() {
        var now = clock.instant();
        all.values().removeIf(given -> {
            boolean over = now.isAfter(given.until());
            if (over) {
                given.forget();
            }
            return over;
        });
    }
}
