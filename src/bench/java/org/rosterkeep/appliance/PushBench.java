package org.rosterkeep.appliance;

import jakarta.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.rosterkeep.courier.Confinement;
import org.rosterkeep.courier.Courier;
import org.rosterkeep.courier.Journal;
import org.rosterkeep.courier.wire.Code;
import org.rosterkeep.fixture.MadeUpDistrict;

/// How many deliveries a second a keep, a courier and a vendor's server get through on one machine, all in one process
/// and over real TLS: one target after the other is told everything, and then small deltas.
///
/// `PushBench DIRECTORY [students, default 2000] [targets, default 20] [rounds, default 5]`
final class PushBench {
    private PushBench() {}

    public static void main(String[] args) throws Exception {
        Path directory = Files.createDirectories(Path.of(args[0]));
        int students = args.length > 1 ? Integer.parseInt(args[1]) : 2000;
        int targets = args.length > 2 ? Integer.parseInt(args[2]) : 20;
        int rounds = args.length > 3 ? Integer.parseInt(args[3]) : 5;
        var clock = new org.rosterkeep.fixture.HandClock(Instant.now());
        var shape = MadeUpDistrict.Shape.of(students).schools(1).demographics(false);
        try (var receiver = new Receiver(directory.resolve("vendor"));
                var town = PushingDistrict.make(Files.createDirectories(directory.resolve("town")), clock)) {
            town.roster(shape);
            var papers = town.papers();
            town.live.sign(PushingDistrict.DISTRICT, papers.vendorFile(), papers.agreementFile());
            for (int n = 0; n < targets; n++) {
                String rule = PushingDistrict.rule(
                                papers.ruleFile(),
                                "{\"kind\": \"https-zip\", \"host\": \"" + Receiver.HOST + "\", \"port\": "
                                        + receiver.port() + ", \"path\": \"/in\", \"internal\": true}",
                                "{\"everyMinutes\": 1}")
                        .replace("\"reading-names\"", "\"reading-" + n + "\"");
                town.live.approve(rule);
            }
            try (var courier = courier(directory, town, receiver)) {
                measured("whole", targets, receiver);
                for (int round = 1; round <= rounds; round++) {
                    // A few pupils more: what the made-up nights change otherwise, this rule does not give.
                    town.roster(MadeUpDistrict.Shape.of(students + 4 * round)
                            .schools(1)
                            .demographics(false));
                    clock.forward(java.time.Duration.ofMinutes(2));
                    measured("delta", targets, receiver);
                }
            }
        }
    }

    private static void measured(String what, int targets, Receiver receiver) throws InterruptedException {
        long from = System.nanoTime();
        long bytes = 0;
        for (int n = 0; n < targets; n++) {
            bytes += receiver.next().body().length;
        }
        double seconds = (System.nanoTime() - from) / 1e9;
        System.out.printf(
                "%s: %d deliveries, %d bytes each, %.2f s, %.1f a second%n",
                what, targets, bytes / targets, seconds, targets / seconds);
        Thread.sleep(TimeUnit.SECONDS.toMillis(1));
    }

    private static Courier courier(Path directory, PushingDistrict town, Receiver receiver)
            throws IOException, GeneralSecurityException {
        var operators = Json.createArrayBuilder();
        var known = town.live.rooms().operators();
        known.list()
                .forEach(one -> operators.add(Json.createObjectBuilder()
                        .add("district", town.live.rooms().name().text())
                        .add("operator", one.name())
                        .add("roles", Json.createArrayBuilder())
                        .add("publicKeys", Json.createArrayBuilder(known.publicKeys(one.name())))));
        Files.writeString(directory.resolve("operators.json"), operators.build().toString());
        var place = Json.createObjectBuilder()
                .add("host", Receiver.HOST)
                .add("port", receiver.port())
                .add("internal", true)
                .add("addresses", Json.createArrayBuilder().add("127.0.0.1"))
                .add("rules", Json.createArrayBuilder())
                .add("resolved", Instant.now().toString());
        Files.writeString(
                directory.resolve("manifest.json"),
                Json.createObjectBuilder()
                        .add("made", Instant.now().toString())
                        .add("places", Json.createArrayBuilder().add(place))
                        .build()
                        .toString());
        return Courier.start(
                new Courier.Setting(
                        town.socket,
                        directory.resolve("manifest.json"),
                        directory.resolve("operators.json"),
                        Optional.of(receiver.authority()),
                        4,
                        true,
                        "bench"),
                new Journal() {
                    @Override
                    public void delivery(Line line) {}

                    @Override
                    public void refused(Code code) {
                        System.out.println("refused " + code);
                    }

                    @Override
                    public void confinement(Confinement.Finding finding) {}

                    @Override
                    public void line(Enum<?> code) {}

                    @Override
                    public void failure(RuntimeException fault) {
                        System.out.println("failed " + fault.getClass());
                    }
                },
                Clock.systemUTC());
    }
}
