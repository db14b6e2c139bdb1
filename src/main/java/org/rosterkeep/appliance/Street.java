package org.rosterkeep.appliance;

import java.util.Collections;
import java.util.Optional;
import org.rosterkeep.ledger.Ledger;
import org.rosterkeep.vendors.Health;
import org.rosterkeep.vendors.House;
import org.rosterkeep.vendors.Houses;

/// The districts as the vendors' face sees them: each a house, open or closed. A rehearsal's twin is a house, too, but
/// only by its name.
final class Street implements Houses {
    private final Districts districts;

    Street(Districts districts) {
        this.districts = districts;
    }

    @Override
    public Optional<House> named(String name) {
        return districts
                .find(name)
                .map(Street::house)
                .or(() -> districts.rehearsals().house(name));
    }

    @Override
    public Optional<House> only() {
        return districts.nameless().map(Street::house);
    }

    @Override
    public Health health() {
        var each = districts.list().stream().map(Street::health).toList();
        return each.isEmpty() || each.contains(Health.OK) ? Health.OK : Collections.max(each);
    }

    private static Health health(District district) {
        if (district.restored().isPresent()) {
            return Health.REPAIR_NEEDED;
        }
        return switch (district.state()) {
            case District.State.Open(Rooms rooms) -> {
                var ledger = rooms.ledger().stats();
                yield ledger.state() == Ledger.State.OPEN && ledger.clockTrusted() ? Health.OK : Health.LEDGER_BLOCKED;
            }
            case District.State.Sealed sealed -> Health.SEALED;
            case District.State.Blocked blocked -> Health.REPAIR_NEEDED;
        };
    }

    private static House house(District district) {
        return switch (district.state()) {
            case District.State.Open open
            when district.restored().isPresent() ->
                new House.Closed(district.name().text());
            case District.State.Open open -> open.rooms().house();
            case District.State.Sealed sealed ->
                new House.Closed(district.name().text());
            case District.State.Blocked blocked ->
                new House.Closed(district.name().text());
        };
    }
}
