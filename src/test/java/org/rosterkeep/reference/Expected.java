package org.rosterkeep.reference;

import static org.rosterkeep.reference.Model.Cause.*;

import java.util.EnumSet;
import java.util.Set;
import org.rosterkeep.reference.Model.Cause;

/// What the text says of a record, from what the reference says of elements. Some sentences are about the whole
/// rule, or
/// the whole person: there one element that the rule gives, and may not, stands against every other it gives.
/// An element
/// that the rule does not give stands against nothing.
record Expected(Reference reference) {
    /// Of the whole by the words of the text. F03: "a rule granting it cannot be activated" (T-PACK-1). F06: a rule has
    /// one basis for each regime, and what a basis needs is needed for the basis, "element designated" too. F13: a
    /// "rule naming it cannot be saved". F15: it "cannot be activated". F16: the person is "absent everywhere",
    /// that is
    /// in every rule that gives an element which reveals a place, and in no other.
    private static final Set<Cause> EXACT = EnumSet.of(F03, F06, F13, F15, F16);
    /// Of the whole because the appliance is stricter than the text has to be read, and says so where the file is read.
    /// F07: "special elements excluded" from a safeguard that does not name them could mean these elements
    /// alone. F14:
    /// of a phone for another purpose the row says nothing but that it is refused. F21: what the catalogue does
    /// not have
    /// is dropped at import, and the text knows no rule that names it. None of the three is ever refused with less.
    private static final Set<Cause> STRICTER = EnumSet.of(F07, F14, F21);
    /// Causes that take a field away, and with it a record that may not lack it.
    private static final Set<Cause> FIELD = EnumSet.of(F12, F18);
    /// Causes with which a rule "cannot be saved".
    static final Set<Cause> UNSAVED = EnumSet.of(F05, F06, F13, F21);

    /// @param whole what stands against the rule, of [#whole]
    Set<Cause> causes(Case made, Set<Cause> whole) {
        var causes = EnumSet.noneOf(Cause.class);
        causes.addAll(of(made));
        if (!Expressible.given(made).contains(made.question().element())) {
            causes.removeIf(cause -> ofWhole(cause) && !whole.contains(cause));
        }
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
        causes.removeIf(cause -> !ofWhole(cause));
        return causes;
    }

    private static boolean ofWhole(Cause cause) {
        return EXACT.contains(cause) || STRICTER.contains(cause);
    }

    private Set<Cause> of(Case made) {
        return reference.decide(made.world(), made.question()).refusing();
    }
}
