package org.rosterkeep.appliance;

import jakarta.json.Json;
import jakarta.json.JsonObjectBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.rosterkeep.intake.Landing;
import org.rosterkeep.retention.DisposalPlan;
import org.rosterkeep.retention.Ground;
import org.rosterkeep.retention.Order;
import org.rosterkeep.rights.Act;
import org.rosterkeep.roster.Entity;
import org.rosterkeep.roster.RecordKey;
import org.rosterkeep.roster.Relations;
import org.rosterkeep.roster.SourcedId;

/// Erasing one person: what would go, two signatures, and what is left to show that it was done.
final class EraseVerbs {
    private final Districts districts;
    private final Home home;
    private final Clock clock;

    EraseVerbs(Districts districts, Home home, Clock clock) {
        this.districts = districts;
        this.home = home;
        this.clock = clock;
    }

    void into(Verbs verbs) {
        verbs.with("erase plan", (call, meanwhile) -> plan(call))
                .with("erase person", (call, meanwhile) -> person(call))
                .with("erase list", (call, meanwhile) -> list(call))
                .with("erase certificate", (call, meanwhile) -> certificate(call))
                .with("erase lift", (call, meanwhile) -> lift(call));
    }

    /// Whom a call means: only a person the roster has, or had.
    static RecordKey key(Rooms rooms, Call call) {
        var person = SourcedId.of(call.text("person"));
        if (!rooms.rights().knows(Entity.USER, person)) {
            throw Trouble.notFound(
                    "The roster has never had a person with this sourcedId.",
                    "Nothing was changed. Check it, or import the roster that has the person first.");
        }
        return rooms.vault().key(Entity.USER, person);
    }

    private Answer plan(Call call) {
        var district = districts.of(call);
        var rooms = district.rooms();
        var key = key(rooms, call);
        var dossier = rooms.rights()
                .show(
                        Entity.USER,
                        SourcedId.of(call.text("person")),
                        call.person().operator(),
                        clock.instant());
        int user = rooms.vault().find(Entity.USER, key);
        var plan = DisposalPlan.shipped();
        var lines = new ArrayList<String>();
        lines.add("An erasure of this person would reach:");
        plan.of(DisposalPlan.Fate.GOES).forEach(one -> lines.add("  goes    " + one.line()));
        plan.of(DisposalPlan.Fate.BARE).forEach(one -> lines.add("  bare    " + one.line()));
        plan.of(DisposalPlan.Fate.STAYS).forEach(one -> lines.add("  stays   " + one.line()));
        int rows = rows(rooms.vault().relations(), user);
        lines.add("Now in the roster: " + rows + " records of the person; "
                + dossier.entries().size() + " entries in the dossier.");
        var vendors = new Erasing(rooms).holding(user);
        lines.add(
                vendors.isEmpty()
                        ? "No vendor holds anything of the person."
                        : "Vendors that will be asked to delete: " + String.join(", ", vendors) + ".");
        lines.addAll(backups(rooms));
        var against = against(district, key);
        lines.addAll(
                against.isEmpty()
                        ? List.of("Nothing stands against it. It takes two people: rosterkeep erase person ID --ground"
                                + " WORD --request NUMBER --operator NAME")
                        : against);
        return new Answer(
                Json.createObjectBuilder()
                        .add("records", rows)
                        .add("entries", dossier.entries().size())
                        .add("vendors", Json.createArrayBuilder(vendors))
                        .add("against", Json.createArrayBuilder(against))
                        .build(),
                lines);
    }

    private static int rows(Relations relations, int user) {
        return (relations.live(Entity.USER).contains(user) ? 1 : 0)
                + (relations.live(Entity.DEMOGRAPHICS).contains(user) ? 1 : 0)
                + (int) java.util.Arrays.stream(relations.enrollmentsOfUser(user))
                        .filter(one -> relations.live(Entity.ENROLLMENT).contains(one))
                        .count();
    }

