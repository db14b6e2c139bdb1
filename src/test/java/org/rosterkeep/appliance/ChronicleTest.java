package org.rosterkeep.appliance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.rosterkeep.fixture.FakeShelf;
import org.rosterkeep.roster.Shelf;

@DisplayName("The chronicle")
class ChronicleTest {
    private final FakeShelf shelf = new FakeShelf();
    private final Steps clock = new Steps();
    private final Chronicle chronicle = new Chronicle(
            shelf,
            clock,
            Map.of("rule", UnaryOperator.identity(), "client", document -> bytes("no secret"), "stop", one -> one));

    private static final class Steps extends Clock {
        private Instant now = Instant.parse("2026-10-05T08:00:00Z");

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        Instant step() {
            now = now.plusSeconds(1);
            return now;
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static Map<String, String> texts(Shelf of, String kind) {
        var texts = new TreeMap<String, String>();
        of.all(kind).forEach((id, document) -> texts.put(id, new String(document, StandardCharsets.UTF_8)));
        return texts;
    }

    @Test
    @DisplayName("tells at every instant what stood then, whatever was put, replaced and removed")
    void everyInstant() {
        long seed = 20_261_124L;
        var random = new Random(seed);
        var truth = new ArrayList<Map.Entry<Instant, Map<String, String>>>();
        for (int n = 0; n < 400; n++) {
            var at = clock.step();
            var changes = new ArrayList<Shelf.Change>();
            for (int more = random.nextInt(3); more >= 0; more--) {
                var id = "r@" + random.nextInt(6);
                changes.add(
                        random.nextInt(4) == 0
                                ? new Shelf.Change.Remove("rule", id)
                                : new Shelf.Change.Put("rule", id, bytes("text " + random.nextInt(3))));
            }
            chronicle.apply(changes);
            if (random.nextBoolean()) {
                // Two edits within one instant: the second is what stood.
                chronicle.put("rule", "r@0", bytes("again " + n));
            }
            truth.add(Map.entry(at, texts(shelf, "rule")));
        }
        for (var then : truth) {
            assertEquals(then.getValue(), texts(chronicle.asOf(then.getKey()), "rule"), "seed " + seed);
            assertEquals(
                    then.getValue(),
                    texts(chronicle.asOf(then.getKey().plusMillis(999)), "rule"),
                    "seed " + seed + ", until the next edit");
        }
        assertTrue(texts(chronicle.asOf(truth.getFirst().getKey().minusNanos(1)), "rule")
                .isEmpty());
    }

    @Test
    @DisplayName("dates a stop by when it acted, however late it could be written")
    void late() {
        chronicle.put("stop", "r", bytes("runs"));
        var acted = clock.step();
        var from = chronicle.dated();
        shelf.full(true);
        assertThrows(IllegalStateException.class, () -> from.put("stop", "r", bytes("stopped")));
        clock.step();
        shelf.full(false);
        from.put("stop", "r", bytes("stopped"));
        assertEquals("stopped", texts(chronicle.asOf(acted), "stop").get("r"));
        assertEquals("runs", texts(chronicle.asOf(acted.minusMillis(1)), "stop").get("r"));
    }

    @Test
    @DisplayName("does not date a late writing before an edit that was written meanwhile")
    void lateAfterEdit() {
        chronicle.put("stop", "r", bytes("one"));
        var start = clock.instant();
        clock.step();
        var from = chronicle.dated();
        clock.step();
        chronicle.put("stop", "r", bytes("two"));
        clock.step();
        from.put("stop", "r", bytes("three"));
        assertEquals("one", texts(chronicle.asOf(start), "stop").get("r"));
        assertEquals("three", texts(chronicle.asOf(clock.instant()), "stop").get("r"));
    }

    @Test
    @DisplayName(
            "keeps no secret that was replaced, remembers no kind it was not told of, and nothing that did not change")
    void bounded() {
        chronicle.put("client", "c", bytes("secret one"));
        var first = clock.instant();
        clock.step();
        chronicle.put("client", "c", bytes("secret two"));
        assertEquals("no secret", texts(chronicle.asOf(first), "client").get("c"));
        assertEquals(2, shelf.ids("history/client").size());
        chronicle.put("client", "c", bytes("secret two"));
        assertEquals(2, shelf.ids("history/client").size());
        chronicle.put("token", "t", bytes("traffic"));
        chronicle.put("token", "t", bytes("more"));
        assertEquals(List.of(), shelf.ids("history/token"));
    }

    @Test
    @DisplayName("forgets how one document stood, and no other")
    void forgets() {
        chronicle.put("rule", "a", bytes("1"));
        chronicle.put("rule", "a@b", bytes("1"));
        clock.step();
        chronicle.remove("rule", "a");
        chronicle.remove("rule", "a@b");
        chronicle.forget("rule", "a");
        assertEquals(2, shelf.ids("history/rule").size());
        assertTrue(shelf.ids("history/rule").stream().allMatch(id -> id.startsWith("a@b@")));
        assertThrows(
                UnsupportedOperationException.class,
                () -> chronicle.asOf(clock.instant()).remove("rule", "a"));
    }
}
