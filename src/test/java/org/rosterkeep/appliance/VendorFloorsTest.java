package org.rosterkeep.appliance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rosterkeep.commands.Schools;
import org.rosterkeep.commands.Trial;
import org.rosterkeep.commands.TrialDocuments;
import org.rosterkeep.disclosure.Collection;
import org.rosterkeep.disclosure.Filter;
import org.rosterkeep.disclosure.Inquiry;
import org.rosterkeep.disclosure.Outcome;
import org.rosterkeep.disclosure.Wire;
import org.rosterkeep.fixture.HandClock;
import org.rosterkeep.rules.Reason;
import org.rosterkeep.rules.Recipient;
import org.rosterkeep.rules.Restraint;

@DisplayName("A whole district's door")
class VendorFloorsTest {
    private static final String DISTRICT = """
        {"legalName": "Made-up District", "kind": "public-authority", "country": "US", "regimes": ["US-FERPA"],
         "localised": false}\
        """;
    private static final String CLIENT = "reading-app";
    private static final String INSIDE = "192.0.2.7";

    private final HandClock clock = new HandClock();

    private Outcome ask(Rooms rooms, String client, String source, int limit, Optional<Filter> filter) {
        return rooms.gate()
                .ask(new Inquiry(
                        new Recipient.Vendor(client),
                        Wire.V1P2,
                        "/users",
                        List.of(),
                        Collection.USERS,
                        Optional.empty(),
                        filter,
                        List.of(),
                        Optional.empty(),
                        false,
                        0,
                        limit,
                        "https://roster.example.org/ims/oneroster/rostering/v1p2",
                        List.of(),
                        source));
    }

    private void gives(Rooms rooms) {
        assertInstanceOf(Outcome.Granted.class, ask(rooms, CLIENT, INSIDE, 3, Optional.empty()));
    }

    private void refuses(Reason reason, Outcome outcome) {
        assertEquals(new Outcome.Refused(reason), outcome);
    }

    @Test
    @DisplayName("refuses for each floor of the vendor's, and gives once that cause alone is gone")
    void floors(@TempDir Path directory) throws IOException {
        try (var district = LiveDistrict.make(directory.resolve("home"), clock, new SecureRandom())) {
            Path roster = directory.resolve("roster.zip");
            try (var in = Trial.class.getResourceAsStream("sample-roster.zip")) {
                Files.write(roster, in.readAllBytes());
            }
            district.take(roster, Set.of());
            var sharing = TrialDocuments.sharings(Schools.largestFirst(roster), true, clock.instant())
                    .getFirst();
            district.sign(DISTRICT, sharing.vendorFile(), sharing.agreementFile());
            var rooms = district.rooms();

            refuses(Reason.NO_RULE, ask(rooms, CLIENT, INSIDE, 3, Optional.empty()));
            var secret = district.activate(List.of(sharing.ruleFile()
                            .replaceFirst(
                                    "\\{", "{\"ceiling\": {\"personsPerDay\": 5}, \"networks\": [\"192.0.2.0/24\"], ")))
                    .getFirst();
            gives(rooms);

            refuses(Reason.ADDRESS_NOT_ALLOWED, ask(rooms, CLIENT, "198.51.100.1", 3, Optional.empty()));
            var whence = new Whereabouts(rooms.book(), rooms.ledger(), clock);
            assertFalse(secret.isEmpty());
            assertFalse(whence.admits(CLIENT, "198.51.100.1"));
            assertTrue(whence.admits(CLIENT, INSIDE));

            refuses(Reason.PERSONS_PER_DAY, ask(rooms, CLIENT, INSIDE, 6, Optional.empty()));
            gives(rooms);
            assertEquals(1, rooms.ceilings().reached(clock.instant()).size());

            var withheld = new Filter.Clause("email", Filter.Op.EQ, "x");
            assertInstanceOf(Outcome.Mistaken.class, ask(rooms, CLIENT, INSIDE, 3, Optional.of(withheld)));

            var papers = rooms.book().papers();
            papers.restrain(sharing.client(), Restraint.Kind.HOLD, Instant.MAX, "ada", clock.instant());
            refuses(Reason.VENDOR_HELD, ask(rooms, CLIENT, INSIDE, 3, Optional.empty()));
        }
    }

    @Test
    @DisplayName("refuses after the clock was moved back, and gives once somebody vouches for it")
    void clock(@TempDir Path directory) throws IOException {
        try (var district = LiveDistrict.make(directory.resolve("home"), clock, new SecureRandom())) {
            Path roster = directory.resolve("roster.zip");
            try (var in = Trial.class.getResourceAsStream("sample-roster.zip")) {
                Files.write(roster, in.readAllBytes());
            }
            district.take(roster, Set.of());
            var sharing = TrialDocuments.sharings(Schools.largestFirst(roster), true, clock.instant())
                    .getFirst();
            district.sign(DISTRICT, sharing.vendorFile(), sharing.agreementFile());
            district.activate(List.of(sharing.ruleFile()));
            clock.forward(Duration.ofSeconds(300));
            gives(district.rooms());
            clock.forward(Duration.ofSeconds(-61));
            assertInstanceOf(Outcome.Refused.class, ask(district.rooms(), CLIENT, INSIDE, 3, Optional.empty()));
            district.rooms().ledger().confirmClock("ada");
            gives(district.rooms());
        }
    }
}
