package org.rosterkeep.appliance;

import jakarta.json.Json;
import jakarta.json.JsonObjectBuilder;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.function.Predicate;
import org.rosterkeep.rights.Act;
import org.rosterkeep.rights.Dossier;
import org.rosterkeep.rights.Entry;
import org.rosterkeep.roster.Entity;
import org.rosterkeep.roster.SourcedId;

/// What was decided about somebody, looked at and ended. The four ways of being kept away have four words, everywhere.
final class DossierVerbs {
    private static final Map<String, Class<? extends Entry>> WORDS = Map.of(
            "directory-optout", Entry.OptOut.class,
            "objection", Entry.Objection.class,
            "restriction", Entry.Restriction.class,
            "protection", Entry.Protection.class,
            "exception", Entry.Exposure.class,
            "consent", Entry.Consent.class,
            "suppression", Entry.Suppression.class,
            "contest", Entry.Contest.class,
            "departure", Entry.Departure.class,
            "revealing", Entry.Revealing.class);

    private final Districts districts;
    private final Clock clock;

    DossierVerbs(Districts districts, Clock clock) {
        this.districts = districts;
        this.clock = clock;
    }

    void into(Verbs verbs) {
        verbs.with("person show", (call, meanwhile) -> show(call, Entity.USER, "person"))
                .with("class show", (call, meanwhile) -> show(call, Entity.CLASS, "id"))
                .with("org show", (call, meanwhile) -> show(call, Entity.ORG, "id"))
                .with("person list", (call, meanwhile) -> list(call))
                .with("person lift", (call, meanwhile) -> lift(call))
                .with("class conceal", (call, meanwhile) -> conceal(call, Entity.CLASS))
                .with("org conceal", (call, meanwhile) -> conceal(call, Entity.ORG));
    }

    private Answer show(Call call, Entity entity, String argument) {
        var dossier = districts
                .of(call)
                .rooms()
                .rights()
                .show(entity, SourcedId.of(call.text(argument)), call.person().operator(), clock.instant());
        var now = clock.instant();
        var entries = Json.createArrayBuilder();
        var table = new Table("ENTRY", "WHAT", "SINCE", "MADE BY", "STATE", "ABOUT");
        for (var entry : dossier.entries()) {
            entries.add(json(entry, now));
            table.row(
                    entry.made().number(),
                    word(entry),
                    entry.made().at().truncatedTo(java.time.temporal.ChronoUnit.SECONDS),
                    entry.made().by(),
                    state(entry, now),
                    about(entry));
        }
        return new Answer(
                Json.createObjectBuilder().add("entries", entries).build(), table.linesOr("Nothing was decided."));
    }

    private Answer list(Call call) {
        Predicate<Entry> which = call.optional("what")
                .<Predicate<Entry>>map(word -> {
                    var type = WORDS.get(word);
                    if (type == null) {
                        throw Trouble.wrongUse(
                                "There is nothing of that name.",
                                "It is one of "
                                        + String.join(
                                                ", ",
                                                WORDS.keySet().stream().sorted().toList()) + ".",
                                "Name one of them, or leave --what out.");
                    }
                    return entry -> type.isInstance(entry) && entry.open();
                })
                .orElse(Entry::open);
        var people = Json.createArrayBuilder();
        var table = new Table("PERSON", "WHAT");
        for (Dossier dossier :
                districts.of(call).rooms().rights().list(which, call.person().operator(), clock.instant())) {
            var words = dossier.entries().stream()
                    .filter(which)
                    .map(DossierVerbs::word)
                    .distinct()
                    .sorted()
                    .toList();
            people.add(Json.createObjectBuilder()
                    .add("person", dossier.shown())
                    .add("what", Json.createArrayBuilder(words)));
            table.row(dossier.shown(), String.join(", ", words));
        }
        return new Answer(
                Json.createObjectBuilder().add("people", people).build(),
                table.linesOr("Nobody you may be shown; protected people are listed only for those who are named."));
    }

    /// Ends an entry, whatever it is: the word of its outcome follows from what it was.
    private Answer lift(Call call) {
        var rights = districts.of(call).rooms().rights();
        var person = PeopleVerbs.person(call);
        int number = PeopleVerbs.number(call);
        var now = clock.instant();
        var act = new Act(call.caller().actor(), now);
        var reason = call.text("reason");
        var giving = rights.giving();
        var entry = rights.show(Entity.USER, person, call.person().operator(), now).entries().stream()
                .filter(one -> one.made().number() == number && one.open())
                .findFirst()
                .orElseThrow(() -> Trouble.notFound(
                        "There is no such entry that is still open.", "See: rosterkeep person show ID"));
        int missing = switch (entry) {
            case Entry.OptOut optOut -> done(() -> giving.withdrawOptOut(person, act));
            case Entry.Objection objection -> done(() -> giving.endObjection(person, number, "dismissed", reason, act));
            case Entry.Restriction restriction -> done(() -> giving.liftRestriction(person, number, reason, act));
            case Entry.Protection protection -> giving.liftProtection(person, number, reason, call.person(), now);
            case Entry.Exposure exposure -> done(() -> rights.taking().endException(person, number, act));
            case Entry.Consent consent -> done(() -> rights.taking().withdrawConsent(person, number, act));
            case Entry.Suppression suppression -> done(() -> giving.liftSuppression(person, number, reason, act));
            case Entry.Contest contest -> done(() -> giving.endContest(person, number, "corrected", reason, act));
            case Entry.Departure departure -> done(() -> giving.stay(person, number, reason, act));
            case Entry.Revealing revealing -> throw new IllegalStateException("a person reveals nothing");
        };
        if (missing > 0) {
            throw new Trouble(
                    Exit.NEEDS_ANOTHER,
                    "Your signature is kept; the " + word(entry) + " stays for now.",
                    "It takes " + missing + " more.",
                    "Let another operator do the same: rosterkeep person lift ID " + number + " --operator NAME");
        }
        return Answer.of(
                Json.createObjectBuilder()
                        .add("entry", number)
                        .add("what", word(entry))
                        .add("over", true)
                        .build(),
                "The " + word(entry) + " is over.");
    }

