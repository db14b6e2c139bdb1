package org.rosterkeep.appliance;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.rosterkeep.log.Event;
import org.rosterkeep.log.Fact;
import org.rosterkeep.rules.Version;
import org.rosterkeep.vendors.House;

/// The rehearsals that are on, beside the districts and never among them: a twin has a name of its own in URLs, and the
/// only district stays the only one.
final class Rehearsals implements AutoCloseable {
    /// Under which the last report of each rule's rehearsals rests on the district's own shelf.
    private static final String REPORT = "rehearsal-report";

    private static final Pattern RULE = Pattern.compile("[a-z0-9][a-z0-9._-]{0,63}");

    private final Home home;
    private final Wiring wiring;
    private final RehearsalScale scale = RehearsalScale.shipped();
    private final ConcurrentSkipListMap<DistrictName, Rehearsal> all = new ConcurrentSkipListMap<>();

    private Rehearsals(Home home, Wiring wiring) {
        this.home = home;
        this.wiring = wiring;
    }

    /// Takes up the rehearsals of these districts that were on when the appliance stopped. One that was made by half is
    /// among them, plays nothing, and can be ended.
    static Rehearsals open(Home home, List<District> districts, Wiring wiring) {
        var rehearsals = new Rehearsals(home, wiring);
        for (var district : districts) {
            for (var rule : directories(home.rehearsals(district.name()))) {
                var directory = home.rehearsals(district.name()).resolve(rule);
                var found = Rehearsal.find(directory, district, rule, wiring, rehearsals.scale);
                rehearsals.all.put(found.twin().name(), found);
            }
        }
        return rehearsals;
    }

    private static List<String> directories(Path parent) {
        if (!Files.isDirectory(parent)) {
            return List.of();
        }
        try (Stream<Path> inside = Files.list(parent)) {
            return inside.filter(Files::isDirectory)
                    .map(path -> path.getFileName().toString())
                    .filter(RULE.asMatchPredicate())
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    List<Rehearsal> of(District district) {
        return all.values().stream()
                .filter(one -> one.of().name().equals(district.name()))
                .toList();
    }

    Optional<Rehearsal> find(District district, String rule) {
        return of(district).stream().filter(one -> one.rule().equals(rule)).findFirst();
    }

    /// The house of this name while its rehearsal lasts.
    Optional<House> house(String name) {
        return DistrictName.twin(name)
                .flatMap(twin -> Optional.ofNullable(all.get(twin)))
                .filter(one -> !one.over(wiring.clock().instant()))
                .map(Rehearsal::house);
    }

    /// Begins to rehearse a version.
    synchronized Rehearsal.Begun start(District district, Version version, Instant now) throws IOException {
        var script = RehearsalScript.of(district.name(), version, now, now.plus(scale.open()));
        var name = DistrictName.twin(district.name(), script.rule());
        if (all.containsKey(name)) {
            throw new Trouble(
                    Exit.REFUSED,
                    "The rule " + script.rule() + " is rehearsed already.",
                    "One rule has one rehearsal at a time.",
                    "See: rosterkeep rehearsal list; end it with: rosterkeep rehearsal end " + script.rule());
        }
        var directory = home.rehearsals(district.name()).resolve(script.rule());
        Home.remove(directory);
        Home.makePrivate(home.rehearsals(district.name()));
        Home.makePrivate(directory);
        try {
            var begun = Rehearsal.begin(directory, district, script, wiring, scale);
            all.put(name, begun.rehearsal());
            return begun;
        } catch (RuntimeException e) {
            Home.remove(directory);
            throw e;
        }
    }

    /// How a rehearsal came to its end.
    ///
    /// @param report the last report; empty when none could be made
    /// @param kept whether it was kept
    /// @param recorded whether the end is in the district's ledger
    record Ended(Optional<JsonObject> report, boolean kept, boolean recorded) {}

    /// Ends it at once, and destroys it as a district is disposed of: its keys first. A full disk or a broken ledger
    /// does not keep it going.
    synchronized Ended end(Rehearsal rehearsal, String actor) throws IOException {
        all.remove(rehearsal.twin().name());
        var report = quietly(rehearsal, () -> new ConformanceJson(Conformance.of(rehearsal)).json());
        destroy(rehearsal);
        boolean kept = quietly(rehearsal, () -> {
                    report.ifPresent(last -> rehearsal
                            .of()
                            .rooms()
                            .vault()
                            .put(REPORT, rehearsal.rule(), last.toString().getBytes(StandardCharsets.UTF_8)));
                    return report.isPresent();
                })
                .orElse(false);
        boolean recorded = quietly(
                        rehearsal,
                        () -> rehearsal
                                .of()
                                .rooms()
                                .ledger()
                                .record("rehearsal.ended", actor, Map.of("rule", rehearsal.rule())))
                .isPresent();
        return new Ended(report, kept, recorded);
    }

    private <T> Optional<T> quietly(Rehearsal rehearsal, Supplier<T> step) {
        try {
            return Optional.of(step.get());
        } catch (RuntimeException e) {
            wiring.log()
                    .say(
                            Event.REHEARSAL_END_LOST,
                            e,
                            new Fact.In(rehearsal.twin().name().text()));
            return Optional.empty();
        }
    }

    private static void destroy(Rehearsal rehearsal) throws IOException {
        var directory = rehearsal.twin().directory();
        try {
            rehearsal.twin().close();
        } finally {
            Home.remove(District.keys(directory));
            Home.remove(directory);
        }
    }

    /// The report of a rule's rehearsal: of the one that is on, else of the last one that has ended.
    Optional<JsonObject> report(District district, String rule) {
        return find(district, rule)
                .map(one -> new ConformanceJson(Conformance.of(one)).json())
                .or(() -> lastReport(district.rooms(), rule));
    }

    private static Optional<JsonObject> lastReport(Rooms rooms, String rule) {
        return rooms.vault().get(REPORT, rule).map(document -> {
            try (var reader = Json.createReader(new ByteArrayInputStream(document))) {
                return reader.readObject();
            }
        });
    }

    /// Ends those of a district that goes.
    void endAll(District district) throws IOException {
        for (var one : of(district)) {
            all.remove(one.twin().name());
            destroy(one);
        }
        Home.remove(home.rehearsals(district.name()));
    }

    /// What has to be done about once a minute: those whose time is over end.
    void tidy(Instant now) {
        for (var one : all.values()) {
            try {
                if (one.over(now)) {
                    end(one, "appliance");
                } else {
                    one.tidy(now);
                }
            } catch (IOException | RuntimeException e) {
                wiring.log()
                        .say(
                                Event.HOUSEKEEPING_FAILED,
                                e,
                                new Fact.In(one.twin().name().text()));
            }
        }
    }

    RehearsalScale scale() {
        return scale;
    }

    @Override
    public void close() {
        all.values().forEach(Rehearsal::close);
    }
}
