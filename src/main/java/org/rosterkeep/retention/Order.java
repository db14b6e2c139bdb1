package org.rosterkeep.retention;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.rosterkeep.roster.RecordKey;
import org.rosterkeep.rules.Endorsement;

/// One person's erasure, from the first signature to the end. It says nothing of the person: neither who they are nor
/// why in words of somebody's own.
///
/// @param number counted per district, from 1
/// @param key the record's lasting key
/// @param request the number under which the request is filed
/// @param decided when the last signature was there; what follows cannot be taken back
/// @param done when nothing was left
/// @param counts what went and what was asked of others, in numbers
public record Order(
        int number,
        RecordKey key,
        Ground ground,
        String request,
        Instant asked,
        List<Endorsement> signatures,
        State state,
        Optional<Instant> decided,
        Optional<Instant> done,
        Map<String, Long> counts) {
    public Order {
        signatures = List.copyOf(signatures);
        counts = Map.copyOf(counts);
    }

    /// How far it has come.
    public enum State {
        /// Somebody has signed; the person is suppressed, and nothing is erased.
        ASKED,
        /// It is being carried out.
        DECIDED,
        DONE,
        /// It was taken back before it was decided, or the person may come back.
        LIFTED
    }

    /// Whether a roster that names the person is not to bring them back.
    public boolean bars() {
        return state == State.DECIDED || state == State.DONE;
    }

    /// What everybody signs: this order, and no other.
    String text() {
        byte[] bytes = new byte[16];
        key.write(bytes, 0);
        return String.join(
                "\n",
                "erasure",
                Integer.toString(number),
                java.util.HexFormat.of().formatHex(bytes),
                ground.word(),
                request,
                asked.toString());
    }

    Order signed(Endorsement more) {
        List<Endorsement> all = new ArrayList<>(signatures);
        all.add(more);
        return new Order(number, key, ground, request, asked, all, state, decided, done, counts);
    }

    Order decided(Instant at) {
        return new Order(number, key, ground, request, asked, signatures, State.DECIDED, Optional.of(at), done, counts);
    }

    Order done(Instant at, Map<String, Long> what) {
        Map<String, Long> all = new TreeMap<>(counts);
        what.forEach((name, count) -> all.merge(name, count, Math::max));
        return new Order(number, key, ground, request, asked, signatures, State.DONE, decided, Optional.of(at), all);
    }

    Order lifted() {
        return new Order(number, key, ground, request, asked, signatures, State.LIFTED, decided, done, counts);
    }
}
