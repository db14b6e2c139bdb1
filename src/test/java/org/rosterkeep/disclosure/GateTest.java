package org.rosterkeep.disclosure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.rosterkeep.fixture.Rules;
import org.rosterkeep.fixture.Town;
import org.rosterkeep.roster.Entity;
import org.rosterkeep.rules.Reason;

@DisplayName("The gate")
class GateTest {
    private final House house = new House(Town.make(), Rules.whole("district").rule());

    @Test
    @DisplayName("gives a page of users in the order of their outward ids")
    void page() {
        List<String> ids = house.ask(Collection.USERS).records().stream()
                .map(record -> House.text(record, "sourcedId"))
                .toList();
        assertEquals(8, ids.size());
        assertEquals(ids.stream().sorted().toList(), ids);
    }

    @Test
    @DisplayName("writes the ledger's entry before anything is given, with the span of the answer")
    void entry() {
        Disclosure disclosure = house.ask(Collection.USERS).page(2, 3).disclosure();
        assertEquals(1, house.account.entries().size());
        Entry entry = house.account.last();
        assertEquals(new Entry.Persons.Span(Entity.USER, 2, 5), entry.persons());
        assertEquals(3, entry.count());
        assertEquals(8, disclosure.total());
        assertEquals(200, entry.status());
    }

    @Test
    @DisplayName("gives nothing when the ledger cannot write")
    void ledger() {
        house.account.failing(true);
        assertEquals(
                new Outcome.Refused(Reason.LEDGER_UNAVAILABLE),
                house.ask(Collection.USERS).outcome());
    }

    @Test
    @DisplayName("shows a leaver as a tombstone without a value")
    void leaver() {
        house.ask(Collection.USERS).text();
        house.world.remove(Entity.USER, "ada").commit();
        house.clock.forward(Duration.ofHours(1));
        String text = house.ask(Collection.USERS).text();
        assertEquals(1, text.split("tobedeleted", -1).length - 1);
        assertTrue(!text.contains("Ada") && !text.contains("u-ada"), text);
    }
}
