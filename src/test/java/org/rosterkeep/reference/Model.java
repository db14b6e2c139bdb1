package org.rosterkeep.reference;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The words of the disclosure decision as plain data: a world, a question about it, an answer. Every period is half
/// open: in force from its first instant up to, and not at, its last.
public interface Model {

    /// Why one element of one person is refused: the floors of the privacy behaviour, section 2.1, by their own
    /// numbers, and the two steps of section 2 that have none.
    enum Cause {
        F01,
        F02,
        F03,
        F04,
        F05,
        F06,
        F07,
        F09,
        F10,
        F11,
        F12,
        F13,
        F14,
        F15,
        F16,
        F17,
        F18,
        F19,
        F20,
        F21,
        F22,
        F23,
        F24,
        F25,
        OUT_OF_SCOPE,
        NOT_GRANTED
    }

    /// What is said to a question.
    sealed interface Answer {
        /// Given.
        record Given() implements Answer {}

        /// Refused, with every cause that refuses; never none.
        record Refused(Set<Cause> causes) implements Answer {}

        /// The causes; none when given.
        default Set<Cause> refusing() {
            return switch (this) {
                case Given() -> Set.of();
                case Refused(var causes) -> causes;
            };
        }
    }

    /// Everything the decision may look at. Rules by client (one client, one rule), vendors and agreements by vendor.
    record World(
            Controller controller,
            Law law,
            Map<String, Element> catalogue,
            Map<String, Rule> rules,
            Map<String, Vendor> vendors,
            Map<String, Agreement> agreements,
            Map<String, Person> people,
            Map<String, Org> orgs) {}

    /// One element of one person for one client at one instant; `selectors` are the elements the query filters, sorts
    /// or selects on.
    record Question(
            String client,
            String person,
            String element,
            Instant now,
            boolean clockTrusted,
            boolean ledgerWritable,
            Set<String> selectors) {}

    /// `home` is a country code.
    record Controller(
            String home,
            boolean publicAuthority,
            Set<Regime> regimes,
            boolean localised,
            boolean strictOptOut,
            boolean pendingBlocks,
            Directory directory) {}

    /// An active regime of law and its type.
    record Regime(String name, RegimeType type) {}

    /// The two types of section 2.4.
    enum RegimeType {
        GDPR,
        US_FEDERAL
    }

    /// Directory information: what is designated, for which elements a second factor is stated, and to whom and for
    /// what the designation is limited, if it is.
    record Directory(Set<String> designated, Set<String> secondFactor, Optional<Limit> limit) {}

    /// A limited designation.
    record Limit(Set<String> vendors, Set<String> purposes) {}

    /// The numbers and lists of law.
    record Law(
            Set<String> purposes,
            String phonePurpose,
            String emergencyPurpose,
            Duration emergencyMost,
            Map<Kind, Set<String>> words,
            Map<String, Set<String>> areas,
            List<Adequacy> adequacy,
            Duration evidenceAge,
            Duration assessmentAge,
            Duration exemptionMost,
            Duration grace) {}

    /// An entry of the adequacy list; `exporter` and `country` may name an area.
    record Adequacy(
            String exporter,
            String country,
            Instant since,
            Optional<Instant> until,
            Set<String> evidence,
            boolean enabled) {}

    /// An element of the catalogue.
    record Element(String id, Sensitive sensitive, Forward forward, Eligible directory, boolean phone, boolean place) {
        /// Whether it is special.
        boolean special() {
            return sensitive == Sensitive.SPECIAL;
        }
    }

    /// How sensitive an element is.
    enum Sensitive {
        NO,
        ELEVATED,
        SPECIAL,
        CREDENTIAL,
        PROHIBITED
    }

    /// Whether an element may be forwarded.
    enum Forward {
        ALWAYS,
        RULE,
        NEVER
    }

    /// Whether an element may be designated directory information.
    enum Eligible {
        ELIGIBLE,
        CONDITIONAL,
        NEVER
    }

