package org.rosterkeep.disclosure;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.rosterkeep.disclosure.Outcome.Mistake;
import org.rosterkeep.entitlement.Lens;
import org.rosterkeep.roster.Entity;
import org.rosterkeep.roster.Field;

/// The names a question uses, judged by what the rule gives. A name the rule withholds and a name that does not
/// exist meet
/// the same code and end the same way.
///
/// 1.1 forgives a wrong `sort` and a wrong `fields`: the answer comes without them and says so (oneroster.md
/// section 4.2).
final class Wording {
    private final Inquiry inquiry;
    private final Entity entity;

    /// What a question's names come to.
    sealed interface Judged {
        record Wrong(Mistake mistake) implements Judged {}

        /// @param trailer the warnings 1.1 puts behind the data, as JSON; else empty
        record Sound(Selection selection, Optional<Listings.Sort> sort, String trailer) implements Judged {}
    }

    Wording(Inquiry inquiry) {
        this.inquiry = inquiry;
        entity = inquiry.collection().entity();
    }

    /// The fields the question looks at, whether or not anybody gives them.
    Set<Field> consulted() {
        Set<Field> fields = new HashSet<>();
        List<String> names = new ArrayList<>(inquiry.selection());
        inquiry.sort().ifPresent(names::add);
        for (Filter.Clause clause : clauses()) {
            names.add(Condition.root(clause.field()));
        }
        names.forEach(name -> Form.named(inquiry.wire(), entity, name).ifPresent(fields::add));
        return fields;
    }

    /// Whether the number of matches tells something of their values.
    boolean filtersByValue() {
        return clauses().stream().anyMatch(clause -> !Selection.isEnvelope(Condition.root(clause.field())));
    }

    private List<Filter.Clause> clauses() {
        List<Filter.Clause> clauses = new ArrayList<>();
        inquiry.filter().ifPresent(filter -> collect(filter, clauses));
        return clauses;
    }

    private static void collect(Filter filter, List<Filter.Clause> into) {
        switch (filter) {
            case Filter.Clause clause -> into.add(clause);
            case Filter.And(List<Filter> parts) -> parts.forEach(part -> collect(part, into));
            case Filter.Or(List<Filter> parts) -> parts.forEach(part -> collect(part, into));
        }
    }

    Judged judge(Lens lens) {
        for (Filter.Clause clause : clauses()) {
            Optional<Mistake> mistake = Condition.mistake(clause, lens, inquiry.wire(), entity);
            if (mistake.isPresent()) {
                return new Judged.Wrong(mistake.get());
            }
        }
        boolean forgiving = inquiry.wire() == Wire.V1P1;
        boolean selectionWrong = !inquiry.selection().stream().allMatch(name -> isProperty(lens, name));
        if (selectionWrong && !forgiving) {
            return new Judged.Wrong(Mistake.SELECTION_FIELD);
        }
        boolean sortWrong = !inquiry.sort().stream().allMatch(name -> isSortable(lens, name));
        if (sortWrong && !forgiving) {
            return new Judged.Wrong(Mistake.SORT_FIELD);
        }
        Selection selection = selectionWrong || inquiry.selection().isEmpty()
                ? Selection.ALL
                : Selection.of(Set.copyOf(inquiry.selection()));
        Optional<Listings.Sort> sort = sortWrong
                ? Optional.empty()
                : inquiry.sort()
                        .filter(name -> !name.equals(Selection.ID) || inquiry.descending())
                        .map(name -> new Listings.Sort(name, inquiry.descending()));
        return new Judged.Sound(selection, sort, trailer(selectionWrong, sortWrong));
    }

    private boolean isProperty(Lens lens, String name) {
        return Selection.isEnvelope(name)
                || Form.property(lens, inquiry.wire(), entity, name).isPresent();
    }

    /// One value per record is what can be sorted by.
    private boolean isSortable(Lens lens, String name) {
        return Selection.isEnvelope(name)
                || name.equals("role") && isProperty(lens, name)
                || Form.property(lens, inquiry.wire(), entity, name)
                        .filter(field -> switch (field.shape()) {
                            case TEXT, TOKEN, DATE, BOOL, LIST -> true;
                            case REF, REFS, ROLES, USER_IDS, PROFILES -> false;
                        })
                        .isPresent();
    }

    private static String trailer(boolean selectionWrong, boolean sortWrong) {
        List<String> warnings = new ArrayList<>();
        if (selectionWrong) {
            warnings.add(warning("invalid_selection_field"));
        }
        if (sortWrong) {
            warnings.add(warning("invalid_sort_field"));
        }
        return warnings.isEmpty() ? "" : ",\"statusInfoSet\":[" + String.join(",", warnings) + "]";
    }

    private static String warning(String codeMinor) {
        return "{\"imsx_codeMajor\":\"success\",\"imsx_severity\":\"warning\",\"imsx_codeMinor\":\"" + codeMinor
                + "\"}";
    }
}
