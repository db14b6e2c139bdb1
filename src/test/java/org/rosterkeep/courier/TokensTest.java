package org.rosterkeep.courier;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.rosterkeep.courier.wire.Order;
import org.rosterkeep.courier.wire.Secret;
import org.rosterkeep.courier.wire.Way;
import org.rosterkeep.fixture.HandClock;

@DisplayName("Tokens for a moment")
class TokensTest {
    private final HandClock clock = new HandClock();
    private final Tokens tokens = new Tokens(clock);
    private final Paperwork paperwork = new Paperwork();
    private final AtomicInteger got = new AtomicInteger();

    private Order order(String host, String secret) {
        var target = Paperwork.target(host, 443);
        return paperwork.order(
                Way.SIS_GET,
                target,
                paperwork.papers(Paperwork.text(Way.SIS_GET, target)),
                new Secret(Map.of(Secret.Part.CLIENT_ID, "us", Secret.Part.CLIENT_SECRET, secret)));
    }

    private String of(Order order, int seconds) {
        return tokens.of(order, () -> new Tokens.Token("t" + got.incrementAndGet(), seconds));
    }

    @Test
    @DisplayName("one does until its time is nearly over, and ten minutes at most")
    void life() {
        assertEquals("t1", of(order("a.example", "s"), 120));
        clock.forward(Duration.ofSeconds(89));
        assertEquals("t1", of(order("a.example", "s"), 120));
        clock.forward(Duration.ofSeconds(1));
        assertEquals("t2", of(order("a.example", "s"), 86_400));
        clock.forward(Duration.ofSeconds(599));
        assertEquals("t2", of(order("a.example", "s"), 86_400));
        clock.forward(Duration.ofSeconds(1));
        assertEquals("t3", of(order("a.example", "s"), 86_400));
    }

    @Test
    @DisplayName("another text, another secret, no word of how long, or one that was taken back: another token")
    void others() {
        assertEquals("t1", of(order("a.example", "s"), 3600));
        assertEquals("t2", of(order("b.example", "s"), 3600));
        assertEquals("t3", of(order("a.example", "other"), 3600));
        assertEquals("t1", of(order("a.example", "s"), 3600));
        tokens.forget(order("a.example", "s"));
        assertEquals("t4", of(order("a.example", "s"), 0));
        assertEquals("t5", of(order("a.example", "s"), 0));
        assertFalse(new Tokens.Token("t0ken", 1).toString().contains("t0ken"));
    }
}