    private static int done(Runnable act) {
        act.run();
        return 0;
    }

    private Answer conceal(Call call, Entity place) {
        districts
                .of(call)
                .rooms()
                .rights()
                .giving()
                .conceal(
                        place,
                        SourcedId.of(call.text("id")),
                        PeopleVerbs.number(call),
                        call.text("reason"),
                        new Act(call.caller().actor(), clock.instant()));
        return Answer.of(
                Json.createObjectBuilder().add("over", true).build(), "It is not taken to reveal anything any more.");
    }

    private static JsonObjectBuilder json(Entry entry, Instant now) {
        var json = Json.createObjectBuilder()
                .add("number", entry.made().number())
                .add("what", word(entry))
                .add("since", entry.made().at().toString())
                .add("by", entry.made().by())
                .add("state", state(entry, now))
                .add("about", about(entry));
        if (entry instanceof Entry.Consent consent) {
            switch (consent.to()) {
                case Entry.Consent.To.OneRule(String rule) -> json.add("rule", rule);
                case Entry.Consent.To.VendorFor(String vendor, String purpose) ->
                    json.add("vendor", vendor).add("purpose", purpose);
            }
            json.add("givenBy", consent.givenBy())
                    .add("identity", consent.identity())
                    .add("text", consent.textVersion())
                    .add("given", consent.given().toString())
                    .add("expires", consent.expires().toString());
        }
        return json;
    }

    private static String word(Entry entry) {
        return WORDS.entrySet().stream()
                .filter(one -> one.getValue().isInstance(entry))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElseThrow();
    }

    private static String state(Entry entry, Instant now) {
        return entry.end().map(Entry.End::outcome).orElseGet(() -> switch (entry) {
            case Entry.Objection objection when objection.upheld().isPresent() -> "upheld";
            case Entry.Consent consent when !now.isBefore(consent.expires()) -> "expired";
            case Entry.OptOut optOut when !optOut.stays() && !now.isBefore(optOut.until()) -> "expired";
            case Entry.Objection _,
                    Entry.Consent _,
                    Entry.OptOut _,
                    Entry.Restriction _,
                    Entry.Protection _,
                    Entry.Exposure _,
                    Entry.Suppression _,
                    Entry.Contest _,
                    Entry.Departure _,
                    Entry.Revealing _ -> "open";
        });
    }

    private static String consented(Entry.Consent consent) {
        var to = switch (consent.to()) {
            case Entry.Consent.To.OneRule(String rule) -> "rule " + rule;
            case Entry.Consent.To.VendorFor(String vendor, String purpose) -> "vendor " + vendor + " for " + purpose;
        };
        return to + ", by " + consent.givenBy() + " (" + consent.identity() + "), text " + consent.textVersion()
                + ", from " + consent.given() + " until " + consent.expires();
    }

    private static String about(Entry entry) {
        return switch (entry) {
            case Entry.OptOut optOut ->
                optOut.stays() ? "stays: left while it was in force" : "until " + optOut.until();
            case Entry.Objection objection ->
                switch (objection.against()) {
                    case Entry.Objection.Against.Everybody all -> "every vendor";
                    case Entry.Objection.Against.OneVendor(String vendor) -> "vendor " + vendor;
                    case Entry.Objection.Against.OneElement(String element) -> "element " + element;
                };
            case Entry.Restriction restriction -> restriction.reason();
            case Entry.Protection protection -> protection.signatures().isEmpty() ? "" : "to be lifted: one has signed";
            case Entry.Exposure exposure ->
                "vendor " + exposure.vendor()
                        + exposure.until().map(until -> " until " + until).orElse(": a signature is missing");
            case Entry.Consent consent -> consented(consent);
            case Entry.Suppression suppression ->
                suppression.field().map(org.rosterkeep.roster.Field::path).orElse("the person");
            case Entry.Contest contest -> contest.field().path();
            case Entry.Departure departure -> "leaves " + departure.leaves();
            case Entry.Revealing revealing -> "element " + revealing.element();
        };
    }
}
