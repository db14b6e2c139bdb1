package org.rosterkeep.courier;

import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.io.IOException;
import java.io.Reader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.rosterkeep.courier.wire.Code;
import org.rosterkeep.courier.wire.Target;

/// The egress manifest: which addresses may be reached, and for the sake of which rules. Made by [Egress],
/// owned by root,
/// read by everybody who wants to know.
///
/// @param made when
/// @param canary an address that answers and must not be reached; empty in a trial, where nothing keeps the courier in
public record Manifest(Instant made, List<Place> places, Optional<Canary> canary) {
    private static final int BYTES_MAX = 1 << 22;

    /// A name that was looked up.
    ///
    /// @param rules the hashes of the texts that name it
    /// @param resolved when its addresses were learnt
    public record Place(
            String host, int port, boolean internal, List<InetAddress> addresses, Set<String> rules, Instant resolved) {
        public Place {
            addresses = List.copyOf(addresses);
            rules = Set.copyOf(rules);
        }
    }

    /// @param answered when the helper, which nothing keeps in, last reached it
    public record Canary(InetAddress address, int port, Optional<Instant> answered) {}

    public Manifest {
        places = List.copyOf(places);
    }

    /// Nothing may be reached.
    public static Manifest none(Instant made) {
        return new Manifest(made, List.of(), Optional.empty());
    }

    /// The addresses for a target: never one that its name must not lead to, whatever the file says.
    List<InetSocketAddress> addresses(Target target) {
        List<InetSocketAddress> found = new ArrayList<>();
        for (Place place : places) {
            if (place.host().equals(target.host()) && place.port() == target.port()) {
                for (InetAddress address : place.addresses()) {
                    if (Addresses.forbidden(address, target.internal())) {
                        throw new Refused(
                                Code.ADDRESS_FORBIDDEN, "The name leads to an address that it must not have.");
                    }
                    found.add(new InetSocketAddress(address, place.port()));
                }
            }
        }
        if (found.isEmpty()) {
            throw new Refused(Code.ADDRESS_NOT_LISTED, "The egress manifest has no address for this target.");
        }
        return found;
    }

    JsonObject json() {
        var list = Json.createArrayBuilder();
        for (Place place : places) {
            var addresses = Json.createArrayBuilder();
            place.addresses().forEach(address -> addresses.add(address.getHostAddress()));
            list.add(Json.createObjectBuilder()
                    .add("host", place.host())
                    .add("port", place.port())
                    .add("internal", place.internal())
                    .add("addresses", addresses)
                    .add("rules", Json.createArrayBuilder(new TreeSet<>(place.rules())))
                    .add("resolved", place.resolved().toString()));
        }
        var json = Json.createObjectBuilder().add("made", made.toString()).add("places", list);
        canary.ifPresent(one -> {
            var bird = Json.createObjectBuilder()
                    .add("address", one.address().getHostAddress())
                    .add("port", one.port());
            one.answered().ifPresent(at -> bird.add("answered", at.toString()));
            json.add("canary", bird);
        });
        return json.build();
    }

    /// @throws Refused when there is none, or it cannot be understood: then nothing may be reached
    public static Manifest read(Path file) {
        try (Reader text = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            if (Files.size(file) > BYTES_MAX) {
                throw unreadable(new IOException());
            }
            try (var reader = Json.createReader(text)) {
                return read(reader.readObject());
            }
        } catch (IOException
                | JsonException
                | NullPointerException
                | ClassCastException
                | DateTimeException
                | IllegalArgumentException e) {
            throw unreadable(e);
        }
    }

    private static Refused unreadable(Exception cause) {
        return new Refused(Code.ADDRESS_NOT_LISTED, "There is no egress manifest that can be read.", cause);
    }

    private static Manifest read(JsonObject json) {
        List<Place> places = new ArrayList<>();
        for (JsonObject one : json.getJsonArray("places").getValuesAs(JsonObject.class)) {
            places.add(new Place(
                    one.getString("host"),
                    one.getInt("port"),
                    one.getBoolean("internal"),
                    one.getJsonArray("addresses").getValuesAs(JsonString.class).stream()
                            .map(text -> Addresses.literal(text.getString()))
                            .toList(),
                    new TreeSet<>(one.getJsonArray("rules").getValuesAs(JsonString::getString)),
                    Instant.parse(one.getString("resolved"))));
        }
        Optional<Canary> canary = Optional.ofNullable(json.getJsonObject("canary"))
                .map(one -> new Canary(
                        Addresses.literal(one.getString("address")),
                        one.getInt("port"),
                        Optional.ofNullable(one.getString("answered", null)).map(Instant::parse)));
        return new Manifest(Instant.parse(json.getString("made")), places, canary);
    }
}
