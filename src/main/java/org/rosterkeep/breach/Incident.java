package org.rosterkeep.breach;

import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.rosterkeep.rules.Milestone;
import org.rosterkeep.rules.Pack;

/// An incident: all that was said of it, in order. Everything else is read off that.
public record Incident(String id, List<Said> said) {
    /// What of a pack's clocks an incident can start.
    private static final Set<String> EVENTS = Set.of("breach", "breach-after-delay", "misuse", "remedy", "hearing");

    /// @param by the operator
    public record Said(Instant at, String by, Step step) {}

    public Incident {
        said = List.copyOf(said);
        if (said.isEmpty() || !(said.getFirst().step() instanceof Step.Opened)) {
            throw new IllegalArgumentException("an incident begins by being opened");
        }
    }

    public Step.Opened opened() {
        return (Step.Opened) said.getFirst().step();
    }

    public boolean closed() {
        return said.getLast().step() instanceof Step.Closed;
    }

    /// When a milestone was reached, by the last word on it.
    public Optional<Instant> reached(Milestone milestone) {
        return last(Step.Reached.class, one -> one.milestone() == milestone).map(Step.Reached::at);
    }

    public Optional<Step.Counted> counted() {
        return last(Step.Counted.class, one -> true);
    }

    public Optional<Step.Weighed> weighed() {
        return last(Step.Weighed.class, one -> true);
    }

    /// What the active packs ask for, what is due first at the top, and what has not begun at the end.
    public List<Duty> duties(Collection<Pack> active, Term term, Instant now) {
        return active.stream()
                .flatMap(pack -> pack.clocks().stream()
                        .filter(clock -> EVENTS.contains(clock.event()))
                        .filter(this::holds)
                        .map(clock -> duty(pack, clock, term, now)))
                .sorted(Comparator.comparing(
                                (Duty duty) -> duty.due().map(Term.Due::strict).orElse(Instant.MAX))
                        .thenComparing(Duty::name))
                .toList();
    }

    /// Whether a clock was law when it happened.
    private boolean holds(Pack.Clock clock) {
        return clock.since().isEmpty()
                || start(clock)
                        .map(at -> !at.isBefore(clock.since()
                                .get()
                                .atStartOfDay(java.time.ZoneOffset.UTC)
                                .toInstant()))
                        .orElse(true);
    }

    private Optional<Instant> start(Pack.Clock clock) {
        return clock.starting().stream()
                .map(this::reached)
                .flatMap(Optional::stream)
                .min(Comparator.naturalOrder());
    }

    private Duty duty(Pack pack, Pack.Clock clock, Term term, Instant now) {
        String name = Duty.named(pack, clock);
        Optional<Term.Due> due = start(clock).map(at -> term.due(clock, at));
        Optional<Instant> delayed =
                last(Step.Delayed.class, one -> one.duty().equals(name)).map(Step.Delayed::until);
        return new Duty(name, pack, clock, state(name, clock, due, delayed, now), due, delayed);
    }

    private Duty.State state(
            String name, Pack.Clock clock, Optional<Term.Due> due, Optional<Instant> delayed, Instant now) {
        Optional<Step> end = last(
                Step.class,
                one -> one instanceof Step.Told told && told.duty().equals(name)
                        || one instanceof Step.Decided decided && decided.duty().equals(name));
        if (end.isPresent() && end.get() instanceof Step.Told told) {
            return due.filter(term -> !told.at().isBefore(latest(term, delayed)))
                            .isPresent()
                    ? Duty.State.TOLD_LATE
                    : Duty.State.TOLD;
        }
        if (end.isPresent() && end.get() instanceof Step.Decided decided && !decided.tell()) {
            return Duty.State.NOT_TOLD;
        }
        if (due.isEmpty()) {
            return Duty.State.WAITS;
        }
        if (counted().filter(one -> one.people() < clock.people()).isPresent()) {
            return Duty.State.TOO_FEW;
        }
        if (delayed.filter(now::isBefore).isPresent()) {
            return Duty.State.DELAYED;
        }
        return now.isBefore(latest(due.get(), delayed)) ? Duty.State.RUNS : Duty.State.OVERDUE;
    }

    private static Instant latest(Term.Due due, Optional<Instant> delayed) {
        return delayed.filter(due.legal()::isBefore).orElse(due.legal());
    }

    private <T extends Step> Optional<T> last(Class<T> type, Predicate<T> which) {
        return said.reversed().stream()
                .map(Said::step)
                .filter(type::isInstance)
                .map(type::cast)
                .filter(which)
                .findFirst();
    }
}
