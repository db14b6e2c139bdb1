package org.rosterkeep.rights;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.rosterkeep.roster.Field;
import org.rosterkeep.rules.Endorsement;

/// One thing that was decided about a subject. Entries are never rewritten, only ended; what takes away counts from the
/// moment it is there, what gives counts from the moment it says.
public sealed interface Entry {
    Made made();

    /// Empty while it lasts.
    Optional<End> end();

    /// The same entry, over.
    Entry ended(End end);

    default boolean open() {
        return end().isEmpty();
    }

    /// Whether something that takes away is in force: it is until its end has come.
    default boolean lasts(Instant now) {
        return end().map(over -> now.isBefore(over.at())).orElse(true);
    }

    /// @param number counted from 1 in the dossier
    /// @param by the operator's name, or `user:` and the machine's
    record Made(int number, Instant at, String by) {}

    /// @param outcome a word where there are several: `upheld`, `dismissed`, `withdrawn`, `corrected`,
    /// `refused`, `lifted`
    record End(Instant at, String by, String outcome, String reason) {}

    /// A directory opt-out (privacy.md section 5, 1).
    ///
    /// @param until first instant after it; it is renewed yearly
    /// @param stays that the person had left while it was in force: then it stays in force (section 5)
    record OptOut(Made made, Instant until, boolean stays, Optional<End> end) implements Entry {
        boolean inForce(Instant now) {
            return lasts(now) && (stays || now.isBefore(until));
        }

        OptOut staying() {
            return new OptOut(made, until, true, end);
        }

        @Override
        public OptOut ended(End over) {
            return new OptOut(made, until, stays, Optional.of(over));
        }
    }

    /// An objection (section 5, 2). Upholding it is a decision, not an end.
    ///
    /// @param upheld who decided so, and why; empty while nobody has
    /// @param end by dismissal or withdrawal
    record Objection(Made made, Against against, String grounds, Optional<End> upheld, Optional<End> end)
            implements Entry {
        /// What it is against.
        public sealed interface Against {
            record Everybody() implements Against {}

            record OneVendor(String vendor) implements Against {}

            record OneElement(String element) implements Against {}
        }

        Objection upheld(End decision) {
            return new Objection(made, against, grounds, Optional.of(decision), end);
        }

        @Override
        public Objection ended(End over) {
            return new Objection(made, against, grounds, upheld, Optional.of(over));
        }
    }

    /// A restriction (section 5, 3).
    record Restriction(Made made, String reason, Optional<End> end) implements Entry {
        @Override
        public Restriction ended(End over) {
            return new Restriction(made, reason, Optional.of(over));
        }
    }

    /// A protection (section 5, 4).
    ///
    /// @param named the operators who may see the person in lists
    /// @param signatures of those who want it lifted
    record Protection(Made made, String reason, Set<String> named, List<Endorsement> signatures, Optional<End> end)
            implements Entry {
        public Protection {
            named = Set.copyOf(named);
            signatures = List.copyOf(signatures);
        }

        Protection naming(Set<String> operators) {
            return new Protection(made, reason, operators, signatures, end);
        }

        Protection signed(Endorsement more) {
            return new Protection(made, reason, named, with(signatures, more), end);
        }

        @Override
        public Protection ended(End over) {
            return new Protection(made, reason, named, signatures, Optional.of(over));
        }
    }

    /// An exception to a protection, for one vendor (F16).
    ///
    /// @param days how long it lasts from the last signature on
    /// @param granted the instant of the last signature; empty while one is missing
    record Exposure(
            Made made,
            String vendor,
            int days,
            String reason,
            List<Endorsement> signatures,
            Optional<Instant> granted,
            Optional<End> end)
            implements Entry {
        public Exposure {
            signatures = List.copyOf(signatures);
        }

        Exposure signed(Endorsement more) {
            return new Exposure(made, vendor, days, reason, with(signatures, more), granted, end);
        }

        Exposure granted(Instant at) {
            return new Exposure(made, vendor, days, reason, signatures, Optional.of(at), end);
        }

        public Optional<Instant> until() {
            return granted.map(at -> at.plus(java.time.Duration.ofDays(days)));
        }

        boolean inForce(Instant now) {
            return open()
                    && granted.filter(at -> !now.isBefore(at)).isPresent()
                    && until().filter(now::isBefore).isPresent();
        }

        @Override
        public Exposure ended(End over) {
            return new Exposure(made, vendor, days, reason, signatures, granted, Optional.of(over));
        }
    }

    /// A consent (section 1): given for one rule, or for one vendor and purpose.
    ///
    /// @param givenBy the person, or who holds their rights
    /// @param identity how it was made sure that it was they
    /// @param textVersion which text they were shown
    /// @param expires first instant after it
    record Consent(
            Made made,
            To to,
            String givenBy,
            String identity,
            String textVersion,
            Instant given,
            Instant expires,
            Optional<End> end)
            implements Entry {
        /// What it was given to.
        public sealed interface To {
            record OneRule(String rule) implements To {}

            record VendorFor(String vendor, String purpose) implements To {}
        }

        boolean inForce(Instant now) {
            return open() && !now.isBefore(given) && now.isBefore(expires);
        }

        @Override
        public Consent ended(End over) {
            return new Consent(made, to, givenBy, identity, textVersion, given, expires, Optional.of(over));
        }
    }

    /// That the person, or one field of theirs, was erased or is suppressed (F12). Only the record of it.
    ///
    /// @param field empty for the whole person
    record Suppression(Made made, Optional<Field> field, String reason, Optional<End> end) implements Entry {
        @Override
        public Suppression ended(End over) {
            return new Suppression(made, field, reason, Optional.of(over));
        }
    }

    /// A field whose value is contested (F18).
    ///
    /// @param statement that it was refused and the person has made a statement, which no OneRoster answer can
    /// carry
    record Contest(Made made, Field field, String grounds, boolean statement, Optional<End> end) implements Entry {
        Contest stated() {
            return new Contest(made, field, grounds, true, end);
        }

        @Override
        public Contest ended(End over) {
            return new Contest(made, field, grounds, statement, Optional.of(over));
        }
    }

    /// That the person leaves, or has left (F19).
    ///
    /// @param leaves the instant of leaving
    /// @param graceDays how long after it they are still given
    record Departure(Made made, Instant leaves, int graceDays, Optional<End> end) implements Entry {
        Instant graceEnds() {
            return leaves.plus(java.time.Duration.ofDays(graceDays));
        }

        @Override
        public Departure ended(End over) {
            return new Departure(made, leaves, graceDays, Optional.of(over));
        }
    }

    /// That a class or school tells something of everybody in it by being what it is (F17).
    ///
    /// @param element the data element it reveals
    record Revealing(Made made, String element, String reason, Optional<End> end) implements Entry {
        @Override
        public Revealing ended(End over) {
            return new Revealing(made, element, reason, Optional.of(over));
        }
    }

    private static List<Endorsement> with(List<Endorsement> signatures, Endorsement more) {
        List<Endorsement> all = new ArrayList<>(signatures);
        all.add(more);
        return all;
    }
}
