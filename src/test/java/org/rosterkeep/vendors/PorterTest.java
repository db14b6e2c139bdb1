package org.rosterkeep.vendors;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.Channel;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class PorterTest {
    private final AtomicLong clock = new AtomicLong(1_000);
    private final Porter porter = new Porter(
            Limits.usual().withConnections(10, 2),
            clock::get,
            Duration.ofDays(1).toNanos());
    private int port = 50_000;

    private Guest guest(String address) {
        return new Guest(new InetSocketAddress(InetAddress.ofLiteral(address), port++));
    }

    private void after(long seconds) {
        clock.addAndGet(TimeUnit.SECONDS.toNanos(seconds));
        porter.round();
    }

    private Visit visit(Guest guest) {
        assertTrue(porter.admit(guest.from, guest));
        return porter.visit(guest.from).orElseThrow();
    }

    /// A connection that is only open or closed.
    private static final class Guest implements Channel {
        final InetSocketAddress from;
        boolean open = true;

        Guest(InetSocketAddress from) {
            this.from = from;
        }

        @Override
        public boolean isOpen() {
            return open;
        }

        @Override
        public void close() {
            open = false;
        }
    }

    @Test
    @DisplayName("an address gets so many connections and no more; another address is not touched")
    void perAddress() {
        Guest first = guest("192.0.2.1");
        assertTrue(porter.admit(first.from, first));
        Guest second = guest("192.0.2.1");
        assertTrue(porter.admit(second.from, second));
        Guest third = guest("192.0.2.1");
        assertFalse(porter.admit(third.from, third));
        Guest neighbour = guest("192.0.2.2");
        assertTrue(porter.admit(neighbour.from, neighbour));
        porter.goodbye(first.from, porter.visit(first.from).orElseThrow());
        assertTrue(porter.admit(third.from, third));
    }

    @Test
    @DisplayName("a connection that ended without a word makes room")
    void silentEnd() {
        Guest first = guest("192.0.2.1");
        Guest second = guest("192.0.2.1");
        assertTrue(porter.admit(first.from, first) && porter.admit(second.from, second));
        first.close();
        Guest third = guest("192.0.2.1");
        assertTrue(porter.admit(third.from, third));
        assertEquals(2, porter.present());
    }

    @Test
    @DisplayName("saying goodbye twice counts once")
    void twice() {
        Guest first = guest("192.0.2.1");
        Visit visit = visit(first);
        porter.goodbye(first.from, visit);
        porter.goodbye(first.from, visit);
        assertEquals(0, porter.present());
        for (int i = 0; i < 2; i++) {
            Guest next = guest("192.0.2.1");
            assertTrue(porter.admit(next.from, next));
        }
        Guest last = guest("192.0.2.1");
        assertFalse(porter.admit(last.from, last));
    }

    @Nested
    @DisplayName("ends a connection")
    class Ends {
        private final Guest guest = guest("192.0.2.9");
        private final Visit visit = visit(guest);

        @Test
        @DisplayName("that stays silent")
        void silent() {
            after(10);
            assertTrue(guest.open);
            after(1);
            assertFalse(guest.open);
            assertEquals(0, porter.present());
        }

        @Test
        @DisplayName("whose headers drip, however busily")
        void headers() {
            for (int i = 0; i < 11; i++) {
                visit.received(1, clock.get());
                after(1);
            }
            assertFalse(guest.open);
        }

        @Test
        @DisplayName("whose second request's headers drip")
        void secondHeaders() {
            visit.received(100, clock.get());
            visit.headersComplete(false, clock.get());
            visit.sending(10, clock.get());
            visit.sent(clock.get());
            visit.waiting(clock.get());
            after(30);
            assertTrue(guest.open, "idle connections may rest longer than headers may take");
            visit.received(1, clock.get());
            after(9);
            assertTrue(guest.open);
            after(2);
            assertFalse(guest.open);
        }

        @Test
        @DisplayName("whose body comes too slowly on the average")
        void slowBody() {
            visit.received(100, clock.get());
            visit.headersComplete(true, clock.get());
            after(10);
            visit.received(3 * 1024, clock.get());
            after(3);
            assertTrue(guest.open, "3 KiB buy three seconds");
            after(1);
            assertFalse(guest.open);
        }

        @Test
        @DisplayName("whose body takes too long, however fast it comes")
        void longBody() {
            visit.headersComplete(true, clock.get());
            for (int i = 0; i < 300; i++) {
                visit.received(100_000, clock.get());
                after(1);
            }
            assertTrue(guest.open);
            after(1);
            assertFalse(guest.open);
        }

        @Test
        @DisplayName("that does not take its answer")
        void stall() {
            visit.received(1, clock.get());
            visit.headersComplete(false, clock.get());
            visit.sending(10 * 1024, clock.get());
            after(70);
            assertTrue(guest.open, "a slow line is not a stall");
            after(1);
            assertFalse(guest.open);
        }

        @Test
        @DisplayName("that rests between requests for too long")
        void idle() {
            visit.received(1, clock.get());
            visit.headersComplete(false, clock.get());
            visit.sent(clock.get());
            visit.waiting(clock.get());
            after(60);
            assertTrue(guest.open);
            after(1);
            assertFalse(guest.open);
        }
    }
}
