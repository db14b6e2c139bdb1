package org.rosterkeep.appliance;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.rosterkeep.rules.Papers;
import org.rosterkeep.rules.Vendor;

/// Vendors and agreements.
final class PaperVerbs {
    private final Districts districts;
    private final Clock clock;

    PaperVerbs(Districts districts, Clock clock) {
        this.districts = districts;
        this.clock = clock;
    }

    void into(Verbs verbs) {
        verbs.with("vendor put", (call, meanwhile) -> putVendor(call))
                .with("vendor list", (call, meanwhile) -> vendors(call))
                .with("vendor show", (call, meanwhile) -> showVendor(call))
                .with("vendor suspend", (call, meanwhile) -> suspend(call))
                .with("vendor resume", (call, meanwhile) -> resume(call))
                .with("agreement put", (call, meanwhile) -> putAgreement(call))
                .with("agreement list", (call, meanwhile) -> agreements(call))
                .with("agreement show", (call, meanwhile) -> showAgreement(call))
                .with("agreement end", (call, meanwhile) -> endAgreement(call));
    }

    private Answer putVendor(Call call) {
        var papers = districts.of(call).rooms().book().papers();
        var before = papers.vendors();
        var vendor = Handed.in(
                "vendor", papers.putVendor(document(call), call.caller().actor()));
        var group = vendor.particulars().idGroup();
        var left = before.stream()
                .filter(one -> one.id().equals(vendor.id()))
                .map(one -> one.particulars().idGroup())
                .filter(one -> !one.equals(group))
                .findFirst();
        var lines = new ArrayList<String>();
        lines.add("The vendor " + vendor.id() + " is kept. It gets nothing without an agreement and an approved rule.");
        left.flatMap(one -> one)
                .ifPresent(one -> lines.add("It has left the group " + one + ". A rule in force keeps its ids; its next"
                        + " version has to name another domain, and then every outward id changes."));
        if (group.isPresent() && left.isPresent()) {
            lines.add("It is in the group " + group.get() + " now. A version of a rule that names it as its domain"
                    + " changes every outward id: see rosterkeep rule preview.");
        }
        return new Answer(Json.createObjectBuilder().add("vendor", vendor.id()).build(), lines);
    }

    private Answer vendors(Call call) {
        var papers = districts.of(call).rooms().book().papers();
        var array = Json.createArrayBuilder();
        var table = new Table("VENDOR", "NAME", "STANDING", "COUNTRIES");
        for (var vendor : papers.vendors()) {
            array.add(read(papers.text(vendor)));
            table.row(vendor.id(), vendor.name(), standing(papers, vendor), String.join(" ", vendor.reach()));
        }
        return new Answer(
                Json.createObjectBuilder().add("vendors", array).build(), table.linesOr("There is no vendor yet."));
    }

    /// What keeps it from everything, else how it stands by its file.
    private String standing(Papers papers, Vendor vendor) {
        return papers.restraints(vendor.id(), clock.instant()).stream()
                .findFirst()
                .map(one -> one.kind().word())
                .orElse(word(vendor.standing()));
    }

    static String word(Vendor.Standing standing) {
        return switch (standing) {
            case Vendor.Standing.Active active -> "active";
            case Vendor.Standing.Suspended suspended -> "suspended";
            case Vendor.Standing.Debarred debarred -> "debarred until " + debarred.until();
            case Vendor.Standing.ChangeOfControl sold -> "change of control";
        };
    }

    private Answer showVendor(Call call) {
        var papers = districts.of(call).rooms().book().papers();
        var vendor = papers.vendor(call.text("id"))
                .orElseThrow(() -> Trouble.notFound("There is no such vendor.", "See: rosterkeep vendor list"));
        var json = read(papers.text(vendor));
        return Answer.of(json, TrialFile.pretty(json).strip());
    }

    private Answer suspend(Call call) {
        var id = call.text("id");
        var rooms = districts.of(call).rooms();
        var stopped = rooms.book().papers().suspendVendor(id, call.caller().actor());
        rooms.because(call, "vendor", id);
        return Stops.told(id, "The vendor " + id + " is suspended: it gets nothing from now on.", stopped);
    }

    private Answer resume(Call call) {
        var id = call.text("id");
        var rooms = districts.of(call).rooms();
        rooms.book().papers().resumeVendor(id, call.caller().actor());
        rooms.because(call, "vendor", id);
        return Answer.of(
                Json.createObjectBuilder().add("vendor", id).build(),
                "The vendor " + id + " is active again, under the rules that are approved.");
    }

    private Answer putAgreement(Call call) {
        var papers = districts.of(call).rooms().book().papers();
        var agreement = Handed.in(
                "agreement", papers.putAgreement(document(call), call.caller().actor()));
        return Answer.of(
                Json.createObjectBuilder().add("agreement", agreement.id()).build(),
                "The agreement " + agreement.id() + " with " + agreement.vendor() + " is kept, until "
                        + agreement.ends() + ".");
    }

    private Answer agreements(Call call) {
        var papers = districts.of(call).rooms().book().papers();
        var array = Json.createArrayBuilder();
        var table = new Table("AGREEMENT", "VENDOR", "TYPE", "STATE", "STARTS", "ENDS", "ELEMENTS");
        for (var one : papers.agreements()) {
            var status = papers.status(one, clock.instant()).name().toLowerCase(java.util.Locale.ROOT);
            array.add(Json.createObjectBuilder(read(papers.text(one))).add("state", status));
            table.row(
                    one.id(),
                    one.vendor(),
                    one.type(),
                    status,
                    one.starts(),
                    one.ends(),
                    one.schedule().size());
        }
        return new Answer(
                Json.createObjectBuilder().add("agreements", array).build(),
                table.linesOr("There is no agreement yet."));
    }

    private Answer showAgreement(Call call) {
        var papers = districts.of(call).rooms().book().papers();
        var agreement = papers.agreement(call.text("id"))
                .orElseThrow(() -> Trouble.notFound("There is no such agreement.", "See: rosterkeep agreement list"));
        var json = read(papers.text(agreement));
        var lines = new java.util.ArrayList<>(List.of(TrialFile.pretty(json).strip()));
        lines.add(
                "State: " + papers.status(agreement, clock.instant()).name().toLowerCase(java.util.Locale.ROOT) + ".");
        papers.clausesMissing(agreement).forEach(clause -> lines.add("It lacks the clause " + clause + "."));
        papers.lacks(agreement).forEach(lack -> lines.add("It lacks " + lack.words() + "."));
        return new Answer(json, lines);
    }

    private Answer endAgreement(Call call) {
        var id = call.text("id");
        var rooms = districts.of(call).rooms();
        var stopped = rooms.book().papers().terminate(id, call.caller().actor(), clock.instant());
        rooms.because(call, "agreement", id);
        return Stops.told(id, "The agreement " + id + " has ended, and every rule under it with it.", stopped);
    }

    static byte[] document(Call call) {
        return call.text("document").getBytes(StandardCharsets.UTF_8);
    }

    static JsonObject read(String text) {
        try (var reader = Json.createReader(new StringReader(text))) {
            return reader.readObject();
        }
    }
}
