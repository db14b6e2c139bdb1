package org.rosterkeep.courier.wire;

import jakarta.json.Json;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// One delivery that the keep asks for.
///
/// @param delivery tells nothing, and is the same at every attempt to send the same: the idempotency key
/// @param token where an OAuth 2 token is fetched first, for [Way#SIS_GET]
/// @param headers of [#HEADERS] only; the courier adds its own (`Host`, `Idempotency-Key`, `Authorization`)
/// @param fields what the payload may have: by entity (`user`) the names of fields (`givenName`); the courier looks
///     whether the text gives them. What every record has (`sourcedId`, `status`, `dateLastModified`) is not named
/// @param maxBytes the longest payload, or answer when fetching
/// @param deadlineSeconds from the order to the result
public record Order(
        String delivery,
        Way kind,
        Target target,
        Optional<Target> token,
        Map<String, String> headers,
        Secret secret,
        Papers grant,
        Map<String, Set<String>> fields,
        long maxBytes,
        int deadlineSeconds) {
    /// The header that carries a detached signature (JWS) of the payload.
    public static final String SIGNATURE = "x-jws-signature";

    /// What the keep may put into a request, in lower case.
    public static final Set<String> HEADERS =
            Set.of("accept", "content-type", SIGNATURE, "x-rosterkeep-disclosure", "x-rosterkeep-edition");

    private static final int HEADER_MAX = 8192;
    private static final long BYTES_MAX = 1L << 40;
    private static final int SECONDS_MAX = 86_400;

    public Order {
        headers = Map.copyOf(headers);
        fields = Map.copyOf(fields);
        if (!delivery.matches("[A-Za-z0-9_-]{16,128}")) {
            throw new WireFault("delivery");
        }
        headers.forEach((name, text) -> {
            if (!HEADERS.contains(name) || text.length() > HEADER_MAX || !text.matches("[ -~]+")) {
                throw new WireFault("headers");
            }
        });
    }

    public Frame frame() {
        var given = Json.createObjectBuilder();
        new TreeMap<>(fields)
                .forEach((entity, names) -> given.add(entity, Json.createArrayBuilder(new TreeSet<>(names))));
        var more = Json.createObjectBuilder();
        new TreeMap<>(headers).forEach(more::add);
        var json = Json.createObjectBuilder()
                .add("delivery", delivery)
                .add("kind", kind.word())
                .add("target", target.json())
                .add("headers", more)
                .add("secret", secret.json())
                .add("grant", grant.json())
                .add("fields", given)
                .add("maxBytes", maxBytes)
                .add("deadlineSeconds", deadlineSeconds);
        token.ifPresent(one -> json.add("token", one.json()));
        return Frame.of(Frame.Kind.ORDER, json.build());
    }

    public static Order read(Frame frame) {
        if (frame.kind() != Frame.Kind.ORDER) {
            throw new WireFault(WireFault.Code.KIND);
        }
        Members members = frame.members();
        Order order = new Order(
                members.text("delivery", Members.SHORT),
                members.word("kind", Way::of),
                Target.read(members.part("target")),
                members.optionalPart("token").map(Target::read),
                members.part("headers").map(HEADER_MAX),
                Secret.read(members.part("secret")),
                Papers.read(members.part("grant")),
                fields(members.part("fields")),
                members.number("maxBytes", 0, BYTES_MAX),
                (int) members.number("deadlineSeconds", 1, SECONDS_MAX));
        members.close();
        return order;
    }

    private static Map<String, Set<String>> fields(Members members) {
        Map<String, Set<String>> fields = new TreeMap<>();
        members.names().forEach(entity -> fields.put(entity, Set.copyOf(new TreeSet<>(members.texts(entity)))));
        return fields;
    }

    /// Nothing secret, and nothing of the papers.
    @Override
    public String toString() {
        return "%s to %s:%d".formatted(kind.word(), target.host(), target.port());
    }
}
