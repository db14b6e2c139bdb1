package org.rosterkeep.rules;

import java.util.Optional;
import org.rosterkeep.roster.Catalogue;

/// The catalogue of data elements, as rules need it.
public interface Elements {
    Optional<Element> element(String id);

    /// The catalogue of the house, or a customer's.
    static Elements of(Catalogue catalogue) {
        return id -> catalogue.find(id).map(Elements::element);
    }

    private static Element element(Catalogue.Element one) {
        Sensitivity sensitivity = switch (one.sensitivity()) {
            case NO -> Sensitivity.ORDINARY;
            case ELEVATED -> Sensitivity.ELEVATED;
            case SPECIAL -> Sensitivity.SPECIAL;
            case CREDENTIAL, PROHIBITED -> Sensitivity.BARRED;
        };
        Forward forward = switch (one.forward()) {
            case ALWAYS -> Forward.ALWAYS;
            case RULE -> Forward.BY_RULE;
            case NEVER -> Forward.NEVER;
        };
        return new Element(one.id(), one.label(), sensitivity, forward);
    }

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
