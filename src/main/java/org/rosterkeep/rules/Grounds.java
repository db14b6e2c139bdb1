package org.rosterkeep.rules;

import java.util.Map;
import java.util.Optional;

/// Why a rule may be: what its file says besides what it gives.
///
/// @param justifications for each elevated or special element, a sentence why the purpose needs it
/// @param special what a rule with special elements rests on
/// @param evidence what a purpose, a basis or a destination asks to be stated, by the word the data files use
/// @param safeguard the instrument a transfer rests on when the destination is not adequate
public record Grounds(
        Map<String, String> justifications,
        Optional<Special> special,
        Map<String, String> evidence,
        Optional<Safeguard> safeguard) {
    public static final Grounds NONE = new Grounds(Map.of(), Optional.empty(), Map.of(), Optional.empty());

    public Grounds {
        justifications = Map.copyOf(justifications);
        evidence = Map.copyOf(evidence);
    }

    /// @param condition the condition under which special data may be processed
    /// @param assessment reference of the impact assessment
    public record Special(String condition, String assessment) {}

    /// @param instrument standard clauses, binding rules, an addendum, an arrangement between authorities
    /// @param assessment reference of the transfer assessment
    /// @param assessed the day it was made, which is why it has to be made again
    public record Safeguard(String instrument, String assessment, java.time.LocalDate assessed) {}
}
