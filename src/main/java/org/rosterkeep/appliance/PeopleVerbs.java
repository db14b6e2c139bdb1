package org.rosterkeep.appliance;

import jakarta.json.Json;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.rosterkeep.rights.Act;
import org.rosterkeep.rights.Entry.Objection.Against;
import org.rosterkeep.rights.Giving;
import org.rosterkeep.roster.Entity;
import org.rosterkeep.roster.Field;
import org.rosterkeep.roster.SourcedId;
import org.rosterkeep.rules.Stopped;

/// What is decided about single people and places: told to the rooms, answered in sentences that name nobody
/// but the one
/// who was asked about.
final class PeopleVerbs {
    private final Districts districts;
    private final Clock clock;

    PeopleVerbs(Districts districts, Clock clock) {
        this.districts = districts;
        this.clock = clock;
    }

    void into(Verbs verbs) {
        verbs.with("person optout", (call, meanwhile) -> optOut(call))
                .with("person object", (call, meanwhile) -> object(call))
                .with("person uphold", (call, meanwhile) -> uphold(call))
                .with("person restrict", (call, meanwhile) -> restrict(call))
                .with("person protect", (call, meanwhile) -> protect(call))
                .with("person contest", (call, meanwhile) -> contest(call))
                .with("person leave", (call, meanwhile) -> leave(call))
                .with("person exception", (call, meanwhile) -> exception(call))
                .with("person sign", (call, meanwhile) -> sign(call))
                .with("person strict", (call, meanwhile) -> strict(call))
                .with("class reveal", (call, meanwhile) -> reveal(call, Entity.CLASS))
                .with("org reveal", (call, meanwhile) -> reveal(call, Entity.ORG));
        new ConsentVerbs(districts, clock).into(verbs);
        new DossierVerbs(districts, clock).into(verbs);
    }

    private Answer optOut(Call call) {
        var rooms = districts.of(call).rooms();
        var people = people(rooms, call, "Nobody was opted out.");
        var stopped = rooms.rights().taking().optOut(people, day(call, "until"), act(call));
        return Stops.told(
                "person",
                people.size() + (people.size() == 1 ? " person is" : " persons are")
                        + " opted out of directory information. Rules on another basis are not touched by it.",
                stopped);
    }

    /// One person or a list of them, who must all be known.
    ///
    /// @param undone what did not happen when one is not
    static List<SourcedId> people(Rooms rooms, Call call, String undone) {
        var people = call.texts("people").isEmpty() ? List.of(call.text("person")) : call.texts("people");
        var unknown = new HashSet<Integer>();
        for (int n = 0; n < people.size(); n++) {
            if (!SourcedId.valid(people.get(n)) || !rooms.rights().knows(Entity.USER, SourcedId.of(people.get(n)))) {
                unknown.add(n + 1);
            }
        }
        if (!unknown.isEmpty()) {
            throw new Trouble(
                    Exit.NOT_FOUND,
                    undone,
                    people.size() == 1
                            ? "The roster has never had a person with this sourcedId."
                            : "The roster has never had the persons on these lines: " + lines(unknown) + ".",
                    "Correct or remove them and give the file again.");
        }
        return people.stream().map(SourcedId::of).distinct().toList();
    }

    private static String lines(Set<Integer> lines) {
        var shown = lines.stream().sorted().limit(20).map(String::valueOf).toList();
        return String.join(", ", shown)
                + (lines.size() > shown.size() ? " and " + (lines.size() - shown.size()) + " more" : "");
    }

    private Answer object(Call call) {
        var rooms = districts.of(call).rooms();
        var against = against(rooms, call);
        return taken(
                call,
                "The objection is kept. While nobody has decided it, what it is against is withheld.",
                rooms.rights().taking().object(person(call), against, call.text("grounds"), act(call)));
    }

    private static Against against(Rooms rooms, Call call) {
        var chosen = Stream.of(call.optional("vendor"), call.optional("element"))
                .filter(Optional::isPresent)
                .count();
        if (chosen + (call.flag("everybody") ? 1 : 0) != 1) {
            throw Trouble.wrongUse(
                    "It is not clear what the objection is against.",
                    "It takes one of --vendor, --element and --everybody.",
                    "Name one of them.");
        }
        return call.optional("vendor")
                .<Against>map(vendor -> new Against.OneVendor(known(rooms, vendor)))
                .or(() -> call.optional("element").map(Against.OneElement::new))
                .orElseGet(Against.Everybody::new);
    }

