package org.rosterkeep.appliance;

import jakarta.json.Json;
import jakarta.json.JsonObjectBuilder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.rosterkeep.keys.HostSecret;
import org.rosterkeep.keys.KeyFault;
import org.rosterkeep.keys.KeyRing;
import org.rosterkeep.keys.Share;
import org.rosterkeep.keys.Shares;
import org.rosterkeep.keys.UnsealingFile;
import org.rosterkeep.keys.Way;
import org.rosterkeep.ledger.Ledger;
import org.rosterkeep.ledger.LedgerFault;
import org.rosterkeep.log.Event;
import org.rosterkeep.log.Fact;

/// The ways in which a district is unsealed: told of, added, taken away. Each is enough by itself, and none of
/// it touches
/// the data.
final class WayVerbs {
    private final Districts districts;
    private final Wiring wiring;

    WayVerbs(Districts districts, Wiring wiring) {
        this.districts = districts;
        this.wiring = wiring;
    }

    void into(Verbs verbs) {
        verbs.with("key way list", (call, meanwhile) -> list(call))
                .with("key way add", (call, meanwhile) -> add(call))
                .with("key way remove", (call, meanwhile) -> remove(call))
                .with("key shares", (call, meanwhile) -> shares(call));
    }

    private Answer list(Call call) {
        var district = districts.of(call);
        var ways = ways(district);
        var array = Json.createArrayBuilder();
        var table = new Table("WAY", "METHOD", "BY ITSELF", "WHAT");
        for (var way : ways) {
            array.add(json(way));
            table.row(way.id(), way.method(), byItself(way) ? "yes" : "no", what(way));
        }
        var lines = new ArrayList<>(table.linesOr(
                "The key file was written by an earlier version; it is opened by " + district.method() + "."));
        lines.add("Each of them is enough. The recovery kit opens it, too, if there is one: rosterkeep key status");
        return new Answer(KeyVerbs.json(district).add("ways", array).build(), lines);
    }

    /// As they stand in memory, or in the file while it is sealed.
    private static List<Way> ways(District district) {
        return district.state() instanceof District.State.Open(Rooms rooms)
                ? rooms.keys().ways()
                : KeyRing.waysAt(District.keys(district.directory()));
    }

    private static JsonObjectBuilder json(Way way) {
        return Json.createObjectBuilder()
                .add("way", way.id())
                .add("method", way.method())
                .add("byItself", byItself(way))
                .add("parameters", way.parameters());
    }

    private static boolean byItself(Way way) {
        return way.method().equals("file") || way.method().equals("host");
    }

    private static String what(Way way) {
        return switch (way.method()) {
            case "passphrase" -> "a person types it";
            case "file" -> "a key file beside the data";
            case "host" -> "a credential that this machine's systemd keeps";
            case "shares" -> {
                var facts = Shares.Facts.of(way.parameters());
                yield "set " + facts.set() + ": " + facts.needed() + " of "
                        + facts.marks().size() + " people";
            }
            case "token" -> "a key on a PKCS#11 token";
            default -> "";
        };
    }

    private Answer add(Call call) {
        var district = districts.of(call);
        var keys = recorded(district).keys();
        var method = call.text("method");
        var way = switch (method) {
            case "passphrase" -> Typed.newPassphrase(call, "new", wiring.unsealers(), keys::add);
            case "file" -> file(district, keys);
            case "host" -> host(call, keys);
            case "token" -> {
                try (var token = KeyVerbs.token(call)) {
                    yield keys.add(token);
                }
            }
            default ->
                throw Trouble.wrongUse(
                        "There is no such way of unsealing.",
                        "It is none of passphrase, file, host, token.",
                        "See: rosterkeep key way add -h");
        };
        told(district, call, "key.way-added", way);
        return Answer.of(
                KeyVerbs.json(district).add("way", way.id()).build(),
                "The district " + district.name() + " is now also unsealed by " + method + ": way " + way.id() + ".",
                "What must not open it any more is taken away by: rosterkeep key way remove WAY");
    }

    private Way file(District district, KeyRing keys) {
        if (keys.methods().contains("file")) {
            throw new KeyFault(KeyFault.Code.EXISTS, "the district is unsealed by a key file already");
        }
        var file = new UnsealingFile(District.unsealingFile(district.directory()));
        // One may be left of an earlier way; it opens nothing any more.
        file.destroy();
        var fresh = UnsealingFile.create(file.file(), wiring.random());
        try {
            return keys.add(fresh);
        } catch (RuntimeException e) {
            fresh.destroy();
            throw e;
        }
    }

