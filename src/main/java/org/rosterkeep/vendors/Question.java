package org.rosterkeep.vendors;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.rosterkeep.disclosure.Filter;

/// What the query of a read says, checked for form only: which fields exist is the door's business.
///
/// @param limit at least 1, no upper bound: long answers are streamed
/// @param selection empty when the client did not select
record Question(
        long limit,
        long offset,
        Optional<String> sort,
        boolean descending,
        Optional<Filter> filter,
        List<String> selection) {
    /// What `limit` means when it is absent (OneRoster section 4).
    static final long LIMIT_DEFAULT = 100;

    private static final List<String> ONCE = List.of("limit", "offset", "sort", "orderBy", "filter");
    private static final int DIGITS_MAX = 15;
    private static final int FIELDS_MAX = 128;

    /// A question, or what is wrong with it.
    sealed interface Reading {
        record Good(Question question) implements Reading {}

        record Bad(Complaint complaint) implements Reading {}
    }

    /// Reads the query of a collection.
    static Reading ofCollection(Parameters query) {
        Optional<Complaint> form = form(query);
        if (form.isPresent()) {
            return new Reading.Bad(form.get());
        }
        Optional<Long> limit = number(query, "limit", LIMIT_DEFAULT);
        if (limit.isEmpty() || limit.get() < 1) {
            return new Reading.Bad(Complaint.BAD_LIMIT);
        }
        Optional<Long> offset = number(query, "offset", 0);
        if (offset.isEmpty()) {
            return new Reading.Bad(Complaint.BAD_OFFSET);
        }
        String order = query.value("orderBy").orElse("asc");
        if (!order.equals("asc") && !order.equals("desc")) {
            return new Reading.Bad(Complaint.BAD_ORDER);
        }
        Optional<Filter> filter = query.value("filter").flatMap(FilterText::parse);
        if (filter.isEmpty() && query.value("filter").isPresent()) {
            return new Reading.Bad(Complaint.BAD_FILTER);
        }
        Optional<String> sort = query.value("sort").map(String::strip);
        return new Reading.Good(
                new Question(limit.get(), offset.get(), sort, order.equals("desc"), filter, selection(query)));
    }

    /// Reads the query of a single record: only the selection means something there.
    static Reading ofOne(Parameters query) {
        Optional<Complaint> form = form(query);
        return form.isPresent()
                ? new Reading.Bad(form.get())
                : new Reading.Good(new Question(1, 0, Optional.empty(), false, Optional.empty(), selection(query)));
    }

    Question withoutSort() {
        return new Question(limit, offset, Optional.empty(), descending, filter, selection);
    }

    Question withoutSelection() {
        return new Question(limit, offset, sort, descending, filter, List.of());
    }

    private static Optional<Complaint> form(Parameters query) {
        if (query.has("access_token")) {
            return Optional.of(Complaint.TOKEN_IN_URL);
        }
        if (ONCE.stream().anyMatch(query::repeated)) {
            return Optional.of(Complaint.REPEATED);
        }
        if (query.has("fields") && selection(query).isEmpty()) {
            return Optional.of(Complaint.BLANK_SELECTION);
        }
        if (selection(query).size() > FIELDS_MAX) {
            return Optional.of(Complaint.SELECTION_FIELD);
        }
        return Optional.empty();
    }

    /// Comma-separated, repeated, or both.
    private static List<String> selection(Parameters query) {
        List<String> names = new ArrayList<>();
        for (String value : query.values("fields")) {
            Arrays.stream(value.split(","))
                    .map(String::strip)
                    .filter(name -> !name.isEmpty())
                    .forEach(names::add);
        }
        return names.stream().distinct().toList();
    }

    private static Optional<Long> number(Parameters query, String name, long absent) {
        if (query.value(name).isEmpty()) {
            return Optional.of(absent);
        }
        String text = query.value(name).orElseThrow();
        boolean digits = text.length() <= DIGITS_MAX && text.chars().allMatch(c -> c >= '0' && c <= '9');
        return digits ? Optional.of(Long.parseLong(text)) : Optional.empty();
    }
}
