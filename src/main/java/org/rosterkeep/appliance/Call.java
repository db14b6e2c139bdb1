package org.rosterkeep.appliance;

import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.List;
import java.util.Optional;
import org.rosterkeep.access.Session;

/// One request on the control socket: a verb and its arguments. Asking for an argument that is missing or of another
/// kind is wrong use, told by its name and never by its content.
///
/// @param verb noun and verb, `rule approve`
record Call(String verb, JsonObject args, Caller caller) {
    /// The same call, made by somebody who has signed in.
    Call by(Session session) {
        return new Call(verb, args, new Caller(caller.user(), Optional.of(session)));
    }

    /// The person who has signed in; a verb that asks is one that takes a person.
    Session person() {
        return caller.session().orElseThrow(() -> new IllegalStateException(verb + " takes a person"));
    }

    String text(String name) {
        return optional(name)
                .orElseThrow(() -> Trouble.wrongUse(
                        "The verb " + verb + " needs " + name + ".",
                        "It was not given.",
                        "See: rosterkeep " + verb + " -h"));
    }

    Optional<String> optional(String name) {
        return args.get(name) instanceof JsonString value && !value.getString().isEmpty()
                ? Optional.of(value.getString())
                : Optional.empty();
    }

    boolean flag(String name) {
        return JsonValue.TRUE.equals(args.get(name));
    }

    int number(String name, int standard) {
        return args.getInt(name, standard);
    }

    List<String> texts(String name) {
        return args.get(name) instanceof JsonArray array
                ? array.getValuesAs(JsonString.class).stream()
                        .map(JsonString::getString)
                        .toList()
                : List.of();
    }

    /// The secret an argument holds, as characters the receiver wipes.
    char[] secret(String name) {
        return text(name).toCharArray();
    }
}
