package org.rosterkeep.outbound;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.rosterkeep.roster.Shelf;
import org.rosterkeep.rules.PushTarget;
import org.rosterkeep.rules.Rule;

/// Every target's standing, as it rests on the shelf.
final class Standings {
    private final Shelf shelf;
    private final Map<String, Standing> all = new TreeMap<>();

    Standings(Shelf shelf) {
        this.shelf = shelf;
        shelf.all(Standing.KIND)
                .forEach((rule, document) -> StandingForm.read(document)
                        .filter(one -> one.rule().equals(rule))
                        .ifPresent(one -> all.put(rule, one)));
    }

    synchronized List<Standing> all() {
        return List.copyOf(all.values());
    }

    synchronized Optional<Standing> get(String rule) {
        return Optional.ofNullable(all.get(rule));
    }

    /// The standing of a rule's target; a fresh one when it has been told nothing, or was another place.
    synchronized Standing of(Rule rule) {
        String place = place(rule);
        return get(rule.id())
                .filter(one -> one.place().equals(place))
                .orElseGet(() -> Standing.fresh(rule.id(), place));
    }

    synchronized void keep(Standing standing) {
        shelf.put(Standing.KIND, standing.rule(), StandingForm.write(standing));
        all.put(standing.rule(), standing);
    }

    /// What of a target makes it another one.
    private static String place(Rule rule) {
        PushTarget target = rule.push().orElseThrow();
        PushTarget.Place place = target.place();
        return String.join(
                " ",
                target.way().word(),
                place.text(),
                place.path(),
                place.user().orElse("-"),
                target.delivery().oneRoster());
    }
}
