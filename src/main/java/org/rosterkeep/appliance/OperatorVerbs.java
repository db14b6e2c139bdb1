package org.rosterkeep.appliance;

import jakarta.json.Json;
import jakarta.json.JsonObjectBuilder;
import java.time.Clock;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import org.rosterkeep.access.Operator;
import org.rosterkeep.access.Role;

/// The people of a district.
final class OperatorVerbs {
    private final Districts districts;
    private final Clock clock;

    OperatorVerbs(Districts districts, Clock clock) {
        this.districts = districts;
        this.clock = clock;
    }

    void into(Verbs verbs) {
        verbs.with("operator make", (call, meanwhile) -> make(call))
                .with("operator list", (call, meanwhile) -> list(call))
                .with("operator retire", (call, meanwhile) -> retire(call))
                .with("operator reset", (call, meanwhile) -> reset(call));
    }

    private Answer make(Call call) {
        var operators = districts.of(call).rooms().operators();
        var password = call.secret("new");
        try {
            var operator = operators.make(
                    call.text("name"), password, roles(call), call.caller().actor(), clock.instant());
            return Answer.of(json(operator).build(), "The operator " + operator.name() + " is made.");
        } finally {
            Arrays.fill(password, '\0');
        }
    }

    private Answer reset(Call call) {
        var operators = districts.of(call).rooms().operators();
        var password = call.secret("new");
        try {
            var operator =
                    operators.reset(call.text("name"), password, call.caller().actor());
            return Answer.of(
                    json(operator).build(),
                    "The operator " + operator.name() + " has a new password and a new signing key; what was signed"
                            + " with the old one stays signed.");
        } finally {
            Arrays.fill(password, '\0');
        }
    }

    private Answer retire(Call call) {
        var name = call.text("name");
        var stopped = districts
                .of(call)
                .rooms()
                .operators()
                .retire(name, call.caller().actor());
        return Stops.told(name, "Nobody is let in as " + name + " any more; what was signed stays signed.", stopped);
    }

    private Answer list(Call call) {
        var array = Json.createArrayBuilder();
        var table = new Table("OPERATOR", "ROLES", "STATE", "IN THE LOG");
        for (var operator : districts.of(call).rooms().operators().list()) {
            var keys = Json.createArrayBuilder();
            districts.of(call).rooms().operators().publicKeys(operator.name()).forEach(keys::add);
            var id = districts.of(call).rooms().operators().id(operator.name());
            array.add(json(operator).add("publicKeys", keys).add("id", id));
            table.row(operator.name(), words(operator), operator.retired() ? "retired" : "active", id);
        }
        return new Answer(
                Json.createObjectBuilder().add("operators", array).build(),
                table.linesOr("There is no operator yet; a rule needs two. Make one: rosterkeep operator make -h"));
    }

    private static Set<Role> roles(Call call) {
        return call.texts("roles").stream()
                .map(word -> Role.named(word)
                        .orElseThrow(() -> Trouble.wrongUse(
                                "There is no such role.",
                                "One of the roles given is not known.",
                                "Use "
                                        + Arrays.stream(Role.values())
                                                .map(Role::word)
                                                .collect(Collectors.joining(", "))
                                        + ".")))
                .collect(Collectors.toSet());
    }

    private static String words(Operator operator) {
        return operator.roles().stream().map(Role::word).sorted().collect(Collectors.joining(", "));
    }

    private static JsonObjectBuilder json(Operator operator) {
        return Json.createObjectBuilder()
                .add("name", operator.name())
                .add(
                        "roles",
                        Json.createArrayBuilder(operator.roles().stream()
                                .map(Role::word)
                                .sorted()
                                .toList()))
                .add("retired", operator.retired());
    }
}
