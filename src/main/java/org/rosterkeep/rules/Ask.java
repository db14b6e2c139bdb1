package org.rosterkeep.rules;

import java.util.Set;
import org.rosterkeep.roster.Entity;
import org.rosterkeep.roster.Field;

/// A question to the rules: who wants records of which entity, going by which other entities (the parents of a nested
/// path), looking at which fields. `consulted` are the fields a filter, a sort or a selection names: a question about
/// a withheld field is a disclosure too, so one of them outside the rule denies the whole ask.
public record Ask(Recipient recipient, Entity entity, Set<Entity> by, Set<Field> consulted) {
    public Ask {
        by = Set.copyOf(by);
        consulted = Set.copyOf(consulted);
    }
}
