package org.rosterkeep.appliance;

import jakarta.json.Json;
import jakarta.json.JsonObjectBuilder;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.rosterkeep.breach.Duty;
import org.rosterkeep.breach.Incident;
import org.rosterkeep.breach.IncidentForm;
import org.rosterkeep.breach.Incidents;
import org.rosterkeep.breach.Step;
import org.rosterkeep.breach.Term;
import org.rosterkeep.roster.Catalogue;
import org.rosterkeep.rules.Milestone;
import org.rosterkeep.rules.Pack;

/// Incidents: what is known, whom the law says to tell, by when, and how far it reaches. Nothing is sent from here.
final class IncidentVerbs {
    private final Districts districts;
    private final Clock clock;

    IncidentVerbs(Districts districts, Clock clock) {
        this.districts = districts;
        this.clock = clock;
    }

    void into(Verbs verbs) {
        verbs.with("incident open", (call, meanwhile) -> open(call))
                .with("incident say", (call, meanwhile) -> say(call, step(call)))
                .with("incident close", (call, meanwhile) -> say(call, new Step.Closed(call.text("lessons"))))
                .with("incident show", (call, meanwhile) -> show(call))
                .with("incident clocks", (call, meanwhile) -> clocks(call))
                .with("incident list", (call, meanwhile) -> list(call))
                .with("incident reach", (call, meanwhile) -> reach(call));
    }

    private Incidents incidents(Call call) {
        return districts.of(call).rooms().incidents();
    }

    private Incidents.Law law(Call call) {
        var book = districts.of(call).rooms().book();
        var controller = book.papers().controller();
        List<Pack> active = controller.stream()
                .flatMap(one -> one.packs().stream().sorted())
                .map(book.charter()::pack)
                .flatMap(Optional::stream)
                .toList();
        return new Incidents.Law(
                active,
                new Term(
                        zone(call),
                        controller.map(one -> one.profile().holidays()).orElse(Set.of())));
    }

    private ZoneId zone(Call call) {
        return districts
                .of(call)
                .rooms()
                .book()
                .papers()
                .controller()
                .flatMap(one -> one.profile().timeZone())
                .orElse(ZoneOffset.UTC);
    }

    private IncidentText text(Call call) {
        return new IncidentText(zone(call), clock.instant());
    }

    private Answer open(Call call) {
        var rooms = districts.of(call).rooms();
        for (String vendor : call.texts("vendors")) {
            if (rooms.book().papers().vendor(vendor).isEmpty()) {
                throw Trouble.notFound("There is no vendor " + vendor + ".", "See: rosterkeep vendor list");
            }
        }
        var known = Catalogue.shipped().elements().stream()
                .map(Catalogue.Element::id)
                .collect(Collectors.toCollection(TreeSet::new));
        for (String element : call.texts("elements")) {
            if (!known.contains(element)) {
                throw Trouble.notFound(
                        "There is no such data element.",
                        Nearest.to(element, known)
                                .map(near -> "Did you mean " + near + "?")
                                .orElse("See: rosterkeep element list"));
            }
        }
        var opened = new Step.Opened(
                word(Step.Kind.class, call, "kind"),
                call.text("summary"),
                new TreeSet<>(call.texts("vendors")),
                new TreeSet<>(call.texts("elements")),
                call.optional("occurred").map(text -> OnTheClock.of(text, zone(call))));
        var incident = incidents(call).open(opened, call.person().operator(), clock.instant());
        return said(
                call,
                incident,
                "Incident " + incident.id()
                        + " is open. Say when it was discovered, and when the district became aware:"
                        + " rosterkeep incident reached " + incident.id() + " discovered --at TIME --why TEXT");
    }

    private Answer say(Call call, Step step) {
        var incident = incidents(call)
                .say(call.text("id"), step, law(call), call.person().operator(), clock.instant());
        return said(call, incident, "Incident " + incident.id() + ": it is on record.");
    }

