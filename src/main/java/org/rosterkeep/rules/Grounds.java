package org.rosterkeep.rules;

import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Why a rule may be: what its file says besides what it gives.
///
/// @param justifications for each elevated or special element, a sentence why the purpose needs it
/// @param special what a rule with special elements rests on
/// @param evidence what a purpose, a basis or a destination asks to be stated, by the word the data files use
/// @param assessment the impact assessment of the rule as a whole, where a pack asks for one
/// @param safeguard the instrument a transfer rests on when the destination is not adequate
/// @param found what the appliance found when the version was drafted
public record Grounds(
        Map<String, String> justifications,
        Optional<Special> special,
        Map<String, String> evidence,
        Optional<Safeguard> safeguard,
        Optional<Assessment> assessment,
        Found found) {
    public static final Grounds NONE = new Grounds(Map.of(), Optional.empty(), Map.of(), Optional.empty());

    public Grounds {
        justifications = Map.copyOf(justifications);
        evidence = Map.copyOf(evidence);
    }

    /// Grounds of a version that nothing was looked up for.
    public Grounds(
            Map<String, String> justifications,
            Optional<Special> special,
            Map<String, String> evidence,
            Optional<Safeguard> safeguard) {
        this(justifications, special, evidence, safeguard, Optional.empty(), Found.NOTHING);
    }

    Grounds with(Found looked) {
        return new Grounds(justifications, special, evidence, safeguard, assessment, looked);
    }

    /// @param condition the condition under which special data may be processed
    /// @param assessment reference of the impact assessment
    public record Special(String condition, String assessment) {}

    /// @param instrument a word of `life.json`: standard clauses, binding rules, an addendum, an arrangement
    /// @param signed the day it was signed
    /// @param module which of the instrument's modules; empty for one that has none
    /// @param assessment reference of the transfer assessment
    /// @param assessed the day it was made, which is why it has to be made again
    /// @param measures supplementary measures, or why none are needed
    /// @param special the special elements the assessment names; it carries no other
    public record Safeguard(
            String instrument,
            LocalDate signed,
            Optional<String> module,
            String assessment,
            LocalDate assessed,
            String measures,
            Set<String> special) {
        public Safeguard {
            special = Set.copyOf(special);
        }
    }

    /// What the appliance looked up when the version was drafted. It is part of the text that people sign, so that
    /// they
    /// sign where the data go and how many children it is about, and nothing can become more behind their backs.
    ///
    /// @param reach every country the data may reach; empty in a version drafted before this was written down
    /// @param subProcessors whom the vendor passes data on to
    /// @param share how many of all children are in the scope; empty when nobody could count
    /// @param noticeDays days between the last signature and the first byte
    public record Found(
            Optional<Set<String>> reach, Set<String> subProcessors, Optional<Population.Share> share, int noticeDays) {
        public static final Found NOTHING = new Found(Optional.empty(), Set.of(), Optional.empty(), 0);

        public Found {
            reach = reach.map(Set::copyOf);
            subProcessors = Set.copyOf(subProcessors);
        }
    }

    /// @param reference of the impact assessment
    /// @param made the day it was made
    public record Assessment(String reference, LocalDate made, Consultation consultation) {}

    /// Whether the authority has to be asked before the rule may start.
    public enum Consultation {
        NOT_NEEDED,
        /// Asked, and not answered: the rule waits.
        PENDING,
        DONE;

        String word() {
            return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
        }
    }
}
