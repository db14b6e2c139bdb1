package org.rosterkeep.reference;

import java.util.HashMap;
import java.util.Map;
import org.rosterkeep.reference.Model.Element;
import org.rosterkeep.rules.Elements;

/// The catalogue of elements in the words of the appliance.
final class Told {
    private Told() {}

    /// As the world has it.
    static Map<String, Elements.Element> asItIs(Case made) {
        var elements = new HashMap<String, Elements.Element>();
        made.world().catalogue().values().forEach(e -> elements.put(e.id(), told(e)));
        return elements;
    }

    /// As it was when the rule was drafted: what the rule gives was known, and what never leaves was told as if it
    /// might.
    static Map<String, Elements.Element> asDrafted(Case made) {
        var elements = new HashMap<String, Elements.Element>();
        made.rule().granted().forEach(id -> elements.put(id, mild(id)));
        asItIs(made).forEach((id, element) -> {
            var barred =
                    element.sensitivity() == Elements.Sensitivity.BARRED || element.forward() == Elements.Forward.NEVER;
            elements.put(id, barred ? mild(id) : element);
        });
        return elements;
    }

    private static Elements.Element told(Element e) {
        var sensitivity = switch (e.sensitive()) {
            case NO -> Elements.Sensitivity.ORDINARY;
            case ELEVATED -> Elements.Sensitivity.ELEVATED;
            case SPECIAL -> Elements.Sensitivity.SPECIAL;
            case CREDENTIAL, PROHIBITED -> Elements.Sensitivity.BARRED;
        };
        var forward = switch (e.forward()) {
            case ALWAYS -> Elements.Forward.ALWAYS;
            case RULE -> Elements.Forward.BY_RULE;
            case NEVER -> Elements.Forward.NEVER;
        };
        var designable = switch (e.directory()) {
            case ELIGIBLE -> Elements.Designable.YES;
            case CONDITIONAL -> Elements.Designable.WITH_SECOND_FACTOR;
            case NEVER -> Elements.Designable.NEVER;
        };
        return new Elements.Element(e.id(), e.id(), sensitivity, forward, designable);
    }

    private static Elements.Element mild(String id) {
        return new Elements.Element(
                id, id, Elements.Sensitivity.ELEVATED, Elements.Forward.BY_RULE, Elements.Designable.YES);
    }
}
