package org.rosterkeep.oracle;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.rosterkeep.rights.Act;
import org.rosterkeep.rights.Entry;
import org.rosterkeep.rights.Rights;
import org.rosterkeep.roster.Entity;
import org.rosterkeep.roster.Field;
import org.rosterkeep.roster.SourcedId;

/// What the districts of all twins decide about single people, alike and at the same instants: for good about those in
/// whom the twins differ, for a while about anybody.
final class TwinFloors {
    /// Each is kept back for another reason.
    static final List<String> KEPT =
            List.of("kept-restricted", "kept-erased", "kept-objected", "kept-protected", "kept-left", "kept-optout");
    /// A class that reveals something.
    static final String CLASS = "kept-class";
    /// Is in view, all but a contested name.
    static final String CONTESTED = "contested";

    private static final String WHY = "made up";

    private final Random random;
    private final List<Twin> twins;
    private final Map<Twin, SourcedId> away = new HashMap<>();

    TwinFloors(long seed, Twin... twins) {
        random = new Random(seed);
        this.twins = List.of(twins);
    }

    /// After the first delivery, before anybody asks.
    void keepBack(Instant now) {
        for (Twin twin : twins) {
            var taking = twin.district.rights().taking();
            var act = new Act("test", now);
            taking.restrict(SourcedId.of(KEPT.get(0)), WHY, act);
            taking.suppress(SourcedId.of(KEPT.get(1)), Optional.empty(), WHY, act);
            taking.object(SourcedId.of(KEPT.get(2)), new Entry.Objection.Against.OneVendor("a-vendor"), WHY, act);
            taking.protect(SourcedId.of(KEPT.get(3)), WHY, Set.of(), act);
            taking.leave(SourcedId.of(KEPT.get(4)), now, Optional.of(0), act);
            taking.optOut(List.of(SourcedId.of(KEPT.get(5))), Optional.empty(), act);
            taking.beStrict(act);
            taking.contest(SourcedId.of(CONTESTED), Field.USER_FAMILY_NAME, WHY, act);
            taking.reveal(Entity.CLASS, SourcedId.of(CLASS), "special.services", WHY, act);
        }
    }

    /// Somebody whom all twins know is restricted in all of them; whoever was is so no longer.
    void comeAndGo(Instant now) {
        var act = new Act("test", now);
        away.forEach((twin, id) -> {
            Rights rights = twin.district.rights();
            int number = rights.dossier(Entity.USER, id).entries().getLast().made().number();
            rights.giving().liftRestriction(id, number, WHY, act);
        });
        away.clear();
        SourcedId next = SourcedId.of("pupil" + random.nextInt(14));
        if (twins.stream().allMatch(twin -> twin.district.rights().knows(Entity.USER, next))) {
            twins.forEach(twin -> {
                twin.district.rights().taking().restrict(next, WHY, act);
                away.put(twin, next);
            });
        }
    }

    boolean anybodyAway() {
        return !away.isEmpty();
    }
}
