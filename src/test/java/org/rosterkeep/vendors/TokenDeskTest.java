package org.rosterkeep.vendors;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.rosterkeep.rules.Reason;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TokenDeskTest {
    private static final String GRANT = "grant_type=client_credentials";
    private static final String ENCODED_SECRET = "s3cret%3Awith%25and%2B";

    private Stage stage;

    @BeforeAll
    void open() {
        stage = new Stage(Stage.refusing(Reason.NO_RULE));
    }

    @AfterAll
    void close() {
        stage.close();
    }

    private static String header(String pair) {
        return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/token", "/north/token", "/ims/oneroster/token", "/north/ims/oneroster/token"})
    @DisplayName("Basic with percent-encoded parts gives a token, at each address of the endpoint")
    void basic(String path) {
        HttpResponse<String> response =
                stage.form(path, GRANT, "Authorization", header("reading%2Dapp:" + ENCODED_SECRET));
        assertEquals(200, response.statusCode());
        assertEquals(
                "{\"access_token\":\"token-of-everything\",\"token_type\":\"Bearer\",\"expires_in\":900,"
                        + "\"scope\":\"a b\"}",
                response.body());
        assertEquals(Optional.of("no-store"), response.headers().firstValue("Cache-Control"));
        assertEquals(Optional.of("no-cache"), response.headers().firstValue("Pragma"));
    }

    @Test
    @DisplayName("id and secret may come in the form, and the scopes with them")
    void form() {
        HttpResponse<String> response = stage.form(
                "/token",
                GRANT + "&client_id=reading-app&client_secret=" + ENCODED_SECRET + "&scope=https%3A%2F%2Fx%2Fone+two");
        assertEquals(200, response.statusCode());
        assertEquals(List.of("https://x/one", "two"), stage.credentials.scopes.getLast());
    }

    @Test
    @DisplayName("when the token cannot be kept the client is told to come again, not that it did something wrong")
    void noRoom() {
        HttpResponse<String> response = stage.form(
                "/token", GRANT + "&client_id=reading-app&client_secret=" + ENCODED_SECRET + "&scope=no-room");
        assertEquals(503, response.statusCode());
        assertEquals("{\"error\":\"temporarily_unavailable\"}", response.body());
        assertEquals(Optional.of("30"), response.headers().firstValue("Retry-After"));
        assertEquals(1, stage.faults.size());
        stage.faults.clear();
    }

    @ParameterizedTest
    @CsvSource({
        "grant_type=password, 400, unsupported_grant_type",
        "scope=x, 400, invalid_request",
        "grant_type=client_credentials&grant_type=client_credentials, 400, invalid_request",
        "grant_type=client_credentials, 401, invalid_client",
        "grant_type=client_credentials&client_id=reading-app, 401, invalid_client",
        "grant_type=client_credentials&client_id=reading-app&client_secret=wrong, 401, invalid_client",
        "grant_type=client_credentials&client_id=nobody&client_secret=wrong, 401, invalid_client",
        "grant_type=client_credentials&client_id=reading-app&client_secret=s3cret%3Awith%25and%2B&scope=nothing-of-mine,"
            + " 400, invalid_scope"
    })
    @DisplayName("errors are RFC 6749's")
    void errors(String body, int status, String error) {
        HttpResponse<String> response = stage.form("/token", body);
        assertEquals(status, response.statusCode());
        assertEquals("{\"error\":\"" + error + "\"}", response.body());
        assertEquals(
                status == 401, response.headers().firstValue("WWW-Authenticate").isPresent());
    }

    @ParameterizedTest
    @ValueSource(strings = {"Basic", "Basic ###", "Basic OnNlY3JldA==", "Bearer x", "Digest a=b"})
    @DisplayName("a broken Authorization header is an unknown client")
    void brokenHeader(String header) {
        assertEquals(401, stage.form("/token", GRANT, "Authorization", header).statusCode());
    }

    @Test
    @DisplayName("two different clients in one request are an invalid request; the same one twice is forgiven")
    void both() {
        String header = header("reading-app:" + ENCODED_SECRET);
        assertEquals(
                400,
                stage.form("/token", GRANT + "&client_id=other", "Authorization", header)
                        .statusCode());
        assertEquals(
                200,
                stage.form("/token", GRANT + "&client_id=reading-app", "Authorization", header)
                        .statusCode());
    }

    @Test
    @DisplayName("only POST, only forms, only short ones")
    void forms() {
        HttpResponse<String> get = stage.get("/token?grant_type=client_credentials");
        assertEquals(405, get.statusCode());
        assertEquals(Optional.of("POST"), get.headers().firstValue("Allow"));
        assertEquals(
                400,
                stage.send(
                                "POST",
                                "/token",
                                HttpRequest.BodyPublishers.ofString("{\"grant_type\":\"client_credentials\"}"),
                                "Content-Type",
                                "application/json")
                        .statusCode());
        HttpResponse<String> endless = stage.form("/token", GRANT + "&x=" + "y".repeat(20_000));
        assertEquals(400, endless.statusCode());
        assertTrue(endless.body().contains("invalid_request"));
    }
}
