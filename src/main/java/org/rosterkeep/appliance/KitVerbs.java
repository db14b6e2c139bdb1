package org.rosterkeep.appliance;

import jakarta.json.Json;
import jakarta.json.JsonObjectBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.rosterkeep.keys.Kit;
import org.rosterkeep.keys.KitCode;

/// The recovery kit: shown once, and taken into use when somebody has proved by two of its words that it was written
/// down. Until then nothing of it is on the disk, and the kit before goes on opening.
final class KitVerbs {
    /// How long a kit that was shown may wait for its two words.
    private static final Duration WAIT = Duration.ofMinutes(60);

    private static final int ASKED = 2;
    private static final int TRIES = 3;

    private final Districts districts;
    private final Wiring wiring;
    private final Map<DistrictName, Shown> shown = new ConcurrentHashMap<>();

    KitVerbs(Districts districts, Wiring wiring) {
        this.districts = districts;
        this.wiring = wiring;
    }

    /// A kit whose words somebody was shown.
    ///
    /// @param places which words are asked for, counted from 1
    /// @param words what is the answer
    private record Shown(Kit kit, List<Integer> places, List<String> words, int tries) {}

    void into(Verbs verbs) {
        verbs.with("key kit", (call, meanwhile) -> make(call))
                .with("key kit confirm", (call, meanwhile) -> confirm(call));
    }

    private Answer make(Call call) {
        var district = districts.of(call);
        var rooms = district.rooms();
        var now = wiring.clock().instant();
        try (var code = KitCode.fresh(wiring.random())) {
            var kit = Kit.of(code, district.name().text(), now, Build.number(), now);
            var words = code.words();
            var places = places();
            shown.put(
                    district.name(),
                    new Shown(
                            kit,
                            places,
                            places.stream().map(n -> words.get(n - 1)).toList(),
                            0));
            rooms.ledger().record("key.kit-shown", call.caller().actor(), Map.of("kit", kit.id()));
            return told(kit, words, places, rooms.keys().kit());
        }
    }

    /// Two different places, in order.
    private List<Integer> places() {
        var all =
                new ArrayList<>(IntStream.rangeClosed(1, KitCode.WORDS).boxed().toList());
        java.util.Collections.shuffle(all, wiring.random());
        return all.subList(0, ASKED).stream().sorted().toList();
    }

    private static Answer told(Kit kit, List<String> words, List<Integer> places, Optional<Kit> before) {
        var lines = new ArrayList<String>();
        lines.add("RECOVERY KIT " + kit.id());
        lines.add("District: " + kit.district());
        lines.add("Made:     " + kit.made() + " by rosterkeep " + kit.version());
        lines.add("");
        for (int i = 0; i < words.size(); i++) {
            lines.add(String.format(Locale.ROOT, "%2d  %s", i + 1, words.get(i)));
        }
        lines.add("");
        lines.add("Write it down or print it, and keep it away from this machine. It is not shown again.");
        lines.add("Whoever has these words and the files has the data. Without them, and without the passphrase or key"
                + " file, the data is gone.");
        lines.add("It counts once words " + places.getFirst() + " and " + places.getLast()
                + " are given: rosterkeep key kit --confirm");
        before.ifPresent(old -> lines.add("Until then kit " + old.id() + " goes on opening the district."));
        return new Answer(
                Json.createObjectBuilder()
                        .add("kit", kit.id())
                        .add("district", kit.district())
                        .add("made", kit.made().toString())
                        .add("version", kit.version())
                        .add("words", Json.createArrayBuilder(words))
                        .add("asked", Json.createArrayBuilder(places))
                        .build(),
                lines);
    }

    private Answer confirm(Call call) {
        var district = districts.of(call);
        var rooms = district.rooms();
        var now = wiring.clock().instant();
        var one = Optional.ofNullable(shown.get(district.name()))
                .filter(waiting -> now.isBefore(waiting.kit().made().plus(WAIT)))
                .orElseThrow(() -> Trouble.notFound(
                        "No recovery kit waits for its words.",
                        "Make one, and confirm it within an hour: rosterkeep key kit"));
        var given = Arrays.stream(call.text("words").toLowerCase(Locale.ROOT).split("[^a-z]+", -1))
                .filter(word -> !word.isEmpty())
                .toList();
        if (!given.equals(one.words())) {
            throw wrong(district.name(), one);
        }
        var kit = new Kit(
                one.kit().id(),
                one.kit().district(),
                one.kit().made(),
                one.kit().version(),
                now,
                one.kit().publicKey());
        var before = rooms.keys().kit();
        rooms.ledger().record("key.kit-confirmed", call.caller().actor(), Map.of("kit", kit.id()));
        rooms.keys().adopt(kit);
        shown.remove(district.name());
        return confirmed(kit, before);
    }

    private Trouble wrong(DistrictName name, Shown one) {
        boolean over = one.tries() + 1 >= TRIES;
        if (over) {
            shown.remove(name);
        } else {
            shown.put(name, new Shown(one.kit(), one.places(), one.words(), one.tries() + 1));
        }
        return new Trouble(
                Exit.REFUSED,
                "The recovery kit " + one.kit().id() + " was not confirmed.",
                "These are not its words " + one.places().getFirst() + " and "
                        + one.places().getLast() + ".",
                over
                        ? "Make another one: rosterkeep key kit"
                        : "Look at what you wrote down, and give both words again.");
    }

    private static Answer confirmed(Kit kit, Optional<Kit> before) {
        var lines = new ArrayList<String>();
        lines.add("The recovery kit " + kit.id() + " is confirmed; backups are made for it from now on.");
        before.ifPresent(old -> lines.add("Kit " + old.id()
                + " opens backups that were made before, and nothing else: keep it as long as they live."));
        return new Answer(
                Json.createObjectBuilder()
                        .add("kit", kit.id())
                        .add("confirmed", kit.confirmed().toString())
                        .build(),
                lines);
    }

    /// What `key status` says of it.
    static void tell(District district, JsonObjectBuilder json, List<String> lines) {
        if (district.state() instanceof District.State.Open(Rooms rooms)) {
            rooms.keys()
                    .kit()
                    .ifPresentOrElse(
                            kit -> {
                                json.add("kit", kit.id())
                                        .add("kitConfirmed", kit.confirmed().toString());
                                lines.add("Recovery kit " + kit.id() + ", confirmed on " + day(kit.confirmed()) + ".");
                            },
                            () -> lines.add(
                                    "There is no confirmed recovery kit: without one no backup can be made. rosterkeep"
                                            + " key kit"));
        }
    }

    private static String day(Instant at) {
        return at.atZone(java.time.ZoneOffset.UTC).toLocalDate().toString();
    }
}
