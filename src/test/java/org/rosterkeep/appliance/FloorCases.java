package org.rosterkeep.appliance;

import static org.rosterkeep.appliance.FloorCase.everything;
import static org.rosterkeep.appliance.FloorCase.pupil;
import static org.rosterkeep.appliance.FloorCase.value;

import jakarta.json.Json;
import jakarta.json.JsonValue;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.rosterkeep.oracle.Papers;
import org.rosterkeep.rights.Entry;
import org.rosterkeep.roster.Entity;
import org.rosterkeep.roster.Field;
import org.rosterkeep.roster.SourcedId;
import org.rosterkeep.rules.Restraint;
import org.rosterkeep.rules.Vendor;

/// The causes that can come and go in one district under one law.
final class FloorCases {
    static final String VENDOR = "a-vendor";
    private static final String WHY = "made up";
    private static final SourcedId PUPIL = SourcedId.of(FloorRoster.PUPIL);

    private FloorCases() {}

    static Stream<FloorCase> all() {
        return Stream.of(papers(), vendors(), people(), values(), places()).flatMap(List::stream);
    }

    private static List<FloorCase> papers() {
        return List.of(
                everything(
                        "F02",
                        "rule suspended",
                        d -> d.rooms().book().suspend(FloorDistrict.VENDOR, "test", d.clock.instant()),
                        d -> d.two(one -> d.rooms().book().resume(FloorDistrict.VENDOR, one, d.clock.instant()))),
                everything(
                        "F03",
                        "agreement ended, or terminated before its time",
                        d -> d.agreement(agreement("ends", text(d.clock.instant()))),
                        d -> d.agreement(Papers.agreement())),
                everything(
                        "F03",
                        "a clause that the district's law asks for is not ticked",
                        d -> d.agreement(agreement("clauses", without("clauses", "direct_control"))),
                        d -> d.agreement(Papers.agreement())),
                everything(
                        "F03",
                        "the agreement's schedule lacks an element the rule gives",
                        d -> d.agreement(agreement("schedule", without("schedule", "contact.email"))),
                        d -> d.agreement(Papers.agreement())),
                everything(
                        "F06",
                        "a law is added under which the rule names no basis",
                        d -> d.district(packs("US-FERPA", "LOCAL")),
                        d -> d.district(Papers.DISTRICT)),
                everything(
                        "F07",
                        "the vendor stores in one more country",
                        d -> d.vendor(vendor("countries", list("US", "CA"))),
                        d -> d.vendor(Papers.VENDOR)),
                everything(
                        "F07",
                        "a sub-processor in a country nobody signed for",
                        d -> d.vendor(vendor("subProcessors", subProcessor("CA"))),
                        d -> d.vendor(Papers.VENDOR)),
                everything(
                        "F07",
                        "people in another country reach it from afar",
                        d -> d.vendor(vendor("remoteAccess", list("CA"))),
                        d -> d.vendor(Papers.VENDOR)));
    }

    private static List<FloorCase> vendors() {
        return List.of(
                everything(
                        "F04",
                        "vendor suspended",
                        d -> d.rooms().book().papers().suspendVendor(VENDOR, "test"),
                        d -> d.rooms().book().papers().resumeVendor(VENDOR, "test")),
                everything("F04", "vendor debarred", restrained(Restraint.Kind.DEBARMENT), d -> {
                    lifted(d, Restraint.Kind.DEBARMENT);
                }),
                everything(
                        "F04",
                        "the vendor was sold, and the new owner has accepted nothing",
                        restrained(Restraint.Kind.CHANGE_OF_CONTROL),
                        d -> {
                            d.clock.forward(Duration.ofSeconds(2));
                            var accepted = new Vendor.Terms(
                                    d.rooms().book().papers().termsVersion(), "somebody", d.clock.instant());
                            d.rooms().book().papers().acknowledge(VENDOR, accepted, "test");
                            lifted(d, Restraint.Kind.CHANGE_OF_CONTROL);
                        }),
                everything(
                        "F04",
                        "redisclosure terms not acknowledged in the current version",
                        d -> d.vendor(Papers.VENDOR.replace("\"version\": 1", "\"version\": 2")),
                        d -> d.vendor(Papers.VENDOR)),
                everything(
                        "F04",
                        "the vendor's file lacks what an added law asks for",
                        d -> d.district(packs("US-FERPA", "US-FL")),
                        d -> d.district(Papers.DISTRICT)),
                everything("F23", "vendor held because of an incident", restrained(Restraint.Kind.HOLD), d -> {
                    lifted(d, Restraint.Kind.HOLD);
                }));
    }

