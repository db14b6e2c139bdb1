package org.rosterkeep.appliance;

import java.time.Clock;
import java.util.List;
import java.util.Set;
import org.rosterkeep.disclosure.Collection;
import org.rosterkeep.disclosure.Wire;
import org.rosterkeep.rules.Life;

/// What a rule gives, shown before it does. A preview goes through the
/// same gate
/// as a vendor's request and is in the ledger like one.
final class PreviewVerbs {
    /// Samples of each collection (privacy.md section 2.2).
    private static final int RECORDS = 5;

    private static final int RECORDS_MAX = 1000;

    /// Nobody decides about these any more, so nobody needs to see what they gave.
    private static final Set<Life> OVER = Set.of(Life.EXPIRED, Life.REVOKED, Life.UNTRUSTED);

    private final Districts districts;
    private final Clock clock;

    PreviewVerbs(Districts districts, Clock clock) {
        this.districts = districts;
        this.clock = clock;
    }

    void into(Verbs verbs) {
        verbs.with("rule preview", (call, meanwhile) -> preview(call));
    }

    private Answer preview(Call call) {
        var rooms = districts.of(call).rooms();
        var operator = call.person().operator();
        var version = rooms.book().newest(call.text("id"), clock.instant());
        if (OVER.contains(version.life())) {
            throw new Trouble(
                    Exit.REFUSED,
                    "There is nothing to preview.",
                    "The newest version of this rule is over ("
                            + version.life().name().toLowerCase(java.util.Locale.ROOT)
                            + "): it gives nothing to anybody.",
                    "Draft it anew to see what it would give: rosterkeep rule draft -h");
        }
        var rehearsed =
                districts.rehearsals().report(districts.of(call), version.rule().id());
        var wish = new Preview.Wish(
                wanted(call),
                Math.clamp(call.number("records", RECORDS), 1, RECORDS_MAX),
                call.flag("full"),
                call.flag("changes"),
                call.flag("v1p1") ? Wire.V1P1 : Wire.V1P2);
        return new Preview(rooms, version, operator, wish, rehearsed, clock).answer();
    }

    private static List<Collection> wanted(Call call) {
        var all = List.of(Collection.values());
        var name = call.optional("collection");
        var found = all.stream()
                .filter(one -> name.map(one.segment()::equals).orElse(true))
                .toList();
        if (found.isEmpty()) {
            throw Trouble.wrongUse(
                    "There is no such collection.",
                    "OneRoster has no collection of that name.",
                    "Use one of "
                            + String.join(
                                    ", ", all.stream().map(Collection::segment).toList()) + ".");
        }
        return found;
    }
}
