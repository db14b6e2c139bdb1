package org.rosterkeep.rules;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// The district itself, as the law sees it: who answers for the data, where, and under which law. Without it no rule
/// can be judged, so none permits anything.
///
/// @param country home country, ISO 3166-1 alpha-2
/// @param regimes the active packs with lawful bases; a rule names one for each; never empty
/// @param overlays the active packs that add to those
/// @param localised true when nothing may leave the home country at all
/// @param directory what the board designated as directory information; empty when it did not
/// @param keeps the data elements an import keeps besides those the catalogue keeps by itself, and why (privacy.md
///     section 4)
public record Controller(
        String legalName,
        Kind kind,
        String country,
        Set<String> regimes,
        Set<String> overlays,
        boolean localised,
        Profile profile,
        Optional<Designation> directory,
        Map<String, String> keeps) {
    public Controller {
        regimes = Set.copyOf(regimes);
        overlays = Set.copyOf(overlays);
        keeps = Map.copyOf(keeps);
        if (regimes.isEmpty()) {
            throw new IllegalArgumentException("a district lives under at least one regime");
        }
    }

    /// One that keeps nothing out of the ordinary.
    public Controller(
            String legalName,
            Kind kind,
            String country,
            Set<String> regimes,
            Set<String> overlays,
            boolean localised,
            Profile profile,
            Optional<Designation> directory) {
        this(legalName, kind, country, regimes, overlays, localised, profile, directory, Map.of());
    }

    /// One that states no more than it must.
    public Controller(String legalName, Kind kind, String country, Set<String> regimes, boolean localised) {
        this(legalName, kind, country, regimes, Set.of(), localised, Profile.NONE, Optional.empty());
    }

    /// The same under other law.
    Controller under(Set<String> otherRegimes, Set<String> otherOverlays) {
        return new Controller(
                legalName, kind, country, otherRegimes, otherOverlays, localised, profile, directory, keeps);
    }

    /// The same keeping other elements.
    Controller keeping(Map<String, String> others) {
        return new Controller(legalName, kind, country, regimes, overlays, localised, profile, directory, others);
    }

    /// Every active pack.
    public Set<String> packs() {
        if (overlays.isEmpty()) {
            return regimes;
        }
        Set<String> packs = new TreeSet<>(regimes);
        packs.addAll(overlays);
        return packs;
    }

    /// The words of what it states, as packs ask for them.
    Set<String> stated() {
        Set<String> stated = profile.stated();
        directory.ifPresent(any -> stated.add("directory"));
        return stated;
    }

    /// A public authority cannot rest on every basis a private school can.
    public enum Kind {
        PUBLIC_AUTHORITY,
        PRIVATE;

        public String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        static Kind named(String word) {
            return Arrays.stream(values())
                    .filter(one -> one.word().equals(word))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("no such kind of district"));
        }
    }
}
