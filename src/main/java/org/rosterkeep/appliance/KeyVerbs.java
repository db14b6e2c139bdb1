package org.rosterkeep.appliance;

import jakarta.json.Json;
import jakarta.json.JsonObjectBuilder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.rosterkeep.keys.KeyRing;
import org.rosterkeep.keys.KitCode;
import org.rosterkeep.keys.Share;
import org.rosterkeep.keys.Shares;
import org.rosterkeep.keys.TokenSecret;
import org.rosterkeep.keys.UnsealingFile;
import org.rosterkeep.keys.Way;
import org.rosterkeep.log.Event;
import org.rosterkeep.log.Fact;

/// What opens a district, and its keys: unsealed, changed, told of.
final class KeyVerbs {
    /// How long shares that were given wait for the others.
    private static final Duration WAIT = Duration.ofMinutes(15);

    private final Districts districts;
    private final Wiring wiring;
    private final Gathering gathering;

    KeyVerbs(Districts districts, Wiring wiring) {
        this.districts = districts;
        this.wiring = wiring;
        this.gathering = new Gathering(wiring.clock(), WAIT);
    }

    void into(Verbs verbs) {
        verbs.with("key unseal", (call, meanwhile) -> unseal(call))
                .with("key status", (call, meanwhile) -> status(call))
                .with("key passphrase", (call, meanwhile) -> passphrase(call))
                .with("key rotate", (call, meanwhile) -> rotate(call));
    }

    static JsonObjectBuilder json(District district) {
        return Json.createObjectBuilder()
                .add("district", district.name().text())
                .add("state", district.state().word())
                .add("method", district.method());
    }

    private Answer unseal(Call call) {
        var district = districts.of(call);
        if (district.state() instanceof District.State.Open) {
            return Answer.of(
                    json(district).build(),
                    "The district " + district.name() + " was open already; what was given was not looked at.");
        }
        if (call.optional("share").isPresent()) {
            return share(call, district);
        }
        if (call.optional("kit").isPresent()) {
            try (var code = KitCode.read(call.text("kit"))) {
                district.unseal(code);
            }
            wiring.log()
                    .say(
                            Event.DISTRICT_OPENED_BY_KIT,
                            new Fact.In(district.name().text()));
        } else if (call.optional("token").isPresent()) {
            try (var token = token(call)) {
                district.unseal(token);
            }
        } else {
            Typed.passphrase(call, "passphrase", wiring.unsealers(), phrase -> {
                district.unseal(phrase);
                return district;
            });
        }
        return opened(district);
    }

    /// What a token decrypted, with the words that stand beside it in the key file.
    static TokenSecret token(Call call) {
        byte[] secret = bytes(call, "token");
        try {
            return new TokenSecret(secret, call.text("rest"));
        } finally {
            Arrays.fill(secret, (byte) 0);
        }
    }

    static byte[] bytes(Call call, String argument) {
        try {
            return HexFormat.of().parseHex(call.text(argument));
        } catch (IllegalArgumentException e) {
            throw Trouble.wrongUse(
                    "The verb " + call.verb() + " needs " + argument + ".",
                    "What was given is not hexadecimal.",
                    "See: rosterkeep key -h");
        }
    }

    private static Answer opened(District district) {
        // It may have stayed blocked, whatever was given.
        district.rooms();
        return Answer.of(json(district).build(), "The district " + district.name() + " is open.");
    }

