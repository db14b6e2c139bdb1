package org.rosterkeep.rules;

import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// Whom people turn to, and in what the district differs from its neighbours (privacy.md section 1). Everything is
/// optional as long as no active pack asks for it.
///
/// @param region state, province or canton
/// @param languages BCP 47 tags of the languages its papers are written in, the first one first
/// @param holidays days that no business-day clock counts
/// @param statements what packs ask for beyond these, by the word they use
public record Profile(
        Optional<String> region,
        Optional<Contact> privacyContact,
        Optional<Contact> dataProtectionOfficer,
        Optional<Contact> studentDataManager,
        Optional<Contact> regulator,
        List<String> languages,
        Set<LocalDate> holidays,
        Optional<ZoneId> timeZone,
        Optional<Insurance> insurance,
        Map<String, String> statements) {
    static final Profile NONE = new Profile(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            List.of(),
            Set.of(),
            Optional.empty(),
            Optional.empty(),
            Map.of());

    public Profile {
        languages = List.copyOf(languages);
        holidays = Set.copyOf(holidays);
        statements = Map.copyOf(statements);
    }

    /// Somebody who can be written to.
    ///
    /// @param name of a person, an office or an authority
    /// @param address where to write: e-mail, post, or a page; of a regulator, where to complain
    public record Contact(String name, String address) {}

    Set<String> stated() {
        Set<String> stated = new TreeSet<>(statements.keySet());
        region.ifPresent(any -> stated.add("region"));
        privacyContact.ifPresent(any -> stated.add("privacyContact"));
        dataProtectionOfficer.ifPresent(any -> stated.add("dataProtectionOfficer"));
        studentDataManager.ifPresent(any -> stated.add("studentDataManager"));
        regulator.ifPresent(any -> stated.add("regulator"));
        timeZone.ifPresent(any -> stated.add("timeZone"));
        insurance.ifPresent(any -> stated.add("insurance"));
        if (!languages.isEmpty()) {
            stated.add("languages");
        }
        if (!holidays.isEmpty()) {
            stated.add("holidays");
        }
        return stated;
    }
}
