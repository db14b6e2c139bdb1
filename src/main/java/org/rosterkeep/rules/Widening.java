package org.rosterkeep.rules;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.rosterkeep.roster.Field;

/// What a new version would do more than the one that is running; any of it is a material change (privacy.md section
/// 2.2) and is announced before it happens.
final class Widening {
    private final Bench bench;
    private final Proposal before;
    private final Proposal after;
    private final List<String> more = new ArrayList<>();

    private Widening(Bench bench, Proposal before, Proposal after) {
        this.bench = bench;
        this.before = before;
        this.after = after;
    }

    /// In plain words; empty when the change only takes away, or adds nothing.
    ///
    /// @param found what was looked up for the new version
    static List<String> of(Bench bench, Proposal before, Proposal after, Grounds.Found found) {
        Widening widening = new Widening(bench, before, after);
        widening.elements();
        widening.purpose();
        widening.recipients(found);
        widening.target();
        widening.people();
        return widening.more;
    }

    private void elements() {
        added(bench.elementsOf(before.rule()), bench.elementsOf(after.rule()))
                .forEach(id -> more.add("it adds the element " + id));
        Map<Field, Treatment> had = before.rule().grants();
        after.rule().grants().forEach((field, treatment) -> {
            if (had.containsKey(field) && plainer(had.get(field), treatment)) {
                more.add("it gives " + field.path() + " more plainly");
            }
        });
    }

    private static boolean plainer(Treatment before, Treatment after) {
        if (before.equals(after) || before instanceof Treatment.AsIs) {
            return false;
        }
        return switch (after) {
            case Treatment.AsIs() -> true;
            case Treatment.Preferred() -> true;
            case Treatment.Initial() -> true;
            case Treatment.Coarse() -> true;
            case Treatment.Pseudonym() -> false;
            case Treatment.Constant(String text) -> false;
        };
    }

    private void purpose() {
        if (!before.rule().purpose().equals(after.rule().purpose())) {
            more.add("it is for another purpose");
        }
    }

    private void recipients(Grounds.Found found) {
        Grounds.Found had = before.grounds().found();
        added(
                        had.reach().orElseGet(() -> bench.reach(before.rule())),
                        found.reach().orElse(Set.of()))
                .forEach(country -> more.add("it reaches " + country));
        if (had.reach().isPresent()) {
            added(had.subProcessors(), found.subProcessors())
                    .forEach(name -> more.add("the vendor passes data on to " + name));
        }
    }

    /// Who may fetch is proved by a credential; where it is sent, by the target alone.
    private void target() {
        after.rule().push().ifPresent(target -> {
            if (before.rule().push().filter(had -> had.samePlace(target)).isEmpty()) {
                more.add("it is sent to " + target.place().text() + " by "
                        + target.way().word());
            }
        });
    }

    private void people() {
        Scope had = before.rule().scope();
        Scope has = after.rule().scope();
        boolean wider = !had.orgs().containsAll(has.orgs())
                || has.subOrgs() && !had.subOrgs()
                || !had.roles().containsAll(has.roles())
                || looser(had.grades(), has.grades())
                || looser(had.classes(), has.classes());
        if (wider) {
            more.add("it is about more people");
        }
    }

    /// An empty list narrows nothing.
    private static boolean looser(Set<?> before, Set<?> after) {
        return !before.isEmpty() && (after.isEmpty() || !before.containsAll(after));
    }

    private static Set<String> added(Set<String> before, Set<String> after) {
        Set<String> added = new TreeSet<>(after);
        added.removeAll(before);
        return added;
    }
}