    private static FloorCase.Doing restrained(Restraint.Kind kind) {
        return d -> d.rooms().book().papers().restrain(VENDOR, kind, Instant.MAX, "test", d.clock.instant());
    }

    private static void lifted(FloorDistrict d, Restraint.Kind kind) {
        d.two(one -> d.rooms().book().lift(VENDOR, kind, one, d.clock.instant()));
    }

    private static List<FloorCase> people() {
        return List.of(
                pupil(
                        "F10",
                        "directory opt-out, which counts strictly in this district",
                        d -> {
                            d.rooms().rights().taking().optOut(List.of(PUPIL), Optional.empty(), d.act());
                            d.rooms().rights().taking().beStrict(d.act());
                        },
                        d -> d.rooms().rights().giving().beLoose(d.act())),
                pupil(
                        "F10",
                        "objection to this vendor, not decided yet",
                        d -> object(d, new Entry.Objection.Against.OneVendor(VENDOR)),
                        d -> d.rooms()
                                .rights()
                                .giving()
                                .endObjection(PUPIL, newest(d, PUPIL), "dismissed", WHY, d.act())),
                pupil(
                        "F10",
                        "objection to every vendor, upheld",
                        d -> {
                            object(d, new Entry.Objection.Against.Everybody());
                            d.rooms().rights().taking().uphold(PUPIL, newest(d, PUPIL), WHY, d.act());
                        },
                        d -> d.rooms()
                                .rights()
                                .giving()
                                .endObjection(PUPIL, newest(d, PUPIL), "withdrawn", WHY, d.act())),
                pupil(
                        "F10",
                        "restriction",
                        d -> d.rooms().rights().taking().restrict(PUPIL, WHY, d.act()),
                        d -> d.rooms().rights().giving().liftRestriction(PUPIL, newest(d, PUPIL), WHY, d.act())),
                pupil(
                        "F12",
                        "person erased or suppressed",
                        d -> d.rooms().rights().taking().suppress(PUPIL, Optional.empty(), WHY, d.act()),
                        d -> d.rooms().rights().giving().liftSuppression(PUPIL, newest(d, PUPIL), WHY, d.act())),
                pupil(
                        "F16",
                        "protected person, and the rule tells where somebody is",
                        d -> d.rooms().rights().taking().protect(PUPIL, WHY, Set.of(), d.act()),
                        d -> {
                            int number = newest(d, PUPIL);
                            d.two(one -> d.rooms()
                                    .rights()
                                    .giving()
                                    .liftProtection(PUPIL, number, WHY, one, d.clock.instant()));
                        }),
                pupil(
                        "F19",
                        "has left, and the grace has ended",
                        d -> d.rooms().rights().taking().leave(PUPIL, d.clock.instant(), Optional.of(0), d.act()),
                        d -> d.rooms().rights().giving().stay(PUPIL, newest(d, PUPIL), WHY, d.act())));
    }

    private static void object(FloorDistrict d, Entry.Objection.Against against) {
        d.rooms().rights().taking().object(PUPIL, against, WHY, d.act());
    }

