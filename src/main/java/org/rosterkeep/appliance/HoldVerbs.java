package org.rosterkeep.appliance;

import jakarta.json.Json;
import java.time.Clock;
import java.util.List;

/// Legal holds: nothing of the person may be erased.
final class HoldVerbs {
    private final Districts districts;
    private final Clock clock;

    HoldVerbs(Districts districts, Clock clock) {
        this.districts = districts;
        this.clock = clock;
    }

    void into(Verbs verbs) {
        verbs.with("hold put", (call, meanwhile) -> put(call))
                .with("hold lift", (call, meanwhile) -> lift(call))
                .with("hold list", (call, meanwhile) -> list(call));
    }

    private Answer put(Call call) {
        var rooms = districts.of(call).rooms();
        var key = EraseVerbs.key(rooms, call);
        var hold = rooms.holds().put(key, call.text("matter"), call.caller().actor(), clock.instant());
        var decided = rooms.orders().about(key).filter(order -> order.bars()).isPresent();
        return Answer.of(
                Json.createObjectBuilder()
                        .add("matter", hold.matter())
                        .add("since", hold.since().toString())
                        .build(),
                decided
                        ? "The hold is on, and comes too late: an erasure of this person was decided before."
                        : "The hold is on: nothing of this person is erased until two people lift it.");
    }

    private Answer lift(Call call) {
        var rooms = districts.of(call).rooms();
        int missing = rooms.holds().lift(EraseVerbs.key(rooms, call), call.person(), clock.instant());
        if (missing > 0) {
            throw new Trouble(
                    Exit.NEEDS_ANOTHER,
                    "Your signature is kept; the hold stays for now.",
                    "It takes " + missing + " more, one of them a privacy officer's.",
                    "Let another operator do the same: rosterkeep hold lift ID --operator NAME");
        }
        return Answer.of(Json.createObjectBuilder().add("over", true).build(), "The hold is over.");
    }

    private Answer list(Call call) {
        var rooms = districts.of(call).rooms();
        var array = Json.createArrayBuilder();
        var table = new Table("MATTER", "SINCE", "MADE BY", "TO BE LIFTED");
        for (var hold : rooms.holds().list()) {
            array.add(Json.createObjectBuilder()
                    .add("matter", hold.matter())
                    .add("since", hold.since().toString())
                    .add("by", hold.by())
                    .add("signatures", hold.signatures().size()));
            table.row(
                    hold.matter(),
                    hold.since(),
                    hold.by(),
                    hold.signatures().isEmpty() ? "-" : hold.signatures().size() + " signed");
        }
        return new Answer(
                Json.createObjectBuilder().add("holds", array).build(),
                List.copyOf(table.linesOr("Nobody is on hold.")));
    }
}
