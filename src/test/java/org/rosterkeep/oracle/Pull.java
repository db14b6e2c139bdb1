package org.rosterkeep.oracle;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import java.io.StringReader;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.rosterkeep.appliance.LiveDistrict;

/// One client of one district, over HTTPS.
public final class Pull {
    public static final String V1P2 = "/ims/oneroster/rostering/v1p2";
    public static final String V1P1 = "/ims/oneroster/v1p1";

    private static final Pattern PLACE = Pattern.compile("/([^/]+)/\\{[^}]*}");

    private final String origin;
    private final HttpClient http;
    private final String authorization;

    private Pull(LiveDistrict district, String authorization) {
        this(district.origin(), district.http(), authorization);
    }

    private Pull(String origin, HttpClient http, String authorization) {
        this.origin = origin;
        this.http = http;
        this.authorization = authorization;
    }

    /// One with a fresh token, at any address.
    public static Pull as(String origin, HttpClient http, String client, String secret) {
        return new Pull(origin, http, basic(client, secret)).tokened();
    }

    private Pull tokened() {
        return new Pull(origin, http, "Bearer " + json(token().join().body()).getString("access_token"));
    }

    /// One with a fresh token.
    public static Pull as(LiveDistrict district, String client, String secret) {
        return withSecret(district, client, secret).tokened();
    }

    public static Pull stranger(LiveDistrict district) {
        return new Pull(district, "Bearer nobody-gave-me-this");
    }

    public static Pull stranger(String origin, HttpClient http) {
        return new Pull(origin, http, "Bearer nobody-gave-me-this");
    }

    public static Pull withSecret(LiveDistrict district, String client, String secret) {
        return new Pull(district, basic(client, secret));
    }

    private static String basic(String client, String secret) {
        byte[] pair = (client + ":" + secret).getBytes(StandardCharsets.UTF_8);
        return "Basic " + Base64.getEncoder().encodeToString(pair);
    }

    public CompletableFuture<HttpResponse<String>> token() {
        return send(request("/ims/oneroster/token")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString("grant_type=client_credentials")));
    }

    public CompletableFuture<HttpResponse<String>> ask(String pathAndQuery, String... headers) {
        HttpRequest.Builder request = request(pathAndQuery);
        if (headers.length > 0) {
            request.headers(headers);
        }
        return send(request.GET());
    }

    public HttpResponse<String> get(String pathAndQuery, String... headers) {
        return ask(pathAndQuery, headers).join();
    }

    private HttpRequest.Builder request(String pathAndQuery) {
        return HttpRequest.newBuilder(URI.create(origin + pathAndQuery))
                .timeout(Duration.ofSeconds(30))
                .header("Authorization", authorization);
    }

    private CompletableFuture<HttpResponse<String>> send(HttpRequest.Builder request) {
        return http.sendAsync(request.build(), HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
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

    public static JsonArray records(String body) {
        return json(body).values().iterator().next().asJsonArray();
    }

    public static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    public static JsonObject json(String text) {
        try (var reader = Json.createReader(new StringReader(text))) {
            return reader.readObject();
        }
    }

    /// Everything a stranger can tell of an answer, but the time.
    public static String appearance(HttpResponse<String> answer) {
        return headers(answer) + "\n" + answer.body();
    }

    public static String headers(HttpResponse<String> answer) {
        List<String> lines = new ArrayList<>(List.of(Integer.toString(answer.statusCode())));
        new TreeMap<>(answer.headers().map()).forEach((name, values) -> {
            if (!name.equalsIgnoreCase("date")) {
                lines.add(name + ": " + values);
            }
        });
        return String.join("\n", lines);
    }
}
