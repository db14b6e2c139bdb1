package org.rosterkeep.courier.wire;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/// What proves to the other side who is calling, for this one sending; used once and forgotten. It never prints itself.
public record Secret(Map<Part, String> parts) {
    private static final int MAX = 1 << 16;

    public static final Secret NONE = new Secret(Map.of());

    /// What it may consist of.
    public enum Part {
        /// A certificate and its chain, PEM.
        CLIENT_CERTIFICATE("clientCertificate"),
        /// The key to it, PKCS#8 in PEM.
        CLIENT_KEY("clientKey"),
        /// Sent as `Authorization: Bearer`.
        TOKEN("token"),
        /// For SFTP with a password.
        PASSWORD("password"),
        /// For SFTP with a key, PKCS#8 in PEM.
        PRIVATE_KEY("privateKey"),
        /// OAuth 2 client credentials, or OAuth 1.0a consumer key: the name.
        CLIENT_ID("clientId"),
        /// And the secret, for a token that the courier fetches first.
        CLIENT_SECRET("clientSecret"),
        /// What the token is asked for, words with spaces between them.
        SCOPE("scope"),
        /// And the secret of OAuth 1.0a, which signs the request.
        CONSUMER_SECRET("consumerSecret");

        private final String word;

        Part(String word) {
            this.word = word;
        }

        static Optional<Part> of(String word) {
            return Arrays.stream(values()).filter(one -> one.word.equals(word)).findFirst();
        }
    }

    public Secret {
        parts = Map.copyOf(parts);
    }

    public Optional<String> part(Part part) {
        return Optional.ofNullable(parts.get(part));
    }

    JsonObject json() {
        var json = Json.createObjectBuilder();
        parts.forEach((part, text) -> json.add(part.word, text));
        return json.build();
    }

    static Secret read(Members members) {
        Map<Part, String> parts = new EnumMap<>(Part.class);
        members.map(MAX)
                .forEach((name, text) -> parts.put(Part.of(name).orElseThrow(() -> new WireFault("secret")), text));
        return new Secret(parts);
    }

    @Override
    public String toString() {
        return "Secret" + parts.keySet();
    }
}
