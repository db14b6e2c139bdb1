package org.rosterkeep.appliance;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.rosterkeep.ledger.LedgerPages;
import org.rosterkeep.ledger.LedgerRecord;
import org.rosterkeep.rules.Reason;

/// What the ledger tells of the time around a moment that the documents do not: when the appliance refused a client
/// whatever its rule said, and who made a view stand still.
final class Circumstances {
    /// A request further off says nothing about the moment.
    private static final Duration NEAR = Duration.ofHours(1);
    /// How far a run of refusals is followed.
    private static final Duration FAR = Duration.ofDays(1);

    private static final String FROM_ELSEWHERE = "client.address-refused";
    private static final Set<String> KINDS = Set.of(
            LedgerRecord.Act.CLOCK_DISTRUSTED,
            LedgerRecord.Act.CLOCK_CONFIRMED,
            LedgerRecord.Act.FULL,
            LedgerRecord.Act.ROOM_AGAIN,
            "ledger.recovered",
            "ledger.set-aside",
            "guard.held",
            "guard.released",
            "guard.profile");
    /// Refusals that no document explains.
    private static final Set<Reason> OURS = Set.of(
            Reason.ADDRESS_NOT_ALLOWED, Reason.PERSONS_PER_DAY, Reason.LEDGER_UNAVAILABLE, Reason.CLOCK_UNTRUSTED);

    private final LedgerPages pages;
    private final Instant at;
    private final List<Request> requests = new ArrayList<>();
    private final List<LedgerRecord.Act> acts = new ArrayList<>();
    private Optional<LedgerRecord> before = Optional.empty();
    private Optional<LedgerRecord> after = Optional.empty();

    /// What a client asked.
    ///
    /// @param refused why, when no document explains it
    private record Request(long number, Instant at, Optional<Reason> refused) {}

    /// A time in which requests were refused whatever the rule said.
    ///
    /// @param until the last such moment that is known; empty when it went on
    /// @param all whether every request at the moment was refused
    /// @param numbers in the ledger
    /// @param more what else is to be known, a sentence; empty for nothing
    record Refused(Reason reason, Instant from, Optional<Instant> until, boolean all, List<Long> numbers, String more) {
        Refused {
            numbers = List.copyOf(numbers);
        }
    }

    private Circumstances(LedgerPages pages, Instant at) {
        this.pages = pages;
        // As records write it.
        this.at = at.truncatedTo(ChronoUnit.MICROS);
    }

    static Circumstances of(LedgerPages pages, String client, Instant at) {
        var found = new Circumstances(pages, at);
        pages.some(at.minus(FAR), at.plus(FAR), KINDS, record -> found.take(record, client));
        return found;
    }

    private void take(LedgerRecord record, String client) {
        if (record.at().isAfter(at)) {
            after = after.or(() -> Optional.of(record));
        } else {
            before = Optional.of(record);
        }
        switch (record) {
            case LedgerRecord.Disclosed disclosed -> {
                var entry = disclosed.entry();
                if (entry.client().equals(client) && entry.channel().equals("pull")) {
                    requests.add(new Request(record.number(), record.at(), ours(entry.reason())));
                }
            }
            case LedgerRecord.Act act -> {
                acts.add(act);
                if (act.kind().equals(FROM_ELSEWHERE)
                        && client.equals(act.facts().get("client"))) {
                    requests.add(new Request(act.number(), act.at(), Optional.of(Reason.ADDRESS_NOT_ALLOWED)));
                }
            }
            case LedgerRecord.Checkpoint _ -> {}
        }
    }

    private static Optional<Reason> ours(String reason) {
        return OURS.stream().filter(one -> one.name().equals(reason)).findFirst();
    }

    /// When it was refused whatever its rule said.
    List<Refused> refused() {
        var found = new ArrayList<Refused>();
        clock().ifPresent(found::add);
        full().ifPresent(found::add);
        silent().ifPresent(found::add);
        asked().ifPresent(found::add);
        return found;
    }

    /// What became of the request nearest to the moment, on either side.
    private Optional<Refused> asked() {
        var exact = requests.stream().filter(one -> one.at().equals(at)).toList();
        var nearest = exact.isEmpty() ? neighbours() : exact;
        var refused = nearest.stream().filter(one -> one.refused().isPresent()).toList();
        if (refused.isEmpty()) {
            return Optional.empty();
        }
        var reason = refused.getLast().refused().orElseThrow();
        boolean all = refused.size() == nearest.size();
        var run = run(requests.indexOf(refused.getLast()), reason);
        var others = nearest.stream().filter(one -> one.refused().isEmpty()).toList();
        return Optional.of(new Refused(
                reason,
                run.getFirst().at(),
                Optional.of(run.getLast().at()),
                all,
                run.stream().map(Request::number).toList(),
                all
                        ? ""
                        : "But another one near it, at " + others.getFirst().at() + ", number "
                                + others.getFirst().number() + ", was decided by the rule."));
    }

    private List<Request> neighbours() {
        var found = new ArrayList<Request>();
        requests.stream()
                .filter(one -> one.at().isBefore(at) && !one.at().isBefore(at.minus(NEAR)))
                .reduce((_, later) -> later)
                .ifPresent(found::add);
        requests.stream()
                .filter(one -> one.at().isAfter(at) && !one.at().isAfter(at.plus(NEAR)))
                .findFirst()
                .ifPresent(found::add);
        return found;
    }

