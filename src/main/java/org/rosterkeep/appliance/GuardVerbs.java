package org.rosterkeep.appliance;

import jakarta.json.Json;
import jakarta.json.JsonObjectBuilder;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.rosterkeep.entitlement.Guard;
import org.rosterkeep.entitlement.GuardProfile;
import org.rosterkeep.entitlement.Hold;
import org.rosterkeep.intake.Report;
import org.rosterkeep.ledger.LedgerRecord;
import org.rosterkeep.rules.Vendor;

/// The guard on the vendors' views: which stand still and why, letting them go on, and how much may change at once.
final class GuardVerbs {
    private final Districts districts;
    private final Clock clock;

    GuardVerbs(Districts districts, Clock clock) {
        this.districts = districts;
        this.clock = clock;
    }

    void into(Verbs verbs) {
        verbs.with("guard list", (call, meanwhile) -> list(call))
                .with("guard show", (call, meanwhile) -> show(call))
                .with("guard release", (call, meanwhile) -> release(call))
                .with("guard profile", (call, meanwhile) -> profile(call));
    }

    private Guard guard(Call call) {
        return districts.of(call).rooms().guard();
    }

    private Answer list(Call call) {
        var guard = guard(call);
        var array = Json.createArrayBuilder();
        var table = new Table("RULE", "VENDOR", "SINCE", "BATCH", "WOULD GO TO", "GO", "COME", "STATE");
        for (var hold : guard.holds()) {
            array.add(json(hold));
            table.row(
                    hold.stream(),
                    hold.vendor(),
                    hold.at(),
                    hold.from(),
                    hold.batch(),
                    sum(hold, true),
                    sum(hold, false),
                    hold.released().map(_ -> "released").orElse("held"));
        }
        var chosen = Json.createObjectBuilder();
        var lines = new ArrayList<>(table.linesOr("No vendor's view stands still."));
        lines.add("The district is guarded by the profile " + words(guard.of(Guard.DISTRICT)) + ".");
        new TreeMap<>(guard.chosen()).forEach((of, profile) -> {
            chosen.add(of, profile.name());
            if (!of.equals(Guard.DISTRICT)) {
                lines.add("The vendor " + of + ": " + words(profile) + ".");
            }
        });
        return new Answer(
                Json.createObjectBuilder()
                        .add("holds", array)
                        .add("profile", guard.of(Guard.DISTRICT).name())
                        .add("chosen", chosen)
                        .build(),
                lines);
    }

    private static String words(GuardProfile profile) {
        return profile.name() + " (" + profile.label() + ")";
    }

    private static long sum(Hold hold, boolean left) {
        return hold.counts().values().stream()
                .mapToLong(count -> left ? count.left() : count.came())
                .sum();
    }

    private Answer show(Call call) {
        var hold = held(call, call.text("id"));
        var lines = new ArrayList<String>();
        lines.add("The view of " + hold.vendor() + " under the rule " + hold.stream() + " stands still since "
                + hold.at() + ", by the profile " + hold.profile() + ".");
        lines.add("It shows the roster after import number " + hold.from() + " and would go to number " + hold.batch()
                + ":");
        var table = new Table("COLLECTION", "IN VIEW", "GO", "COME");
        new TreeMap<>(hold.counts())
                .forEach((entity, count) -> table.row(entity.many(), count.inView(), count.left(), count.came()));
        lines.addAll(table.linesOr("Nobody comes or goes; something looks different."));
        lines.add("Whom a privacy floor withholds is gone from it at once all the same.");
        lines.add(hold.released()
                .map(one ->
                        "Released by " + one.by() + " at " + one.at() + "; it goes on at the vendor's next question.")
                .orElse("To let exactly this pass: rosterkeep guard release " + hold.stream() + " --operator NAME"));
        return new Answer(json(hold).build(), lines);
    }

    private Hold held(Call call, String rule) {
        return guard(call)
                .hold(rule)
                .orElseThrow(() -> Trouble.notFound(
                        "The view of this rule does not stand still.", "See which do: rosterkeep guard list"));
    }

    private static JsonObjectBuilder json(Hold hold) {
        var counts = Json.createObjectBuilder();
        hold.counts()
                .forEach((entity, count) -> counts.add(
                        entity.many(),
                        Json.createObjectBuilder()
                                .add("inView", count.inView())
                                .add("go", count.left())
                                .add("come", count.came())));
        var json = Json.createObjectBuilder()
                .add("rule", hold.stream())
                .add("vendor", hold.vendor())
                .add("profile", hold.profile())
                .add("cause", Hold.CAUSE)
                .add("since", hold.at().toString())
                .add("batch", hold.from())
                .add("wouldGoTo", hold.batch())
                .add("counts", counts);
        hold.released().ifPresent(one -> json.add("releasedBy", one.by()));
        return json;
    }

    private Answer release(Call call) {
        var rooms = districts.of(call).rooms();
        var actor = call.person().operator();
        var waiting =
                wanted(call).stream().filter(hold -> hold.released().isEmpty()).toList();
        for (var hold : waiting) {
            if (causers(rooms, hold).contains(actor)) {
                throw new Trouble(
                        Exit.NEEDS_ANOTHER,
                        "The view of " + hold.stream() + " was not released; nothing was.",
                        "Who ran the import that it waits with cannot let it pass.",
                        "Let another operator do this.");
            }
        }
        waiting.forEach(hold -> rooms.guard().release(hold, actor, clock.instant()));
        var rules = waiting.stream().map(Hold::stream).toList();
        return Answer.of(
                Json.createObjectBuilder()
                        .add("released", Json.createArrayBuilder(rules))
                        .build(),
                rules.isEmpty()
                        ? "There was nothing to release."
                        : "Released: " + String.join(", ", rules)
                                + ". Each view goes on at its vendor's next question; what is imported later is"
                                + " judged anew.");
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

    /// Who imported what a view waits with, or released removals that were held at an import.
    private static Set<String> causers(Rooms rooms, Hold hold) {
        var causers = new TreeSet<String>();
        rooms.intake().reports().stream()
                .filter(report -> report.outcome() == Report.Outcome.APPLIED)
                .filter(report -> within(hold, report.batch()))
                .forEach(report -> causers.add(report.actor()));
        rooms.ledger()
                .pages()
                .newest(
                        one -> one instanceof LedgerRecord.Act act
                                && act.kind().equals("intake.released")
                                && within(hold, Long.parseLong(act.facts().getOrDefault("batch", "0"))),
                        Math.toIntExact(hold.batch() - hold.from()))
                .forEach(one -> causers.add(((LedgerRecord.Act) one).actor()));
        return causers;
    }

    private static boolean within(Hold hold, long batch) {
        return batch > hold.from() && batch <= hold.batch();
    }

    private Answer profile(Call call) {
        var guard = guard(call);
        var of = call.optional("vendor").map(vendor -> vendor(call, vendor)).orElse(Guard.DISTRICT);
        var whom = of.equals(Guard.DISTRICT) ? "the district" : "the vendor " + of;
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
        guard.choose(of, profile, call.person().operator());
        return Answer.of(
                Json.createObjectBuilder()
                        .add("of", of)
                        .add("profile", profile.name())
                        .build(),
                "From now on " + whom + " is guarded by the profile " + words(profile) + ".");
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
