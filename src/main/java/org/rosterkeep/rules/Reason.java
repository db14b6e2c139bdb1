package org.rosterkeep.rules;

/// Why an ask was refused, with the floor of privacy.md section 2.1 it stands for.
public enum Reason {
    NO_RULE("F01"),
    RULE_NOT_ACTIVE("F02"),
    RULE_NOT_STARTED("F02"),
    RULE_EXPIRED("F02"),
    AGREEMENT_MISSING("F03"),
    AGREEMENT_NOT_LIVE("F03"),
    AGREEMENT_NARROWER("F03"),
    VENDOR_NOT_ACTIVE("F04"),
    PURPOSE_NOT_ALLOWED("F05"),
    BASIS_NOT_ALLOWED("F06"),
    ELEMENT_BARRED("F13"),
    ELEMENT_UNKNOWN("F21"),
    ELEMENT_FOR_OTHER_PURPOSE("F14"),
    ASSESSMENT_MISSING("F15"),
    DESTINATION_NOT_ALLOWED("F07"),
    ENTITY_NOT_GIVEN("F01"),
    FIELD_NOT_GIVEN("F22"),
    ADDRESS_NOT_ALLOWED("F08"),
    VENDOR_HELD("F23"),
    PERSONS_PER_DAY("F25"),
    LEDGER_UNAVAILABLE("F20"),
    CLOCK_UNTRUSTED("F24");

    private final String floor;

    Reason(String floor) {
        this.floor = floor;
    }

    public String floor() {
        return floor;
    }
}
