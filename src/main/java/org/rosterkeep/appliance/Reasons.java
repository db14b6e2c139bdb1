package org.rosterkeep.appliance;

import org.rosterkeep.rules.Reason;

/// Why something was refused, for the district's own people.
final class Reasons {
    private Reasons() {}

    /// A sentence without its full stop.
    static String sentence(Reason reason) {
        return reason.floor() + ", "
                + switch (reason) {
                    case NO_RULE -> "no rule is there for this client";
                    case RULE_NOT_ACTIVE -> "the rule is not approved, or it is suspended or revoked";
                    case RULE_NOT_STARTED -> "the rule has not started yet";
                    case RULE_EXPIRED -> "the rule has expired";
                    case AGREEMENT_MISSING -> "there is no agreement with this vendor under that name";
                    case AGREEMENT_NOT_LIVE -> "the agreement is not in force, or lacks a clause";
                    case AGREEMENT_NARROWER -> "the agreement's schedule does not have every element the rule gives";
                    case VENDOR_NOT_ACTIVE ->
                        "the vendor is suspended, debarred or sold, has not accepted the terms, or lacks what a pack"
                                + " asks for";
                    case PURPOSE_NOT_ALLOWED -> "the purpose is not allowed";
                    case ELEMENT_BARRED -> "the rule gives an element that never leaves";
                    case ELEMENT_UNKNOWN -> "the rule gives an element that the catalogue does not have";
                    case ELEMENT_FOR_OTHER_PURPOSE -> "the rule gives an element that is not given for this purpose";
                    case ASSESSMENT_MISSING ->
                        "the condition or the impact assessment is missing, or the authority has not answered yet";
                    case BASIS_NOT_ALLOWED ->
                        "the lawful basis does not hold for this district, or its profile lacks what a pack asks for";
                    case DESTINATION_NOT_ALLOWED ->
                        "the data would reach a country where they may not go, or one that nobody signed for";
                    case ENTITY_NOT_GIVEN -> "the rule gives no such records";
                    case FIELD_NOT_GIVEN -> "the rule does not give this field";
                    case ADDRESS_NOT_ALLOWED -> "the client asks from an address the rule does not name";
                    case VENDOR_HELD -> "the vendor is held because of an incident";
                    case PERSONS_PER_DAY -> "the rule's number of persons for today is reached";
                    case LEDGER_UNAVAILABLE -> "the ledger cannot record it";
                    case CLOCK_UNTRUSTED -> "this machine's clock is not trusted";
                };
    }
}
