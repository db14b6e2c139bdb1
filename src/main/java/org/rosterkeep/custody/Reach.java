package org.rosterkeep.custody;

import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.roaringbitmap.RoaringBitmap;

/// How far what went to one vendor in some stretch of time reaches: of how many people it told, and what. Nobody is
/// named.
///
/// @param persons different users
/// @param elements by data element: about how many users
/// @param answers how many answers and pushes told of somebody
/// @param unexplained of how many of them nobody can say any more of whom they told
public record Reach(
        String vendor,
        int persons,
        Map<String, Integer> elements,
        long answers,
        long unexplained,
        Optional<Instant> first,
        Optional<Instant> last) {
    public Reach {
        elements = new TreeMap<>(elements);
    }

    /// Counts answers as they are read.
    static final class Sum {
        private final Set<String> asked;
        private final Holding.Meaning meaning;
        private final RoaringBitmap persons = new RoaringBitmap();
        private final Map<String, RoaringBitmap> elements = new HashMap<>();
        private final Map<Slot, Set<String>> known = new HashMap<>();
        private long answers;
        private long unexplained;
        private Optional<Instant> first = Optional.empty();
        private Optional<Instant> last = Optional.empty();

        /// @param asked only these elements; empty means all
        Sum(Set<String> asked, Holding.Meaning meaning) {
            this.asked = Set.copyOf(asked);
            this.meaning = meaning;
        }

        void add(Handed handed) {
            Set<String> told = known.computeIfAbsent(handed.slot(), this::elements);
            if (told.isEmpty()) {
                return;
            }
            answers++;
            first = first.or(() -> Optional.of(handed.at()));
            last = Optional.of(handed.at());
            if (handed.records().isEmpty()) {
                unexplained++;
                return;
            }
            RoaringBitmap users = meaning.users(handed.slot(), handed.records().get());
            persons.or(users);
            told.forEach(id ->
                    elements.computeIfAbsent(id, any -> new RoaringBitmap()).or(users));
        }

        private Set<String> elements(Slot slot) {
            Set<String> ids = new HashSet<>();
            slot.fields().forEach(field -> ids.addAll(meaning.elements().apply(slot, field)));
            if (!asked.isEmpty()) {
                ids.retainAll(asked);
            }
            return ids;
        }

        Reach reach(String vendor) {
            Map<String, Integer> counts = new TreeMap<>();
            elements.forEach((id, users) -> {
                if (!users.isEmpty()) {
                    counts.put(id, users.getCardinality());
                }
            });
            return new Reach(vendor, persons.getCardinality(), counts, answers, unexplained, first, last);
        }
    }
}
