package org.rosterkeep.sources;

import java.security.SecureRandom;
import java.time.Clock;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.rosterkeep.courier.wire.Order;
import org.rosterkeep.courier.wire.Secret;
import org.rosterkeep.courier.wire.Target;
import org.rosterkeep.courier.wire.Way;
import org.rosterkeep.keys.Spool;
import org.rosterkeep.outbound.SignedPapers;
import org.rosterkeep.rules.PushTarget;
import org.rosterkeep.rules.SignedSource;

/// What a run works with.
///
/// @param district whose operators signed
/// @param secret what proves to a source who calls
/// @param spool a new one
/// @param objection why a source must not be asked any more
record Means(
        String district,
        SourceSettings settings,
        Clock clock,
        SecureRandom random,
        Function<String, Secret> secret,
        Supplier<Spool> spool,
        Function<SignedSource, Optional<String>> objection) {
    private static final int ID_BYTES = 16;

    /// What of an order is different each time.
    record Asked(Way way, Target target, Optional<Target> token, Secret secret, long bytesMax, long seconds) {}

    Order order(SignedSource signed, Asked asked) {
        byte[] id = new byte[ID_BYTES];
        random.nextBytes(id);
        return new Order(
                HexFormat.of().formatHex(id),
                asked.way(),
                asked.target(),
                asked.token(),
                asked.way() == Way.SIS_GET ? Map.of("accept", "application/json") : Map.of(),
                asked.secret(),
                SignedPapers.of(district, signed.text(), signed.endorsements()),
                Map.of(),
                asked.bytesMax(),
                Math.toIntExact(asked.seconds()));
    }

    static Target target(PushTarget.Place place, String country) {
        return new Target(
                place.host(),
                place.port(),
                place.path(),
                country,
                place.internal(),
                place.pin(),
                place.user(),
                place.hostKey());
    }
}
