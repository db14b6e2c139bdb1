package org.rosterkeep.appliance;

import java.time.Clock;
import org.rosterkeep.roster.Catalogue;
import org.rosterkeep.rules.Charter;

/// What a district publishes about its sharing.
final class ExportVerbs {
    private final Districts districts;
    private final Clock clock;

    ExportVerbs(Districts districts, Clock clock) {
        this.districts = districts;
        this.clock = clock;
    }

    void into(Verbs verbs) {
        verbs.with("export dictionary", (call, meanwhile) -> exports(call).dictionary())
                .with("export providers", (call, meanwhile) -> exports(call).providers())
                .with("export rules", (call, meanwhile) -> exports(call).rules());
    }

    private Exports exports(Call call) {
        var book = districts.of(call).rooms().book();
        return new Exports(book, Charter.shipped(), Catalogue.shipped(), clock.instant());
    }
}
