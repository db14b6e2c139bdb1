package org.rosterkeep.appliance;

import java.util.Optional;
import org.rosterkeep.ledger.Ledger;
import org.rosterkeep.ledger.LedgerVerifier;
import org.rosterkeep.ledger.Verdict;
import org.rosterkeep.log.Event;
import org.rosterkeep.log.Fact;
import org.rosterkeep.log.Log;

/// Proves the whole chain of a ledger once after it was opened, beside everything else: opening itself looks at its end
/// only.
final class Checkup implements AutoCloseable {
    private final LedgerVerifier verifier;
    private final Ledger ledger;
    private final DistrictName district;
    private final Log log;
    private volatile State state = new State.Underway();
    private volatile boolean closed;

    /// How far it is.
    public sealed interface State {
        record Underway() implements State {}

        record Done(Verdict verdict) implements State {}

        /// The files could not be read to their end.
        record Failed() implements State {}

        /// For `status`: one word.
        public default String word() {
            return switch (this) {
                case Underway underway -> "checking";
                case Done(Verdict.Sound sound) -> "whole";
                case Done(Verdict.Broken broken) -> "broken";
                case Failed failed -> "unreadable";
            };
        }

        /// What is wrong, for a person; empty while nothing is.
        default Optional<String> trouble() {
            return switch (this) {
                case Underway underway -> Optional.empty();
                case Done(Verdict.Sound sound) -> Optional.empty();
                case Done(Verdict.Broken broken) -> Optional.of(broken.segment() + ", " + broken.sentence());
                case Failed failed -> Optional.of("its files could not be read to their end");
            };
        }
    }

    private Checkup(DistrictName district, Ledger ledger, Log log) {
        this.verifier = new LedgerVerifier(ledger.publicKey(), Optional.empty());
        this.ledger = ledger;
        this.district = district;
        this.log = log;
    }

    static Checkup begin(DistrictName district, Ledger ledger, Log log) {
        var checkup = new Checkup(district, ledger, log);
        var thread = Thread.ofPlatform().name("ledger-checkup").daemon().unstarted(checkup::run);
        thread.setPriority(Thread.MIN_PRIORITY);
        thread.start();
        return checkup;
    }

    State state() {
        return state;
    }

    /// Proves it anew, up to now.
    Verdict again() {
        return verifier.verify(ledger.pages());
    }

    private void run() {
        State found;
        try {
            found = new State.Done(again());
        } catch (RuntimeException e) {
            found = new State.Failed();
        }
        if (closed) {
            return;
        }
        state = found;
        if (found.trouble().isPresent()) {
            log.say(Event.LEDGER_BROKEN, new Fact.In(district.text()));
        }
    }

    /// What is found from now on is of no interest: the files may be on their way out.
    @Override
    public void close() {
        closed = true;
    }
}
