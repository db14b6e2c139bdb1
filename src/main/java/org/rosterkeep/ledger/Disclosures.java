package org.rosterkeep.ledger;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
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
/// Reads the records that may concern the person, as the segments' contents say, and the beginning of all others whose
/// segment has none. Each edition's list is asked once, however many answers were given from it.
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
        return search(new Search(person, Optional.empty(), from, until));
    }

    /// Every answer to one client that carried a record of the person, oldest first.
    ///
    /// @param from first instant
    /// @param until first instant after
    public List<Received> of(Person person, String client, Instant from, Instant until) {
        return search(new Search(person, Optional.of(client), from, until));
    }

    private List<Received> search(Search search) {
        pages.visit(search::parts, payload -> {
            search.look(payload);
            return true;
        });
        return search.found;
    }

    private record ListKey(String rule, long edition, Entity entity) {}

    private final class Search {
        private final Person person;
        private final Optional<String> client;
        private final Instant from;
        private final Instant until;
        private final Map<ListKey, Optional<long[]>> places = new HashMap<>();
        private final Map<ListKey, Boolean> possible = new HashMap<>();
        private final List<Received> found = new ArrayList<>();

        Search(Person person, Optional<String> client, Instant from, Instant until) {
            this.person = person;
            this.client = client;
            this.from = from;
            this.until = until;
        }

        private boolean asked(String of) {
            return client.map(of::equals).orElse(true);
        }

        /// The parts of a segment that may hold what is looked for.
        BitSet parts(Contents contents) {
            BitSet found =
                    contents.carrying(listing -> asked(listing.client()) ? sought(listing) : Contents.Sought.NOBODY);
            found.and(contents.within(from, until));
            return found;
        }

        private Contents.Sought sought(Contents.Listing listing) {
            int[] wanted = person.ordinals(listing.entity());
            return wanted.length == 0 ? Contents.Sought.NOBODY : new Wanted(listing, wanted);
        }

        void look(byte[] payload) {
            Optional<RecordText.Bearing> bearing = RecordText.bearing(payload);
            if (bearing.isEmpty() || !asked(bearing.get().client())) {
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
        private boolean unordered(ListKey list, int[] wanted) {
            return possible.computeIfAbsent(list, key -> spans.mayHold(key.rule, key.edition, key.entity, wanted));
        }

        private Optional<long[]> places(ListKey list, int[] wanted) {
            return places.computeIfAbsent(list, key -> spans.positions(key.rule, key.edition, key.entity, wanted));
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
                    spanned(bearing, new ListKey(bearing.rule(), bearing.edition(), entity), wanted, first, last);
            };
        }

        private Hits spanned(RecordText.Bearing bearing, ListKey list, int[] wanted, long first, long last) {
            return places(list, wanted)
                    .map(positions -> counted(
                            bearing,
                            IntStream.range(0, wanted.length)
                                    .filter(n -> positions[n] >= first && positions[n] < last)
                                    .map(n -> wanted[n])))
                    .orElseGet(() -> unordered(list, wanted) ? new Hits(0, false) : Hits.NONE);
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

        /// The person in one listing, which is asked for when the first span of it comes.
        private final class Wanted implements Contents.Sought {
            private final ListKey list;
            private final int[] ordinals;
            private long[] positions = new long[0];
            private boolean known;
            private boolean everywhere;

            Wanted(Contents.Listing listing, int[] ordinals) {
                this.list = new ListKey(listing.rule(), listing.edition(), listing.entity());
                this.ordinals = ordinals;
            }

            @Override
            public boolean span(long first, long last) {
                if (!known) {
                    var order = places(list, ordinals);
                    positions = order.orElse(positions);
                    everywhere = order.isEmpty() && unordered(list, ordinals);
                    known = true;
                }
                return everywhere || amongst(first, last);
            }

            private boolean amongst(long first, long last) {
                for (long position : positions) {
                    if (position >= first && position < last) {
                        return true;
                    }
                }
                return false;
            }

            @Override
            public boolean listed(int[] carried) {
                return Arrays.stream(ordinals).anyMatch(one -> Arrays.binarySearch(carried, one) >= 0);
            }
        }
    }

    private record Hits(int count, boolean certain) {
        static final Hits NONE = new Hits(0, true);
    }
}
