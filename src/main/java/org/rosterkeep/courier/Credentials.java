package org.rosterkeep.courier;

import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.client.Entity;
import jakarta.ws.rs.core.Response;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.rosterkeep.courier.wire.Code;
import org.rosterkeep.courier.wire.Order;
import org.rosterkeep.courier.wire.Secret;
import org.rosterkeep.courier.wire.Target;

/// The `Authorization` header that an order's secret makes: a token it brings, a token it is exchanged for
/// (OAuth 2 client
/// credentials), or a signature of this request (OAuth 1.0a). Used for one request and forgotten.
final class Credentials {
    private static final int ANSWER_MAX = 1 << 16;
    private static final SecureRandom RANDOM = new SecureRandom();

    private Credentials() {}

    static String bearer(String token) {
        if (!token.matches("[!-~]{1,8192}")) {
            throw unusable();
        }
        return "Bearer " + token;
    }

    /// Whether a token has to be fetched before the request.
    static boolean exchanged(Order order) {
        return order.token().isPresent()
                && order.secret().part(Secret.Part.CLIENT_SECRET).isPresent();
    }

    /// Fetches a token (RFC 6749 section 4.4) over a connection to the place that gives them.
    static Tokens.Token exchange(Https https, Order order, Target at, Exchange exchange) {
        String id = part(order, Secret.Part.CLIENT_ID);
        String login = encoded(id) + ":" + encoded(part(order, Secret.Part.CLIENT_SECRET));
        String scope = order.secret()
                .part(Secret.Part.SCOPE)
                .map(text -> "&scope=" + encoded(text))
                .orElse("");
        String basic = Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8));
        var form = Entity.entity(
                (jakarta.ws.rs.core.StreamingOutput) out -> {
                    out.write(("grant_type=client_credentials" + scope).getBytes(StandardCharsets.US_ASCII));
                    exchange.whole();
                },
                "application/x-www-form-urlencoded");
        try (Response answer = https.request(at, exchange)
                .header("Authorization", "Basic " + basic)
                .header("Accept", "application/json")
                .post(form)) {
            if (answer.getStatus() == 429 || answer.getStatus() >= 500) {
                throw new Refused(Code.FAILED_THERE, "The place that gives tokens cannot give one now.");
            }
            if (answer.getStatus() != 200) {
                throw new Refused(Code.LOGIN_FAILED, "The place that gives tokens gave none.");
            }
            return token(answer.readEntity(InputStream.class));
        } catch (ProcessingException | IOException e) {
            throw new Refused(Code.ABORTED, "The place that gives tokens broke off.", e);
        }
    }

    private static Tokens.Token token(InputStream body) throws IOException {
        byte[] text = body.readNBytes(ANSWER_MAX);
        try (var reader = Json.createReader(new ByteArrayInputStream(text))) {
            JsonObject json = reader.readObject();
            if (json.get("access_token") instanceof JsonString token) {
                return new Tokens.Token(token.getString(), seconds(json));
            }
        } catch (JsonException | IllegalStateException e) {
            throw new Refused(Code.LOGIN_FAILED, "The place that gives tokens gave something else.");
        }
        throw new Refused(Code.LOGIN_FAILED, "The place that gives tokens gave something else.");
    }

    /// How long it is good; unsaid, for this one request.
    private static int seconds(JsonObject json) {
        return json.get("expires_in") instanceof JsonNumber number
                        && number.toString().matches("[0-9]{1,9}")
                ? number.intValue()
                : 0;
    }

    /// The header of a request signed with a consumer's secret (RFC 5849), HMAC-SHA256.
    static Optional<String> signed(Order order, String method, Clock clock) {
        Optional<String> secret = order.secret().part(Secret.Part.CONSUMER_SECRET);
        if (secret.isEmpty()) {
            return Optional.empty();
        }
        byte[] nonce = new byte[16];
        RANDOM.nextBytes(nonce);
        Map<String, String> own = new TreeMap<>();
        own.put("oauth_consumer_key", part(order, Secret.Part.CLIENT_ID));
        own.put("oauth_nonce", HexFormat.of().formatHex(nonce));
        own.put("oauth_signature_method", "HMAC-SHA256");
        own.put("oauth_timestamp", Long.toString(clock.instant().getEpochSecond()));
        own.put("oauth_version", "1.0");
        own.put("oauth_signature", hmac(base(order.target(), method, own), encoded(secret.get()) + "&"));
        var header = new StringBuilder("OAuth ");
        own.forEach((name, value) ->
                header.append(name).append("=\"").append(encoded(value)).append("\", "));
        return Optional.of(header.substring(0, header.length() - 2));
    }

    private static String base(Target target, String method, Map<String, String> own) {
        String[] path = target.path().split("\\?", 2);
        List<String> pairs = new ArrayList<>();
        own.forEach((name, value) -> pairs.add(encoded(name) + "=" + encoded(value)));
        if (path.length > 1) {
            for (String pair : path[1].split("&")) {
                String[] two = pair.split("=", 2);
                pairs.add(encoded(decoded(two[0])) + "=" + encoded(two.length > 1 ? decoded(two[1]) : ""));
            }
        }
        pairs.sort(null);
        String port = target.port() == 443 ? "" : ":" + target.port();
        String url = "https://" + target.host().toLowerCase(Locale.ROOT) + port + path[0];
        return method + "&" + encoded(url) + "&" + encoded(String.join("&", pairs));
    }

    private static String hmac(String text, String key) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return Base64.getEncoder().encodeToString(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String decoded(String text) {
        try {
            return java.net.URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new Refused(Code.GRANT_TARGET, "The target's path is none that can be asked for.", e);
        }
    }

    /// As RFC 3986 and RFC 5849 section 3.6 have it.
    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("*", "%2A")
                .replace("%7E", "~");
    }

    private static String part(Order order, Secret.Part part) {
        return order.secret().part(part).orElseThrow(Credentials::unusable);
    }

    private static Refused unusable() {
        return new Refused(Code.SECRET_UNUSABLE, "What proves to this target who calls cannot be used.");
    }
}
