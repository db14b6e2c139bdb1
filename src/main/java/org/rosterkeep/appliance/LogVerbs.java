package org.rosterkeep.appliance;

import jakarta.json.Json;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import org.rosterkeep.log.Log;
import org.rosterkeep.log.Loudness;

/// How much the log tells: more for a while, and by itself the usual again.
final class LogVerbs {
    private static final int MINUTES_MAX = 15;

    private final Log log;

    LogVerbs(Log log) {
        this.log = log;
    }

    void into(Verbs verbs) {
        verbs.with("log level", (call, meanwhile) -> level(call));
    }

    private Answer level(Call call) {
        call.optional("level").map(LogVerbs::loudness).ifPresent(wanted -> {
            if (wanted == Loudness.INFO) {
                log.fallBack();
            } else {
                log.raise(wanted, Duration.ofMinutes(minutes(call)));
            }
        });
        var now = log.loudness().word();
        var until = log.louderUntil();
        var json = Json.createObjectBuilder().add("level", now);
        until.ifPresent(at -> json.add("until", at.toString()));
        return Answer.of(
                json.build(),
                until.map(at -> "The log tells " + now + " and what matters more, until " + at + "; then info again.")
                        .orElse("The log tells info and what matters more."));
    }

    private static int minutes(Call call) {
        int minutes = call.number("minutes", MINUTES_MAX);
        if (minutes < 1 || minutes > MINUTES_MAX) {
            throw Trouble.wrongUse(
                    "--minutes is a number from 1 to " + MINUTES_MAX + ".",
                    "The log falls back by itself, and nobody should have to wait for it.",
                    "Ask again when the time is over and more is to be seen.");
        }
        return minutes;
    }

    private static Loudness loudness(String word) {
        return Optional.of(word)
                .flatMap(one -> Arrays.stream(Loudness.values())
                        .filter(level -> level == Loudness.INFO || level == Loudness.DEBUG)
                        .filter(level -> level.word().equals(one))
                        .findFirst())
                .orElseThrow(() -> Trouble.wrongUse(
                        "This is not a level.", "There are two: info and debug.", "rosterkeep log level debug"));
    }
}
