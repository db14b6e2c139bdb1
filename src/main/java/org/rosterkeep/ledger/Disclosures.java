package org.rosterkeep.ledger;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.rosterkeep.disclosure.Entry;
import org.rosterkeep.ledger.LedgerRecord.Disclosed;
import org.rosterkeep.roster.Entity;

/// Who received what about one person, when, why, under which rule (privacy.md section 6).
///
/// Reads the beginning of every record and the whole of those that concern the person. Each edition's list is
/// asked once,
/// however many answers were given from it.
public final class Disclosures {
    private final LedgerPages pages;
    private final Spans spans;
    private final Holders holders;

    public Disclosures(LedgerPages pages, Spans spans, Holders holders) {
        this.pages = pages;
        this.spans = spans;
        this.holders = holders;
    }

    /// One person, as the roster's records speak of them.
    ///
    /// @param user the user's ordinal, which demographics share
    /// @param enrollments the ordinals of all the enrolments the person ever had
    /// @param handedOn those of them that were somebody else's at another time
    public record Person(int user, int[] enrollments, int[] handedOn) {
        public Person {
            enrollments = enrollments.clone();
            Arrays.sort(enrollments);
            handedOn = handedOn.clone();
            Arrays.sort(handedOn);
        }

        private boolean handedOn(int enrollment) {
            return Arrays.binarySearch(handedOn, enrollment) >= 0;
        }

        private int[] ordinals(Entity entity) {
            return switch (entity) {
                case USER, DEMOGRAPHICS -> new int[] {user};
                case ENROLLMENT -> enrollments;
                case ORG, ACADEMIC_SESSION, COURSE, CLASS -> new int[0];
            };
        }
    }

    /// One answer in which the person was.
    ///
    /// @param records how many of the person's records it carried: one, or several enrolments
    /// @param certain false when the edition, or its order, is not known any more, so that the person may have
    /// been in
    ///     it
    public record Received(Disclosed disclosed, Entity entity, int records, boolean certain) {}

    /// Every answer that carried a record of the person, oldest first.
    ///
    /// @param from first instant
    /// @param until first instant after
    public List<Received> of(Person person, Instant from, Instant until) {
        Search search = new Search(person, from, until);
        pages.payloads(search::look);
        return search.found;
    }

    private record ListKey(String rule, long edition, Entity entity) {}

    private final class Search {
        private final Person person;
        private final Instant from;
        private final Instant until;
        private final Map<ListKey, Optional<long[]>> places = new HashMap<>();
        private final Map<ListKey, Boolean> possible = new HashMap<>();
        private final List<Received> found = new ArrayList<>();

        Search(Person person, Instant from, Instant until) {
            this.person = person;
            this.from = from;
            this.until = until;
        }

        void look(byte[] payload) {
            Optional<RecordText.Bearing> bearing = RecordText.bearing(payload);
            if (bearing.isEmpty()) {
                return;
            }
            Hits hits = hits(bearing.get());
            if (hits.count > 0 || !hits.certain) {
                keep(payload, hits, bearing.get().entity());
            }
        }

        private void keep(byte[] payload, Hits hits, Entity entity) {
            if (RecordText.record(payload) instanceof Disclosed disclosed
                    && !disclosed.at().isBefore(from)
                    && disclosed.at().isBefore(until)) {
                found.add(new Received(disclosed, entity, hits.count, hits.certain));
            }
        }

        /// Who was in the edition may have been in the span.
        private Hits unordered(RecordText.Bearing bearing, Entity entity, int[] wanted) {
            return possible.computeIfAbsent(
                            new ListKey(bearing.rule(), bearing.edition(), entity),
                            key -> spans.mayHold(key.rule, key.edition, key.entity, wanted))
                    ? new Hits(0, false)
                    : Hits.NONE;
        }

        private Hits hits(RecordText.Bearing bearing) {
            int[] wanted = person.ordinals(bearing.entity());
            if (wanted.length == 0) {
                return Hits.NONE;
            }
            return switch (bearing.persons()) {
                case Entry.Persons.None() -> Hits.NONE;
                case Entry.Persons.Listed(var entity, int[] ordinals) ->
                    counted(
                            bearing,
                            IntStream.of(wanted).filter(ordinal -> Arrays.binarySearch(ordinals, ordinal) >= 0));
                case Entry.Persons.Span(var entity, long first, long last) ->
                    places.computeIfAbsent(
                                    new ListKey(bearing.rule(), bearing.edition(), entity),
                                    key -> spans.positions(key.rule, key.edition, key.entity, wanted))
                            .map(positions -> counted(
                                    bearing,
                                    IntStream.range(0, wanted.length)
                                            .filter(n -> positions[n] >= first && positions[n] < last)
                                            .map(n -> wanted[n])))
                            .orElseGet(() -> unordered(bearing, entity, wanted));
            };
        }

        /// How many of the person's records the answer carried: an enrolment only where it was theirs at the time.
        private Hits counted(RecordText.Bearing bearing, IntStream carried) {
            int count = 0;
            boolean certain = true;
            for (int ordinal : carried.toArray()) {
                if (bearing.entity() != Entity.ENROLLMENT || !person.handedOn(ordinal)) {
                    count++;
                } else {
                    OptionalInt holder = holders.holder(bearing.rule(), bearing.edition(), ordinal);
                    certain &= holder.isPresent();
                    count += holder.isPresent() && holder.getAsInt() == person.user() ? 1 : 0;
                }
            }
            return new Hits(count, certain);
        }
    }

    private record Hits(int count, boolean certain) {
        static final Hits NONE = new Hits(0, true);
    }
}
