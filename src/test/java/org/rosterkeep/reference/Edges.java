package org.rosterkeep.reference;

import static org.rosterkeep.reference.Case.with;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.rosterkeep.reference.Model.*;

/// Moves what the worlds leave far away to the instant of the question: where a list of adequate countries begins, ends
/// or has an entry switched off.
record Edges(Random random) {
    private static final Map<String, String> NEXT_DOOR = Map.of("DE", "GB", "GB", "DE", "CH", "FR", "US", "FR");

    /// The next world, or now and then one in which all is in order but for the list of adequate countries.
    Case next(Worlds worlds) {
        return random.nextInt(12) == 0 ? listed(abroad(worlds.sound("name.given"))) : sharpen(worlds.next());
    }

    private Case sharpen(Case made) {
        var abroad = !made.rule()
                .transfer()
                .approved()
                .equals(Set.of(made.world().controller().home()));
        return random.nextInt(20) < (abroad ? 15 : 1) ? listed(made) : made;
    }

    private static Case abroad(Case made) {
        var home = made.world().controller().home();
        var there = NEXT_DOOR.get(home);
        return made.controller("localised", false)
                .rule("transfer", new Transfer(Optional.of(there), Set.of(home, there), Map.of(), Optional.empty()));
    }

    private Case listed(Case made) {
        var law = made.world().law();
        var today = made.question().now().truncatedTo(ChronoUnit.DAYS);
        var day = today.plus(Duration.ofDays(random.nextInt(3) - 1L));
        int which = random.nextInt(4);
        var list = law.adequacy().stream()
                .map(a -> switch (which) {
                    case 0 -> with(a, "since", day);
                    case 1, 2 -> with(a, "until", Optional.of(day));
                    default -> with(a, "enabled", random.nextBoolean());
                })
                .toList();
        return new Case(with(made.world(), "law", with(law, "adequacy", list)), made.question(), made.spare());
    }
}
