package org.rosterkeep.courier;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.rosterkeep.courier.wire.Order;
import org.rosterkeep.courier.wire.Papers;
import org.rosterkeep.courier.wire.Secret;
import org.rosterkeep.courier.wire.Signature;
import org.rosterkeep.courier.wire.Target;
import org.rosterkeep.courier.wire.Way;

/// A district with two operators, and what they sign.
final class Paperwork {
    static final Instant FROM = Instant.parse("2020-08-01T00:00:00Z");
    static final Instant UNTIL = Instant.parse("2099-07-31T00:00:00Z");
    static final String DISTRICT = "springfield";

    private final Map<String, KeyPair> keys = new HashMap<>();

    Paperwork() {
        for (var operator : List.of("anna", "ben", "cleo")) {
            keys.put(operator, pair());
        }
    }

    static KeyPair pair() {
        try {
            return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    /// The same person under another name.
    void twin(String operator, String of) {
        keys.put(operator, keys.get(of));
    }

    /// Writes the file that root would own; of some operators only.
    Path anchors(Path directory, String... operators) throws IOException {
        var list = Json.createArrayBuilder();
        for (var operator : operators) {
            var key = Base64.getEncoder()
                    .encodeToString(keys.get(operator).getPublic().getEncoded());
            list.add(Json.createObjectBuilder()
                    .add("district", DISTRICT)
                    .add("operator", operator)
                    .add("roles", Json.createArrayBuilder().add("approver"))
                    .add("publicKeys", Json.createArrayBuilder().add(key)));
        }
        return Files.writeString(
                directory.resolve("operators.json"), list.build().toString());
    }

    static Target target(String host, int port) {
        return new Target(
                host, port, "/v1/roster?x=1", "DE", true, Optional.empty(), Optional.empty(), Optional.empty());
    }

    static Target pinned(Target of, String pin) {
        return new Target(
                of.host(),
                of.port(),
                of.path(),
                of.country(),
                of.internal(),
                Optional.of(pin),
                of.user(),
                of.hostKey());
    }

    /// A rule's text, with users' names and enrolments.
    static String text(Way way, Target target) {
        return text(way, target, FROM, UNTIL, Optional.empty());
    }

    static String text(Way way, Target target, Instant from, Instant until, Optional<Integer> personsPerDay) {
        return text(way, target, Optional.empty(), from, until, personsPerDay);
    }

    static String text(
            Way way,
            Target target,
            Optional<Target> token,
            Instant from,
            Instant until,
            Optional<Integer> personsPerDay) {
        var push = Json.createObjectBuilder(target.json()).add("kind", way.word());
        var rule = Json.createObjectBuilder()
                .add("id", "reading-app-names")
                .add("version", 1)
                .add("from", from.toString())
                .add("until", until.toString());
        if (way.fetches()) {
            token.ifPresent(at -> push.add("token", at.json()));
            return rule.add("source", push).build().toString();
        }
        JsonObject asIs = Json.createObjectBuilder()
                .add("givenName", "as-is")
                .add("familyName", Json.createObjectBuilder().add("constant", "X"))
                .add("roles", "as-is")
                .add("grades", "as-is")
                .build();
        rule.add("destination", Json.createObjectBuilder().add("country", "DE").add("push", push))
                .add("fields", Json.createObjectBuilder().add("user", asIs));
        personsPerDay.ifPresent(
                most -> rule.add("ceiling", Json.createObjectBuilder().add("personsPerDay", most)));
        return rule.build().toString();
    }

    Signature sign(String operator, String act, String text) {
        return sign(operator, act, text, Instant.parse("2020-07-01T08:00:00Z"), Set.of("approver"));
    }

    Signature sign(String operator, String act, String text, Instant at, Set<String> roles) {
        // As the rules write it down, and not as the courier does.
        var lines = new java.util.ArrayList<>(List.of(
                "rosterkeep endorsement " + (roles.isEmpty() ? 1 : 2), act, Grant.hash(text), operator, at.toString()));
        if (!roles.isEmpty()) {
            lines.add(String.join(" ", new TreeSet<>(roles)));
        }
        try {
            var ed25519 = java.security.Signature.getInstance("Ed25519");
            ed25519.initSign(keys.get(operator).getPrivate());
            ed25519.update(String.join("\n", lines).getBytes(StandardCharsets.UTF_8));
            return new Signature(operator, act, at, roles, Base64.getEncoder().encodeToString(ed25519.sign()));
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    Papers papers(String text) {
        return new Papers(
                DISTRICT, text, List.of(sign("anna", "propose", text), sign("ben", "approve", text)), Map.of());
    }

    Order order(Way way, Target target) {
        return order(way, target, papers(text(way, target)), Secret.NONE);
    }

    Order order(Way way, Target target, Papers papers, Secret secret) {
        return new Order(
                "delivery-0123456789",
                way,
                target,
                Optional.empty(),
                Map.of(Order.SIGNATURE, "eyJhbGciOiJFZERTQSJ9..c2ln"),
                secret,
                papers,
                way.fetches() ? Map.of() : Map.of("user", Set.of("givenName", "familyName", "roles", "grades")),
                1 << 20,
                20);
    }
}
