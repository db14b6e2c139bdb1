package org.rosterkeep.appliance;

import jakarta.json.Json;
import jakarta.json.JsonObjectBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.rosterkeep.entitlement.Guard;
import org.rosterkeep.entitlement.GuardProfile;
import org.rosterkeep.entitlement.Hold;
import org.rosterkeep.roster.Entity;

/// What the guard holds, in words and for scripts. Numbers only: no record of anybody.
final class GuardLines {
    private GuardLines() {}

    static Answer list(Guard guard) {
        var array = Json.createArrayBuilder();
        var table = new Table("RULE", "VENDOR", "SINCE", "COLLECTION", "WAY", "IN VIEW", "RECORDS", "STATE");
        for (var hold : guard.holds()) {
            array.add(json(hold));
            for (var entity : Entity.values()) {
                for (var way : Hold.Way.values()) {
                    var all = rows(hold, entity, way);
                    if (all > 0) {
                        table.row(
                                hold.stream(),
                                hold.vendor(),
                                hold.at(),
                                entity.many(),
                                word(way),
                                inView(hold, entity),
                                all,
                                state(hold, entity, way));
                    }
                }
            }
        }
        var lines = new ArrayList<>(table.linesOr("Nothing of any vendor's view waits."));
        lines.addAll(chosen(guard));
        return new Answer(profiles(guard).add("holds", array).build(), lines);
    }

    /// The profiles there are, what each holds, and which is chosen for whom.
    static Answer profiles(Guard guard, List<String> first) {
        var array = Json.createArrayBuilder();
        var lines = new ArrayList<>(first);
        new TreeMap<>(guard.profiles().named()).forEach((name, profile) -> {
            array.add(Json.createObjectBuilder().add("profile", name).add("label", profile.label()));
            lines.add(words(profile) + (profile.everything() ? "" : ":"));
            if (!profile.everything()) {
                lines.addAll(lines(profile));
            }
        });
        lines.addAll(chosen(guard));
        return new Answer(profiles(guard).add("profiles", array).build(), lines);
    }

    private static List<String> lines(GuardProfile profile) {
        var table = new Table("  COLLECTION", "REMOVALS HELD", "ADDITIONS HELD");
        for (var entity : Entity.values()) {
            var of = profile.lines().get(entity);
            table.row(
                    "  " + entity.many(),
                    of == null ? "never" : when(of.remove()),
                    of == null ? "never" : when(of.add()));
        }
        return table.linesOr("");
    }

    private static String when(List<GuardProfile.Line> lines) {
        return lines.isEmpty()
                ? "never"
                : lines.stream()
                        .map(line -> "over " + trimmed(line.percent()) + "% and " + line.atLeast() + " or more")
                        .collect(Collectors.joining("; "));
    }

    private static String trimmed(double percent) {
        return percent == Math.rint(percent) ? Long.toString((long) percent) : Double.toString(percent);
    }

    private static JsonObjectBuilder profiles(Guard guard) {
        var chosen = Json.createObjectBuilder();
        new TreeMap<>(guard.chosen()).forEach((of, profile) -> chosen.add(of, profile.name()));
        var waiting = Json.createObjectBuilder();
        guard.loosenings().forEach((of, one) -> waiting.add(of, one.profile()));
        return Json.createObjectBuilder()
                .add("profile", guard.of(Guard.DISTRICT).name())
                .add("chosen", chosen)
                .add("waitingForAnother", waiting);
    }

    private static List<String> chosen(Guard guard) {
        var lines = new ArrayList<String>();
        lines.add("The district is guarded by the profile " + words(guard.of(Guard.DISTRICT)) + ".");
        new TreeMap<>(guard.chosen()).forEach((of, profile) -> {
            if (!of.equals(Guard.DISTRICT)) {
                lines.add("The vendor " + of + ": " + words(profile) + ".");
            }
        });
        guard.loosenings()
                .forEach((of, one) -> lines.add("The profile " + one.profile() + " for " + whom(of) + ", chosen by "
                        + one.by() + ", waits for a second person to choose the same."));
        return lines;
    }

