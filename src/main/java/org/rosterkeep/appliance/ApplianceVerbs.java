package org.rosterkeep.appliance;

import jakarta.json.Json;
import jakarta.json.JsonObjectBuilder;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.rosterkeep.disclosure.Ceilings;
import org.rosterkeep.entitlement.Hold;
import org.rosterkeep.roster.Entity;
import org.rosterkeep.roster.Relations;
import org.rosterkeep.sources.Standing;

/// What can be asked of the appliance as a whole.
final class ApplianceVerbs {
    private final Appliance appliance;
    private final Districts districts;
    private final Front front;
    private final Clock clock;

    ApplianceVerbs(Appliance appliance, Districts districts, Front front, Clock clock) {
        this.appliance = appliance;
        this.districts = districts;
        this.front = front;
        this.clock = clock;
    }

    void into(Verbs verbs) {
        verbs.with("status", (call, meanwhile) -> status()).with("stop", (call, meanwhile) -> stop());
    }

    private Answer status() {
        var up = Duration.between(appliance.started(), clock.instant());
        var pid = ProcessHandle.current().pid();
        var array = Json.createArrayBuilder();
        var table = new Table("DISTRICT", "STATE", "BATCH", "PEOPLE", "CLASSES", "LEDGER", "ENTRIES", "CHAIN");
        for (var district : districts.list()) {
            array.add(json(district));
            row(table, district);
        }
        var json = Json.createObjectBuilder()
                .add("running", true)
                .add("version", Build.number())
                .add("home", appliance.home().directory().toString())
                .add("pid", pid)
                .add("upSeconds", up.toSeconds())
                .add("baseUrl", front.baseUrl())
                .add("caFile", front.caFile().toString())
                .add("certificateUntil", front.certificateUntil().toString())
                .add("trial", appliance.settings().trial())
                .add("districts", array);
        var lines = new ArrayList<String>();
        lines.add("rosterkeep " + Build.number() + " at " + front.baseUrl() + ", up "
                + up.truncatedTo(ChronoUnit.SECONDS).toString().substring(2).toLowerCase(java.util.Locale.ROOT)
                + ", process " + pid);
        if (appliance.settings().trial()) {
            lines.add("This is a trial: the operating system is not confining it.");
        }
        lines.addAll(table.linesOr("There is no district yet. Make one: rosterkeep district make -h"));
        for (var district : districts.list()) {
            if (district.state() instanceof District.State.Open(Rooms rooms)) {
                rooms.checkup()
                        .state()
                        .trouble()
                        .ifPresent(why -> lines.add("The ledger of " + district.name()
                                + " is not what was written: " + why + ". See: rosterkeep ledger verify --district "
                                + district.name()));
                rooms.custody()
                        .overdue(clock.instant())
                        .forEach(late -> lines.add("The vendor " + late.vendor() + " of " + district.name()
                                + " is late: directive " + late.id() + " to delete was due " + late.due()
                                + ". See: rosterkeep vendor exposure " + late.vendor() + " --district "
                                + district.name()));
                held(rooms)
                        .forEach(rule -> lines.add("Of the view of the rule " + rule + " of " + district.name()
                                + " something waits: an import would change too much of it. See: rosterkeep guard show "
                                + rule + " --district " + district.name()));
                rooms.sources()
                        .failing()
                        .forEach(one -> lines.add("The source " + one.source() + " of " + district.name()
                                + " could not be read: " + one.last() + ", again from " + one.notBefore()
                                + ". See: rosterkeep source show " + one.source() + " --district "
                                + district.name()));
                ceilings(rooms)
                        .forEach(rule -> lines.add("The rule " + rule + " of " + district.name()
                                + " has given as many persons today as it may (F25); it goes on at midnight UTC. See:"
                                + " rosterkeep ledger list --district " + district.name()));
            }
        }
        return new Answer(json.build(), lines);
    }

    /// The rules that have released as many persons today as they may (F25).
    private List<String> ceilings(Rooms rooms) {
        return rooms.ceilings().reached(clock.instant()).stream()
                .map(Ceilings.Reached::rule)
                .toList();
    }

    /// The rules of whose view something waits until somebody looks.
    private static List<String> held(Rooms rooms) {
        return rooms.guard().holds().stream()
                .filter(Hold::open)
                .map(Hold::stream)
                .toList();
    }

    private JsonObjectBuilder json(District district) {
        var json = Json.createObjectBuilder()
                .add("district", district.name().text())
                .add("state", district.state().word());
        switch (district.state()) {
            case District.State.Open open -> {
                var relations = open.rooms().vault().relations();
                var ledger = open.rooms().ledger().stats();
                json.add("batch", relations.batch())
                        .add("users", live(relations, Entity.USER))
                        .add("classes", live(relations, Entity.CLASS))
                        .add("enrollments", live(relations, Entity.ENROLLMENT))
                        .add("ledger", ledger.state().name())
                        .add("clockTrusted", ledger.clockTrusted())
                        .add("entries", ledger.records())
                        .add("chain", open.rooms().checkup().state().word());
                open.rooms().checkup().state().trouble().ifPresent(why -> json.add("chainWhy", why));
                json.add(
                        "directivesOverdue",
                        open.rooms().custody().overdue(clock.instant()).size());
                json.add(
                        "dossiersDamaged",
                        Json.createArrayBuilder(open.rooms().rights().damaged()));
                json.add(
                        "sourcesFailing",
                        Json.createArrayBuilder(open.rooms().sources().failing().stream()
                                .map(Standing::source)
                                .toList()));
                json.add("viewsHeld", Json.createArrayBuilder(held(open.rooms())));
                json.add("ceilingsReached", Json.createArrayBuilder(ceilings(open.rooms())));
            }
            case District.State.Sealed sealed -> {
                json.add("method", sealed.method());
                sealed.why().ifPresent(why -> json.add("why", why));
            }
            case District.State.Blocked blocked ->
                json.add("code", blocked.code()).add("why", blocked.sentence());
        }
        return json;
    }

    private static void row(Table table, District district) {
        switch (district.state()) {
            case District.State.Open open -> {
                var relations = open.rooms().vault().relations();
                var ledger = open.rooms().ledger().stats();
                table.row(
                        district.name(),
                        "open",
                        relations.batch(),
                        live(relations, Entity.USER),
                        live(relations, Entity.CLASS),
                        ledger.clockTrusted() ? ledger.state() : ledger.state() + ", clock moved back",
                        ledger.records(),
                        open.rooms().checkup().state().word());
            }
            case District.State.Sealed sealed -> table.row(district.name(), "sealed", "", "", "", "", "", "");
            case District.State.Blocked blocked ->
                table.row(district.name(), "blocked " + blocked.code(), "", "", "", "", "", "");
        }
    }

    private static int live(Relations relations, Entity entity) {
        return relations.live(entity).getCardinality();
    }

    private Answer stop() {
        appliance.stop();
        return Answer.of(Json.createObjectBuilder().add("stopping", true).build(), "stopping");
    }
}
