package org.rosterkeep.appliance;

import jakarta.json.Json;
import jakarta.json.JsonObjectBuilder;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.roaringbitmap.RoaringBitmap;
import org.rosterkeep.custody.Custody;
import org.rosterkeep.custody.Directive;
import org.rosterkeep.custody.Exposure;
import org.rosterkeep.custody.What;
import org.rosterkeep.roster.Catalogue;
import org.rosterkeep.roster.Entity;
import org.rosterkeep.rules.Agreement;
import org.rosterkeep.rules.Rule;

/// What vendors hold: the exposure meter, directives to delete, and attestations that they did.
final class CustodyVerbs {
    private final Districts districts;
    private final Clock clock;

    CustodyVerbs(Districts districts, Clock clock) {
        this.districts = districts;
        this.clock = clock;
    }

    void into(Verbs verbs) {
        verbs.with("vendor exposure", (call, meanwhile) -> exposure(call))
                .with("vendor direct", (call, meanwhile) -> direct(call))
                .with("vendor directive", (call, meanwhile) -> letter(call))
                .with("vendor attest", (call, meanwhile) -> attest(call));
    }

    private Answer exposure(Call call) {
        var rooms = districts.of(call).rooms();
        var now = clock.instant();
        var wanted = call.optional("id");
        wanted.ifPresent(id -> known(rooms, id));
        var vendors = wanted.map(Set::of).orElseGet(() -> rooms.custody().vendors());
        var array = Json.createArrayBuilder();
        var table = new Table("VENDOR", "PEOPLE", "RECORDS", "ELEMENTS", "OLDEST", "NEWEST", "DIRECTIVES", "DUE");
        var lines = new ArrayList<String>();
        for (var id : vendors) {
            var one = rooms.custody().exposure(id, now);
            array.add(json(one));
            row(table, one);
            if (wanted.isPresent()) {
                lines.addAll(more(one));
            }
        }
        var all = new ArrayList<>(table.linesOr("No vendor was given anything yet."));
        all.addAll(lines);
        return new Answer(Json.createObjectBuilder().add("exposure", array).build(), all);
    }

    private static void row(Table table, Exposure one) {
        var open = one.directives().stream()
                .filter(due -> due.state() != Directive.State.MET)
                .toList();
        table.row(
                one.vendor(),
                one.persons(),
                one.records().values().stream().mapToInt(Integer::intValue).sum(),
                one.elements().size(),
                one.oldest().map(Object::toString).orElse("-"),
                one.newest().map(Object::toString).orElse("-"),
                open.isEmpty() ? "-" : open.size() + (one.overdue() ? " (late)" : ""),
                open.stream()
                        .map(due -> due.directive().due())
                        .min(Instant::compareTo)
                        .map(Object::toString)
                        .orElse("-"));
    }

    private static List<String> more(Exposure one) {
        var lines = new ArrayList<String>();
        var catalogue = Catalogue.shipped();
        new TreeMap<>(one.elements())
                .forEach((id, persons) -> lines.add("  " + id + " ("
                        + catalogue.find(id).map(Catalogue.Element::label).orElse("unknown") + "): of " + persons
                        + " people"));
        one.directives()
                .forEach(due -> lines.add("Directive " + due.directive().id() + " ("
                        + due.directive().why() + "): " + word(due.state()) + ", due "
                        + due.directive().due() + ", still about " + due.persons() + " people."));
        if (one.unexplained() > 0) {
            lines.add(one.unexplained() + " answers cannot be explained any more: of whom they told is not known, and"
                    + " they are not in these numbers.");
        }
        lines.add("What was told is counted until the vendor attests that it is deleted: rosterkeep vendor attest -h");
        return lines;
    }

    private static String word(Directive.State state) {
        return switch (state) {
            case OPEN -> "open";
            case REMIND -> "remind them";
            case OVERDUE -> "LATE";
            case MET -> "met";
        };
    }

    private static JsonObjectBuilder json(Exposure one) {
        var records = Json.createObjectBuilder();
        new TreeMap<>(one.records()).forEach((entity, count) -> records.add(entity.many(), count));
        var elements = Json.createObjectBuilder();
        new TreeMap<>(one.elements()).forEach(elements::add);
        var directives = Json.createArrayBuilder();
        one.directives()
                .forEach(due -> directives.add(Json.createObjectBuilder()
                        .add("directive", due.directive().id())
                        .add("agreement", due.directive().agreement())
                        .add("why", due.directive().why())
                        .add("issued", due.directive().issued().toString())
                        .add("due", due.directive().due().toString())
                        .add("state", due.state().name())
                        .add("persons", due.persons())));
        var json = Json.createObjectBuilder()
                .add("vendor", one.vendor())
                .add("persons", one.persons())
                .add("records", records)
                .add("elements", elements)
                .add("unexplained", one.unexplained())
                .add("directives", directives);
        one.oldest().ifPresent(at -> json.add("oldest", at.toString()));
        one.newest().ifPresent(at -> json.add("newest", at.toString()));
        return json;
    }

    private static void known(Rooms rooms, String vendor) {
        if (rooms.book().papers().vendor(vendor).isEmpty()
                && !rooms.custody().vendors().contains(vendor)) {
            throw Trouble.notFound("There is no such vendor.", "See: rosterkeep vendor list");
        }
    }

