package org.rosterkeep.ledger;

/// When a record was made, as it is written there, and what it is: all that has to be read of most records.
record Stamp(String time, String kind) {
    static Stamp of(byte[] payload) {
        Scan scan = new Scan(payload).expect('{');
        member(scan, "n").number();
        String time = member(scan.expect(','), "t").string();
        return new Stamp(time, member(scan.expect(','), "k").string());
    }

    private static Scan member(Scan scan, String name) {
        if (!scan.key().equals(name)) {
            throw new LedgerFault(LedgerFault.Code.UNREADABLE, "a record of the ledger is not in its form");
        }
        return scan;
    }
}
