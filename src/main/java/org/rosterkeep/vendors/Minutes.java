package org.rosterkeep.vendors;

import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.rosterkeep.disclosure.Disclosure;
import org.rosterkeep.disclosure.Filter;
import org.rosterkeep.rules.Reason;

/// What is noted of one request while it is answered, for its [Witness]. Used by one thread.
final class Minutes {
    private static final String CHANGED = "dateLastModified";

    private Optional<Complaint> complaint = Optional.empty();
    private Optional<String> oauth = Optional.empty();
    private Optional<Reason> reason = Optional.empty();
    private Optional<Sighting.Query> query = Optional.empty();
    private Optional<Sighting.Given> given = Optional.empty();

    void complained(Complaint about) {
        complaint = Optional.of(about);
    }

    void failed(String error) {
        oauth = Optional.of(error);
    }

    void refused(Reason why) {
        reason = Optional.of(why);
        given = Optional.empty();
    }

    void asked(Question question) {
        Set<Filter.Clause> clauses = new java.util.HashSet<>();
        question.filter().ifPresent(filter -> clauses(filter, clauses));
        Set<String> names = clauses.stream().map(Filter.Clause::field).collect(Collectors.toCollection(TreeSet::new));
        boolean delta = clauses.stream().anyMatch(Minutes::sinceThen);
        query = Optional.of(new Sighting.Query(
                question.offset(),
                question.limit(),
                delta,
                !clauses.stream().allMatch(Minutes::sinceThen),
                names,
                question.sort().stream().collect(Collectors.toSet()),
                Set.copyOf(question.selection())));
    }

    private static boolean sinceThen(Filter.Clause clause) {
        return clause.field().equals(CHANGED) && (clause.op() == Filter.Op.GT || clause.op() == Filter.Op.GE);
    }

    private static void clauses(Filter filter, Set<Filter.Clause> into) {
        switch (filter) {
            case Filter.Clause clause -> into.add(clause);
            case Filter.And and -> and.parts().forEach(part -> clauses(part, into));
            case Filter.Or or -> or.parts().forEach(part -> clauses(part, into));
        }
    }

    void given(Disclosure disclosure) {
        given = Optional.of(new Sighting.Given(
                disclosure.total(), disclosure.count(), disclosure.gone(), disclosure.notModified()));
    }

    Sighting sighting(Target target, String method, int status) {
        Sighting.Place place = switch (target) {
            case Target.Roster roster -> new Sighting.Place.Roster(roster.route());
            case Target.Token _ -> new Sighting.Place.Token();
            case Target.Discovery _ -> new Sighting.Place.Discovery();
            case Target.Status _, Target.Health _ -> new Sighting.Place.Status();
            case Target.Nothing _ -> new Sighting.Place.Nowhere();
        };
        return new Sighting(place, target.wire(), method, status, complaint, oauth, reason, query, given);
    }
}
