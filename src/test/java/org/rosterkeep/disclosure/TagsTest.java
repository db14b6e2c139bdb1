package org.rosterkeep.disclosure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.rosterkeep.entitlement.Edition;
import org.rosterkeep.entitlement.EditionSettings;
import org.rosterkeep.entitlement.Editions;
import org.rosterkeep.fixture.FakeShelf;
import org.rosterkeep.fixture.Rules;
import org.rosterkeep.fixture.Town;
import org.rosterkeep.fixture.World;
import org.rosterkeep.rules.Floors;
import org.rosterkeep.rules.Rule;

@DisplayName("An ETag")
class TagsTest {
    private static final Instant NOW = Instant.parse("2026-10-05T06:30:00Z");

    private final World world = Town.make();
    private final Editions editions =
            new Editions(world, new FakeShelf(), new Mirror(world, world), Floors.NONE, EditionSettings.standard());

    private Edition edition(String domain) {
        Rule rule = Rules.whole("district")
                .domain(domain)
                .version(domain.equals("one") ? 1 : 2)
                .rule();
        return editions.preview(rule, NOW);
    }

    @Test
    @DisplayName("is made with a key of the domain that makes no ids")
    void ownKey() {
        Set<String> keys = new HashSet<>();
        Tags tags = new Tags(new Aliases.Book() {
            @Override
            public Aliases of(String domain) {
                throw new AssertionError("this key makes ids");
            }

            @Override
            public Aliases tags(String domain) {
                keys.add(domain);
                return world.tags(domain);
            }

            @Override
            public boolean forgot(String domain) {
                return false;
            }
        });
        String one = tags.of(edition("one"), List.of("users"));
        assertEquals(one, tags.of(edition("one"), List.of("users")));
        assertNotEquals(one, tags.of(edition("two"), List.of("users")));
        assertEquals(Set.of("one", "two"), keys);
    }
}
