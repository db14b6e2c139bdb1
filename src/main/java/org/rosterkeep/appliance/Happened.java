package org.rosterkeep.appliance;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.rosterkeep.access.Role;
import org.rosterkeep.ledger.LedgerRecord;
import org.rosterkeep.notices.Matter;
import org.rosterkeep.notices.Sighting;

/// What a district's ledger has in a time that people should hear of: what happened once, by its entry's number; and
/// per client, whether it was refused unusually often or came from where it may not.
final class Happened {
    private Happened() {}

    static List<Sighting> of(Rooms rooms, Instant since, Instant now, DoctorBounds bounds) {
        var seen = new ArrayList<Sighting>();
        var district = rooms.name().text();
        Map<String, Long> refused = new TreeMap<>();
        Set<String> astray = new TreeSet<>();
        rooms.ledger().pages().some(since, now, Set.of(), record -> {
            if (record instanceof LedgerRecord.Act act) {
                once(act)
                        .map(matter -> Sighting.once(matter, district, act.number()))
                        .ifPresent(seen::add);
                if (act.kind().equals("client.address-refused")) {
                    astray.add(act.facts().getOrDefault("client", ""));
                }
            } else if (record instanceof LedgerRecord.Disclosed one
                    && !one.entry().reason().isEmpty()) {
                refused.merge(one.entry().client(), 1L, Long::sum);
            }
        });
        for (var client : rooms.clients().list()) {
            var subject = client.id().matches("[A-Za-z0-9._:-]{1,100}") ? client.id() : "a-client";
            seen.add(new Sighting(
                    Matter.DENIALS,
                    district,
                    subject,
                    level(refused.getOrDefault(client.id(), 0L) >= bounds.denialsAnHour())));
            seen.add(new Sighting(Matter.NETWORK, district, subject, level(astray.contains(client.id()))));
        }
        return seen;
    }

    private static Sighting.Level level(boolean bad) {
        return bad ? Sighting.Level.WARNING : Sighting.Level.WELL;
    }

    private static Optional<Matter> once(LedgerRecord.Act act) {
        return switch (act.kind()) {
            case "operator.made", "operator.assigned" ->
                List.of(act.facts().getOrDefault("roles", "").split(" ")).contains(Role.ADMINISTRATOR.word())
                        ? Optional.of(Matter.ADMINISTRATOR)
                        : Optional.empty();
            case "rule.submitted", "notice.channel-asked" -> Optional.of(Matter.APPROVAL);
            default -> Optional.empty();
        };
    }
}
