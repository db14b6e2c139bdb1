package org.rosterkeep.appliance;

import jakarta.json.Json;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.rosterkeep.rights.Act;
import org.rosterkeep.rights.Entry.Consent.To;
import org.rosterkeep.rights.Giving;
import org.rosterkeep.rules.Rule;
import org.rosterkeep.rules.Version;

/// Consents, kept and taken back: each of the two is one step.
final class ConsentVerbs {
    private final Districts districts;
    private final Clock clock;

    ConsentVerbs(Districts districts, Clock clock) {
        this.districts = districts;
        this.clock = clock;
    }

    void into(Verbs verbs) {
        verbs.with("person consent", (call, meanwhile) -> consent(call))
                .with("person withdraw", (call, meanwhile) -> withdraw(call));
    }

    private Answer consent(Call call) {
        var rooms = districts.of(call).rooms();
        var to = to(rooms, call);
        var people = PeopleVerbs.people(rooms, call, "No consent was kept.");
        var until = PeopleVerbs.day(call, "until").orElseThrow(() -> PeopleVerbs.noDay("until"));
        rooms.rights()
                .giving()
                .consent(
                        people,
                        new Giving.Given(
                                to,
                                call.text("by"),
                                call.text("identity"),
                                call.text("text"),
                                PeopleVerbs.day(call, "given").orElse(clock.instant()),
                                until),
                        act(call));
        return Answer.of(
                Json.createObjectBuilder()
                        .add("consent", true)
                        .add("people", people.size())
                        .add("until", until.toString())
                        .build(),
                (people.size() == 1 ? "The consent is" : "The consents of " + people.size() + " people are")
                        + " kept. Taken back in one step: rosterkeep person withdraw ID " + option(to));
    }

    private To to(Rooms rooms, Call call) {
        boolean both =
                call.optional("vendor").isPresent() && call.optional("purpose").isPresent();
        boolean either =
                call.optional("vendor").isPresent() || call.optional("purpose").isPresent();
        if (call.optional("rule").isPresent() ? either : !both) {
            throw Trouble.wrongUse(
                    "It is not clear what the consent is for.",
                    "It takes --rule, or --vendor and --purpose.",
                    "Name the one or the other.");
        }
        return call.optional("rule")
                .<To>map(rule -> new To.OneRule(rule(rooms, rule).id()))
                .orElseGet(() -> new To.VendorFor(
                        PeopleVerbs.known(rooms, call.text("vendor")), purpose(rooms, call.text("purpose"))));
    }

    private static String option(To to) {
        return switch (to) {
            case To.OneRule(String rule) -> "--rule " + rule;
            case To.VendorFor(String vendor, String purpose) -> "--vendor " + vendor + " --purpose " + purpose;
        };
    }

    private Answer withdraw(Call call) {
        var rooms = districts.of(call).rooms();
        var which = which(rooms, call);
        var people = PeopleVerbs.people(rooms, call, "No consent was taken back.");
        var withdrawn = rooms.rights().taking().withdrawConsents(people, which, act(call));
        if (withdrawn.people() == 0) {
            throw Trouble.notFound(
                    "There is no such consent that is still open.", "See: rosterkeep person show ID --operator NAME");
        }
        return Stops.told(
                call.verb(),
                withdrawn.people() == 1
                        ? "The consent is taken back: the next request is answered without the person."
                        : "The consents of " + withdrawn.people()
                                + " people are taken back: the next request is answered without them.",
                withdrawn.stopped());
    }

    /// Whatever lets the rule give somebody, or was given to the vendor for the purpose, in whichever of the two ways
    /// it was given: who takes something back must not have to know how it was kept.
    private Predicate<To> which(Rooms rooms, Call call) {
        if (call.flag("all")) {
            return any -> true;
        }
        return switch (to(rooms, call)) {
            case To.OneRule(String id) -> {
                var rule = rule(rooms, id);
                yield to -> switch (to) {
                    case To.OneRule(String other) -> other.equals(id);
                    case To.VendorFor(String vendor, String purpose) -> serves(rule, vendor, purpose);
                };
            }
            case To.VendorFor(String vendor, String purpose) -> {
                var now = clock.instant();
                yield to -> switch (to) {
                    case To.OneRule(String id) ->
                        rooms.book().versions(now).stream()
                                .map(Version::rule)
                                .anyMatch(rule -> rule.id().equals(id) && serves(rule, vendor, purpose));
                    case To.VendorFor(String other, String aim) -> other.equals(vendor) && aim.equals(purpose);
                };
            }
        };
    }

    private static boolean serves(Rule rule, String vendor, String purpose) {
        return rule.vendor().equals(vendor) && rule.purpose().equals(purpose);
    }

    private Rule rule(Rooms rooms, String id) {
        return rooms.book().newest(id, clock.instant()).rule();
    }

    private static String purpose(Rooms rooms, String code) {
        return Optional.of(code)
                .filter(rooms.book().charter().purposes()::contains)
                .orElseThrow(() -> Trouble.notFound(
                        "There is no such purpose.",
                        "It is one of "
                                + String.join(
                                        ", ", List.copyOf(rooms.book().charter().purposes())) + "."));
    }

    private Act act(Call call) {
        Instant now = clock.instant();
        return new Act(call.caller().actor(), now);
    }
}
