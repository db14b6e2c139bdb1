package org.rosterkeep.outbound;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.rosterkeep.disclosure.Cursor;

/// How far one push target has been told, and what is on its way to it.
///
/// @param rule the rule's id
/// @param place where it was told; another place has been told nothing
/// @param told empty while it has nothing
/// @param looked when it was last looked whether something is due
/// @param delivery what is to be delivered and is not yet
/// @param dead deliveries that nobody tries any more, oldest first
public record Standing(
        String rule,
        String place,
        Optional<Cursor> told,
        Instant looked,
        Optional<Delivery> delivery,
        List<DeadLetter> dead) {
    /// The kind under which they rest on the shelf, by the rule's id.
    public static final String KIND = "push";

    public Standing {
        dead = List.copyOf(dead);
    }

    /// One delivery, tried once or many times.
    ///
    /// @param id the same at every attempt: by it the other side knows that it has this already
    /// @param edition what it brings the target up to
    /// @param sending since when it is under way; empty while it is not. After a restart: it may have been sent
    /// @param notBefore when it may be tried next
    /// @param last how the last attempt ended; empty before the first
    public record Delivery(
            String id,
            String ruleHash,
            long edition,
            boolean bulk,
            int attempts,
            Optional<Instant> sending,
            Instant notBefore,
            String last) {
        Delivery sendingSince(Optional<Instant> since) {
            return new Delivery(id, ruleHash, edition, bulk, attempts, since, notBefore, last);
        }

        Delivery failed(String how, Instant next) {
            return new Delivery(id, ruleHash, edition, bulk, attempts + 1, Optional.empty(), next, how);
        }

        Delivery asSoonAs(Instant now) {
            return new Delivery(id, ruleHash, edition, bulk, attempts, sending, now, last);
        }
    }

    /// @param how why it was given up
    public record DeadLetter(
            String delivery, String ruleHash, long edition, boolean bulk, int attempts, Instant at, String how) {}

    /// Whether this very delivery was given up: it is not tried again before a person says so.
    boolean gaveUp(Delivery one) {
        return dead.stream()
                .anyMatch(letter -> letter.edition() == one.edition()
                        && letter.bulk() == one.bulk()
                        && letter.ruleHash().equals(one.ruleHash()));
    }

    static Standing fresh(String rule, String place) {
        return new Standing(rule, place, Optional.empty(), Instant.EPOCH, Optional.empty(), List.of());
    }

    Standing reached(Cursor cursor, Instant now) {
        return new Standing(rule, place, Optional.of(cursor), now, Optional.empty(), dead);
    }

    Standing lookedAt(Instant now) {
        return new Standing(rule, place, told, now, delivery, dead);
    }

    Standing delivering(Optional<Delivery> next) {
        return new Standing(rule, place, told, looked, next, dead);
    }

    Standing givingUp(Delivery lost, String how, Instant now, int most) {
        List<DeadLetter> all = new ArrayList<>(dead);
        all.add(new DeadLetter(lost.id(), lost.ruleHash(), lost.edition(), lost.bulk(), lost.attempts(), now, how));
        return new Standing(
                rule, place, told, now, Optional.empty(), all.subList(Math.max(0, all.size() - most), all.size()));
    }

    Standing withoutDead() {
        return new Standing(rule, place, told, Instant.EPOCH, delivery, List.of());
    }
}
