package org.rosterkeep.access;

import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// A client as it rests on the shelf.
///
/// @param keys the secrets that open it, newest first; at most two
/// @param signing the recoverable secret of OAuth 1.0a; empty when it has none
record ClientRecord(Client client, List<Key> keys, String signing) {
    ClientRecord {
        keys = List.copyOf(keys);
    }

    /// A secret's hash, good until an instant ([Instant#MAX] for the current one).
    record Key(byte[] hash, Instant until) {}

    ClientRecord with(Client changed) {
        return new ClientRecord(changed, keys, signing);
    }

    byte[] document() {
        var hashes = Json.createArrayBuilder();
        for (Key key : keys) {
            var entry =
                    Json.createObjectBuilder().add("hash", Base64.getEncoder().encodeToString(key.hash()));
            if (!key.until().equals(Instant.MAX)) {
                entry.add("until", key.until().toString());
            }
            hashes.add(entry);
        }
        return Json.createObjectBuilder()
                .add("id", client.id())
                .add("vendor", client.vendor())
                .add("rule", client.rule())
                .add(
                        "dialects",
                        words(client.dialects().stream().map(Dialect::word).collect(Collectors.toSet())))
                .add(
                        "scopes",
                        words(client.scopes().stream().map(OAuthScope::word).collect(Collectors.toSet())))
                .add("oauth1", client.oauth1())
                .add("made", client.made().toString())
                .add("revoked", client.revoked())
                .add("keys", hashes)
                .add("signing", signing)
                .build()
                .toString()
                .getBytes(StandardCharsets.UTF_8);
    }

    static ClientRecord read(byte[] document) {
        try (var reader = Json.createReader(new ByteArrayInputStream(document))) {
            JsonObject json = reader.readObject();
            List<Key> keys = new ArrayList<>();
            for (JsonObject key : json.getJsonArray("keys").getValuesAs(JsonObject.class)) {
                Instant until = key.containsKey("until") ? Instant.parse(key.getString("until")) : Instant.MAX;
                keys.add(new Key(Base64.getDecoder().decode(key.getString("hash")), until));
            }
            Client client = new Client(
                    json.getString("id"),
                    json.getString("vendor"),
                    json.getString("rule"),
                    strings(json, "dialects").stream()
                            .map(word -> Dialect.named(word).orElseThrow())
                            .collect(Collectors.toSet()),
                    strings(json, "scopes").stream()
                            .map(word -> OAuthScope.named(word).orElseThrow())
                            .collect(Collectors.toSet()),
                    json.getBoolean("oauth1"),
                    Instant.parse(json.getString("made")),
                    json.getBoolean("revoked"));
            return new ClientRecord(client, keys, json.getString("signing"));
        } catch (JsonException
                | NullPointerException
                | ClassCastException
                | IllegalArgumentException
                | java.util.NoSuchElementException
                | DateTimeException e) {
            throw new AccessFault(AccessFault.Code.DOCUMENT_DAMAGED);
        }
    }

    private static List<String> strings(JsonObject json, String key) {
        return json.getJsonArray(key).getValuesAs(JsonString.class).stream()
                .map(JsonString::getString)
                .toList();
    }

    private static jakarta.json.JsonArrayBuilder words(Set<String> words) {
        var array = Json.createArrayBuilder();
        words.stream().sorted().forEach(array::add);
        return array;
    }

    @Override
    public String toString() {
        return "client " + client.id();
    }
}
