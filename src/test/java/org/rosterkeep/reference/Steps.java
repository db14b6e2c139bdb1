package org.rosterkeep.reference;

import java.util.Set;
import org.rosterkeep.reference.Model.Cause;

/// The order of section 2: the door names one cause, and it is one of the first step that refuses.
final class Steps {
    private static final int FIRST = 1;
    private static final int OF_RULE = 7;
    private static final int LAST = 9;

    private Steps() {}

    /// Whether what is named is of the first step at which anything refuses. Where the rule gives no such
    /// records at all
    /// the door looks for nobody.
    static boolean first(Set<Cause> causes, Set<Cause> named) {
        int first = causes.stream().mapToInt(Steps::step).min().orElse(LAST);
        return named.stream()
                .allMatch(cause -> step(cause) <= first
                        || unrecorded(cause)
                        || unsigned(cause, causes)
                        || cause == Cause.NOT_GRANTED && first > OF_RULE);
    }

    private static int step(Cause cause) {
        return switch (cause) {
            case F01, F04, F23 -> FIRST;
            case F02 -> 2;
            case F03 -> 3;
            case F05 -> 4;
            case F06 -> 5;
            case F07 -> 6;
            // An element the rule may not give, whatever is asked.
            case F13, F15, F21 -> OF_RULE;
            // The question itself, and whether there is a record to count a person for.
            case F22, OUT_OF_SCOPE, F09, F10, F11, F16, F17, F19 -> 8;
            case F12, F14, F18, F20, F24, F25, NOT_GRANTED -> LAST;
        };
    }

    /// A ledger that cannot be written, or whose clock is not believed, answers whoever asks, whatever else there is.
    private static boolean unrecorded(Cause cause) {
        return cause == Cause.F20 || cause == Cause.F24;
    }

    /// Signed by too few for a special element, a rule never becomes active: the door says so at step 2.
    private static boolean unsigned(Cause cause, Set<Cause> causes) {
        return cause == Cause.F15 && causes.stream().noneMatch(one -> step(one) < 2);
    }
}
