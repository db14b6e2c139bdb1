package org.rosterkeep.retention;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonException;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.rosterkeep.roster.RecordKey;
import org.rosterkeep.rules.Endorsement;

/// Orders and holds as JSON, as they rest on the shelf.
final class OrderForm {
    private OrderForm() {}

    static byte[] write(Order order) {
        JsonObjectBuilder counts = Json.createObjectBuilder();
        new TreeMap<>(order.counts()).forEach(counts::add);
        JsonObjectBuilder json = Json.createObjectBuilder()
                .add("number", order.number())
                .add("key", hex(order.key()))
                .add("ground", order.ground().word())
                .add("request", order.request())
                .add("asked", order.asked().toString())
                .add("state", order.state().name())
                .add("counts", counts)
                .add("signatures", signatures(order.signatures()));
        order.decided().ifPresent(at -> json.add("decided", at.toString()));
        order.done().ifPresent(at -> json.add("done", at.toString()));
        return bytes(json);
    }

    static Order order(byte[] document) {
        JsonObject json = read(document);
        try {
            Map<String, Long> counts = new TreeMap<>();
            json.getJsonObject("counts")
                    .forEach((name, value) -> counts.put(name, ((JsonNumber) value).longValueExact()));
            return new Order(
                    json.getInt("number"),
                    key(json.getString("key")),
                    Ground.named(json.getString("ground")).orElseThrow(OrderForm::damaged),
                    json.getString("request"),
                    Instant.parse(json.getString("asked")),
                    signatures(json),
                    Order.State.valueOf(json.getString("state")),
                    at(json, "decided"),
                    at(json, "done"),
                    counts);
        } catch (NullPointerException | ClassCastException | IllegalArgumentException | DateTimeException e) {
            throw damaged();
        }
    }

    static byte[] write(Hold hold) {
        return bytes(Json.createObjectBuilder()
                .add("key", hex(hold.key()))
                .add("matter", hold.matter())
                .add("since", hold.since().toString())
                .add("by", hold.by())
                .add("signatures", signatures(hold.signatures())));
    }

    static Hold hold(byte[] document) {
        JsonObject json = read(document);
        try {
            return new Hold(
                    key(json.getString("key")),
                    json.getString("matter"),
                    Instant.parse(json.getString("since")),
                    json.getString("by"),
                    signatures(json));
        } catch (NullPointerException | ClassCastException | IllegalArgumentException | DateTimeException e) {
            throw damaged();
        }
    }

    static String hex(RecordKey key) {
        byte[] bytes = new byte[16];
        key.write(bytes, 0);
        return HexFormat.of().formatHex(bytes);
    }

    private static RecordKey key(String hex) {
        return RecordKey.read(HexFormat.of().parseHex(hex), 0);
    }

    private static byte[] bytes(JsonObjectBuilder json) {
        return json.build().toString().getBytes(StandardCharsets.UTF_8);
    }

    private static JsonObject read(byte[] document) {
        try (var reader = Json.createReader(new ByteArrayInputStream(document))) {
            return reader.readObject();
        } catch (JsonException e) {
            throw damaged();
        }
    }

    private static RetentionFault damaged() {
        return new RetentionFault(RetentionFault.Code.DOCUMENT_DAMAGED);
    }

    private static Optional<Instant> at(JsonObject json, String name) {
        return json.containsKey(name) ? Optional.of(Instant.parse(json.getString(name))) : Optional.empty();
    }

    private static JsonArrayBuilder signatures(List<Endorsement> signatures) {
        JsonArrayBuilder array = Json.createArrayBuilder();
        signatures.forEach(one -> array.add(Json.createObjectBuilder()
                .add("operator", one.operator())
                .add("act", one.act().name())
                .add("at", one.at().toString())
                .add(
                        "roles",
                        Json.createArrayBuilder(one.roles().stream().sorted().toList()))
                .add("signature", one.signature())));
        return array;
    }

    private static List<Endorsement> signatures(JsonObject json) {
        return json.getJsonArray("signatures").getValuesAs(JsonObject.class).stream()
                .map(one -> new Endorsement(
                        one.getString("operator"),
                        Endorsement.Act.valueOf(one.getString("act")),
                        Instant.parse(one.getString("at")),
                        one.getJsonArray("roles").getValuesAs(JsonString.class).stream()
                                .map(JsonString::getString)
                                .collect(Collectors.toSet()),
                        one.getString("signature")))
                .toList();
    }
}