    /// The same credential once more is no second way.
    private static Way host(Call call, KeyRing keys) {
        byte[] secret = KeyVerbs.bytes(call, "secret");
        try (var host = new HostSecret(secret)) {
            return keys.methods().contains("host") ? keys.exchange(host) : keys.add(host);
        } finally {
            Arrays.fill(secret, (byte) 0);
        }
    }

    private Answer remove(Call call) {
        var district = districts.of(call);
        var way = district.rooms().keys().remove(call.text("way").toUpperCase(Locale.ROOT));
        if (way.method().equals("file")) {
            new UnsealingFile(District.unsealingFile(district.directory())).destroy();
        }
        var lines = new ArrayList<String>();
        lines.add("The district " + district.name() + " is not unsealed by way " + way.id() + " (" + way.method()
                + ") any more.");
        lines.add("Copies of the old key file, as in backups, still open by it: rosterkeep key rotate");
        try {
            told(district, call, "key.way-removed", way);
        } catch (LedgerFault unwritten) {
            // What takes away waits for nothing.
            wiring.log()
                    .say(
                            Event.WAY_REMOVED_UNRECORDED,
                            unwritten,
                            new Fact.In(district.name().text()));
            lines.add("It could not be written into the ledger, which is not open: rosterkeep ledger stats");
        }
        return new Answer(KeyVerbs.json(district).add("removed", way.id()).build(), lines);
    }

    /// What lets somebody in is in the ledger, or it is not done.
    private static Rooms recorded(District district) {
        var rooms = district.rooms();
        if (rooms.ledger().state() != Ledger.State.OPEN) {
            throw new Trouble(
                    Exit.FAILED,
                    "No way of unsealing was added.",
                    "The ledger cannot be written now, and it must tell of it.",
                    "See: rosterkeep ledger stats --district " + district.name());
        }
        return rooms;
    }

    private static void told(District district, Call call, String kind, Way way) {
        district.rooms().ledger().record(kind, call.caller().actor(), Map.of("way", way.id(), "method", way.method()));
    }

    private Answer shares(Call call) {
        var district = districts.of(call);
        if (wiring.unsealers().approved()) {
            throw new KeyFault(
                    KeyFault.Code.NOT_APPROVED,
                    "Shamir's scheme is not among the approved algorithms, and only those are permitted here");
        }
        var keys = recorded(district).keys();
        int needed = call.number("needed", 0);
        try (var fresh = Shares.split(needed, call.number("of", 0), wiring.random())) {
            boolean before = keys.methods().contains("shares");
            var way = before ? keys.exchange(fresh) : keys.add(fresh);
            told(district, call, "key.shares-made", way);
            return printed(district, way, fresh, before);
        }
    }

    private static Answer printed(District district, Way way, Shares fresh, boolean before) {
        var facts = Shares.Facts.of(way.parameters());
        var lines = new ArrayList<String>();
        var array = Json.createArrayBuilder();
        for (var share : fresh.shares()) {
            var words = share.words();
            array.add(Json.createObjectBuilder()
                    .add("share", share.number())
                    .add("words", Json.createArrayBuilder(words)));
            lines.addAll(page(district, way, share, words, facts));
        }
        lines.add("Give each share to another person. They are not shown again.");
        if (before) {
            lines.add("The shares of the set before open nothing here any more, save copies of the old key file.");
        }
        return new Answer(
                KeyVerbs.json(district)
                        .add("way", way.id())
                        .add("set", facts.set())
                        .add("needed", facts.needed())
                        .add("shares", array)
                        .build(),
                lines);
    }

    private static List<String> page(District district, Way way, Share share, List<String> words, Shares.Facts facts) {
        var lines = new ArrayList<String>();
        lines.add("SHARE " + share.number() + " of " + facts.marks().size() + ", any " + facts.needed() + " open");
        lines.add("District: " + district.name());
        lines.add("Set:      " + facts.set() + ", way " + way.id());
        lines.add("");
        for (int i = 0; i < words.size(); i++) {
            lines.add(String.format(Locale.ROOT, "%2d  %s", i + 1, words.get(i)));
        }
        lines.add("");
        lines.add("----------------------------------------------------------------");
        return lines;
    }
}
