package org.rosterkeep.notices;

import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.rosterkeep.courier.wire.Order;
import org.rosterkeep.courier.wire.Result;
import org.rosterkeep.courier.wire.Way;
import org.rosterkeep.outbound.Desk;
import org.rosterkeep.outbound.Note;
import org.rosterkeep.roster.Journal;
import org.rosterkeep.roster.Shelf;

/// A district's letters, one for each channel, kept sealed until the courier has handed them over or there is no hope.
/// Each is recorded before it is handed on and after it ended.
public final class Postbox implements Desk {
    static final String KIND = "notice-letter";

    private static final int ID_BYTES = 16;
    private static final int BYTES_MAX = 1 << 15;
    private static final int DEADLINE_SECONDS = 180;
    private static final int WAITING_MAX = 200;
    private static final int ATTEMPTS_MAX = 12;
    private static final Duration FIRST = Duration.ofMinutes(1);
    private static final Duration LONGEST = Duration.ofMinutes(120);

    private final Channels channels;
    private final Shelf shelf;
    private final Journal journal;
    private final Clock clock;
    private final SecureRandom random;
    private final Set<String> busy = new HashSet<>();

    /// One letter for one channel.
    ///
    /// @param last how the last attempt ended; empty before the first
    public record Waiting(String id, String channel, Letter letter, int attempts, Instant notBefore, String last) {}

    public Postbox(Channels channels, Shelf shelf, Journal journal, Clock clock, SecureRandom random) {
        this.channels = channels;
        this.shelf = shelf;
        this.journal = journal;
        this.clock = clock;
        this.random = random;
    }

    /// Puts a letter in for every channel in force.
    ///
    /// @param mailOnly whether it is for people to read, and no webhook's matter
    /// @return for how many
    public synchronized int post(Letter letter, boolean mailOnly) {
        int n = 0;
        for (Channel channel : channels.open(clock.instant())) {
            if (mailOnly && channel.way() != Way.SMTP) {
                continue;
            }
            n += post(letter, channel.id());
        }
        return n;
    }

    private int post(Letter letter, String channel) {
        if (shelf.ids(KIND).size() >= WAITING_MAX) {
            // What could not be told for so long is in the journal and on the status page.
            return 0;
        }
        byte[] drawn = new byte[ID_BYTES];
        random.nextBytes(drawn);
        keep(new Waiting("notice-" + HexFormat.of().formatHex(drawn), channel, letter, 0, clock.instant(), ""));
        return 1;
    }

    public List<Waiting> waiting() {
        return shelf.all(KIND).values().stream()
                .map(Postbox::read)
                .flatMap(Optional::stream)
                .toList();
    }

    @Override
    public synchronized Optional<Note> next() {
        Instant now = clock.instant();
        if (shelf.ids(KIND).size() == busy.size()) {
            return Optional.empty();
        }
        for (Waiting one : waiting()) {
            if (busy.contains(one.id()) || now.isBefore(one.notBefore())) {
                continue;
            }
            var channel = channels.open(one.channel(), now);
            if (channel.isEmpty()) {
                shelf.remove(KIND, one.id());
                continue;
            }
            busy.add(one.id());
            try {
                return Optional.of(note(one, channel.get()));
            } catch (RuntimeException unrecorded) {
                busy.remove(one.id());
                keep(again(one, "not recorded", now));
            }
        }
        return Optional.empty();
    }

    private Note note(Waiting one, Channel channel) {
        journal.record("notice.sending", "courier", Map.of("channel", channel.id(), "delivery", one.id()));
        var order = new Order(
                one.id(),
                channel.way(),
                channel.target(),
                Optional.empty(),
                channel.way() == Way.SMTP ? Map.of() : Map.of("content-type", "application/json"),
                channels.secret(channel.id()),
                channel.papers(channels.district()),
                Map.of(),
                BYTES_MAX,
                DEADLINE_SECONDS);
        var letter = one.letter();
        return new Note(
                order,
                channel.way() == Way.SMTP ? letter.mail() : letter.webhook(one.id()),
                () -> channels.open(channel.id(), clock.instant())
                        .filter(now -> now.text().equals(channel.text()))
                        .isPresent(),
                told -> ended(one, told));
    }

    private synchronized void ended(Waiting one, Note.Told told) {
        try {
            journal.record(
                    "notice." + told.outcome().word(),
                    "courier",
                    Map.of("channel", one.channel(), "delivery", one.id(), "code", told.code()));
            boolean over = told.outcome() == Result.Outcome.DELIVERED || one.attempts() + 1 >= ATTEMPTS_MAX;
            if (over) {
                shelf.remove(KIND, one.id());
            } else {
                keep(again(one, told.code(), clock.instant()));
            }
        } finally {
            busy.remove(one.id());
        }
    }

    private static Waiting again(Waiting one, String code, Instant now) {
        var wait = FIRST.multipliedBy(1L << Math.min(one.attempts(), 10));
        return new Waiting(
                one.id(),
                one.channel(),
                one.letter(),
                one.attempts() + 1,
                now.plus(wait.compareTo(LONGEST) > 0 ? LONGEST : wait),
                code);
    }

    private void keep(Waiting one) {
        var letter = one.letter();
        shelf.put(
                KIND,
                one.id(),
                Json.createObjectBuilder()
                        .add("id", one.id())
                        .add("channel", one.channel())
                        .add("subject", letter.subject())
                        .add("lines", Json.createArrayBuilder(letter.lines()))
                        .add("event", letter.event())
                        .add("at", letter.at().toString())
                        .add("attempts", one.attempts())
                        .add("notBefore", one.notBefore().toString())
                        .add("last", one.last())
                        .build()
                        .toString()
                        .getBytes(StandardCharsets.UTF_8));
    }

    private static Optional<Waiting> read(byte[] document) {
        try (var reader = Json.createReader(new ByteArrayInputStream(document))) {
            JsonObject json = reader.readObject();
            var letter = new Letter(
                    json.getString("subject"),
                    json.getJsonArray("lines").getValuesAs(JsonString::getString),
                    json.getString("event"),
                    Instant.parse(json.getString("at")));
            return Optional.of(new Waiting(
                    json.getString("id"),
                    json.getString("channel"),
                    letter,
                    json.getInt("attempts"),
                    Instant.parse(json.getString("notBefore")),
                    json.getString("last")));
        } catch (JsonException | NullPointerException | ClassCastException e) {
            return Optional.empty();
        }
    }
}
