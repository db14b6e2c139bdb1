package org.rosterkeep.outbound;

import jakarta.json.Json;
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
import java.util.List;
import java.util.Optional;
import org.roaringbitmap.RoaringBitmap;
import org.rosterkeep.disclosure.Cursor;

/// A standing as a document of the shelf.
final class StandingForm {
    private StandingForm() {}

    static byte[] write(Standing one) {
        JsonObjectBuilder json = Json.createObjectBuilder()
                .add("rule", one.rule())
                .add("place", one.place())
                .add("looked", one.looked().toString());
        one.told().ifPresent(cursor -> json.add("told", cursor(cursor)));
        one.delivery().ifPresent(delivery -> json.add("delivery", delivery(delivery)));
        var dead = Json.createArrayBuilder();
        one.dead().forEach(letter -> dead.add(dead(letter)));
        return json.add("dead", dead).build().toString().getBytes(StandardCharsets.UTF_8);
    }

    private static JsonObjectBuilder cursor(Cursor cursor) {
        var roles = Json.createArrayBuilder();
        cursor.roles().forEach(users -> roles.add(text(users)));
        return Json.createObjectBuilder()
                .add("edition", cursor.edition())
                .add("at", cursor.at().toString())
                .add("ids", cursor.ids())
                .add("roles", roles);
    }

    private static JsonObjectBuilder delivery(Standing.Delivery one) {
        JsonObjectBuilder json = Json.createObjectBuilder()
                .add("id", one.id())
                .add("ruleHash", one.ruleHash())
                .add("edition", one.edition())
                .add("bulk", one.bulk())
                .add("attempts", one.attempts())
                .add("notBefore", one.notBefore().toString())
                .add("last", one.last());
        one.sending().ifPresent(since -> json.add("sending", since.toString()));
        return json;
    }

    private static JsonObjectBuilder dead(Standing.DeadLetter one) {
        return Json.createObjectBuilder()
                .add("delivery", one.delivery())
                .add("ruleHash", one.ruleHash())
                .add("edition", one.edition())
                .add("bulk", one.bulk())
                .add("attempts", one.attempts())
                .add("at", one.at().toString())
                .add("how", one.how());
    }

    /// Empty when the document cannot be read: then the target is told everything anew.
    static Optional<Standing> read(byte[] document) {
        try (var reader = Json.createReader(new ByteArrayInputStream(document))) {
            JsonObject json = reader.readObject();
            return Optional.of(new Standing(
                    json.getString("rule"),
                    json.getString("place"),
                    Optional.ofNullable(json.getJsonObject("told")).map(StandingForm::cursor),
                    Instant.parse(json.getString("looked")),
                    Optional.ofNullable(json.getJsonObject("delivery")).map(StandingForm::delivery),
                    json.getJsonArray("dead").getValuesAs(JsonObject.class).stream()
                            .map(StandingForm::dead)
                            .toList()));
        } catch (JsonException
                | NullPointerException
                | ClassCastException
                | IllegalArgumentException
                | UncheckedIOException
                | DateTimeException e) {
            return Optional.empty();
        }
    }

    private static Cursor cursor(JsonObject json) {
        List<RoaringBitmap> roles = json.getJsonArray("roles").getValuesAs(JsonString::getString).stream()
                .map(StandingForm::users)
                .toList();
        return new Cursor(
                json.getJsonNumber("edition").longValueExact(),
                Instant.parse(json.getString("at")),
                json.getString("ids"),
                roles);
    }

    private static Standing.Delivery delivery(JsonObject json) {
        return new Standing.Delivery(
                json.getString("id"),
                json.getString("ruleHash"),
                json.getJsonNumber("edition").longValueExact(),
                json.getBoolean("bulk"),
                json.getInt("attempts"),
                json.containsKey("sending") ? Optional.of(Instant.parse(json.getString("sending"))) : Optional.empty(),
                Instant.parse(json.getString("notBefore")),
                json.getString("last"));
    }

    private static Standing.DeadLetter dead(JsonObject json) {
        return new Standing.DeadLetter(
                json.getString("delivery"),
                json.getString("ruleHash"),
                json.getJsonNumber("edition").longValueExact(),
                json.getBoolean("bulk"),
                json.getInt("attempts"),
                Instant.parse(json.getString("at")),
                json.getString("how"));
    }

    private static String text(RoaringBitmap users) {
        var bytes = new ByteArrayOutputStream();
        try (var out = new DataOutputStream(bytes)) {
            users.serialize(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Base64.getEncoder().encodeToString(bytes.toByteArray());
    }

    private static RoaringBitmap users(String text) {
        var users = new RoaringBitmap();
        try (var in =
                new DataInputStream(new ByteArrayInputStream(Base64.getDecoder().decode(text)))) {
            users.deserialize(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return users;
    }
}
