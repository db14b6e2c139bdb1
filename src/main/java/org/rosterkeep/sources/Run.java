package org.rosterkeep.sources;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.rosterkeep.courier.wire.Order;
import org.rosterkeep.courier.wire.Result;
import org.rosterkeep.intake.Source;
import org.rosterkeep.outbound.Fetch;
import org.rosterkeep.rules.SignedSource;

/// One time of asking a source outside. At most one thing is fetched at a time; what does not come is asked for again
/// after a while, a few times.
abstract sealed class Run implements AutoCloseable permits Pull, FileRun {
    /// Time may mend these.
    private static final Set<String> PASSING =
            Set.of("busy", "failed-there", "timeout", "aborted", "connect-failed", "tls-failed", "address-not-listed");
    private static final int UNAUTHORIZED = 401;

    private final SignedSource signed;
    private final Instant began;
    private final Means means;
    private State state = new State.UnderWay();
    private boolean asking;
    private int attempts;
    private Instant notBefore = Instant.EPOCH;

    /// How it stands.
    sealed interface State {
        record UnderWay() implements State {}

        /// All is there.
        ///
        /// @param digest of a file, by which it is known again
        record Ready(Source delivery, Optional<String> digest) implements State {}

        /// @param words a code, perhaps with an HTTP status
        /// @param after how long the other side wants to be left alone
        record Failed(String words, Duration after) implements State {}
    }

    Run(SignedSource signed, Means means) {
        this.signed = signed;
        this.means = means;
        began = means.clock().instant();
    }

    final SignedSource signed() {
        return signed;
    }

    final Instant began() {
        return began;
    }

    final Means means() {
        return means;
    }

    final synchronized State state() {
        return state;
    }

    /// Whether everything is asked for.
    abstract boolean bulk();

    /// Of what so much came, for people: `7 pages, 6123 records`.
    abstract String soFar();

    /// What is to be asked for now.
    abstract Order order();

    abstract void take(byte[] piece);

    /// Forgets what has come of an answer so far.
    abstract void forget();

    /// An answer is there, whole.
    ///
    /// @throws Hitch.Met when it is of no use
    abstract void arrived(Fetch.Ended how);

    @Override
    public abstract void close();

    /// The next thing to fetch, if its time has come.
    final synchronized Optional<Fetch> next() {
        Instant now = means.clock().instant();
        if (asking || !(state instanceof State.UnderWay) || now.isBefore(notBefore)) {
            return Optional.empty();
        }
        if (now.isAfter(began.plus(means.settings().runMax()))) {
            fail(Hitch.DEADLINE.word());
            return Optional.empty();
        }
        try {
            Fetch fetch = new Asking(order());
            asking = true;
            return Optional.of(fetch);
        } catch (Hitch.Met met) {
            fail(met.hitch().word());
            return Optional.empty();
        }
    }

    final void ready(Source delivery, Optional<String> digest) {
        state = new State.Ready(delivery, digest);
    }

    /// Nothing more is asked for, and what is under way is broken off.
    final synchronized void fail(String words) {
        if (state instanceof State.UnderWay) {
            state = new State.Failed(words, Duration.ZERO);
        }
    }

    private synchronized void ended(Fetch.Ended how) {
        asking = false;
        if (!(state instanceof State.UnderWay)) {
            return;
        }
        try {
            if (how.outcome() == Result.Outcome.DELIVERED && how.whole()) {
                arrived(how);
                attempts = 0;
            } else {
                again(how);
            }
        } catch (Hitch.Met met) {
            fail(met.hitch().word());
        } catch (RuntimeException unkept) {
            fail(Hitch.SPOOL.word());
        } finally {
            forget();
        }
    }

    private void again(Fetch.Ended how) {
        attempts++;
        Duration wait = means.settings().waits().after(attempts, how.retryAfter());
        boolean once = how.status().filter(status -> status == UNAUTHORIZED).isPresent() && attempts == 1;
        boolean passes = once || PASSING.contains(how.code()) || how.code().startsWith("line-");
        boolean tooLong = how.retryAfter().compareTo(means.settings().patience()) > 0;
        if (!passes || tooLong || attempts >= means.settings().attemptsMax()) {
            state = new State.Failed(how.words(), how.retryAfter());
        } else {
            notBefore = means.clock().instant().plus(wait);
        }
    }

    private final class Asking implements Fetch {
        private final Order order;

        Asking(Order order) {
            this.order = order;
        }

        @Override
        public Order order() {
            return order;
        }

        @Override
        public Optional<String> objection() {
            return state() instanceof State.UnderWay
                    ? means.objection().apply(signed)
                    : Optional.of(Hitch.WITHDRAWN.word());
        }

        @Override
        public void take(byte[] piece) {
            Run.this.take(piece);
        }

        @Override
        public void ended(Ended how) {
            Run.this.ended(how);
        }
    }
}
