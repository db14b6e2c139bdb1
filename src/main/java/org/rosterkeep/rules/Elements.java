package org.rosterkeep.rules;

import java.util.Optional;
import org.rosterkeep.roster.Catalogue;

/// The catalogue of data elements, as rules need it.
public interface Elements {
    Optional<Element> element(String id);

    default boolean known(String id) {
        return element(id).isPresent();
    }

    /// Whether a district may decide to keep it; a state's id (`id.state.<type>`) has no entry of its own.
    default boolean keepable(String id) {
        return id.startsWith("id.state.")
                || element(id)
                        .filter(one -> one.sensitivity() != Sensitivity.BARRED)
                        .isPresent();
    }

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
        Designable designable = switch (one.directory()) {
            case ELIGIBLE -> Designable.YES;
            case CONDITIONAL -> Designable.WITH_SECOND_FACTOR;
            case NEVER -> Designable.NEVER;
        };
        return new Element(one.id(), one.label(), sensitivity, forward, designable);
    }

    /// @param label for people, "School e-mail address"
    record Element(String id, String label, Sensitivity sensitivity, Forward forward, Designable designable) {
        /// One that is never directory information.
        public Element(String id, String label, Sensitivity sensitivity, Forward forward) {
            this(id, label, sensitivity, forward, Designable.NEVER);
        }
    }

    /// Whether an element may be designated directory information.
    enum Designable {
        YES,
        /// Only where it alone opens no record.
        WITH_SECOND_FACTOR,
        NEVER
    }

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