    private Answer share(Call call, District district) {
        var facts = KeyRing.waysAt(District.keys(district.directory())).stream()
                .filter(way -> way.method().equals("shares"))
                .map(way -> Shares.Facts.of(way.parameters()))
                .findFirst()
                .orElseThrow(() -> Trouble.wrongUse(
                        "The district " + district.name() + " is not opened by shares.",
                        "It is opened by: " + district.method() + ".",
                        "See: rosterkeep key status"));
        var share = Share.read(call.text("share"));
        try {
            facts.check(share);
        } catch (RuntimeException wrong) {
            share.close();
            throw wrong;
        }
        var given = gathering.take(district.name(), facts, share);
        if (given.size() < facts.needed()) {
            return Answer.of(
                    json(district)
                            .add("given", Json.createArrayBuilder(given))
                            .add("needed", facts.needed())
                            .build(),
                    "Share " + share.number() + " is taken: " + given.size() + " of " + facts.needed()
                            + " that are needed.",
                    "The others must follow within " + WAIT.toMinutes() + " minutes.");
        }
        try (var whole = gathering.whole(district.name(), facts)) {
            district.unseal(whole);
        }
        return opened(district);
    }

    private Answer status(Call call) {
        var district = districts.of(call);
        var json = json(district);
        var lines = new ArrayList<String>();
        lines.add("The district " + district.name() + " is " + district.state().word() + "; it is unsealed by "
                + district.method() + ".");
        if (district.state() instanceof District.State.Sealed sealed) {
            sealed.why().ifPresent(why -> {
                json.add("why", why);
                lines.add("It did not open by itself: " + why + ".");
            });
        }
        if (district.state() instanceof District.State.Open open) {
            var keys = open.rooms().keys();
            json.add("epoch", keys.epoch()).add("epochs", keys.epochs().size());
            lines.add("Key epoch " + keys.epoch() + "; " + keys.epochs().size()
                    + (keys.epochs().size() == 1 ? " epoch kept." : " epochs kept until all is encrypted anew."));
        }
        KitVerbs.tell(district, json, lines);
        return new Answer(json.build(), lines);
    }

    private Answer passphrase(Call call) {
        var district = districts.of(call);
        var rooms = district.rooms();
        boolean one = rooms.keys().ways().size() == 1;
        Optional<Way> old = rooms.keys().methods().contains("passphrase") ? prove(call, district) : Optional.empty();
        var way = Typed.newPassphrase(
                call,
                "new",
                wiring.unsealers(),
                phrase -> old.isPresent()
                        ? rooms.keys().exchange(old.get(), phrase)
                        : rooms.keys().replace(phrase));
        if (!rooms.keys().methods().contains("file")) {
            // It opens copies of the old key file alone.
            new UnsealingFile(District.unsealingFile(district.directory())).destroy();
        }
        rooms.ledger().record("key.resealed", call.caller().actor(), Map.of("method", way.method(), "way", way.id()));
        return Answer.of(
                json(district).build(),
                one
                        ? "The district " + district.name() + " now opens with the new passphrase only."
                        : "The district " + district.name()
                                + " now opens with the new passphrase, and in its other ways as before.",
                "Copies of the old key file still open with what they were sealed by: rosterkeep key rotate");
    }

    /// By the present passphrase, which is the one that is changed, or by the kit, when the passphrases are lost.
    private Optional<Way> prove(Call call, District district) {
        var keys = District.keys(district.directory());
        if (call.optional("kit").isPresent()) {
            try (var code = KitCode.read(call.text("kit"))) {
                KeyRing.openByKit(keys, code, wiring.random()).close();
                return Optional.empty();
            }
        }
        return Typed.passphrase(call, "old", wiring.unsealers(), phrase -> {
            try (var ring = KeyRing.open(keys, phrase, wiring.random())) {
                return ring.openedBy();
            }
        });
    }

    private Answer rotate(Call call) {
        var district = districts.of(call);
        var rooms = district.rooms();
        int epoch = rooms.keys().rotate();
        rooms.ledger().record("key.rotated", call.caller().actor(), Map.of("epoch", Integer.toString(epoch)));
        return Answer.of(
                json(district).add("epoch", epoch).build(),
                "The district " + district.name() + " encrypts with key epoch " + epoch + " from now on.",
                "What is there is encrypted anew bit by bit, in the background: rosterkeep key status");
    }

    /// The words of ways, for people.
    static List<String> methods(District district) {
        return KeyRing.sealedBy(District.keys(district.directory()));
    }
}
