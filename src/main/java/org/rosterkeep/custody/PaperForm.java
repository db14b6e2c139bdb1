package org.rosterkeep.custody;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.roaringbitmap.RoaringBitmap;

/// Directives and attestations as documents on the shelf.
final class PaperForm {
    private PaperForm() {}

    static byte[] write(Directive one) {
        return bytes(Json.createObjectBuilder()
                .add("id", one.id())
                .add("vendor", one.vendor())
                .add("agreement", one.agreement())
                .add("why", one.why())
                .add("issued", one.issued().toString())
                .add("due", one.due().toString())
                .add("what", what(one.what())));
    }

    static byte[] write(Attestation one) {
        JsonObjectBuilder json = Json.createObjectBuilder()
                .add("id", one.id())
                .add("vendor", one.vendor())
                .add("deletedAt", one.deletedAt().toString())
                .add("recordedAt", one.recordedAt().toString())
                .add("by", one.by())
                .add("method", one.method())
                .add("certificate", one.certificate())
                .add("what", what(one.what()));
        one.directive().ifPresent(id -> json.add("directive", id));
        return bytes(json);
    }

    /// Empty when the document is damaged: then the directive is not known, and the vendor holds what it holds.
    static Optional<Directive> directive(byte[] document) {
        try (var reader = Json.createReader(new ByteArrayInputStream(document))) {
            JsonObject json = reader.readObject();
            return Optional.of(new Directive(
                    json.getInt("id"),
                    json.getString("vendor"),
                    json.getString("agreement"),
                    json.getString("why"),
                    Instant.parse(json.getString("issued")),
                    Instant.parse(json.getString("due")),
                    what(json.getJsonObject("what"))));
        } catch (JsonException
                | NullPointerException
                | ClassCastException
                | IllegalArgumentException
                | UncheckedIOException
                | DateTimeException e) {
            return Optional.empty();
        }
    }

    /// Empty when the document is damaged: what it said was deleted counts as held again.
    static Optional<Attestation> attestation(byte[] document) {
        try (var reader = Json.createReader(new ByteArrayInputStream(document))) {
            JsonObject json = reader.readObject();
            return Optional.of(new Attestation(
                    json.getInt("id"),
                    json.getString("vendor"),
                    json.containsKey("directive") ? Optional.of(json.getInt("directive")) : Optional.empty(),
                    Instant.parse(json.getString("deletedAt")),
                    Instant.parse(json.getString("recordedAt")),
                    json.getString("by"),
                    json.getString("method"),
                    json.getString("certificate"),
                    what(json.getJsonObject("what"))));
        } catch (JsonException
                | NullPointerException
                | ClassCastException
                | IllegalArgumentException
                | UncheckedIOException
                | DateTimeException e) {
            return Optional.empty();
        }
    }

    private static JsonObjectBuilder what(What what) {
        JsonObjectBuilder json = Json.createObjectBuilder();
        what.elements().ifPresent(elements -> {
            JsonArrayBuilder ids = Json.createArrayBuilder();
            new TreeSet<>(elements).forEach(ids::add);
            json.add("elements", ids);
        });
        what.users().ifPresent(users -> json.add("users", Base64.getEncoder().encodeToString(set(users))));
        return json;
    }

    private static What what(JsonObject json) {
        Optional<Set<String>> elements = json.containsKey("elements")
                ? Optional.of(json.getJsonArray("elements").getValuesAs(JsonString.class).stream()
                        .map(JsonString::getString)
                        .collect(Collectors.toSet()))
                : Optional.empty();
        return new What(
                elements,
                json.containsKey("users")
                        ? Optional.of(set(Base64.getDecoder().decode(json.getString("users"))))
                        : Optional.empty());
    }

    private static byte[] set(RoaringBitmap users) {
        var bytes = new ByteArrayOutputStream();
        try (var out = new DataOutputStream(bytes)) {
            users.serialize(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static RoaringBitmap set(byte[] bytes) {
        RoaringBitmap users = new RoaringBitmap();
        try (var in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            users.deserialize(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return users;
    }

    private static byte[] bytes(JsonObjectBuilder json) {
        return json.build().toString().getBytes(StandardCharsets.UTF_8);
    }
}
