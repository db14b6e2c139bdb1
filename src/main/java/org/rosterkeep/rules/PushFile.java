package org.rosterkeep.rules;

import jakarta.json.Json;
import jakarta.json.JsonObjectBuilder;
import java.time.DateTimeException;
import java.time.LocalTime;
import java.util.Optional;
import java.util.Set;

/// The part of a rule's file that says where its data are pushed to, `destination.push`, and how, `delivery`.
final class PushFile {
    private static final int PORT_MAX = 65_535;
    private static final int HOST_MAX = 253;
    private static final int PATH_MAX = 2048;
    private static final int MINUTES_MAX = 1440;
    private static final String BULK = "bulk";
    private static final String DELTA = "delta";
    private static final String LABEL = "[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9])?";
    private static final String HOST = "(?:" + LABEL + "\\.)*[a-z](?:[a-z0-9-]{0,61}[a-z0-9])?";

    private PushFile() {}

    /// @param file the whole rule
    static Optional<PushTarget> read(Form file, Form destination, String country) {
        Optional<Form> part = destination.partIfAny("push");
        if (part.isEmpty()) {
            if (file.has("delivery")) {
                file.peek("delivery");
                file.problem("delivery", "nothing is pushed by this rule", "remove it, or say where under destination");
            }
            return Optional.empty();
        }
        Form push = part.get();
        Optional<PushTarget.Way> way = PushTarget.Way.of(push.word("kind", PushTarget.Way.words()));
        PushTarget.Place place = place(push, way.filter(PushTarget.Way::sftp).isPresent());
        String there = push.has("country") ? RuleFile.country(push, "country") : country;
        push.close();
        PushTarget target = new PushTarget(way.orElse(PushTarget.Way.WEBHOOK), place, there, delivery(file));
        way.ifPresent(known -> whose(file, known));
        return Optional.of(target);
    }

    /// Who is sent to does not ask as well; who is only told that something changed does.
    private static void whose(Form file, PushTarget.Way way) {
        if (way != PushTarget.Way.WEBHOOK) {
            for (String key : Set.of("client", "networks")) {
                if (file.has(key)) {
                    file.problem(
                            key,
                            "this rule is for a push target, and nobody asks by it",
                            "remove it; a client that asks needs a rule of its own");
                }
            }
        }
    }

    /// A place outside, whoever is to be reached there.
    static PushTarget.Place place(Form push, boolean sftp) {
        String host = push.text("host", 1, HOST_MAX);
        if (!host.isEmpty() && !host.matches(HOST)) {
            push.problem("host", "this is no host name (F08)", "write a name in small letters, like sync.example.org");
        }
        String path = push.text("path", 1, PATH_MAX);
        if (!path.isEmpty() && (!path.matches("/[!-~&&[^#\\\\]]*") || path.contains("/../"))) {
            push.problem("path", "this is no path (F08)", "begin it with / and write it as it stands in an address");
        }
        Optional<String> pin = digest(push, "pin", !sftp, "a host of SFTP shows no certificate; say its `hostKey`");
        Optional<String> hostKey = digest(push, "hostKey", sftp, "only a host of SFTP has one; say its `pin`");
        Optional<String> user = push.has("user") ? Optional.of(push.text("user", 1, 64)) : Optional.empty();
        if (sftp && hostKey.isEmpty()) {
            push.problem("hostKey", "without it anybody could be that host (F08)", "add what its owner tells you");
        }
        if (sftp && user.isEmpty()) {
            push.problem("user", "it is missing", "add the name to log in with");
        } else if (!sftp && user.isPresent()) {
            push.problem("user", "only SFTP logs in with a name", "remove it");
        }
        return new PushTarget.Place(
                host, push.number("port", 1, PORT_MAX), path, push.flagOr("internal", false), pin, user, hostKey);
    }

    /// SHA-256 in base64, with or without its `=`.
    private static Optional<String> digest(Form push, String key, boolean fits, String instead) {
        if (!push.has(key)) {
            return Optional.empty();
        }
        String text = push.text(key, 1, 64);
        if (!fits) {
            push.problem(key, "it does not belong to this kind", instead);
        } else if (!text.matches("[A-Za-z0-9+/]{43}=?")) {
            push.problem(key, "this is no SHA-256 in base64 (F08)", "write its 43 characters");
        }
        return Optional.of(text);
    }

    private static PushTarget.Delivery delivery(Form file) {
        Optional<Form> part = file.partIfAny("delivery");
        if (part.isEmpty()) {
            return new PushTarget.Delivery("1.2", false, new PushTarget.Schedule.Every(60));
        }
        Form form = part.get();
        String version = form.has("oneRoster") ? form.word("oneRoster", Set.of("1.1", "1.2")) : "1.2";
        String mode = form.has("mode") ? form.word("mode", Set.of(BULK, DELTA)) : DELTA;
        PushTarget.Schedule schedule = schedule(form);
        form.close();
        return new PushTarget.Delivery(version, mode.equals(BULK), schedule);
    }

    private static PushTarget.Schedule schedule(Form form) {
        boolean every = form.has("everyMinutes");
        boolean daily = form.has("dailyAt");
        if (every && daily) {
            form.problem("dailyAt", "it is looked by one clock only", "remove this or everyMinutes");
        }
        return daily
                ? new PushTarget.Schedule.Daily(time(form))
                : new PushTarget.Schedule.Every(every ? form.number("everyMinutes", 1, MINUTES_MAX) : 60);
    }

    private static LocalTime time(Form form) {
        String text = form.text("dailyAt", 1, 8);
        try {
            return LocalTime.parse(text);
        } catch (DateTimeException e) {
            if (!text.isEmpty()) {
                form.problem("dailyAt", "this is no time of day", "write it as 02:30, in UTC");
            }
            return LocalTime.MIDNIGHT;
        }
    }

    static JsonObjectBuilder place(PushTarget target) {
        return place(target.place()).add("kind", target.way().word()).add("country", target.country());
    }

    static JsonObjectBuilder place(PushTarget.Place place) {
        JsonObjectBuilder json = Json.createObjectBuilder()
                .add("host", place.host())
                .add("port", place.port())
                .add("path", place.path())
                .add("internal", place.internal());
        place.pin().ifPresent(text -> json.add("pin", text));
        place.user().ifPresent(text -> json.add("user", text));
        place.hostKey().ifPresent(text -> json.add("hostKey", text));
        return json;
    }

    static JsonObjectBuilder delivery(PushTarget target) {
        JsonObjectBuilder json = Json.createObjectBuilder()
                .add("oneRoster", target.delivery().oneRoster())
                .add("mode", target.delivery().bulk() ? BULK : DELTA);
        return switch (target.delivery().schedule()) {
            case PushTarget.Schedule.Every(int minutes) -> json.add("everyMinutes", minutes);
            case PushTarget.Schedule.Daily(LocalTime at) -> json.add("dailyAt", at.toString());
        };
    }
}
