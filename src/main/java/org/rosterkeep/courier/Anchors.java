package org.rosterkeep.courier;

import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.rosterkeep.courier.wire.Code;

/// The operators whose signatures count, from a file that root owns: neither the keep nor the courier can add one.
///
/// The file is `[{"district", "operator", "roles": [...], "publicKeys": [base64 of X.509, Ed25519]}]`.
public final class Anchors {
    private static final int BYTES_MAX = 1 << 20;

    private final List<Anchor> anchors;

    private Anchors(List<Anchor> anchors) {
        this.anchors = List.copyOf(anchors);
    }

    /// One operator of one district.
    record Anchor(String district, String operator, Set<String> roles, List<PublicKey> keys) {
        Anchor {
            roles = Set.copyOf(roles);
            keys = List.copyOf(keys);
        }
    }

    /// @throws AnchorsFault when the file is not there or cannot be understood; then nobody's signature counts
    public static Anchors read(Path file) {
        try (Reader text = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            if (Files.size(file) > BYTES_MAX) {
                throw new AnchorsFault("the list of operators is too long", new IOException());
            }
            try (var reader = Json.createReader(text)) {
                List<Anchor> anchors = new ArrayList<>();
                for (JsonObject one : reader.readArray().getValuesAs(JsonObject.class)) {
                    anchors.add(anchor(one));
                }
                return new Anchors(anchors);
            }
        } catch (IOException
                | JsonException
                | GeneralSecurityException
                | NullPointerException
                | ClassCastException
                | IllegalArgumentException e) {
            throw new AnchorsFault("the list of operators cannot be read", e);
        }
    }

    /// The list of operators is of no use.
    public static final class AnchorsFault extends RuntimeException {
        AnchorsFault(String what, Exception cause) {
            super(what, cause);
        }
    }

    private static Anchor anchor(JsonObject one) throws GeneralSecurityException {
        List<PublicKey> keys = new ArrayList<>();
        for (JsonString key : one.getJsonArray("publicKeys").getValuesAs(JsonString.class)) {
            var spec = new X509EncodedKeySpec(Base64.getDecoder().decode(key.getString()));
            keys.add(KeyFactory.getInstance("Ed25519").generatePublic(spec));
        }
        return new Anchor(
                one.getString("district"),
                one.getString("operator"),
                new TreeSet<>(one.getJsonArray("roles").getValuesAs(JsonString::getString)),
                keys);
    }

    /// The key with which this operator made this signature under the text with this hash; empty when it is none.
    Optional<Proven> proven(String district, String hash, org.rosterkeep.courier.wire.Signature one) {
        byte[] statement = statement(hash, one);
        byte[] made;
        try {
            made = Base64.getDecoder().decode(one.signature());
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
        return anchors.stream()
                .filter(anchor ->
                        anchor.district().equals(district) && anchor.operator().equals(one.operator()))
                .flatMap(anchor -> anchor.keys().stream()
                        .filter(key -> verifies(key, statement, made))
                        .map(key -> new Proven(anchor, key)))
                .findFirst();
    }

    /// Who signed, and with what.
    record Proven(Anchor anchor, PublicKey key) {}

    /// Exactly what was signed; the same words as the keep's, written down a second time on purpose.
    private static byte[] statement(String hash, org.rosterkeep.courier.wire.Signature one) {
        var text =
                new StringBuilder("rosterkeep endorsement ").append(one.roles().isEmpty() ? 1 : 2);
        for (String line : List.of(one.act(), hash, one.operator(), one.at().toString())) {
            text.append('\n').append(line);
        }
        if (!one.roles().isEmpty()) {
            text.append('\n').append(String.join(" ", new TreeSet<>(one.roles())));
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static boolean verifies(PublicKey key, byte[] statement, byte[] made) {
        try {
            Signature ed25519 = Signature.getInstance("Ed25519");
            ed25519.initVerify(key);
            ed25519.update(statement);
            return ed25519.verify(made);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    static Refused unsigned() {
        return new Refused(
                Code.GRANT_UNSIGNED,
                "Fewer than two known operators signed this text: one who asks and one who approves.");
    }
}
