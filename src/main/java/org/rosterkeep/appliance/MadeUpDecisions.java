package org.rosterkeep.appliance;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.rosterkeep.rights.Act;
import org.rosterkeep.rights.Dossier;
import org.rosterkeep.rights.Entry;
import org.rosterkeep.rights.Giving;
import org.rosterkeep.rights.Rights;
import org.rosterkeep.roster.Entity;
import org.rosterkeep.roster.SourcedId;

/// What the made-up people of a rehearsal have decided, so that a vendor's client meets what it will meet: some never
/// consented, some opted out, and on each further day a few more take back or opt out, between two requests of the
/// client's. They are kept as the decisions of real people are, in the twin's own dossiers, and whether they count
/// is asked of the rule as ever. Equal rules, equal decisions.
///
/// @param cast of the day
/// @param before ids of those who were there the day before: they have decided already
record MadeUpDecisions(RehearsalScale scale, MadeUpCast cast, Set<String> before, Rights rights) {
    /// What is stated of every made-up consent: nobody was asked.
    private static final String NOBODY = "made up for a rehearsal";

    /// @param strict whether an opt-out counts strictly in the real district
    void of(RehearsalScript script, boolean strict, Act act) {
        if (strict && !rights.strict()) {
            rights.taking().beStrict(act);
        }
        var decisions = scale.decisions();
        var fresh = cast.people().stream()
                .filter(person -> !before.contains(person.id()))
                .map(person -> SourcedId.of(person.id()))
                .toList();
        var consenting = without(fresh, decisions.noConsentOneIn(), 0);
        if (!consenting.isEmpty()) {
            rights.giving().consent(consenting, given(script, act), act);
        }
        optOut(only(fresh, decisions.optOutOneIn(), 1), act);
        if (script.day() > 1) {
            var has = there(dossier -> open(dossier, Entry.Consent.class) && !open(dossier, Entry.OptOut.class));
            withdraw(some(has, decisions.withdrawPerDay(), 0), act);
            optOut(some(has, decisions.optOutPerDay(), decisions.withdrawPerDay()), act);
        }
    }

    private void withdraw(List<SourcedId> people, Act act) {
        if (!people.isEmpty()) {
            rights.taking().withdrawConsents(people, any -> true, act);
        }
    }

    private void optOut(List<SourcedId> people, Act act) {
        if (!people.isEmpty()) {
            rights.taking().optOut(people, Optional.empty(), act);
        }
    }

    private static boolean open(Dossier dossier, Class<? extends Entry> type) {
        return dossier.entries().stream().anyMatch(entry -> type.isInstance(entry) && entry.open());
    }

    private Giving.Given given(RehearsalScript script, Act act) {
        // It lasts as long as the rehearsal, or the vendor would see it expire.
        return new Giving.Given(
                new Entry.Consent.To.OneRule(script.rule()), NOBODY, NOBODY, NOBODY, act.now(), expires(script, act));
    }

    private static java.time.Instant expires(RehearsalScript script, Act act) {
        return script.until().isAfter(act.now()) ? script.until() : act.now().plusSeconds(1);
    }

    /// Of those who were there already.
    private List<SourcedId> there(Predicate<Dossier> which) {
        return cast.people().stream()
                .filter(person -> before.contains(person.id()))
                .map(person -> SourcedId.of(person.id()))
                .filter(id -> which.test(rights.dossier(Entity.USER, id)))
                .toList();
    }

    /// Every n-th of them, from some offset on.
    private static List<SourcedId> only(List<SourcedId> people, int n, int from) {
        var chosen = new ArrayList<SourcedId>();
        for (int one = from; one < people.size(); one += n) {
            chosen.add(people.get(one));
        }
        return chosen;
    }

    private static List<SourcedId> without(List<SourcedId> people, int n, int from) {
        var left = new ArrayList<>(people);
        left.removeAll(Set.copyOf(only(people, n, from)));
        return left;
    }

    /// So many of the middle, who neither leave nor come.
    private static List<SourcedId> some(List<SourcedId> people, int count, int after) {
        int from = Math.min(people.size(), people.size() / 2 + after);
        return people.subList(from, Math.min(people.size(), from + count));
    }
}
