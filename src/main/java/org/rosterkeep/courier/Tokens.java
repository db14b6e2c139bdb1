package org.rosterkeep.courier;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.rosterkeep.courier.wire.Order;

/// Tokens for a moment: a service that is asked for a hundred pages is not asked for a hundred tokens. They are in
/// memory only, for minutes, and are found by nothing but the signed text together with the secret they were got for;
/// the secret itself is not kept.
final class Tokens {
    private static final Duration LONGEST = Duration.ofMinutes(10);
    /// Between our clock and theirs.
    private static final Duration SPARE = Duration.ofSeconds(30);
    private static final int MOST = 64;

    private final Clock clock;
    private final Map<String, Kept> kept = new HashMap<>();

    /// @param seconds how long it is good
    record Token(String text, int seconds) {
        @Override
        public String toString() {
            return "Token";
        }
    }

    private record Kept(String text, Instant until) {}

    Tokens(Clock clock) {
        this.clock = clock;
    }

    /// The order's token, fetched when there is none that is still good.
    String of(Order order, Supplier<Token> fetch) {
        String whose = whose(order);
        Instant now = clock.instant();
        synchronized (kept) {
            kept.values().removeIf(one -> !now.isBefore(one.until()));
            Kept known = kept.get(whose);
            if (known != null) {
                return known.text();
            }
        }
        Token fresh = fetch.get();
        Duration good = Duration.ofSeconds(fresh.seconds()).minus(SPARE);
        if (good.isPositive()) {
            synchronized (kept) {
                if (kept.size() < MOST) {
                    Duration life = good.compareTo(LONGEST) < 0 ? good : LONGEST;
                    kept.put(whose, new Kept(fresh.text(), now.plus(life)));
                }
            }
        }
        return fresh.text();
    }

    void forget(Order order) {
        synchronized (kept) {
            kept.remove(whose(order));
        }
    }

    private static String whose(Order order) {
        MessageDigest digest = Grant.sha256();
        digest.update(Grant.hash(order.grant().text()).getBytes(StandardCharsets.US_ASCII));
        digest.update(order.grant().district().getBytes(StandardCharsets.UTF_8));
        new TreeMap<>(order.secret().parts()).forEach((part, text) -> {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            digest.update((byte) part.ordinal());
            digest.update(Integer.toString(bytes.length).getBytes(StandardCharsets.US_ASCII));
            digest.update((byte) ':');
            digest.update(bytes);
            Arrays.fill(bytes, (byte) 0);
        });
        return HexFormat.of().formatHex(digest.digest());
    }
}