    private static List<String> backups(Rooms rooms) {
        var backups = new Erasing(rooms).backups();
        return backups.isEmpty()
                ? List.of("No backup can be opened.")
                : List.of("Backups that were made before: " + backups.get("count") + "; the last of their keys is"
                        + " destroyed on " + backups.get("until") + ". Until then a restore erases the person again"
                        + " before anybody is answered.");
    }

    /// What has to be done first.
    private List<String> against(District district, RecordKey key) {
        var against = new ArrayList<String>();
        if (district.rooms().holds().on(key)) {
            against.add("A legal hold is on this person: see rosterkeep hold list.");
        }
        for (var aside : asides(district)) {
            against.add("What was there before a restore holds the person, too. Remove it when it is not needed any"
                    + " more: " + aside);
        }
        return against;
    }

    private List<Path> asides(District district) {
        var place = home.directory().resolve("before-restore");
        if (!Files.isDirectory(place)) {
            return List.of();
        }
        try (var all = Files.list(place)) {
            // One of a district whose name merely begins alike is none of this one's.
            var name = java.util.regex.Pattern.compile(
                    java.util.regex.Pattern.quote(district.name().text()) + "-\\d{8}T\\d{6}Z-.*");
            return all.filter(one -> name.matcher(one.getFileName().toString()).matches())
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Answer person(Call call) {
        var district = districts.of(call);
        var rooms = district.rooms();
        var now = clock.instant();
        var key = key(rooms, call);
        var ground = Ground.named(call.text("ground"))
                .orElseThrow(() -> Trouble.wrongUse(
                        "This is no reason an erasure can have.",
                        "A reason in free words would name the person whom it erases.",
                        "Give one of: " + Ground.words() + "."));
        // A protected person's dossier is open to those who are named for it, and so is its end.
        rooms.rights()
                .show(
                        Entity.USER,
                        SourcedId.of(call.text("person")),
                        call.person().operator(),
                        now);
        var asides = asides(district);
        if (!asides.isEmpty()) {
            throw new Trouble(
                    Exit.REFUSED,
                    "Nobody was erased.",
                    "What was there before a restore holds the person, too, and cannot be erased from.",
                    "Remove it when it is not needed any more: "
                            + asides.stream().map(Path::toString).collect(Collectors.joining(", ")));
        }
        var order = rooms.orders().sign(key, ground, call.text("request"), call.person(), now);
        var stopped = rooms.rights()
                .taking()
                .suppress(
                        key, "Erasure " + order.number(), new Act(call.caller().actor(), now));
        if (order.state() == Order.State.ASKED) {
            throw new Trouble(
                    Exit.NEEDS_ANOTHER,
                    "Your signature is kept as erasure " + order.number()
                            + "; the person is given to nobody from now on"
                            + (stopped.kept() ? "." : ", which could not be written yet: do not restart."),
                    "It takes " + rooms.orders().missing(order)
                            + " more, one of them a privacy officer's, and cannot be" + " taken back then.",
                    "Let another operator sign: rosterkeep erase person ID --ground " + ground.word() + " --request "
                            + order.request() + " --operator NAME");
        }
        return carriedOut(rooms, order, now);
    }

    /// Decided: whatever happens from here on, it is done now or by itself later.
    private Answer carriedOut(Rooms rooms, Order order, Instant now) {
        String why;
        try {
            return told(rooms, new Erasing(rooms).carryOut(order, now));
        } catch (Landing.LandingBusy busy) {
            why = "An import is running: the rows go right after it, and it does not bring the person to anybody.";
        } catch (RuntimeException later) {
            why = Faults.told(later).map(Trouble::why).orElse("The disk or the ledger could not do it now.");
        }
        return Answer.of(
                json(order).build(),
                "Erasure " + order.number() + " is decided, and the person is given to nobody.",
                why + " It goes on by itself, also after a restart; see: rosterkeep erase list");
    }

    private Answer told(Rooms rooms, Order order) {
        var lines = new ArrayList<>(lines(rooms, order));
        lines.add("Keep this: rosterkeep erase certificate " + order.number());
        return new Answer(json(order).build(), lines);
    }

    private static JsonObjectBuilder json(Order order) {
        var counts = Json.createObjectBuilder();
        new TreeMap<>(order.counts()).forEach(counts::add);
        var json = Json.createObjectBuilder()
                .add("erasure", order.number())
                .add("state", order.state().name())
                .add("ground", order.ground().word())
                .add("request", order.request())
                .add("asked", order.asked().toString())
                .add("counts", counts);
        order.decided().ifPresent(at -> json.add("decided", at.toString()));
        order.done().ifPresent(at -> json.add("done", at.toString()));
        return json;
    }

    private Answer list(Call call) {
        var rooms = districts.of(call).rooms();
        var array = Json.createArrayBuilder();
        var table = new Table("ERASURE", "STATE", "GROUND", "REQUEST", "ASKED", "DONE");
        for (var order : rooms.orders().list()) {
            array.add(json(order));
            table.row(
                    order.number(),
                    order.state().name().toLowerCase(java.util.Locale.ROOT),
                    order.ground().word(),
                    order.request(),
                    order.asked(),
                    order.done().map(Instant::toString).orElse("-"));
        }
        return new Answer(
                Json.createObjectBuilder().add("erasures", array).build(), table.linesOr("Nobody was erased."));
    }

    private Answer certificate(Call call) {
        var rooms = districts.of(call).rooms();
        var order = rooms.orders()
                .find(call.number("number", 0))
                .filter(one -> one.state() == Order.State.DONE || one.state() == Order.State.LIFTED)
                .filter(one -> one.done().isPresent())
                .orElseThrow(
                        () -> Trouble.notFound("There is no such erasure that is done.", "See: rosterkeep erase list"));
        var lines = new ArrayList<String>();
        lines.add("Certificate of erasure " + order.number());
        lines.addAll(lines(rooms, order));
        return new Answer(
                json(order).add("tag", Erasing.tag(rooms.keys(), order.key())).build(), lines);
    }

    private List<String> lines(Rooms rooms, Order order) {
        var lines = new ArrayList<String>();
        lines.add("District " + rooms.name() + "; request " + order.request() + "; ground: "
                + order.ground().word() + ".");
        lines.add("Signed by "
                + order.signatures().stream()
                        .map(one -> one.operator() + " on " + one.at())
                        .collect(Collectors.joining(", "))
                + ".");
        order.done()
                .ifPresent(
                        at -> lines.add("Done on " + at + ": " + order.counts().getOrDefault("rows", 0L)
                                + " rows were taken out of every version of the roster, the dossier was emptied, and"
                                + " what the database frees was overwritten."));
        lines.add("Vendors were asked to delete by " + order.counts().getOrDefault("directives", 0L)
                + " directives; see: rosterkeep vendor exposure");
        lines.add("The erasure ledger knows it as " + Erasing.tag(rooms.keys(), order.key())
                + ", which leads to nobody without the district's keys.");
        lines.addAll(backups(rooms));
        return lines;
    }

    private Answer lift(Call call) {
        var rooms = districts.of(call).rooms();
        var key = key(rooms, call);
        var now = clock.instant();
        var order = rooms.orders().lift(key, call.caller().actor(), call.text("request"));
        rooms.rights()
                .giving()
                .comeBack(
                        key,
                        "Erasure " + order.number() + " lifted",
                        new Act(call.caller().actor(), now));
        return Answer.of(
                json(order).build(),
                "Erasure " + order.number() + " is lifted.",
                order.done().isPresent()
                        ? "What was erased does not come back; the next delivery that names the person brings them in"
                                + " anew, under the ids vendors knew."
                        : "Nothing was erased, and the person is given as rules permit.");
    }
}
