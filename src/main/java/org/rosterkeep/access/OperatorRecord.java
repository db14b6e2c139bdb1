package org.rosterkeep.access;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.stream.Collectors;

/// An operator as the shelf has it.
///
/// @param publicKeys X.509 forms in base64, newest first; older ones still prove what was signed with them
/// @param key the private key of the newest, sealed under the password
record OperatorRecord(Operator operator, List<String> publicKeys, PasswordSeal.Sealed key) {
    OperatorRecord {
        publicKeys = List.copyOf(publicKeys);
    }

    byte[] document() {
        JsonArrayBuilder roles = Json.createArrayBuilder();
        operator.roles().stream().map(Role::word).sorted().forEach(roles::add);
        JsonArrayBuilder keys = Json.createArrayBuilder();
        publicKeys.forEach(keys::add);
        return Json.createObjectBuilder()
                .add("name", operator.name())
                .add("roles", roles)
                .add("made", operator.made().toString())
                .add("retired", operator.retired())
                .add("publicKeys", keys)
                .add("memory", key.cost().memory())
                .add("passes", key.cost().passes())
                .add("lanes", key.cost().lanes())
                .add("salt", base64(key.salt()))
                .add("verifier", base64(key.verifier()))
                .add("nonce", base64(key.nonce()))
                .add("key", base64(key.text()))
                .build()
                .toString()
                .getBytes(StandardCharsets.UTF_8);
    }

    static OperatorRecord read(byte[] document) {
        try (var reader = Json.createReader(new ByteArrayInputStream(document))) {
            JsonObject json = reader.readObject();
            Set<Role> roles = json.getJsonArray("roles").getValuesAs(JsonString::getString).stream()
                    .map(word -> Role.named(word).orElseThrow())
                    .collect(Collectors.toSet());
            Operator operator = new Operator(
                    json.getString("name"), roles, Instant.parse(json.getString("made")), json.getBoolean("retired"));
            var cost = new PasswordSeal.Cost(json.getInt("memory"), json.getInt("passes"), json.getInt("lanes"));
            var sealed = new PasswordSeal.Sealed(
                    cost, bytes(json, "salt"), bytes(json, "verifier"), bytes(json, "nonce"), bytes(json, "key"));
            return new OperatorRecord(
                    operator, json.getJsonArray("publicKeys").getValuesAs(JsonString::getString), sealed);
        } catch (JsonException
                | NullPointerException
                | ClassCastException
                | IllegalArgumentException
                | NoSuchElementException
                | DateTimeException e) {
            throw new AccessFault(AccessFault.Code.DOCUMENT_DAMAGED);
        }
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    private static byte[] bytes(JsonObject json, String key) {
        return Base64.getDecoder().decode(json.getString(key));
    }

    @Override
    public String toString() {
        return "operator " + operator.name();
    }
}
