package org.rosterkeep.rights;

import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.rosterkeep.roster.Entity;
import org.rosterkeep.roster.Field;
import org.rosterkeep.rules.Charter;
import org.rosterkeep.rules.Rule;
import org.rosterkeep.rules.Treatment;

/// What about a rule matters to decisions about single people.
///
/// @param directory whether it rests on directory information, under any regime
/// @param consent whether it rests on consent, under any regime
/// @param essential whether its vendor is one the school cannot do without
/// @param elements the data elements it gives
/// @param fields the fields of persons it reads to give them
record Bearing(boolean directory, boolean consent, boolean essential, Set<String> elements, Set<Field> fields) {
    static Bearing of(Rule rule, Charter charter, boolean essential) {
        Set<String> elements = new TreeSet<>();
        Set<Field> fields = EnumSet.noneOf(Field.class);
        rule.grants().forEach((field, treatment) -> {
            Field source = treatment instanceof Treatment.Preferred ? Treatment.Preferred.source(field) : field;
            for (Field read : Set.copyOf(java.util.List.of(field, source))) {
                elements.addAll(charter.elements(read, rule.scope()));
                if (personal(read)) {
                    fields.add(read);
                }
            }
        });
        return new Bearing(
                rests(rule, charter, Charter.Basis.Person.DIRECTORY),
                rests(rule, charter, Charter.Basis.Person.CONSENT),
                essential,
                elements,
                fields);
    }

    /// Whether the field is one of a person's own record.
    static boolean personal(Field field) {
        return field.entity() == Entity.USER || field.entity() == Entity.DEMOGRAPHICS;
    }

    private static boolean rests(Rule rule, Charter charter, Charter.Basis.Person on) {
        return rule.basis().entrySet().stream()
                .anyMatch(one -> charter.regime(one.getKey())
                        .flatMap(regime -> Optional.ofNullable(regime.bases().get(one.getValue())))
                        .flatMap(Charter.Basis::person)
                        .filter(on::equals)
                        .isPresent());
    }
}
