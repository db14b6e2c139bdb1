package org.rosterkeep.rules;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.rosterkeep.roster.Field;

/// Somebody the district shares with.
///
/// @param id its name in rules, and its default pseudonym domain
/// @param countries where it stores the data and from where it reaches them, as ISO 3166-1 alpha-2 codes
/// @param terms which version of the redisclosure terms it has acknowledged
/// @param needs the fields it says it cannot do without; they decide nothing, a preview tells which of them a rule
///     does not give
public record Vendor(
        String id,
        String name,
        Standing standing,
        Set<String> countries,
        List<SubProcessor> subProcessors,
        String securityContact,
        Terms terms,
        Set<Field> needs) {
    public Vendor {
        countries = Set.copyOf(countries);
        subProcessors = List.copyOf(subProcessors);
        needs = Set.copyOf(needs);
    }

    /// A vendor that has not said what it needs.
    public Vendor(
            String id,
            String name,
            Standing standing,
            Set<String> countries,
            List<SubProcessor> subProcessors,
            String securityContact,
            Terms terms) {
        this(id, name, standing, countries, subProcessors, securityContact, terms, Set.of());
    }

    /// Somebody the vendor passes data on to.
    public record SubProcessor(String name, String country, String purpose) {}

    /// An acknowledgement of the redisclosure terms: which version, who, when.
    public record Terms(int version, String by, Instant on) {}

    /// Whether the district deals with it.
    public sealed interface Standing {
        record Active() implements Standing {}

        record Suspended() implements Standing {}

        /// Excluded for misuse; `until` is the first instant after it.
        record Debarred(Instant until) implements Standing {}

        /// Sold or merged, and the successor has not accepted the same terms.
        record ChangeOfControl() implements Standing {}
    }

    boolean active(Charter charter, Instant now) {
        boolean dealtWith = switch (standing) {
            case Standing.Active() -> true;
            case Standing.Suspended() -> false;
            case Standing.Debarred(Instant until) -> !now.isBefore(until);
            case Standing.ChangeOfControl() -> false;
        };
        return dealtWith && terms.version() == charter.termsVersion() && !now.isBefore(terms.on());
    }

    /// Every country the data may reach through this vendor.
    public Set<String> reach() {
        Set<String> reach = new TreeSet<>(countries);
        subProcessors.forEach(one -> reach.add(one.country()));
        return reach;
    }

    public Vendor standing(Standing changed) {
        return new Vendor(id, name, changed, countries, subProcessors, securityContact, terms, needs);
    }

    public Vendor acknowledging(Terms acknowledged) {
        return new Vendor(id, name, standing, countries, subProcessors, securityContact, acknowledged, needs);
    }
}
