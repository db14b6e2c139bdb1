package org.rosterkeep.appliance;

import jakarta.json.Json;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.rosterkeep.rules.Restraint;
import org.rosterkeep.rules.Vendor;

/// A vendor's life: what keeps it from everything and how that is lifted, the terms it has acknowledged, and how it
/// leaves.
final class VendorVerbs {
    private final Districts districts;
    private final Clock clock;

    VendorVerbs(Districts districts, Clock clock) {
        this.districts = districts;
        this.clock = clock;
    }

    void into(Verbs verbs) {
        verbs.with("vendor hold", (call, meanwhile) -> restrain(call, Restraint.Kind.HOLD))
                .with("vendor debar", (call, meanwhile) -> restrain(call, Restraint.Kind.DEBARMENT))
                .with("vendor change-of-control", (call, meanwhile) -> restrain(call, Restraint.Kind.CHANGE_OF_CONTROL))
                .with("vendor lift", (call, meanwhile) -> lift(call))
                .with("vendor terms", (call, meanwhile) -> terms(call))
                .with("vendor status", (call, meanwhile) -> status(call))
                .with("vendor offboard", (call, meanwhile) -> offboard(call));
    }

    private Answer restrain(Call call, Restraint.Kind kind) {
        var id = call.text("id");
        var rooms = districts.of(call).rooms();
        var now = clock.instant();
        var until = kind == Restraint.Kind.DEBARMENT ? debarredUntil(call, rooms, now) : Instant.MAX;
        var stopped =
                rooms.book().papers().restrain(id, kind, until, call.caller().actor(), now);
        rooms.because(call, "vendor", id);
        return Stops.told(id, "The vendor " + id + " gets nothing from now on: " + words(kind) + ".", stopped);
    }

    /// The day somebody names, or the first one the district's packs allow: a debarment may be longer, and not shorter.
    private static Instant debarredUntil(Call call, Rooms rooms, Instant now) {
        var least = rooms.book().papers().debarredAtLeast(now);
        if (call.optional("until").isEmpty() && least.equals(now)) {
            throw Trouble.wrongUse(
                    "It is not said how long.", "No pack of this district says it either.", "Add --until with a day.");
        }
        var wanted = call.optional("until").isEmpty() ? least : instant(call, "until");
        return wanted.isBefore(least) ? least : wanted;
    }

    private static String words(Restraint.Kind kind) {
        return switch (kind) {
            case HOLD -> "it is held because of an incident (F23); two people can lift it";
            case DEBARMENT -> "it is debarred (F04); it ends by itself, or two people lift it";
            case CHANGE_OF_CONTROL ->
                "it has a new owner, who has to accept the terms (F04); then two people can lift it";
        };
    }

    private Answer lift(Call call) {
        var id = call.text("id");
        var rooms = districts.of(call).rooms();
        var kind = Restraint.Kind.of(call.text("what"))
                .orElseThrow(() -> Trouble.wrongUse(
                        "There is no such thing to lift.",
                        "It is one of "
                                + Arrays.stream(Restraint.Kind.values())
                                        .map(Restraint.Kind::word)
                                        .collect(Collectors.joining(", "))
                                + ".",
                        "See: rosterkeep vendor status " + id));
        int missing = rooms.book().lift(id, kind, call.person(), clock.instant());
        rooms.because(call, "vendor", id);
        return Answer.of(
                Json.createObjectBuilder()
                        .add("vendor", id)
                        .add("what", kind.word())
                        .add("signaturesMissing", missing)
                        .build(),
                missing == 0
                        ? "The " + kind.word() + " of " + id + " is lifted; its rules work again as far as nothing else"
                                + " stands against them."
                        : "Signed. It takes " + missing + " more: rosterkeep vendor lift " + id + " --what "
                                + kind.word() + " --operator ANOTHER");
    }

    private Answer terms(Call call) {
        var id = call.text("id");
        var papers = districts.of(call).rooms().book().papers();
        var terms =
                new Vendor.Terms(call.number("version", papers.termsVersion()), call.text("by"), instant(call, "on"));
        papers.acknowledge(id, terms, call.caller().actor());
        boolean present = terms.version() == papers.termsVersion();
        return Answer.of(
                Json.createObjectBuilder()
                        .add("vendor", id)
                        .add("version", terms.version())
                        .add("present", present)
                        .build(),
                "Recorded: " + id + " has acknowledged version " + terms.version() + " of the redisclosure terms.",
                present
                        ? "That is the version that counts."
                        : "Version " + papers.termsVersion() + " is the one that counts: it gets nothing (F04).");
    }

    private Answer status(Call call) {
        var id = call.text("id");
        var rooms = districts.of(call).rooms();
        var papers = rooms.book().papers();
        var vendor = papers.vendor(id)
                .orElseThrow(() -> Trouble.notFound("There is no such vendor.", "See: rosterkeep vendor list"));
        var now = clock.instant();
        var lines = new ArrayList<String>();
        var restraints = Json.createArrayBuilder();
        lines.add(vendor.name() + " (" + id + ") " + PaperVerbs.word(vendor.standing()) + ", terms version "
                + vendor.terms().version() + " of " + papers.termsVersion() + ".");
        for (var one : papers.restraints(id, now)) {
            var json = Json.createObjectBuilder()
                    .add("what", one.kind().word())
                    .add("floor", one.kind().reason().floor())
                    .add("since", one.since().toString())
                    .add("signatures", one.releases().size());
            var end = "";
            if (!one.until().equals(Instant.MAX)) {
                json.add("until", one.until().toString());
                end = " until " + one.until();
            }
            restraints.add(json);
            lines.add("Kept from everything: " + one.kind().word() + " ("
                    + one.kind().reason().floor() + ") since " + one.since() + end + ".");
        }
        var exposure = rooms.custody().exposure(id, now);
        lines.add("It holds data about " + exposure.persons() + " people. See: rosterkeep vendor exposure " + id);
        return new Answer(
                Json.createObjectBuilder()
                        .add("vendor", id)
                        .add("standing", PaperVerbs.word(vendor.standing()))
                        .add("terms", vendor.terms().version())
                        .add("termsPresent", papers.termsVersion())
                        .add("restraints", restraints)
                        .add("persons", exposure.persons())
                        .add("overdue", exposure.overdue())
                        .build(),
                lines);
    }

    private Answer offboard(Call call) {
        return new OffBoarding(districts.of(call).rooms(), call, clock.instant()).answer();
    }

    static Instant instant(Call call, String name) {
        var text = call.text(name);
        try {
            return text.length() == "YYYY-MM-DD".length()
                    ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
                    : Instant.parse(text);
        } catch (DateTimeException e) {
            throw Trouble.wrongUse(
                            "--" + name + " is no day and no instant.",
                            "It looks like 2026-11-01 or 2026-11-01T08:00:00Z.",
                            "Write it like that, in UTC.")
                    .because(e);
        }
    }
}
