package org.rosterkeep.disclosure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.rosterkeep.fixture.Rules;
import org.rosterkeep.fixture.Town;
import org.rosterkeep.fixture.World;
import org.rosterkeep.roster.Entity;
import org.rosterkeep.roster.Field;
import org.rosterkeep.rules.Recipient;

@DisplayName("Paging")
class PagingTest {
    private final House house = new House(crowd(), Rules.whole("district").rule());

    private static World crowd() {
        World world = Town.make();
        for (int n = 0; n < 40; n++) {
            world.student("many-" + n, "Given" + n, "Family", "north", "05");
        }
        return world.commit();
    }

    private List<String> ids(List<Map<String, Json.Node>> records) {
        return records.stream().map(record -> House.text(record, "sourcedId")).toList();
    }

    @Test
    @DisplayName("through changes is paging through one edition, with one total")
    void oneEdition() {
        List<String> before = ids(house.ask(Collection.USERS).page(0, 1000).records());
        List<String> seen = new ArrayList<>();
        for (int offset = 0; offset < before.size(); offset += 10) {
            Disclosure page = house.ask(Collection.USERS).page(offset, 10).disclosure();
            assertEquals(before.size(), page.total());
            seen.addAll(ids(House.records(House.Question.text(page))));
            house.world.remove(Entity.USER, "many-" + offset / 2).student("new-" + offset, "N", "F", "north", "06");
            house.world.commit();
            house.clock.forward(Duration.ofMinutes(1));
        }
        assertEquals(before, seen);
        assertEquals(
                before.size() + 5,
                house.ask(Collection.USERS).page(0, 1).disclosure().total());
    }

    @Test
    @DisplayName("that stopped for half an hour goes on with the newest edition, and lets the old rows go")
    void idle() {
        house.ask(Collection.USERS).page(0, 10).text();
        house.world.student("late", "L", "F", "north", "06").commit();
        house.clock.forward(Duration.ofMinutes(29));
        assertEquals(48, house.ask(Collection.USERS).page(10, 10).disclosure().total());
        int held = house.world.openPins();
        house.clock.forward(Duration.ofMinutes(31));
        house.gate.idle(house.clock.instant());
        assertEquals(held - 1, house.world.openPins());
        assertEquals(49, house.ask(Collection.USERS).page(10, 10).disclosure().total());
    }

    @Test
    @DisplayName("never holds a permission: a narrower rule bites at the next page")
    void permission() {
        house.ask(Collection.USERS).page(0, 10).text();
        house.rule = Rules.whole("district")
                .without(Field.USER_GIVEN_NAME)
                .version(2)
                .rule();
        assertFalse(house.ask(Collection.USERS).page(10, 30).text().contains("Given"));
    }

    @Test
    @DisplayName("beyond the end is an empty page")
    void beyond() {
        assertEquals(
                "{\"users\":[]}", house.ask(Collection.USERS).page(1000, 10).text());
    }

    @Test
    @DisplayName("shows a record disposed of in between as a tombstone, not as a gap")
    void disposed() {
        house.ask(Collection.USERS).page(0, 10).text();
        house.world.dispose(Entity.USER, "ada");
        String rest = house.ask(Collection.USERS).page(0, 1000).text();
        assertEquals(48, House.records(rest).size());
        assertEquals(1, rest.split("tobedeleted", -1).length - 1);
        assertFalse(rest.contains("u-ada"));
    }

    @Test
    @DisplayName("is the same in bytes whether taken in pages or at once, and at any limit")
    void bytes() {
        String whole = house.ask(Collection.USERS).page(0, 5000).text();
        List<Map<String, Json.Node>> parts = new ArrayList<>();
        for (int offset = 0; offset < 48; offset += 7) {
            parts.addAll(house.ask(Collection.USERS).page(offset, 7).records());
        }
        assertEquals(House.records(whole), parts);
    }

    @Test
    @DisplayName("has a tag that is equal for equal answers and moves with anything visible")
    void tags() {
        String tag = house.ask(Collection.USERS).disclosure().etag();
        assertEquals(tag, house.ask(Collection.USERS).disclosure().etag());
        assertNotEquals(
                tag, house.ask(Collection.USERS).page(0, 99).disclosure().etag());
        assertTrue(house.ask(Collection.USERS).having(tag).disclosure().notModified());
        assertEquals(304, house.account.last().status());
        assertEquals(new Entry.Persons.None(), house.account.last().persons());
        house.world.student("ada", "Ada2", "O'Quiet", "north", "05").commit();
        assertFalse(house.ask(Collection.USERS).having(tag).disclosure().notModified());
    }

    @Test
    @DisplayName("the ledger's spans can be read again, editions later and after a restart")
    void spans() {
        List<String> first = ids(house.ask(Collection.USERS).page(5, 10).records());
        Entry entry = house.account.last();
        for (int n = 0; n < 5; n++) {
            house.world
                    .remove(Entity.USER, "many-" + n)
                    .student("later-" + n, "L", "F", "south", "06")
                    .commit();
            house.clock.forward(Duration.ofDays(150));
            house.ask(Collection.USERS).text();
        }
        house.restart();
        Rolls positions = new Rolls(house.editions, house.world, house.world, house.world, DoorSettings.standard());
        int[] all =
                IntStream.range(0, house.world.relations().size(Entity.USER)).toArray();
        long[] places = positions
                .positions(entry.rule(), entry.edition(), Entity.USER, all)
                .orElseThrow();
        int[] ordinals = IntStream.of(all)
                .filter(one -> places[one] >= 5 && places[one] < 15)
                .boxed()
                .sorted(Comparator.comparingLong(one -> places[one]))
                .mapToInt(Integer::intValue)
                .toArray();
        PairwiseNames names = new PairwiseNames(
                house.rule.domain(), house.world.of(house.rule.domain()), house.world.relations(), new Cache(1000));
        List<String> again = new ArrayList<>();
        for (int ordinal : ordinals) {
            byte[] id = new byte[Names.LENGTH_MAX];
            again.add(new String(id, 0, names.of(Entity.USER, ordinal, id), StandardCharsets.US_ASCII));
        }
        assertEquals(first, again);
        assertEquals(Optional.empty(), positions.positions(entry.rule(), 99, Entity.USER, all));
    }

    @Test
    @DisplayName("of a preview moves no edition, and the ledger lists its persons one by one")
    void preview() {
        house.ask(Collection.USERS).text();
        long number = house.account.last().edition();
        house.rule = Rules.whole("north").version(2).rule();
        String seen = house.ask(Collection.USERS)
                .by(new Recipient.Official("olive", "client-1"))
                .text();
        assertFalse(seen.contains("Cy"));
        assertEquals("preview", house.account.last().channel());
        assertTrue(house.account.last().persons() instanceof Entry.Persons.Listed);
        house.rule = Rules.whole("district").rule();
        house.ask(Collection.USERS).text();
        assertEquals(number, house.account.last().edition());
    }
}
