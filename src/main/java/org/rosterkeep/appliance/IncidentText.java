package org.rosterkeep.appliance;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.rosterkeep.breach.Duty;
import org.rosterkeep.breach.Step;

/// What was said of an incident and whom to tell, in words and for scripts.
///
/// @param zone the district's
record IncidentText(ZoneId zone, Instant now) {
    private static final DateTimeFormatter LOCAL = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT);

    String words(Step step) {
        return switch (step) {
            case Step.Opened opened ->
                opened.kind().name().toLowerCase(Locale.ROOT) + ": " + opened.summary()
                        + list(" Vendors: ", opened.vendors()) + list(" Elements: ", opened.elements())
                        + opened.occurred()
                                .map(at -> " Since " + local(at) + ".")
                                .orElse("");
            case Step.Reached reached ->
                reached.milestone().sentence() + " at " + local(reached.at()) + ": " + reached.why();
            case Step.Counted counted -> counted.people() + " people, counted: " + counted.how();
            case Step.Weighed weighed ->
                "risk " + weighed.risk().name().toLowerCase(Locale.ROOT)
                        + (weighed.encrypted() ? ", encrypted" : "")
                        + (weighed.keysSafe() ? ", keys safe" : "") + ": " + weighed.reasons();
            case Step.Decided decided ->
                decided.duty() + (decided.tell() ? " is told: " : " is not told: ") + decided.reasons();
            case Step.Told told ->
                told.duty() + " was told at " + local(told.at()) + ", " + told.how() + " (SHA-256 "
                        + told.evidence() + ")"
                        + told.late().map(why -> "; late: " + why).orElse("");
            case Step.Delayed delayed ->
                delayed.duty() + " waits until " + local(delayed.until()) + ", asked by " + delayed.authority() + ": "
                        + delayed.reason();
            case Step.Noted noted -> noted.what();
            case Step.Closed closed -> "closed: " + closed.lessons();
        };
    }

    private static String list(String heading, Set<String> words) {
        return words.isEmpty() ? "" : heading + String.join(", ", new TreeSet<>(words)) + ".";
    }

    List<String> table(List<Duty> duties) {
        var table = new Table("TELL", "DUE", "STATE", "GONE", "STARTS", "DUTY");
        duties.forEach(duty -> table.row(
                duty.clock().to(),
                by(duty),
                duty.state().word(),
                duty.due().map(due -> due.gone(now) + " %").orElse(""),
                duty.clock().starts()
                        + (duty.clock().people() > 0 ? ", " + duty.clock().people() + " people" : ""),
                duty.name()));
        return table.linesOr("No active pack asks to tell anybody; see: rosterkeep pack list");
    }

    /// The day or the minute, and by law when that is later.
    String by(Duty duty) {
        return duty.due()
                .map(due -> due.lastDay()
                        .map(day -> due.lastLegalDay()
                                .filter(legal -> !legal.equals(day))
                                .map(legal -> day + " (by law " + legal + ")")
                                .orElse(day.toString()))
                        .orElseGet(() -> local(due.strict())))
                .orElse("");
    }

    String local(Instant at) {
        return at.atZone(zone).format(LOCAL) + " " + zone.getId();
    }

    JsonObject json(Duty duty) {
        var json = Json.createObjectBuilder()
                .add("duty", duty.name())
                .add("pack", duty.pack().code())
                .add("from", duty.clock().from())
                .add("to", duty.clock().to())
                .add("limit", duty.clock().limit())
                .add("business", duty.clock().business())
                .add("starts", duty.clock().starts())
                .add("note", duty.clock().note())
                .add("source", duty.clock().source())
                .add("state", duty.state().word());
        duty.due().ifPresent(due -> {
            json.add("started", due.start().toString())
                    .add("dueStrict", due.strict().toString())
                    .add("dueLegal", due.legal().toString())
                    .add("gone", due.gone(now));
            due.lastDay().ifPresent(day -> json.add("lastDay", day.toString()));
            due.lastLegalDay().ifPresent(day -> json.add("lastLegalDay", day.toString()));
        });
        duty.delayed().ifPresent(until -> json.add("delayedUntil", until.toString()));
        return json.build();
    }
}
