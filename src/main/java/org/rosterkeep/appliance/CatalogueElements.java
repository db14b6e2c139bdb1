package org.rosterkeep.appliance;

import java.util.Optional;
import org.rosterkeep.roster.Catalogue;
import org.rosterkeep.rules.Elements;

/// The catalogue of data elements, as the rules need it.
record CatalogueElements(Catalogue catalogue) implements Elements {
    @Override
    public Optional<Element> element(String id) {
        return catalogue.find(id).map(one -> new Element(one.id(), one.label(), sensitivity(one), forward(one)));
    }

    private static Sensitivity sensitivity(Catalogue.Element element) {
        return switch (element.sensitivity()) {
            case NO -> Sensitivity.ORDINARY;
            case ELEVATED -> Sensitivity.ELEVATED;
            case SPECIAL -> Sensitivity.SPECIAL;
            case CREDENTIAL, PROHIBITED -> Sensitivity.BARRED;
        };
    }

    private static Forward forward(Catalogue.Element element) {
        return switch (element.forward()) {
            case ALWAYS -> Forward.ALWAYS;
            case RULE -> Forward.BY_RULE;
            case NEVER -> Forward.NEVER;
        };
    }
}