    /// A vendor and where its people, machines and sub-processors are.
    record Vendor(
            boolean suspended,
            Optional<Instant> debarredUntil,
            boolean changeOfControlOpen,
            boolean termsAcknowledged,
            Set<String> storage,
            Set<String> remoteAccess,
            Set<String> subProcessors,
            boolean held,
            boolean essential) {}

    /// An agreement with a vendor; `schedule` is the elements it covers.
    record Agreement(
            Optional<Instant> signed,
            Instant starts,
            Instant ends,
            boolean terminated,
            Set<String> ticked,
            Set<String> needed,
            Set<String> schedule) {}

    /// A rule. `stated` is the words of evidence its legal bases need; `bases` is by the name of the regime;
    /// `released` is who has been disclosed under it, by UTC day.
    record Rule(
            String vendor,
            Life life,
            String purpose,
            boolean threatStated,
            Set<String> stated,
            Map<String, Kind> bases,
            Scope scope,
            Set<String> granted,
            Transfer transfer,
            Special special,
            boolean carriesStatement,
            int personsPerDay,
            Map<LocalDate, Set<String>> released) {}

    /// The life of a rule; `approved` by enough people or not.
    record Life(boolean approved, boolean suspended, boolean revoked, Instant from, Instant until) {}

    /// Who a rule is about; no grades means all grades, no orgs or roles means nobody.
    record Scope(Set<String> orgs, boolean subOrgs, Set<String> roles, Set<String> grades) {}

    /// Where a rule sends, the countries its approvers saw, its evidence by word and date, its safeguard.
    record Transfer(
            Optional<String> destination,
            Set<String> approved,
            Map<String, Instant> evidence,
            Optional<Safeguard> safeguard) {}

    /// Standard clauses and the like; `named` is the special elements the assessment names.
    record Safeguard(Instant signed, Optional<Instant> assessed, Set<String> named) {}

    /// What a special element needs.
    record Special(boolean condition, boolean impactAssessment, boolean extraApproval) {
        /// Whether all of it is there.
        boolean complete() {
            return condition && impactAssessment && extraApproval;
        }
    }

    /// The legal bases of section 2.4.
    enum Kind {
        PUBLIC_TASK,
        LEGAL_OBLIGATION,
        CONTRACT,
        CONSENT,
        VITAL_INTERESTS,
        LEGITIMATE_INTERESTS,
        SCHOOL_OFFICIAL,
        DIRECTORY_INFORMATION,
        WRITTEN_CONSENT,
        AUDIT_EVALUATION,
        STUDIES,
        TRANSFER,
        HEALTH_SAFETY,
        JUDICIAL;

        /// The type of regime this is a basis of.
        RegimeType type() {
            return compareTo(SCHOOL_OFFICIAL) < 0 ? RegimeType.GDPR : RegimeType.US_FEDERAL;
        }

        /// Whether a consent of each person is needed.
        boolean consent() {
            return this == CONSENT || this == WRITTEN_CONSENT;
        }
    }

    /// A person; `guarded` is there when the person is flagged protected.
    record Person(
            Set<Role> roles,
            Set<String> grades,
            boolean age13plus,
            boolean optedOut,
            boolean restricted,
            boolean unstableHousing,
            Optional<Guarded> guarded,
            List<Objection> objections,
            List<Consent> consents,
            boolean erased,
            Set<String> erasedElements,
            Set<String> contested,
            Optional<Instant> left) {}

    /// A role at an org.
    record Role(String name, String org) {}

    /// The flag `protected`, with the exemption from it, if any.
    record Guarded(Optional<Exemption> exemption) {}

    /// An exemption from protection.
    record Exemption(Instant from, Instant until, boolean twoPeople, boolean reasoned) {}

    /// An objection to one vendor, or to all when none is named.
    record Objection(Optional<String> vendor, State state) {}

    /// What became of an objection.
    enum State {
        PENDING,
        UPHELD,
        DISMISSED
    }

    /// A consent to the rule of one client.
    record Consent(String client, Instant given, Optional<Instant> expires, Optional<Instant> withdrawn) {}

    /// A school, or a part of one; `reveals` is the special element that membership reveals.
    record Org(Optional<String> parent, Optional<String> reveals) {}
}