    private Answer uphold(Call call) {
        return taken(
                call,
                "The objection is upheld.",
                rights(call).taking().uphold(person(call), number(call), call.text("reason"), act(call)));
    }

    private Answer restrict(Call call) {
        return taken(
                call,
                "The person is restricted: no vendor is given anything about them.",
                rights(call).taking().restrict(person(call), call.text("reason"), act(call)));
    }

    private Answer protect(Call call) {
        return taken(
                call,
                "The person is protected: they are in no rule that tells where somebody is, and in no list except for"
                        + " the operators who were named.",
                rights(call)
                        .taking()
                        .protect(person(call), call.text("reason"), Set.copyOf(call.texts("named")), act(call)));
    }

    private Answer contest(Call call) {
        Field field = AskedField.of(call.text("field"));
        return taken(
                call,
                "The field is contested: no vendor is given it until somebody has decided.",
                rights(call).taking().contest(person(call), field, call.text("grounds"), act(call)));
    }

    private Answer leave(Call call) {
        Instant leaves = day(call, "on").orElse(clock.instant());
        Optional<Integer> grace =
                call.args().containsKey("grace") ? Optional.of(call.number("grace", 0)) : Optional.empty();
        return taken(
                call,
                "The person leaves, and is given to nobody once the grace is over.",
                rights(call).taking().leave(person(call), leaves, grace, act(call)));
    }

    private Answer reveal(Call call, Entity place) {
        return taken(
                call,
                "What it reveals is noted: rules without that element get neither it nor what belongs to it.",
                rights(call)
                        .taking()
                        .reveal(
                                place,
                                SourcedId.of(call.text("id")),
                                call.text("element"),
                                call.text("reason"),
                                act(call)));
    }

    private Answer strict(Call call) {
        if (call.flag("off")) {
            rights(call).giving().beLoose(act(call));
            return Answer.of(
                    Json.createObjectBuilder().add("strict", false).build(),
                    "A directory opt-out counts only against rules that rest on directory information.");
        }
        return taken(
                call,
                "A directory opt-out counts against every vendor that is not essential.",
                rights(call).taking().beStrict(act(call)));
    }

    private Answer exception(Call call) {
        var rooms = districts.of(call).rooms();
        return asked(rooms.rights()
                .giving()
                .askException(
                        person(call),
                        known(rooms, call.text("vendor")),
                        call.number("days", 1),
                        call.text("reason"),
                        call.person(),
                        clock.instant()));
    }

    private Answer sign(Call call) {
        return asked(rights(call).giving().signException(person(call), number(call), call.person(), clock.instant()));
    }

    private static Answer asked(Giving.Asked asked) {
        if (asked.missing() > 0) {
            throw new Trouble(
                    Exit.NEEDS_ANOTHER,
                    "Your signature is kept; the exception is not in force yet.",
                    "It is entry " + asked.number() + " and takes " + asked.missing() + " more.",
                    "Let another operator sign: rosterkeep person sign ID " + asked.number() + " --operator NAME");
        }
        var until = asked.until().map(Instant::toString).orElse("");
        return Answer.of(
                Json.createObjectBuilder()
                        .add("entry", asked.number())
                        .add("until", until)
                        .build(),
                "The exception is in force until " + until + ".");
    }

    private org.rosterkeep.rights.Rights rights(Call call) {
        return districts.of(call).rooms().rights();
    }

    private Act act(Call call) {
        return new Act(call.caller().actor(), clock.instant());
    }

    private static Answer taken(Call call, String sentence, Stopped stopped) {
        return Stops.told(call.verb(), sentence, stopped);
    }

    static SourcedId person(Call call) {
        return SourcedId.of(call.text("person"));
    }

    static int number(Call call) {
        return call.number("number", 0);
    }

    static String known(Rooms rooms, String vendor) {
        return rooms.book()
                .papers()
                .vendor(vendor)
                .orElseThrow(() -> Trouble.notFound("There is no such vendor.", "See: rosterkeep vendor list"))
                .id();
    }

    /// A day starts at midnight UTC.
    static Optional<Instant> day(Call call, String name) {
        return call.optional(name).map(text -> {
            try {
                return LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant();
            } catch (DateTimeException e) {
                throw noDay(name).because(e);
            }
        });
    }

    static Trouble noDay(String name) {
        return Trouble.wrongUse("--" + name + " is not a day.", "A day is written like 2027-06-30.", "Give it so.");
    }
}
