package org.rosterkeep.appliance;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.rosterkeep.courier.wire.Order;
import org.rosterkeep.courier.wire.Refusal;
import org.rosterkeep.courier.wire.Result;
import org.rosterkeep.fixture.MadeUpDistrict;
import org.rosterkeep.rules.Rule;

/// Kills a keep in the middle of a delivery, and looks at what it left.
class PushCrashTest {
    /// When it is killed.
    private enum Moment {
        ORDERED,
        UNDER_WAY,
        ALL_SENT
    }

    /// A keep that pushes until it is killed.
    static final class Keeper {
        private Keeper() {}

        public static void main(String[] args) throws IOException, InterruptedException {
            try (var town = PushingDistrict.find(Path.of(args[0]), Clock.systemUTC())) {
                System.out.println("up " + town.socket);
                Thread.sleep(TimeUnit.MINUTES.toMillis(5));
            }
        }
    }

    private static Process keeper(Path home) throws IOException {
        var process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-XX:+UseSerialGC",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Keeper.class.getName(),
                        home.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        var lines = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        assertTrue(String.valueOf(lines.readLine()).startsWith("up"));
        return process;
    }

    private static void kill(Process process) throws InterruptedException {
        process.destroyForcibly();
        assertTrue(process.waitFor(30, TimeUnit.SECONDS));
    }

    @ParameterizedTest
    @EnumSource(Moment.class)
    @DisplayName(
            "after kill -9 of the keep what may have left is on record, the cursor has not moved, and it comes again")
    void killed(Moment moment, @TempDir Path home) throws Exception {
        Rule rule;
        try (var town = PushingDistrict.make(home, Clock.systemUTC())) {
            town.roster(MadeUpDistrict.Shape.of(2000).schools(1).demographics(false));
            rule = town.pushing(PushingDistrict.target("https-json"), "{\"everyMinutes\": 1}");
        }
        Process keeper = keeper(home);
        DoubleCourier.Got first;
        try (var courier = new DoubleCourier(home.resolve("c.sock"))) {
            courier.manner = new DoubleCourier.Manner() {
                @Override
                public Optional<Refusal> refused(Order order) {
                    if (moment == Moment.ORDERED) {
                        keeper.destroyForcibly();
                    }
                    return Optional.empty();
                }

                @Override
                public void begun(Order order) {
                    if (moment == Moment.UNDER_WAY) {
                        keeper.destroyForcibly();
                    }
                }

                @Override
                public Optional<Result> ended(Order order) {
                    keeper.destroyForcibly();
                    return Optional.empty();
                }
            };
            first = courier.next();
            kill(keeper);
        } finally {
            kill(keeper);
        }
        try (var town = PushingDistrict.find(home, Clock.systemUTC());
                var courier = new DoubleCourier(town.socket)) {
            var ledger = town.ledger("push.");
            boolean left = first.payload().length > 0;
            assertEquals(moment != Moment.ORDERED, left, "the kill came when it was meant to");
            if (left) {
                assertTrue(ledger.stream().anyMatch(one -> one.contains("/users 202")), ledger.toString());
                assertTrue(ledger.stream().anyMatch(one -> one.contains("interrupted")), ledger.toString());
            }
            assertEquals(Optional.empty(), town.standing(rule).told());
            var second = courier.next();
            assertTrue(second.whole());
            assertEquals(first.order().delivery(), second.order().delivery());
            assertArrayEquals(first.payload(), java.util.Arrays.copyOf(second.payload(), first.payload().length));
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
            while (town.standing(rule).told().isEmpty() && System.nanoTime() < end) {
                Thread.sleep(20);
            }
            assertFalse(town.standing(rule).told().isEmpty());
            assertEquals(
                    1,
                    town.ledger("push.delivered").stream()
                            .filter(one -> one.startsWith("push."))
                            .count());
            assertEquals(List.of(), town.standing(rule).dead());
        }
    }
}