    private Answer direct(Call call) {
        var rooms = districts.of(call).rooms();
        var id = call.text("id");
        known(rooms, id);
        var agreement = agreement(rooms, call.text("agreement"));
        if (!agreement.vendor().equals(id)) {
            throw Trouble.notFound("This vendor has no such agreement.", "See: rosterkeep agreement list");
        }
        var what = call.flag("gone")
                ? new What(elements(call), Optional.of(gone(rooms, id)))
                : new What(elements(call), Optional.empty());
        var made = rooms.custody()
                .direct(
                        id,
                        agreement.id(),
                        call.text("reason"),
                        what,
                        agreement.disposalDays(),
                        call.caller().actor(),
                        clock.instant());
        return Answer.of(
                Json.createObjectBuilder()
                        .add("directive", made.id())
                        .add("due", made.due().toString())
                        .build(),
                "Directive " + made.id() + " asks " + id + " to delete by " + made.due() + ".",
                "Send it: rosterkeep vendor directive " + id + " --number " + made.id());
    }

    /// Whom the vendor holds something about and sees no more under any of its rules.
    private RoaringBitmap gone(Rooms rooms, String vendor) {
        var now = clock.instant();
        var seen = new RoaringBitmap();
        for (Rule rule : rooms.book().snapshot().inForce(now)) {
            if (rule.vendor().equals(vendor)) {
                seen.or(rooms.editions().current(rule, now).live(Entity.USER));
            }
        }
        return RoaringBitmap.andNot(rooms.custody().users(vendor), seen);
    }

    private static Agreement agreement(Rooms rooms, String id) {
        return rooms.book()
                .papers()
                .agreement(id)
                .orElseThrow(() -> Trouble.notFound("There is no such agreement.", "See: rosterkeep agreement list"));
    }

    private static Optional<Set<String>> elements(Call call) {
        var elements = Set.copyOf(call.texts("elements"));
        var catalogue = Catalogue.shipped();
        elements.stream().filter(id -> catalogue.find(id).isEmpty()).findFirst().ifPresent(unknown -> {
            throw Trouble.wrongUse(
                    "There is no such data element.",
                    "One of those named is not in the catalogue.",
                    "See which this vendor has: rosterkeep vendor exposure " + call.text("id"));
        });
        return elements.isEmpty() ? Optional.empty() : Optional.of(elements);
    }

    private Answer letter(Call call) {
        var rooms = districts.of(call).rooms();
        var id = call.text("id");
        var directive = rooms.custody().directives(id).stream()
                .filter(one -> one.id() == call.number("number", 0))
                .findFirst()
                .orElseThrow(
                        () -> Trouble.notFound("There is no such directive.", "See: rosterkeep vendor exposure " + id));
        var papers = rooms.book().papers();
        var vendor = papers.vendor(id)
                .orElseThrow(() -> Trouble.notFound("There is no such vendor.", "See: rosterkeep vendor list"));
        var district = papers.controller()
                .map(one -> one.legalName())
                .orElse(rooms.name().text());
        var lines = DisposalLetter.lines(
                district,
                vendor,
                agreement(rooms, directive.agreement()),
                directive,
                rooms.custody().exposure(id, clock.instant()),
                clock.instant());
        return new Answer(
                Json.createObjectBuilder()
                        .add("directive", directive.id())
                        .add("letter", String.join("\n", lines))
                        .build(),
                lines);
    }

    private Answer attest(Call call) {
        var rooms = districts.of(call).rooms();
        var id = call.text("id");
        known(rooms, id);
        int number = call.number("directive", 0);
        var word = new Custody.Word(
                number == 0 ? Optional.empty() : Optional.of(number),
                VendorVerbs.instant(call, "deleted"),
                call.text("by"),
                call.text("method"),
                call.optional("certificate").orElse(""),
                new What(elements(call), persons(rooms, call)));
        var made = rooms.custody().attest(id, word, call.caller().actor(), clock.instant());
        var left = rooms.custody().exposure(id, clock.instant());
        boolean done =
                left.persons() == 0 && left.directives().stream().allMatch(due -> due.state() == Directive.State.MET);
        var lines = new ArrayList<String>();
        lines.add("On record as attestation " + made.id() + ". " + id + " still holds data about " + left.persons()
                + " people.");
        if (done) {
            lines.add("Should it have kept its ids: nobody need be able to tell whom they mean. See: rosterkeep vendor"
                    + " ids " + id);
        }
        return new Answer(
                Json.createObjectBuilder()
                        .add("attestation", made.id())
                        .add("personsLeft", left.persons())
                        .build(),
                lines);
    }

    /// The users a vendor means by its own ids, one in a line; empty when no list was given.
    private static Optional<RoaringBitmap> persons(Rooms rooms, Call call) {
        var list = call.optional("persons");
        if (list.isEmpty()) {
            return Optional.empty();
        }
        var vendor = call.text("id");
        var rules = rooms.book().versions(rooms.clock().instant()).stream()
                .map(one -> one.proposal().rule())
                .filter(rule -> rule.vendor().equals(vendor))
                .toList();
        var users = new RoaringBitmap();
        var lines = list.get()
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .toList();
        for (int n = 0; n < lines.size(); n++) {
            boolean found = false;
            for (var rule : rules) {
                var user = rooms.rolls().meant(rule, Entity.USER, lines.get(n));
                user.ifPresent(users::add);
                found |= user.isPresent();
            }
            if (!found) {
                throw Trouble.wrongUse(
                        "Line " + (n + 1) + " of the list is nobody's id.",
                        "It is none of the ids this vendor was given for people.",
                        "Correct or remove it; nothing was put on record.");
            }
        }
        return Optional.of(users);
    }
}