    /// The refusals for one reason that followed each other without an answer between them.
    private List<Request> run(int member, Reason reason) {
        int first = member;
        while (first > 0 && requests.get(first - 1).refused().equals(Optional.of(reason))) {
            first--;
        }
        int last = member;
        while (last + 1 < requests.size() && requests.get(last + 1).refused().equals(Optional.of(reason))) {
            last++;
        }
        return requests.subList(first, last + 1);
    }

    /// Records are never dated back: what happens while the clock is not believed is dated by the last record before.
    private Optional<Refused> clock() {
        var began = last(LedgerRecord.Act.CLOCK_DISTRUSTED, act -> !shows(act).isAfter(at));
        if (began.isEmpty()) {
            return Optional.empty();
        }
        var act = began.get();
        var ended = next(act, LedgerRecord.Act.CLOCK_CONFIRMED);
        boolean over = ended.filter(one -> !one.at().isAfter(at)).isPresent()
                || ended.isEmpty() && at.isAfter(act.at()) && pages.spoke(act.at(), at);
        if (over) {
            return Optional.empty();
        }
        boolean twice = !at.isAfter(act.at());
        return Optional.of(new Refused(
                Reason.CLOCK_UNTRUSTED,
                shows(act),
                ended.map(LedgerRecord.Act::at),
                !twice,
                numbers(act, ended),
                twice
                        ? "The clock showed this moment twice: before it was moved back, at " + act.at()
                                + ", it was believed."
                        : ""));
    }

    private Optional<Refused> full() {
        return last(LedgerRecord.Act.FULL, act -> !act.at().isAfter(at)).flatMap(act -> {
            var ended = next(act, LedgerRecord.Act.ROOM_AGAIN);
            boolean over = ended.filter(one -> !one.at().isAfter(at)).isPresent()
                    || ended.isEmpty() && pages.spoke(act.at(), at);
            return over
                    ? Optional.empty()
                    : Optional.of(new Refused(
                            Reason.LEDGER_UNAVAILABLE,
                            act.at(),
                            ended.map(LedgerRecord.Act::at),
                            true,
                            numbers(act, ended),
                            "The disk was full."));
        });
    }

    /// Nothing tells that a ledger cannot be written but that it had to be mended when it could be again.
    private Optional<Refused> silent() {
        return after.filter(one -> one instanceof LedgerRecord.Act act
                        && (act.kind().equals("ledger.recovered") || act.kind().equals("ledger.set-aside")))
                .map(mended -> new Refused(
                        Reason.LEDGER_UNAVAILABLE,
                        before.map(LedgerRecord::at).orElse(at),
                        Optional.of(mended.at()),
                        false,
                        before.map(one -> List.of(one.number(), mended.number()))
                                .orElse(List.of(mended.number())),
                        "The ledger has nothing of this time and was mended after it. Whether it could be written at"
                                + " the moment is not known; whatever it could not record did not leave."));
    }

    /// Who made the view of a rule stand still at the moment, or let it go on; sentences.
    ///
    /// @param since when the edition that was shown began
    List<String> guarded(String rule, String vendor, Instant since) {
        var lines = new ArrayList<String>();
        last(
                        "guard.held",
                        act -> about(act, "rule", rule)
                                && !act.at().isAfter(at)
                                && !act.at().isBefore(since))
                .ifPresent(act -> lines.add("The guard held the view as it was, since " + act.at() + ", number "
                        + act.number() + ": values are those of the edition, not of the roster."));
        if (lines.isEmpty()) {
            return lines;
        }
        last(
                        "guard.profile",
                        act -> (about(act, "of", vendor) || about(act, "of", "*"))
                                && !act.at().isAfter(at))
                .ifPresent(act ->
                        lines.add("The guard's profile was " + act.facts().getOrDefault("profile", "?") + ", chosen by "
                                + act.actor() + " on " + act.at() + ", number " + act.number() + "."));
        last(
                        "guard.released",
                        act -> about(act, "rule", rule)
                                && !act.at().isAfter(at)
                                && !act.at().isBefore(since))
                .ifPresent(act -> lines.add(act.actor() + " let it go on, on " + act.at() + ", number " + act.number()
                        + "; it does at the client's next request."));
        return lines;
    }

    private static boolean about(LedgerRecord.Act act, String fact, String value) {
        return value.equals(act.facts().get(fact));
    }

    private static Instant shows(LedgerRecord.Act act) {
        return Instant.parse(act.facts().getOrDefault("shows", act.at().toString()));
    }

    private Optional<LedgerRecord.Act> last(String kind, java.util.function.Predicate<LedgerRecord.Act> which) {
        return acts.stream()
                .filter(act -> act.kind().equals(kind))
                .filter(which)
                .reduce((_, later) -> later);
    }

    private Optional<LedgerRecord.Act> next(LedgerRecord.Act first, String kind) {
        return acts.stream()
                .filter(act -> act.number() > first.number() && act.kind().equals(kind))
                .findFirst();
    }

    private static List<Long> numbers(LedgerRecord.Act first, Optional<LedgerRecord.Act> last) {
        return last.map(act -> List.of(first.number(), act.number())).orElse(List.of(first.number()));
    }
}
