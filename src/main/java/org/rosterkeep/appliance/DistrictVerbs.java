package org.rosterkeep.appliance;

import jakarta.json.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.rosterkeep.keys.KeyFault;
import org.rosterkeep.keys.KeyRing;
import org.rosterkeep.keys.KitCode;
import org.rosterkeep.keys.Unsealing;
import org.rosterkeep.keys.UnsealingFile;
import org.rosterkeep.ledger.Ledger;
import org.rosterkeep.ledger.LedgerFault;
import org.rosterkeep.ledger.LedgerRecord;
import org.rosterkeep.ledger.Verdict;
import org.rosterkeep.log.Event;
import org.rosterkeep.log.Fact;

/// Districts: made, listed, opened, disposed of.
final class DistrictVerbs {
    private final Districts districts;
    private final Wiring wiring;

    DistrictVerbs(Districts districts, Wiring wiring) {
        this.districts = districts;
        this.wiring = wiring;
    }

    void into(Verbs verbs) {
        verbs.with("district make", (call, meanwhile) -> make(call))
                .with("district list", (call, meanwhile) -> list())
                .with("district dispose", (call, meanwhile) -> dispose(call))
                .with("ledger set-aside", (call, meanwhile) -> setAside(call));
    }

    private Answer make(Call call) {
        var name = new DistrictName(call.text("name"));
        try {
            var district = call.flag("keyFile")
                    ? districts.make(name, directory -> unsealingFile(directory))
                    : Typed.newPassphrase(
                            call,
                            "passphrase",
                            wiring.unsealers(),
                            phrase -> districts.make(name, directory -> phrase));
            try {
                found(call, district);
            } catch (RuntimeException e) {
                // Nobody asked for half a district, and as a second one it would change the first one's addresses.
                districts.dispose(district);
                throw e;
            }
            return new Answer(KeyVerbs.json(district).build(), made(call, district));
        } catch (IOException e) {
            throw new Trouble(
                            Exit.FAILED,
                            "The district could not be made.",
                            "Its directory could not be written ("
                                    + e.getClass().getSimpleName() + ").",
                            "Check the disk, then: rosterkeep district list")
                    .because(e);
        }
    }

    private List<String> made(Call call, District district) {
        var lines = new ArrayList<String>();
        lines.add("The district " + district.name() + " is made and open.");
        lines.add(
                call.flag("keyFile")
                        ? "Its key is in " + District.unsealingFile(district.directory())
                                + "; whoever has it and the data can read the data."
                        : "It starts sealed after every restart: rosterkeep key unseal --district " + district.name());
        if (districts.list().size() > 1) {
            var nameless = districts
                    .nameless()
                    .map(first -> "go on leading to " + first.name())
                    .orElse("answer 404");
            lines.add("There are several districts now. Vendors find this one under its name: /" + district.name()
                    + "/ims/oneroster/...; addresses without a name " + nameless + ".");
        }
        return List.copyOf(lines);
    }

    private static void found(Call call, District district) {
        var rooms = district.rooms();
        var name = district.name();
        Handed.in(
                "district",
                rooms.book()
                        .papers()
                        .putController(profile(call, name), call.caller().actor()));
        rooms.ledger().record("district.made", call.caller().actor(), java.util.Map.of("district", name.text()));
    }

    /// Who the district is before the law, as the rules read it.
    private static byte[] profile(Call call, DistrictName name) {
        return Json.createObjectBuilder()
                .add("legalName", call.optional("legalName").orElse(name.text()))
                .add("kind", call.flag("private") ? "private" : "public-authority")
                .add("country", call.text("country"))
                .add("regimes", Json.createArrayBuilder(call.texts("regimes")))
                .add("localised", call.flag("localised"))
                .build()
                .toString()
                .getBytes(StandardCharsets.UTF_8);
    }

    private Unsealing unsealingFile(java.nio.file.Path directory) {
        return UnsealingFile.create(District.unsealingFile(directory), wiring.random());
    }

    private Answer list() {
        var array = Json.createArrayBuilder();
        var table = new Table("DISTRICT", "STATE", "METHOD");
        for (var district : districts.list()) {
            array.add(KeyVerbs.json(district));
            table.row(district.name(), district.state().word(), district.method());
        }
        return new Answer(
                Json.createObjectBuilder().add("districts", array).build(),
                table.linesOr("There is no district yet. Make one: rosterkeep district make -h"));
    }