    private Step step(Call call) {
        return switch (call.text("step")) {
            case "reached" ->
                new Step.Reached(
                        Milestone.find(call.text("milestone"))
                                .orElseThrow(() -> unknown(
                                        "milestone",
                                        Arrays.stream(Milestone.values()).map(Milestone::word))),
                        at(call, "at"),
                        call.text("why"));
            case "counted" -> new Step.Counted(call.number("people", -1), call.text("how"));
            case "weighed" ->
                new Step.Weighed(
                        word(Step.Risk.class, call, "risk"),
                        call.text("reasons"),
                        call.flag("encrypted"),
                        call.flag("keysSafe"));
            case "decided" -> new Step.Decided(call.text("duty"), call.flag("tell"), call.text("reasons"));
            case "told" ->
                new Step.Told(
                        call.text("duty"),
                        at(call, "at"),
                        call.text("how"),
                        call.text("evidence"),
                        call.optional("late"));
            case "delayed" ->
                new Step.Delayed(call.text("duty"), call.text("authority"), call.text("reason"), at(call, "until"));
            case "noted" -> new Step.Noted(call.text("what"));
            default -> throw unknown("step", java.util.stream.Stream.of("reached", "counted", "weighed", "told"));
        };
    }

    private Instant at(Call call, String name) {
        return OnTheClock.of(call.text(name), zone(call));
    }

    private static <E extends Enum<E>> E word(Class<E> type, Call call, String name) {
        String word = call.text(name).toUpperCase(Locale.ROOT);
        return Arrays.stream(type.getEnumConstants())
                .filter(one -> one.name().equals(word))
                .findFirst()
                .orElseThrow(() -> unknown(
                        name,
                        Arrays.stream(type.getEnumConstants())
                                .map(one -> one.name().toLowerCase(Locale.ROOT))));
    }

    private static Trouble unknown(String what, java.util.stream.Stream<String> words) {
        return Trouble.wrongUse(
                "There is no such " + what + ".",
                "It is one of: " + words.collect(Collectors.joining(", ")) + ".",
                "Write one of these.");
    }

    /// What was said, and what it starts.
    private Answer said(Call call, Incident incident, String line) {
        var now = clock.instant();
        var duties = incident.duties(law(call).active(), law(call).term(), now);
        var lines = new ArrayList<String>();
        lines.add(line);
        long open = duties.stream().filter(duty -> duty.state().open()).count();
        duties.stream()
                .filter(duty -> duty.state().open())
                .findFirst()
                .ifPresent(duty -> lines.add((open == 1 ? "One has to be told: " : open + " have to be told; first: ")
                        + duty.clock().to() + " (" + duty.pack().code() + ") by "
                        + text(call).by(duty) + "."));
        return new Answer(json(call, incident, duties).build(), lines);
    }

    private Answer show(Call call) {
        var incident = incidents(call).of(call.text("id"));
        var duties = incident.duties(law(call).active(), law(call).term(), clock.instant());
        var text = text(call);
        var lines = new ArrayList<String>();
        lines.add("Incident " + incident.id() + (incident.closed() ? ", closed" : ", open"));
        incident.said()
                .forEach(one -> lines.add(text.local(one.at()) + "  " + one.by() + ": " + text.words(one.step())));
        lines.add("");
        lines.addAll(text.table(duties));
        return new Answer(json(call, incident, duties).build(), lines);
    }

    private Answer clocks(Call call) {
        var incident = incidents(call).of(call.text("id"));
        var law = law(call);
        var duties = incident.duties(law.active(), law.term(), clock.instant());
        return new Answer(json(call, incident, duties).build(), text(call).table(duties));
    }

