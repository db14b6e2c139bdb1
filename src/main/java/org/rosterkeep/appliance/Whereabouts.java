package org.rosterkeep.appliance;

import java.time.Clock;
import java.util.Map;
import org.rosterkeep.roster.Journal;
import org.rosterkeep.rules.Reason;
import org.rosterkeep.rules.RuleBook;
import org.rosterkeep.vendors.DistrictCredentials;

/// From where the clients of a district may come. A good secret from a wrong address is what a stolen one looks
/// like, so
/// it is put in the journal; that it cannot be is no reason to let it in.
record Whereabouts(RuleBook book, Journal journal, Clock clock) implements DistrictCredentials.Whence {
    @Override
    public boolean admits(String client, String source) {
        boolean admitted = book.snapshot().admits(client, source, clock.instant());
        if (!admitted) {
            tell(client, source);
        }
        return admitted;
    }

    private void tell(String client, String source) {
        try {
            journal.record(
                    "client.address-refused",
                    "appliance",
                    Map.of("client", client, "source", source, "floor", Reason.ADDRESS_NOT_ALLOWED.floor()));
        } catch (RuntimeException untold) {
            return;
        }
    }
}
