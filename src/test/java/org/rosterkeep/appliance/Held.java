package org.rosterkeep.appliance;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.rosterkeep.fixture.Rules;
import org.rosterkeep.oracle.Pull;
import org.rosterkeep.roster.Field;
import org.rosterkeep.roster.SourcedId;
import org.rosterkeep.rules.Treatment;

/// A floor that holds something back, and how one sees that it still does.
///
/// @param rules the rule it holds back, of the client of its name
/// @param keys what that rule's file says besides
/// @param file what cannot be handed in, where that is the floor
/// @param asked the field a rule would name to get past it
/// @param passes whether it gives again once its cause is gone
record Held(
        String floor,
        String cause,
        FloorDistrict district,
        Rules rules,
        Map<String, JsonValue> keys,
        Optional<String> file,
        Field asked,
        FloorCase.Doing set,
        FloorCase.Doing clear,
        boolean passes,
        Predicate<FloorDistrict> refused) {
    private static final String USERS = "/users?limit=1000";

    String client() {
        return rules.id();
    }

    /// Whether it is the floor of who has no rule at all.
    boolean unruled() {
        return floor.equals("F01");
    }

    boolean holds() {
        return refused.test(district);
    }

    static Held of(FloorDistrict district, Stream<FloorCase> cases, String floor, String cause) {
        var one = cases.filter(c -> c.floor().equals(floor) && c.cause().startsWith(cause))
                .findFirst()
                .orElseThrow();
        Predicate<FloorDistrict> unexplained =
                d -> !d.explained(one.client(), one.asked()).given();
        var seen = unexplained.and(
                switch (one.loss()) {
                    case FloorCase.Loss.Everything() ->
                        d -> !d.ask(one.client(), USERS).startsWith("200");
                    case FloorCase.Loss.Whole whole -> d -> !d.pupilIsGiven();
                    case FloorCase.Loss.Value value -> d -> true;
                });
        return new Held(
                floor,
                one.cause(),
                district,
                FloorDistrict.everything(one.client()),
                Map.of(),
                Optional.empty(),
                one.asked(),
                one.set(),
                one.clear(),
                true,
                seen);
    }

    /// What cannot be handed in.
    static Held file(String floor, String cause, FloorDistrict district, String file) {
        return new Held(
                floor,
                cause,
                district,
                FloorDistrict.everything("other"),
                Map.of(),
                Optional.of(file),
                Field.USER_GIVEN_NAME,
                _ -> {},
                _ -> {},
                false,
                d -> !d.problems(file).isEmpty());
    }

    /// What holds from the beginning to the end of the district.
    static Held lasting(
            String floor,
            String cause,
            FloorDistrict district,
            Rules rules,
            Map<String, JsonValue> keys,
            Predicate<FloorDistrict> refused) {
        return new Held(
                floor,
                cause,
                district,
                rules,
                keys,
                Optional.empty(),
                Field.USER_FAMILY_NAME,
                _ -> {},
                _ -> {},
                false,
                refused);
    }

    /// The floors that hold in a district from the beginning: each client has one of its own.
    static List<Held> lasting(FloorDistrict town) {
        var rules = FloorDistrict.everything("saved");
        var good = town.file(rules, Map.of());
        var race = town.file(rules.with(Field.DEMOGRAPHICS_ASIAN, new Treatment.AsIs()), Map.of());
        town.client("late");
        Map<String, JsonValue> fence = Map.of("networks", FloorCases.list("192.0.2.0/24"));
        Map<String, JsonValue> consent = Map.of(
                "basis",
                Json.createObjectBuilder().add("US-FERPA", "written_consent").build());
        Map<String, JsonValue> three = Map.of(
                "ceiling", Json.createObjectBuilder().add("personsPerDay", 3).build());
        var fenced = FloorDistrict.everything("fenced");
        var consented = FloorDistrict.everything("consented");
        var less = FloorDistrict.everything("less").without(Field.USER_EMAIL);
        var few = FloorDistrict.everything("few");
        town.activate(fenced, fence);
        town.activate(consented, consent);
        town.activate(less, Map.of());
        town.activate(few, three);
        town.ask("few", "/users?limit=3");
        var mail = "/users?filter=email%3D'u0@school.example'";
        return List.of(
                lasting("F01", "no rule", town, FloorDistrict.everything("late"), Map.of(), unanswered("late", USERS)),
                file("F05", "prohibited purpose", town, FloorSaved.purpose(good, "sale")),
                lasting(
                        "F08",
                        "address the rule does not name",
                        town,
                        fenced,
                        fence,
                        d -> FloorDistrict.told(d.secret("fenced").token().join())
                                .startsWith("401")),
                lasting(
                        "F11",
                        "no consent",
                        town,
                        consented,
                        consent,
                        d -> !d.ask("consented", USERS).contains("Family0")),
                file("F13", "field that never leaves", town, with(good, "password")),
                file("F15", "special element without an assessment", town, FloorSaved.without(race, "special")),
                file("F21", "field that is in no catalogue", town, with(good, "shoeSize")),
                lasting("F22", "filter by a field that is not given", town, less, Map.of(), unanswered("less", mail)),
                lasting(
                        "F25",
                        "more persons than the rule's number",
                        town,
                        few,
                        three,
                        unanswered("few", "/users?limit=4")));
    }

    private static Predicate<FloorDistrict> unanswered(String client, String question) {
        return d -> !d.ask(client, question).startsWith("200");
    }

    private static String with(String file, String field) {
        JsonObject fields = Pull.json(file).getJsonObject("fields");
        var user = Json.createObjectBuilder(fields.getJsonObject("user")).add(field, "as-is");
        var more = Json.createObjectBuilder(fields).add("user", user).build();
        return FloorDistrict.change(file, Map.of("fields", more));
    }

    /// The floors whose causes come and go.
    static List<Held> passing(FloorDistrict town) {
        return Stream.of(
                        Map.entry("F02", "rule suspended"),
                        Map.entry("F04", "vendor suspended"),
                        Map.entry("F10", "restriction"),
                        Map.entry("F12", "field erased"),
                        Map.entry("F14", "phones"),
                        Map.entry("F17", "school that reveals"),
                        Map.entry("F18", "field under contest"),
                        Map.entry("F19", "has left"),
                        Map.entry("F23", "vendor held"))
                .map(one -> of(town, FloorCases.all(), one.getKey(), one.getValue()))
                .toList();
    }

    /// Who asks for an exception writes into the dossier too, so the protection's own number is kept.
    static Held guarded(FloorDistrict town) {
        var pupil = SourcedId.of(FloorRoster.PUPIL);
        var number = new AtomicInteger();
        var one = of(town, FloorCases.all(), "F16", "protected person");
        return new Held(
                one.floor(),
                one.cause(),
                town,
                one.rules(),
                one.keys(),
                one.file(),
                one.asked(),
                d -> {
                    one.set().in(d);
                    number.set(FloorCases.newest(d, pupil));
                },
                d -> d.two(signer -> d.rooms()
                        .rights()
                        .giving()
                        .liftProtection(pupil, number.get(), "made up", signer, d.clock.instant())),
                true,
                one.refused());
    }

    static Held optedOut(FloorDistrict listing, Rules listed, Map<String, JsonValue> basis) {
        return new Held(
                "F09",
                "directory opt-out",
                listing,
                listed,
                basis,
                Optional.empty(),
                Field.USER_FAMILY_NAME,
                d -> d.rooms()
                        .rights()
                        .taking()
                        .optOut(List.of(SourcedId.of(FloorRoster.PUPIL)), Optional.empty(), d.act()),
                _ -> {},
                false,
                d -> !d.ask("listed", USERS).contains("Family0"));
    }

    /// In a district whose law asks where the data go.
    static List<Held> abroad(FloorDistrict abroad) {
        var good = abroad.file(FloorDistrict.everything("saved"), AbroadCases.fresh(abroad));
        return List.of(
                file(
                        "F06",
                        "public authority on legitimate interests",
                        abroad,
                        FloorSaved.basis(good, "legitimate_interests")),
                closing(
                        "F07",
                        "country that was switched off",
                        abroad,
                        d -> d.rooms().book().adequacy().disable("EEA:US", "test"),
                        unanswered(FloorDistrict.VENDOR, USERS)));
    }

    /// What closes a vendor's agreement, or a district, for good.
    static List<Held> closing(FloorDistrict town, FloorDistrict abroad) {
        Predicate<FloorDistrict> unavailable =
                d -> FloorDistrict.told(d.held(), Pull.V1P2 + USERS).startsWith("503");
        return List.of(
                closing(
                        "F03",
                        "agreement terminated",
                        town,
                        d -> d.rooms().book().papers().terminate("an-agreement", "test", d.clock.instant()),
                        unanswered(FloorDistrict.VENDOR, USERS)),
                closing(
                        "F24",
                        "clock moved back",
                        abroad,
                        d -> {
                            d.hold(FloorDistrict.VENDOR);
                            d.clock.forward(Duration.ofMinutes(-10));
                        },
                        unavailable),
                closing(
                        "F20",
                        "ledger that cannot be written",
                        abroad,
                        d -> {
                            d.rooms().ledger().confirmClock("signer-b");
                            d.hold(FloorDistrict.VENDOR);
                            d.rooms().ledger().close();
                        },
                        unavailable));
    }

    private static Held closing(
            String floor, String cause, FloorDistrict district, FloorCase.Doing set, Predicate<FloorDistrict> refused) {
        return new Held(
                floor,
                cause,
                district,
                FloorDistrict.everything(FloorDistrict.VENDOR),
                cause.equals("agreement terminated") ? Map.of() : AbroadCases.fresh(district),
                Optional.empty(),
                Field.USER_GIVEN_NAME,
                set,
                _ -> {},
                false,
                refused);
    }
}
