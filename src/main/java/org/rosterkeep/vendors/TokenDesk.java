package org.rosterkeep.vendors;

import io.helidon.http.HeaderNames;
import io.helidon.http.Method;
import jakarta.json.Json;
import jakarta.json.JsonObjectBuilder;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// The token endpoint: OAuth 2 client credentials (RFC 6749 section 4.4, errors section 5.2). Id and secret
/// come by HTTP
/// Basic, each percent-encoded first, or in the form.
final class TokenDesk {
    /// No honest request for a token is longer.
    private static final int FORM_MAX = 16_384;

    void answer(Desk desk, House.Open house) {
        desk.with("Pragma", "no-cache");
        if (!desk.request().prologue().method().equals(Method.POST)) {
            desk.with("Allow", "POST");
            fail(desk, 405, "invalid_request");
            return;
        }
        Optional<Parameters> form = form(desk);
        if (form.isEmpty()) {
            desk.closing();
            fail(desk, 400, "invalid_request");
            return;
        }
        answer(desk, house, form.get());
    }

    private static void answer(Desk desk, House.Open house, Parameters form) {
        if (List.of("grant_type", "scope", "client_id", "client_secret").stream()
                .anyMatch(form::repeated)) {
            fail(desk, 400, "invalid_request");
            return;
        }
        Optional<String> grant = form.value("grant_type");
        if (grant.isEmpty() || !grant.get().equals("client_credentials")) {
            fail(desk, 400, grant.isEmpty() ? "invalid_request" : "unsupported_grant_type");
            return;
        }
        Optional<Login> login = desk.authorization().isPresent() ? basic(desk) : inForm(form);
        if (login.isEmpty()) {
            unknown(desk);
            return;
        }
        if (form.value("client_id").filter(id -> !id.equals(login.get().id())).isPresent()) {
            fail(desk, 400, "invalid_request");
            return;
        }
        exchange(desk, house, login.get(), scopes(form));
    }

    private static void exchange(Desk desk, House.Open house, Login login, List<String> scopes) {
        switch (house.credentials().exchange(login.id(), login.secret(), scopes, desk.source())) {
            case Credentials.Exchange.Issued issued ->
                send(
                        desk,
                        200,
                        Json.createObjectBuilder()
                                .add("access_token", issued.token())
                                .add("token_type", "Bearer")
                                .add("expires_in", issued.seconds())
                                .add("scope", issued.scope()));
            case Credentials.Exchange.Unknown _ -> unknown(desk);
            case Credentials.Exchange.NoScope _ -> fail(desk, 400, "invalid_scope");
        }
    }

    private static List<String> scopes(Parameters form) {
        return form.value("scope").stream()
                .flatMap(scope -> Arrays.stream(scope.split("[ ,]+")))
                .filter(scope -> !scope.isEmpty())
                .toList();
    }

    /// Says 503 in OAuth's words.
    static void unavailable(Desk desk) {
        desk.with("Retry-After", "30");
        fail(desk, 503, "temporarily_unavailable");
    }

    private static void unknown(Desk desk) {
        desk.with("WWW-Authenticate", "Basic realm=\"OneRoster\", charset=\"UTF-8\"");
        fail(desk, 401, "invalid_client");
    }

    private record Login(String id, String secret) {}

    private static Optional<Login> basic(Desk desk) {
        String header = desk.authorization().orElse("");
        if (!header.toLowerCase(Locale.ROOT).startsWith("basic ")) {
            return Optional.empty();
        }
        try {
            byte[] bytes = Base64.getDecoder().decode(header.substring(6).strip());
            String pair = new String(bytes, StandardCharsets.UTF_8);
            int colon = pair.indexOf(':');
            return colon < 1
                    ? Optional.empty()
                    : Optional.of(
                            new Login(Percent.form(pair.substring(0, colon)), Percent.form(pair.substring(colon + 1))));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Optional<Login> inForm(Parameters form) {
        return form.value("client_id").flatMap(id -> form.value("client_secret").map(secret -> new Login(id, secret)));
    }

    /// The form; empty when the body is none, is too long, or is broken on the way.
    private static Optional<Parameters> form(Desk desk) {
        boolean otherType = desk.request()
                .headers()
                .first(HeaderNames.CONTENT_TYPE)
                .filter(type -> !type.toLowerCase(Locale.ROOT).startsWith("application/x-www-form-urlencoded"))
                .isPresent();
        if (otherType || !desk.request().content().hasEntity()) {
            return Optional.empty();
        }
        try (InputStream in = desk.request().content().inputStream()) {
            byte[] bytes = in.readNBytes(FORM_MAX + 1);
            return bytes.length > FORM_MAX
                    ? Optional.empty()
                    : Optional.of(Parameters.parse(new String(bytes, StandardCharsets.UTF_8)));
        } catch (IOException | RuntimeException e) {
            // Whatever was wrong with the framing, the connection is not to be trusted any more.
            return Optional.empty();
        }
    }

    private static void fail(Desk desk, int status, String error) {
        desk.minutes().failed(error);
        send(desk, status, Json.createObjectBuilder().add("error", error));
    }

    private static void send(Desk desk, int status, JsonObjectBuilder json) {
        desk.send(status, json.build().toString().getBytes(StandardCharsets.UTF_8));
    }
}
