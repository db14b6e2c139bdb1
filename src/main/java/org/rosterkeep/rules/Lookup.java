package org.rosterkeep.rules;

import java.util.EnumSet;
import java.util.Set;

/// What has to be looked up about each person before a rule gives them, as the law's packs and the district's papers
/// stand: its lawful bases say, under whatever law, and the active packs. Where several ask, all must be met.
///
/// @param of what is asked of each person
/// @param adultRoles who has only these roles is no child, whatever is known of their age
/// @param essential whether the school cannot do without the vendor
public record Lookup(Set<Charter.Basis.Person> of, Set<String> adultRoles, boolean essential) {
    /// While nobody can say what a rule rests on: everything is asked, and no role makes an adult.
    public static final Lookup EVERYTHING = new Lookup(EnumSet.allOf(Charter.Basis.Person.class), Set.of(), false);

    public Lookup {
        of = Set.copyOf(of);
        adultRoles = Set.copyOf(adultRoles);
    }

    public boolean asks(Charter.Basis.Person what) {
        return of.contains(what);
    }
}