    private static List<FloorCase> values() {
        return List.of(
                value(
                        "F10",
                        "objection to one element",
                        Field.USER_EMAIL,
                        d -> object(d, new Entry.Objection.Against.OneElement("contact.email")),
                        d -> d.rooms()
                                .rights()
                                .giving()
                                .endObjection(PUPIL, newest(d, PUPIL), "dismissed", WHY, d.act())),
                value(
                        "F12",
                        "field erased or suppressed",
                        Field.USER_IDENTIFIER,
                        d -> d.rooms()
                                .rights()
                                .taking()
                                .suppress(PUPIL, Optional.of(Field.USER_IDENTIFIER), WHY, d.act()),
                        d -> d.rooms().rights().giving().liftSuppression(PUPIL, newest(d, PUPIL), WHY, d.act())),
                new FloorCase(
                        "F14",
                        "phones of a person who is not known to be 13",
                        FloorDistrict.VENDOR,
                        new FloorCase.Loss.Value(Set.of(Field.USER_SMS, Field.USER_PHONE)),
                        Field.USER_SMS,
                        d -> d.deliver(2016),
                        d -> d.deliver(2009)),
                value(
                        "F18",
                        "field under contest",
                        Field.USER_GIVEN_NAME,
                        d -> d.rooms().rights().taking().contest(PUPIL, Field.USER_GIVEN_NAME, WHY, d.act()),
                        d -> d.rooms()
                                .rights()
                                .giving()
                                .endContest(PUPIL, newest(d, PUPIL), "corrected", WHY, d.act())),
                value(
                        "F18",
                        "correction refused, and the person's statement cannot travel with the field",
                        Field.USER_EMAIL,
                        d -> {
                            d.rooms().rights().taking().contest(PUPIL, Field.USER_EMAIL, WHY, d.act());
                            d.rooms().rights().taking().keepStatement(PUPIL, newest(d, PUPIL), d.act());
                        },
                        d -> d.rooms()
                                .rights()
                                .giving()
                                .endContest(PUPIL, newest(d, PUPIL), "withdrawn", WHY, d.act())));
    }

    private static List<FloorCase> places() {
        return List.of(
                place("class that reveals something", Entity.CLASS, FloorRoster.CLASS, Field.ENROLLMENT_ROLE),
                place("school that reveals something", Entity.ORG, FloorRoster.SCHOOL, Field.USER_GIVEN_NAME));
    }

    private static FloorCase place(String cause, Entity entity, String id, Field asked) {
        var place = SourcedId.of(id);
        return new FloorCase(
                "F17",
                cause,
                FloorDistrict.VENDOR,
                new FloorCase.Loss.Whole(id, entity == Entity.CLASS),
                asked,
                d -> d.rooms().rights().taking().reveal(entity, place, "special.services", WHY, d.act()),
                d -> d.rooms().rights().giving().conceal(entity, place, newest(d, entity, place), WHY, d.act()));
    }

    /// The number of the newest entry of a dossier.
    static int newest(FloorDistrict district, SourcedId person) {
        return newest(district, Entity.USER, person);
    }

    private static int newest(FloorDistrict district, Entity entity, SourcedId id) {
        return district.rooms()
                .rights()
                .dossier(entity, id)
                .entries()
                .getLast()
                .made()
                .number();
    }

    static String agreement(String key, JsonValue value) {
        return FloorDistrict.change(Papers.agreement(), Map.of(key, value));
    }

    static String vendor(String key, JsonValue value) {
        return FloorDistrict.change(Papers.VENDOR, Map.of(key, value));
    }

    private static String packs(String... packs) {
        return FloorDistrict.change(Papers.DISTRICT, Map.of("regimes", list(packs)));
    }

    static JsonValue list(String... words) {
        return Json.createArrayBuilder(List.of(words)).build();
    }

    static JsonValue text(Object value) {
        return Json.createValue(value.toString());
    }

    private static JsonValue without(String key, String word) {
        var words = new TreeSet<String>();
        org.rosterkeep.oracle.Pull.json(Papers.agreement())
                .getJsonArray(key)
                .getValuesAs(jakarta.json.JsonString::getString)
                .forEach(words::add);
        words.remove(word);
        return list(words.toArray(String[]::new));
    }

    static JsonValue subProcessor(String country) {
        return Json.createArrayBuilder()
                .add(Json.createObjectBuilder()
                        .add("name", "Another (made up)")
                        .add("country", country)
                        .add("purpose", "hosting"))
                .build();
    }
}
