package org.rosterkeep.reference;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.rosterkeep.disclosure.Collection;
import org.rosterkeep.disclosure.Disclosure;
import org.rosterkeep.disclosure.DoorSettings;
import org.rosterkeep.disclosure.Filter;
import org.rosterkeep.disclosure.Gate;
import org.rosterkeep.disclosure.Inquiry;
import org.rosterkeep.disclosure.Mirror;
import org.rosterkeep.disclosure.Outcome;
import org.rosterkeep.disclosure.Wire;
import org.rosterkeep.entitlement.EditionSettings;
import org.rosterkeep.entitlement.Editions;
import org.rosterkeep.fixture.FakeAccount;
import org.rosterkeep.fixture.FakeShelf;
import org.rosterkeep.fixture.Rules;
import org.rosterkeep.rules.Decision;
import org.rosterkeep.rules.Floors;
import org.rosterkeep.rules.Recipient;

/// The door, and questions through it.
final class Doorway {
    private static final String BASE = "https://h.example/ims/oneroster/rostering/v1p2";
    private static final Pattern RECORD =
            Pattern.compile("\"sourcedId\":\"([^\"]+)\",\"status\".*?\"givenName\":\"zq-givenName-([a-z]+)\"");

    private Doorway() {}

    static Map<String, String> outward(Street street, String domain, List<String> pupils) {
        var rule = Rules.whole("district").domain(domain).rule();
        var editions = editions(street, new FakeShelf(), Floors.NONE);
        var gate = new Gate(
                new Gate.Rooms(
                        (ask, _) -> new Decision.Allow(rule, rule.grantsOf(ask.entity())),
                        editions,
                        street.world(),
                        street.world(),
                        street.world(),
                        new FakeAccount()),
                Clock.fixed(Instant.parse("2027-01-01T00:00:00Z"), ZoneOffset.UTC),
                DoorSettings.standard());
        var all = inquiry(Collection.USERS, Optional.empty(), Optional.empty(), List.of(), Optional.empty());
        var found = RECORD.matcher(text(gate.ask(all)).orElseThrow());
        var ids = new TreeMap<String, String>();
        while (found.find()) {
            ids.put(found.group(2), found.group(1));
        }
        if (ids.size() != pupils.size()) {
            throw new AssertionError("not everybody has an id: " + ids.keySet() + text(gate.ask(all)));
        }
        return ids;
    }

    static Editions editions(Street street, FakeShelf shelf, Floors floors) {
        return new Editions(
                street.world(), shelf, new Mirror(street.world(), street.world()), floors, EditionSettings.standard());
    }

    static Inquiry inquiry(
            Collection collection,
            Optional<String> id,
            Optional<Filter> filter,
            List<String> selection,
            Optional<String> sort) {
        return new Inquiry(
                new Recipient.Vendor("client"),
                Wire.V1P2,
                "/" + collection.segment(),
                List.of(),
                collection,
                id,
                filter,
                selection,
                sort,
                false,
                0,
                100,
                BASE,
                List.of(),
                "127.0.0.1");
    }

    /// The bytes; none when nothing was granted, or an answer was broken off.
    static Optional<String> text(Outcome outcome) {
        return outcome instanceof Outcome.Granted(Disclosure disclosure)
                ? Optional.of(text(disclosure))
                : Optional.empty();
    }

    private static String text(Disclosure disclosure) {
        var out = new ByteArrayOutputStream();
        try {
            disclosure.writeTo(out);
        } catch (IOException impossible) {
            throw new AssertionError(impossible);
        }
        return out.toString(StandardCharsets.UTF_8);
    }
}