    private Answer list(Call call) {
        var law = law(call);
        var now = clock.instant();
        var array = Json.createArrayBuilder();
        var table = new Table("INCIDENT", "OPENED", "KIND", "STATE", "TO TELL", "OVERDUE", "NEXT");
        for (Incident incident : incidents(call).all()) {
            var duties = incident.duties(law.active(), law.term(), now);
            var open = duties.stream().filter(duty -> duty.state().open()).toList();
            long overdue = open.stream()
                    .filter(duty -> duty.state() == Duty.State.OVERDUE)
                    .count();
            var next = open.stream().findFirst().map(duty -> text(call).by(duty));
            var kind = incident.opened().kind().name().toLowerCase(Locale.ROOT);
            // Not the summary: whoever may list incidents need not be who may read them.
            table.row(
                    incident.id(),
                    text(call).local(incident.said().getFirst().at()),
                    kind,
                    incident.closed() ? "closed" : "open",
                    open.size(),
                    overdue,
                    next.orElse(""));
            var json = Json.createObjectBuilder()
                    .add("incident", incident.id())
                    .add("opened", incident.said().getFirst().at().toString())
                    .add("kind", kind)
                    .add("closed", incident.closed())
                    .add("toTell", open.size())
                    .add("overdue", overdue);
            open.stream()
                    .findFirst()
                    .flatMap(Duty::due)
                    .ifPresent(due -> json.add("next", due.strict().toString()));
            array.add(json);
        }
        incidents(call).damaged().forEach(id -> {
            table.row(id, "", "", "damaged: restore it from a backup", "", "", "");
            array.add(Json.createObjectBuilder().add("incident", id).add("damaged", true));
        });
        return new Answer(
                Json.createObjectBuilder().add("incidents", array).build(),
                table.linesOr("There was no incident yet."));
    }

    private JsonObjectBuilder json(Call call, Incident incident, List<Duty> duties) {
        var json = Json.createObjectBuilder().add("incident", incident.id()).add("closed", incident.closed());
        if (!call.verb().equals("incident clocks")) {
            json.add("steps", IncidentForm.json(incident).get("steps"));
        }
        var array = Json.createArrayBuilder();
        duties.forEach(duty -> array.add(text(call).json(duty)));
        return json.add("duties", array);
    }

    private Answer reach(Call call) {
        var rooms = districts.of(call).rooms();
        var vendor = call.text("vendor");
        if (rooms.book().papers().vendor(vendor).isEmpty()) {
            throw Trouble.notFound("There is no such vendor.", "See: rosterkeep vendor list");
        }
        var from = call.optional("from")
                .map(text -> OnTheClock.of(text, zone(call)))
                .orElse(Instant.MIN);
        var until = call.optional("until")
                .map(text -> OnTheClock.of(text, zone(call)))
                .orElse(Instant.MAX);
        rooms.ledger().record("incident.reach-asked", call.caller().actor(), Map.of("vendor", vendor));
        var reach = rooms.custody().reach(vendor, from, until, new TreeSet<>(call.texts("elements")));
        var table = new Table("ELEMENT", "PEOPLE");
        var elements = Json.createObjectBuilder();
        reach.elements().forEach((id, people) -> {
            table.row(id, people);
            elements.add(id, people);
        });
        var lines = new ArrayList<String>();
        lines.add(vendor + " was told of " + reach.persons() + " people, in " + reach.answers() + " answers and pushes"
                + reach.first()
                        .map(first -> ", from " + text(call).local(first) + " to "
                                + text(call).local(reach.last().orElse(first)))
                        .orElse("")
                + ".");
        if (reach.unexplained() > 0) {
            lines.add("Of " + reach.unexplained() + " of them nobody can say any more of whom they told.");
        }
        lines.addAll(table.linesOr("It was told nothing of anybody."));
        var json = Json.createObjectBuilder()
                .add("vendor", vendor)
                .add("people", reach.persons())
                .add("answers", reach.answers())
                .add("unexplained", reach.unexplained())
                .add("elements", elements);
        reach.first().ifPresent(first -> json.add("first", first.toString()));
        reach.last().ifPresent(last -> json.add("last", last.toString()));
        return new Answer(json.build(), lines);
    }
}
