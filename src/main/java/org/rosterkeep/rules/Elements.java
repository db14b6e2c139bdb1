package org.rosterkeep.rules;

import java.util.Optional;

/// The catalogue of data elements, as rules need it.
public interface Elements {
    Optional<Element> element(String id);

    /// @param label for people, "School e-mail address"
    record Element(String id, String label, Sensitivity sensitivity, Forward forward) {}

    /// How much it takes to give an element.
    enum Sensitivity {
        ORDINARY,
        /// The rule says why.
        ELEVATED,
        /// The rule names the condition and the assessment, and one more person signs.
        SPECIAL,
        /// Never leaves, whatever a rule says.
        BARRED
    }

    enum Forward {
        ALWAYS,
        BY_RULE,
        NEVER
    }
}
