package org.rosterkeep.reference;

import static org.rosterkeep.reference.Model.Cause.*;

import java.util.EnumSet;
import java.util.Set;
import org.rosterkeep.reference.Model.Cause;

/// What the text says of a record, from what the reference says of elements. "A rule granting it cannot be activated"
/// (T-PACK-1, F13, F15) is said of the whole rule, and "absent everywhere" (F16) of the whole person: what the rule may
/// not give of one element stands against every other it gives.
record Expected(Reference reference) {
    /// Causes of which one refused element is enough to refuse the rule, or in the row of F16 the person.
    private static final Set<Cause> WHOLE = EnumSet.of(F03, F06, F07, F13, F14, F15, F16, F21);
    /// Causes that take a field away, and with it a record that may not lack it.
    private static final Set<Cause> FIELD = EnumSet.of(F12, F18);
    /// Causes with which a rule "cannot be saved".
    static final Set<Cause> UNSAVED = EnumSet.of(F05, F06, F13, F21);

    /// @param whole what stands against the rule, of [#whole]
    Set<Cause> causes(Case made, Set<Cause> whole) {
        var causes = EnumSet.noneOf(Cause.class);
        causes.addAll(of(made));
        causes.addAll(whole);
        for (var element : Expressible.standing(made.question().element())) {
            var field = EnumSet.copyOf(FIELD);
            field.retainAll(of(made.question("element", element)));
            causes.addAll(field);
        }
        return causes;
    }

    /// What stands against the rule, whoever is asked about.
    Set<Cause> whole(Case made) {
        var causes = EnumSet.noneOf(Cause.class);
        if (made.world().rules().isEmpty()) {
            return causes;
        }
        // The age is the one person's; a phone for another purpose is the rule's.
        var grown = made.person("age13plus", true);
        for (var element : Expressible.given(made)) {
            causes.addAll(of(grown.question("element", element)));
        }
        causes.retainAll(WHOLE);
        return causes;
    }

    private Set<Cause> of(Case made) {
        return reference.decide(made.world(), made.question()).refusing();
    }
}
