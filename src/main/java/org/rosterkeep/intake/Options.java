package org.rosterkeep.intake;

import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/// How one import is to be done.
///
/// @param actor who asked for it: an operator's name, or `appliance`
/// @param dryRun tell what would change, and change nothing
/// @param removals what to do with records that are no more
/// @param keptElements data elements switched on besides those the catalogue keeps by default
/// @param mapping the old-to-new file of a change of source system
/// @param createUnmatched persons who wait to be recognised, and whom somebody else listed, are new
/// @param nineDigitsAreLocal nine digits in a row are local numbers in this district, not social security numbers
public record Options(
        String actor,
        boolean dryRun,
        Removing removals,
        Set<String> keptElements,
        Thresholds thresholds,
        boolean nineDigitsAreLocal,
        Optional<Path> mapping,
        boolean createUnmatched) {

    /// What to do with records that are no more.
    public enum Removing {
        /// Remove them below the thresholds, hold them above.
        GUARDED,
        /// Hold every one of them.
        HOLD_ALL,
        /// Remove them all: a person has looked at this very delivery.
        CONFIRMED
    }

    public Options {
        keptElements = Set.copyOf(keptElements);
    }

    public static Options of(String actor) {
        return new Options(
                actor, false, Removing.GUARDED, Set.of(), Thresholds.shipped(), false, Optional.empty(), false);
    }

    public Options dry() {
        return new Options(
                actor, true, removals, keptElements, thresholds, nineDigitsAreLocal, mapping, createUnmatched);
    }

    public Options keeping(Set<String> elements) {
        return new Options(actor, dryRun, removals, elements, thresholds, nineDigitsAreLocal, mapping, createUnmatched);
    }

    public Options removing(Removing how) {
        return new Options(actor, dryRun, how, keptElements, thresholds, nineDigitsAreLocal, mapping, createUnmatched);
    }

    public Options under(Thresholds lines) {
        return new Options(actor, dryRun, removals, keptElements, lines, nineDigitsAreLocal, mapping, createUnmatched);
    }

    public Options nineDigitsLocal(boolean local) {
        return new Options(actor, dryRun, removals, keptElements, thresholds, local, mapping, createUnmatched);
    }

    public Options mappedBy(Path file) {
        return new Options(
                actor,
                dryRun,
                removals,
                keptElements,
                thresholds,
                nineDigitsAreLocal,
                Optional.of(file),
                createUnmatched);
    }

    public Options creatingUnmatched(boolean create) {
        return new Options(actor, dryRun, removals, keptElements, thresholds, nineDigitsAreLocal, mapping, create);
    }

    /// The thresholds that follow from `removals`.
    Thresholds lines() {
        return switch (removals) {
            // What a mapping forgot must not look like somebody who left.
            case GUARDED -> mapping.isPresent() ? Thresholds.everything() : thresholds;
            case HOLD_ALL -> Thresholds.everything();
            case CONFIRMED -> Thresholds.none();
        };
    }
}