    private Answer dispose(Call call) {
        var district = districts
                .find(call.text("name"))
                .orElseThrow(() -> Trouble.notFound(
                        "There is no such district.", "See which there are: rosterkeep district list"));
        if (!call.text("again").equals(district.name().text())) {
            throw Trouble.wrongUse(
                    "The district " + district.name() + " was not disposed of.",
                    "--yes repeats another name.",
                    "Give the same name twice: disposing cannot be undone.");
        }
        try {
            districts.dispose(district);
        } catch (IOException e) {
            throw new Trouble(
                            Exit.FAILED,
                            "The district " + district.name() + " is closed, and not all of it could be removed.",
                            "Removing stopped with " + e.getClass().getSimpleName() + ".",
                            "Remove " + district.directory() + " by hand.")
                    .because(e);
        }
        wiring.log().say(Event.DISTRICT_DISPOSED, new Fact.In(district.name().text()));
        return Answer.of(
                Json.createObjectBuilder()
                        .add("disposed", district.name().text())
                        .build(),
                "The district " + district.name() + " is gone: its keys were destroyed first, then its directory.");
    }

    private Answer setAside(Call call) {
        var district = districts.of(call);
        var reason = call.text("reason");
        refuseUnlessDamaged(district);
        var actor = call.caller().actor();
        var rooms = setAside(call, district, actor, reason);
        var facts = rooms
                .ledger()
                .pages()
                .newest(one -> one instanceof LedgerRecord.Act act && act.kind().equals("ledger.set-aside"), 1)
                .stream()
                .map(one -> ((LedgerRecord.Act) one).facts())
                .findFirst()
                .orElseThrow();
        var kept = district.directory().resolve("ledger").resolve(facts.get("directory"));
        return Answer.of(
                Json.createObjectBuilder()
                        .add("kept", kept.toString())
                        .add("verdict", facts.get("verdict"))
                        .add("readable", Long.parseLong(facts.get("readable")))
                        .build(),
                "The damaged ledger is kept whole in " + kept + ": " + facts.get("readable")
                        + " of its records can be read.",
                "What was wrong with it: " + facts.get("verdict") + ".",
                "A new ledger has begun with who did this and why; the clients' references go on.",
                "Who received what before is known from the kept files only: copy them to a safe place.");
    }

    /// By what unseals the district without a person, or by what the call brings.
    private Rooms setAside(Call call, District district, String actor, String reason) {
        if (call.optional("kit").isPresent()) {
            try (var code = KitCode.read(call.text("kit"))) {
                return district.setAside(keys -> KeyRing.openByKit(keys, code, wiring.random()), actor, reason);
            }
        }
        for (var one : wiring.unsealers().byThemselves(district.directory(), KeyVerbs.methods(district))) {
            try {
                return district.setAside(keys -> KeyRing.open(keys, one.unsealing(), wiring.random()), actor, reason);
            } catch (KeyFault other) {
                wiring.log()
                        .say(
                                Event.DISTRICT_NOT_UNSEALED,
                                new Fact.In(district.name().text()));
            }
        }
        return Typed.passphrase(
                call,
                "passphrase",
                wiring.unsealers(),
                phrase -> district.setAside(keys -> KeyRing.open(keys, phrase, wiring.random()), actor, reason));
    }

    /// A ledger that is whole stays: setting it aside would only hide what is in it.
    private static void refuseUnlessDamaged(District district) {
        boolean damaged = switch (district.state()) {
            case District.State.Open(Rooms rooms) ->
                rooms.ledger().state() == Ledger.State.BLOCKED
                        || !(rooms.checkup().again() instanceof Verdict.Sound);
            case District.State.Blocked blocked ->
                Set.of(LedgerFault.Code.BLOCKED.word(), LedgerFault.Code.UNREADABLE.word())
                        .contains(blocked.code());
            case District.State.Sealed sealed -> {
                district.rooms();
                yield false;
            }
        };
        if (!damaged) {
            throw new Trouble(
                    Exit.REFUSED,
                    "The ledger was not set aside.",
                    "It is whole: there is nothing to go around.",
                    "See: rosterkeep ledger verify --district " + district.name());
        }
    }
}
