package org.rosterkeep.disclosure;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.rosterkeep.fixture.Rules;
import org.rosterkeep.fixture.Town;
import org.rosterkeep.roster.Entity;
import org.rosterkeep.rules.Recipient;

@DisplayName("The rolls of old editions")
class RollsTest {
    /// What one edition gave, as its client saw it.
    private record Seen(long edition, List<String> outward) {}

    @ParameterizedTest(name = "ids passed through: {0}")
    @ValueSource(booleans = {true, false})
    @DisplayName("say who stood at each position of every edition there was, after all that came later")
    void readable(boolean passThrough) {
        Rules rules = Rules.whole("district");
        House house = new House(Town.make(), (passThrough ? rules.passingIdsThrough() : rules).rule());
        List<Seen> all = new ArrayList<>();
        Map<String, Integer> ordinals = new HashMap<>();
        for (int night = 0; night < 4; night++) {
            all.add(seen(house));
            all.getLast().outward.forEach(id -> ordinals.computeIfAbsent(id, one -> ordinal(house, one)));
            switch (night) {
                case 0 ->
                    house.world
                            .remove(Entity.USER, "ada")
                            .student("flo", "Flo", "Wer", "north", "05")
                            .commit();
                case 1 ->
                    house.world.student("gus", "Gus", "Tav", "south", "06").commit();
                default -> house.world.remove(Entity.USER, "di").commit();
            }
            house.clock.forward(Duration.ofHours(2));
        }
        assertTrue(all.stream().mapToLong(Seen::edition).distinct().count() >= 3);
        Rolls rolls = new Rolls(house.editions, house.world, house.world, house.world, DoorSettings.standard());
        for (Seen seen : all) {
            int[] expected = seen.outward.stream().mapToInt(ordinals::get).toArray();
            assertArrayEquals(
                    LongStream.range(0, expected.length).toArray(),
                    rolls.positions(house.rule.id(), seen.edition, Entity.USER, expected)
                            .orElseThrow());
        }
        int late = house.world.ordinal(Entity.USER, "gus");
        assertArrayEquals(
                new long[] {-1},
                rolls.positions(house.rule.id(), all.getFirst().edition, Entity.USER, new int[] {late})
                        .orElseThrow());
        assertEquals(Optional.empty(), rolls.positions(house.rule.id(), 99, Entity.USER, new int[] {0}));
        assertEquals(Optional.empty(), rolls.positions("no such rule", 1, Entity.USER, new int[] {0}));
    }

    @Test
    @DisplayName("are not needed for the preview of a rule that is not in force: its entry lists the persons")
    void preview() {
        House house = new House(Town.make(), Rules.whole("district").rule());
        house.ask(Collection.USERS).text();
        house.rule = Rules.whole("district").roles("student").version(2).rule();
        house.ask(Collection.USERS)
                .by(new Recipient.Official("ada", "client-1"))
                .text();
        assertInstanceOf(Entry.Persons.Listed.class, house.account.last().persons());
    }

    private static Seen seen(House house) {
        List<String> outward = house.ask(Collection.USERS).records().stream()
                .map(record -> House.text(record, "sourcedId"))
                .toList();
        return new Seen(house.account.last().edition(), outward);
    }

    private static int ordinal(House house, String outward) {
        house.ask(Collection.USERS).one(outward).text();
        return assertInstanceOf(Entry.Persons.Listed.class, house.account.last().persons())
                .ordinals()[0];
    }
}
