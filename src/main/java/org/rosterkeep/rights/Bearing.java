package org.rosterkeep.rights;

import java.util.EnumSet;
import java.util.Set;
import java.util.TreeSet;
import org.rosterkeep.roster.Entity;
import org.rosterkeep.roster.Field;
import org.rosterkeep.rules.Charter;
import org.rosterkeep.rules.Lookup;
import org.rosterkeep.rules.Rule;
import org.rosterkeep.rules.Treatment;

/// What about a rule matters to decisions about single people.
///
/// @param lookup what is asked of each person before it gives them
/// @param elements the data elements it gives
/// @param fields the fields of persons it reads to give them
record Bearing(Lookup lookup, Set<String> elements, Set<Field> fields) {
    static Bearing of(Rule rule, Charter charter, Lookup lookup) {
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
        return new Bearing(lookup, elements, fields);
    }

    /// Whether the field is one of a person's own record.
    static boolean personal(Field field) {
        return field.entity() == Entity.USER || field.entity() == Entity.DEMOGRAPHICS;
    }
}
