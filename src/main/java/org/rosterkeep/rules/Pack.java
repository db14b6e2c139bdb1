package org.rosterkeep.rules;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What one body of law adds, as data (privacy.md section 3): nothing in the code names a pack, and one that is not
/// active has no effect. Every entry carries its source.
///
/// @param code `EU`, or whatever a customer's own file is called
/// @param asOf the newest source its author had seen, `2026-06`
/// @param regime lawful bases, when a rule has to name one for this law; empty for a pack that only adds to others
/// @param clauses what every agreement must have; a clause to its source
/// @param needs what else has to be stated, and where
/// @param prohibited elements that never leave while it is active; an element to its source
/// @param approverRoles roles one of which an approver must have; a role to its source
/// @param notice days between the approval of a rule and its first byte
/// @param debarredYearsMin for how long a vendor is debarred at least
/// @param children what it asks for children, where a vendor could do without the data
/// @param assessments when an impact assessment has to be there
/// @param clocks by when what has to be done; read by those who handle requests and incidents
/// @param notices what has to be told to whom, and when
public record Pack(
        String code,
        String label,
        String asOf,
        Optional<Charter.Regime> regime,
        Map<String, String> clauses,
        List<Need> needs,
        Map<String, String> prohibited,
        Map<String, String> approverRoles,
        Notice notice,
        Optional<Integer> debarredYearsMin,
        Optional<Children> children,
        Set<Occasion> assessments,
        List<Clock> clocks,
        List<Telling> notices) {
    public Pack {
        clauses = Map.copyOf(clauses);
        needs = List.copyOf(needs);
        prohibited = Map.copyOf(prohibited);
        approverRoles = Map.copyOf(approverRoles);
        assessments = Set.copyOf(assessments);
        clocks = List.copyOf(clocks);
        notices = List.copyOf(notices);
    }

    /// Where something has to be stated.
    public enum Paper {
        CONTROLLER,
        VENDOR,
        AGREEMENT,
        DIRECTORY,
        RULE
    }

    /// When a rule needs an impact assessment.
    public enum Occasion {
        SPECIAL,
        FOREIGN,
        /// It is about more of all children than the share at which one more person signs.
        WIDE
    }

    /// One thing that has to be stated.
    ///
    /// @param word the key it is stated under: one of the paper's own, or one of its `statements`
    /// @param kinds the districts it is asked of; empty for all
    public record Need(Paper paper, String word, String label, Set<Controller.Kind> kinds, String source) {
        public Need {
            kinds = Set.copyOf(kinds);
        }

        boolean of(Paper other, Controller.Kind kind) {
            return paper == other && (kinds.isEmpty() || kinds.contains(kind));
        }
    }

    /// @param fresh days for a rule that is new
    /// @param material days for a material change of a running one
    public record Notice(int fresh, int material) {
        static final Notice NONE = new Notice(0, 0);
    }

    /// @param limit an ISO 8601 duration or period, `PT72H`
    /// @param business whether its days are business days
    /// @param starts what has to have happened for it to run, for people
    /// @param starting the same in words of [Milestone]: the first of them that happened starts it
    /// @param people it runs only when at least so many people are concerned; 0 when that does not matter
    /// @param since it holds for what happened from this day on
    public record Clock(
            String event,
            String from,
            String to,
            String limit,
            boolean business,
            String starts,
            Set<Milestone> starting,
            int people,
            Optional<LocalDate> since,
            String note,
            String source) {
        public Clock {
            starting = Set.copyOf(starting);
        }
    }

    /// Who may be a child needs consent of their own for a vendor whose service could do without the data.
    ///
    /// @param adultRoles who has only these roles is no child, whatever is known of their age; of everybody
    /// else only
    ///     the age flag can say that they are none
    public record Children(Set<String> adultRoles) {
        /// The age that the roster's flag tells of; it tells of no other, so no pack can ask for more.
        static final int AGE_TOLD = 13;

        public Children {
            adultRoles = Set.copyOf(adultRoles);
        }

        Children stricter(Children other) {
            Set<String> both = new java.util.TreeSet<>(adultRoles);
            both.retainAll(other.adultRoles);
            return new Children(both);
        }
    }

    /// Something that has to be told.
    public record Telling(String what, String when, String source) {}
}