    static String whom(String of) {
        return of.equals(Guard.DISTRICT) ? "the district" : "the vendor " + of;
    }

    static String words(GuardProfile profile) {
        return profile.name() + " (" + profile.label() + ")";
    }

    static Answer show(Hold hold, int needed) {
        var lines = new ArrayList<String>();
        lines.add("Of the view of " + hold.vendor() + " under the rule " + hold.stream() + " something waits since "
                + hold.at() + ", by the profile " + hold.profile() + ": an import after number " + hold.from()
                + ", up to number " + hold.batch() + ", would change too much.");
        var table = new Table("COLLECTION", "IN VIEW", "WOULD GO", "WAITING TO GO", "WOULD COME", "WAITING TO COME");
        new TreeMap<>(hold.counts())
                .forEach((entity, count) -> table.row(
                        entity.many(),
                        count.inView(),
                        count.left(),
                        hold.open(entity, Hold.Way.REMOVALS).getLongCardinality(),
                        count.came(),
                        hold.open(entity, Hold.Way.ADDITIONS).getLongCardinality()));
        lines.addAll(table.linesOr("Nobody comes or goes; something looks different."));
        lines.add("What waits to go stays with the vendor as it has it; what waits to come is not there yet. Everything"
                + " else goes on, and whom a privacy floor withholds is gone at once all the same.");
        hold.approvals()
                .forEach(one -> lines.add(one.by() + " would let " + word(one.way()) + " of "
                        + one.entity().many() + " pass, since " + one.at() + "."));
        if (!hold.open()) {
            lines.add("Released; it goes on at the vendor's next question.");
        } else {
            if (needed > 1) {
                lines.add("An import of it was run by the machine's owner, and nobody signed in for it: two operators"
                        + " have to release it.");
            }
            lines.add("To let exactly this pass: rosterkeep guard release " + hold.stream() + " --operator NAME");
        }
        return new Answer(json(hold).add("needed", needed).build(), lines);
    }

    private static long rows(Hold hold, Entity entity, Hold.Way way) {
        return hold.waits().getOrDefault(entity, Hold.Rows.NONE).of(way).getLongCardinality();
    }

    private static long inView(Hold hold, Entity entity) {
        return hold.counts().getOrDefault(entity, new Hold.Count(0, 0, 0)).inView();
    }

    private static String state(Hold hold, Entity entity, Hold.Way way) {
        if (hold.open(entity, way).isEmpty()) {
            return "released";
        }
        return hold.approvals().stream().anyMatch(one -> one.entity() == entity && one.way() == way)
                ? "one has released"
                : "held";
    }

    /// `removals`.
    static String word(Hold.Way way) {
        return way.name().toLowerCase(java.util.Locale.ROOT);
    }

    static JsonObjectBuilder json(Hold hold) {
        var counts = Json.createObjectBuilder();
        hold.counts()
                .forEach((entity, count) -> counts.add(
                        entity.many(),
                        Json.createObjectBuilder()
                                .add("inView", count.inView())
                                .add("go", count.left())
                                .add("come", count.came())));
        var waits = Json.createArrayBuilder();
        for (var entity : Entity.values()) {
            for (var way : Hold.Way.values()) {
                var all = rows(hold, entity, way);
                if (all > 0) {
                    waits.add(Json.createObjectBuilder()
                            .add("collection", entity.many())
                            .add("way", word(way))
                            .add("records", all)
                            .add("state", state(hold, entity, way)));
                }
            }
        }
        return Json.createObjectBuilder()
                .add("rule", hold.stream())
                .add("vendor", hold.vendor())
                .add("profile", hold.profile())
                .add("cause", Hold.CAUSE)
                .add("since", hold.at().toString())
                .add("batch", hold.from())
                .add("wouldGoTo", hold.batch())
                .add("open", hold.open())
                .add("counts", counts)
                .add("waits", waits);
    }
}
