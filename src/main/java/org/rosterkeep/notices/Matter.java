package org.rosterkeep.notices;

import java.util.Locale;

/// What a notice can be about (operations.md section 8).
public enum Matter {
    BACKUP("a backup failed or is late", "See: rosterkeep backup list; try now: rosterkeep backup make"),
    DRILL("a restore drill failed or is late", "Practise now: rosterkeep backup drill"),
    DISK("the disk fills up", "Make room: when it is full, nothing is released. See: rosterkeep doctor"),
    CERTIFICATE(
            "the server's certificate ends soon or has ended", "Put a new one in its place. See: rosterkeep doctor"),
    KEY("a key, or the recovery kit, wants attention", "See: rosterkeep doctor, rosterkeep key -h"),
    APPROVAL("something waits for another person", "See: rosterkeep rule list, rosterkeep guard list"),
    RULE("a rule ends soon, or gives nothing", "See: rosterkeep rule list; draft the next version in time"),
    DENIALS("a vendor was refused unusually often", "See: rosterkeep ledger list; ask the vendor what it tries"),
    ADMINISTRATOR(
            "somebody was made an administrator", "If nobody meant to: rosterkeep operator list, then operator retire"),
    NETWORK(
            "a good secret came from a network it may not come from",
            "It may be stolen: rosterkeep client rotate. See: rosterkeep ledger list"),
    LEDGER("the record of disclosures is in trouble", "See: rosterkeep ledger verify, rosterkeep doctor"),
    CONFINEMENT("the courier, or a unit, is not kept in", "Nothing is sent meanwhile. See: rosterkeep doctor"),
    UPGRADE("the program was upgraded or went back", "See: rosterkeep version, rosterkeep doctor"),
    DISPOSAL("a vendor is late with deleting", "See: rosterkeep vendor exposure -h"),
    CHECK("a check of the doctor's got worse", "See: rosterkeep doctor"),
    DIGEST("the week's digest", "See: rosterkeep ledger list"),
    TEST("a test: somebody wanted to see whether notices arrive", "Nothing is to be done.");

    private final String words;
    private final String todo;

    Matter(String words, String todo) {
        this.words = words;
        this.todo = todo;
    }

    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// What happened, without a capital and a full stop.
    public String words() {
        return words;
    }

    public String todo() {
        return todo;
    }
}
