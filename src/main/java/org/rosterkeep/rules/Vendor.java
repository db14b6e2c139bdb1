package org.rosterkeep.rules;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.rosterkeep.roster.Field;

/// Somebody the district shares with.
///
/// @param id its name in rules, and its default pseudonym domain
/// @param countries where it stores the data, as ISO 3166-1 alpha-2 codes
/// @param remoteAccess from where else it reaches them
/// @param terms which version of the redisclosure terms it has acknowledged
/// @param needs the fields it says it cannot do without; they decide nothing, a preview tells which of them a rule
///     does not give
public record Vendor(
        String id,
        String name,
        Standing standing,
        Set<String> countries,
        Set<String> remoteAccess,
        List<SubProcessor> subProcessors,
        String securityContact,
        Terms terms,
        Set<Field> needs,
        Particulars particulars) {
    public Vendor {
        countries = Set.copyOf(countries);
        remoteAccess = Set.copyOf(remoteAccess);
        subProcessors = List.copyOf(subProcessors);
        needs = Set.copyOf(needs);
    }

    /// One that states no more than it must.
    public Vendor(
            String id,
            String name,
            Standing standing,
            Set<String> countries,
            List<SubProcessor> subProcessors,
            String securityContact,
            Terms terms) {
        this(
                id,
                name,
                standing,
                countries,
                Set.of(),
                subProcessors,
                securityContact,
                terms,
                Set.of(),
                Particulars.NONE);
    }

    /// Somebody the vendor passes data on to.
    public record SubProcessor(String name, String country, String purpose) {}

    /// An acknowledgement of the redisclosure terms: which version, who, when.
    public record Terms(int version, String by, Instant on) {}

    /// What may be said of a vendor besides, and has to be when a pack asks for it.
    ///
    /// @param essential whether it goes on for those who opted out of everything that can be done without
    /// @param integral whether the service cannot work without the data; empty when nobody has said
    /// @param statements what packs ask for beyond these, by the word they use
    /// @param idGroup the group of vendors whose pseudonym domain it may use: all of them see the same id for a
    /// person
    public record Particulars(
            boolean essential,
            Optional<Boolean> integral,
            Optional<Insurance> insurance,
            Map<String, String> statements,
            Optional<String> idGroup) {
        public static final Particulars NONE = new Particulars(false, Optional.empty(), Optional.empty(), Map.of());

        public Particulars {
            statements = Map.copyOf(statements);
        }

        /// One that shares its ids with nobody.
        public Particulars(
                boolean essential,
                Optional<Boolean> integral,
                Optional<Insurance> insurance,
                Map<String, String> statements) {
            this(essential, integral, insurance, statements, Optional.empty());
        }
    }

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
        reach.addAll(remoteAccess);
        subProcessors.forEach(one -> reach.add(one.country()));
        return reach;
    }

    /// The words of what it states, as packs ask for them.
    Set<String> stated() {
        Set<String> stated = new TreeSet<>(particulars.statements().keySet());
        particulars.integral().ifPresent(any -> stated.add("integral"));
        particulars.insurance().ifPresent(any -> stated.add("insurance"));
        return stated;
    }

    public Vendor standing(Standing changed) {
        return new Vendor(
                id, name, changed, countries, remoteAccess, subProcessors, securityContact, terms, needs, particulars);
    }

    public Vendor acknowledging(Terms acknowledged) {
        return new Vendor(
                id,
                name,
                standing,
                countries,
                remoteAccess,
                subProcessors,
                securityContact,
                acknowledged,
                needs,
                particulars);
    }
}
