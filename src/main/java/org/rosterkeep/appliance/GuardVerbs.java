package org.rosterkeep.appliance;

import jakarta.json.Json;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.rosterkeep.entitlement.Guard;
import org.rosterkeep.entitlement.GuardProfile;
import org.rosterkeep.entitlement.Hold;
import org.rosterkeep.roster.Entity;
import org.rosterkeep.rules.Vendor;

/// The guard on the vendors' views: what of them waits and why, letting it pass, and how much may change at once.
final class GuardVerbs {
    private final Districts districts;
    private final Clock clock;

    GuardVerbs(Districts districts, Clock clock) {
        this.districts = districts;
        this.clock = clock;
    }

    void into(Verbs verbs) {
        verbs.with("guard list", (call, meanwhile) -> GuardLines.list(guard(call)))
                .with("guard show", (call, meanwhile) -> show(call))
                .with("guard release", (call, meanwhile) -> release(call))
                .with("guard profile", (call, meanwhile) -> profile(call));
    }

    private Guard guard(Call call) {
        return districts.of(call).rooms().guard();
    }

    private Answer show(Call call) {
        var hold = held(call, call.text("id"));
        return GuardLines.show(
                hold, Causers.of(districts.of(call).rooms(), hold).needed());
    }

    private Hold held(Call call, String rule) {
        return guard(call)
                .hold(rule)
                .orElseThrow(() -> Trouble.notFound(
                        "Nothing of the view of this rule waits.", "See what waits: rosterkeep guard list"));
    }

    private Answer release(Call call) {
        var rooms = districts.of(call).rooms();
        var actor = call.person().operator();
        var choice = choice(call);
        var waiting = wanted(call).stream().filter(Hold::open).toList();
        var needed = new TreeMap<String, Integer>();
        for (var hold : waiting) {
            var causers = Causers.of(rooms, hold);
            if (causers.names().contains(actor)) {
                throw new Trouble(
                        Exit.NEEDS_ANOTHER,
                        "The view of " + hold.stream() + " was not released; nothing was.",
                        "Who ran the import that it waits with cannot let it pass.",
                        "Let another operator do this.");
            }
            needed.put(hold.stream(), causers.needed());
        }
        var released = new ArrayList<String>();
        var waitingOn = new ArrayList<String>();
        for (var hold : waiting) {
            var passes =
                    rooms.guard().release(hold, choice, actor, needed.getOrDefault(hold.stream(), 2), clock.instant());
            (passes ? released : waitingOn).add(hold.stream());
        }
        if (released.isEmpty() && !waitingOn.isEmpty()) {
            throw new Trouble(
                    Exit.NEEDS_ANOTHER,
                    "The release of " + String.join(", ", waitingOn) + " waits for a second operator.",
                    "The import was run by the machine's owner, and nobody signed in for it; or nothing of the kind"
                            + " waits.",
                    "Let another operator do the same.");
        }
        return Answer.of(
                Json.createObjectBuilder()
                        .add("released", Json.createArrayBuilder(released))
                        .add("waitingForAnother", Json.createArrayBuilder(waitingOn))
                        .build(),
                released.isEmpty()
                        ? "There was nothing to release."
                        : "Released: " + String.join(", ", released)
                                + ". It goes on at the vendor's next question; what is imported later is judged"
                                + " anew.");
    }

    private static Hold.Choice choice(Call call) {
        var collections = call.optional("collection")
                .map(GuardVerbs::collection)
                .map(one -> EnumSet.of(one))
                .orElseGet(() -> EnumSet.allOf(Entity.class));
        var ways = EnumSet.allOf(Hold.Way.class);
        if (call.flag("removals") != call.flag("additions")) {
            ways = EnumSet.of(call.flag("removals") ? Hold.Way.REMOVALS : Hold.Way.ADDITIONS);
        }
        return new Hold.Choice(collections, ways);
    }

    private static Entity collection(String name) {
        return Arrays.stream(Entity.values())
                .filter(one -> one.many().equals(name))
                .findFirst()
                .orElseThrow(() -> Trouble.wrongUse(
                        "There is no such collection.",
                        "A rule gives others.",
                        "Use one of "
                                + Arrays.stream(Entity.values())
                                        .map(Entity::many)
                                        .collect(Collectors.joining(", "))
                                + "."));
    }

    private List<Hold> wanted(Call call) {
        if (call.flag("all")) {
            return guard(call).holds();
        }
        return call.optional("vendor")
                .map(vendor -> guard(call).holds().stream()
                        .filter(hold -> hold.vendor().equals(vendor))
                        .toList())
                .orElseGet(() -> List.of(held(call, call.text("id"))));
    }

    private Answer profile(Call call) {
        var guard = guard(call);
        if (call.flag("show")) {
            return GuardLines.profiles(guard, List.of());
        }
        var of = call.optional("vendor").map(vendor -> vendor(call, vendor)).orElse(Guard.DISTRICT);
        var whom = GuardLines.whom(of);
        if (call.flag("freeze")) {
            boolean kept = guard.freeze(of, call.caller().actor());
            return Answer.of(
                    Json.createObjectBuilder()
                            .add("of", of)
                            .add("profile", guard.profiles().strictest().name())
                            .add("kept", kept)
                            .build(),
                    "Nothing moves any more in what is shown of " + whom + "."
                            + (kept ? "" : " It could not be written down yet; that is tried again."));
        }
        var profile = named(guard, call.text("id"));
        if (!guard.choose(of, profile, call.person().operator())) {
            throw new Trouble(
                    Exit.NEEDS_ANOTHER,
                    "The profile " + profile.name() + " for " + whom
                            + " waits for a second person; nothing has changed yet.",
                    "It lets something pass that the present one holds, and that takes two people.",
                    "Let another operator choose the same.");
        }
        return Answer.of(
                Json.createObjectBuilder()
                        .add("of", of)
                        .add("profile", profile.name())
                        .build(),
                "From now on " + whom + " is guarded by the profile " + GuardLines.words(profile) + ".");
    }

    private String vendor(Call call, String vendor) {
        return districts.of(call).rooms().book().papers().vendors().stream()
                .map(Vendor::id)
                .filter(vendor::equals)
                .findFirst()
                .orElseThrow(
                        () -> Trouble.notFound("There is no such vendor.", "See who there is: rosterkeep vendor list"));
    }

    private static GuardProfile named(Guard guard, String name) {
        return Optional.ofNullable(guard.profiles().named().get(name))
                .orElseThrow(() -> Trouble.wrongUse(
                        "There is no such profile.",
                        "The guard knows others.",
                        "Use one of "
                                + String.join(
                                        ", ",
                                        new TreeSet<>(guard.profiles().named().keySet())) + "."));
    }
}
