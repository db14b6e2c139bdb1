package org.rosterkeep.oracle;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import java.io.StringReader;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.rosterkeep.appliance.LiveDistrict;

/// One client of one district, over HTTPS.
final class Pull {
    static final String V1P2 = "/ims/oneroster/rostering/v1p2";
    static final String V1P1 = "/ims/oneroster/v1p1";

    private static final Pattern PLACE = Pattern.compile("/([^/]+)/\\{[^}]*}");

    private final LiveDistrict district;
    private final String authorization;

    private Pull(LiveDistrict district, String authorization) {
        this.district = district;
        this.authorization = authorization;
    }

    /// One with a fresh token.
    static Pull as(LiveDistrict district, String client, String secret) {
        JsonObject token =
                json(new Pull(district, basic(client, secret)).token().join().body());
        return new Pull(district, "Bearer " + token.getString("access_token"));
    }

    static Pull stranger(LiveDistrict district) {
        return new Pull(district, "Bearer nobody-gave-me-this");
    }

    static Pull withSecret(LiveDistrict district, String client, String secret) {
        return new Pull(district, basic(client, secret));
    }

    private static String basic(String client, String secret) {
        byte[] pair = (client + ":" + secret).getBytes(StandardCharsets.UTF_8);
        return "Basic " + Base64.getEncoder().encodeToString(pair);
    }

    CompletableFuture<HttpResponse<String>> token() {
        return send(request("/ims/oneroster/token")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString("grant_type=client_credentials")));
    }

    CompletableFuture<HttpResponse<String>> ask(String pathAndQuery, String... headers) {
        HttpRequest.Builder request = request(pathAndQuery);
        if (headers.length > 0) {
            request.headers(headers);
        }
        return send(request.GET());
    }

    HttpResponse<String> get(String pathAndQuery, String... headers) {
        return ask(pathAndQuery, headers).join();
    }

    private HttpRequest.Builder request(String pathAndQuery) {
        return HttpRequest.newBuilder(URI.create(district.origin() + pathAndQuery))
                .timeout(Duration.ofSeconds(30))
                .header("Authorization", authorization);
    }

    private CompletableFuture<HttpResponse<String>> send(HttpRequest.Builder request) {
        return district.http().sendAsync(request.build(), HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
    }

    /// Paths of records that exist for this client: every place of the pattern filled with ids out of answers.
    ///
    /// @param most at most so many
    List<String> filled(String service, String pattern, int most) {
        List<String> paths = List.of(pattern);
        for (Matcher place = PLACE.matcher(pattern); place.find(); ) {
            List<String> further = new ArrayList<>();
            for (String path : paths) {
                int at = path.indexOf('{');
                String before = path.substring(0, at);
                String after = path.substring(path.indexOf('}') + 1);
                // Below a record that has gone there is nothing.
                String which = pattern.endsWith("}") ? "" : "&filter=status%3D%27active%27";
                for (String id : ids(service + before.substring(0, before.length() - 1), which)) {
                    further.add(before + id + after);
                }
            }
            paths = further;
        }
        List<String> some = new ArrayList<>(paths);
        // Not the first by chance of the alphabet: they would all lie under one parent.
        Collections.rotate(some, some.size() / 2);
        return some.subList(0, Math.min(most, some.size()));
    }

    /// The ids of a collection, percent-encoded; none when it is refused.
    List<String> ids(String path, String which) {
        HttpResponse<String> answer = get(path + "?limit=1000" + which);
        return answer.statusCode() != 200
                ? List.of()
                : records(answer.body()).getValuesAs(JsonObject.class).stream()
                        .map(one -> encoded(one.getString("sourcedId")))
                        .toList();
    }

    static JsonArray records(String body) {
        return json(body).values().iterator().next().asJsonArray();
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    static JsonObject json(String text) {
        try (var reader = Json.createReader(new StringReader(text))) {
            return reader.readObject();
        }
    }
}
