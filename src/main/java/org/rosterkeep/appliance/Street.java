package org.rosterkeep.appliance;

import java.util.Optional;
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

    private static House house(District district) {
        return switch (district.state()) {
            case District.State.Open open -> open.rooms().house();
            case District.State.Sealed sealed ->
                new House.Closed(district.name().text());
            case District.State.Blocked blocked ->
                new House.Closed(district.name().text());
        };
    }
}
