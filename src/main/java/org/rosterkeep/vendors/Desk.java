package org.rosterkeep.vendors;

import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Method;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.net.InetSocketAddress;
import java.util.Optional;
import org.rosterkeep.disclosure.Wire;

/// What all kinds of answer have in common: one request, its response, and the words for a complaint.
record Desk(ServerRequest request, ServerResponse response, Settings settings, Minutes minutes) {
    private static final Header JSON = HeaderValues.createCached(HeaderNames.CONTENT_TYPE, "application/json");

    String method() {
        return request.prologue().method().text();
    }

    boolean read() {
        return request.prologue().method().equals(Method.GET) || head();
    }

    boolean head() {
        return request.prologue().method().equals(Method.HEAD);
    }

    String rawPath() {
        return request.prologue().uriPath().rawPath();
    }

    Parameters query() {
        return Parameters.parse(request.prologue().query().rawValue());
    }

    Optional<String> header(String name) {
        return request.headers().first(HeaderNames.create(name));
    }

    Optional<String> authorization() {
        return request.headers().first(HeaderNames.AUTHORIZATION);
    }

    /// Scheme and authority as the client sees them.
    String origin() {
        return settings.publicOrigin()
                .orElseGet(() -> (request.isSecure() ? "https://" : "http://") + Percent.tidy(request.authority()));
    }

    /// The network address of the caller, never a name: looking one up would be a call outside.
    String source() {
        return request.remotePeer().address() instanceof InetSocketAddress address && !address.isUnresolved()
                ? address.getAddress().getHostAddress()
                : "";
    }

    Desk with(String name, String value) {
        response.header(HeaderNames.create(name), value);
        return this;
    }

    /// Ends the connection after this answer: what follows on it cannot be trusted to be a request.
    Desk closing() {
        return with("Connection", "close");
    }

    void complain(Wire wire, Complaint complaint) {
        minutes.complained(complaint);
        send(complaint.status(), complaint.body(wire));
    }

    void send(int status, byte[] json) {
        response.status(Status.create(status));
        response.header(JSON);
        if (head()) {
            response.header(HeaderNames.CONTENT_LENGTH, Integer.toString(json.length));
            response.send(new byte[0]);
        } else {
            response.send(json);
        }
    }

    void contentIsJson() {
        response.header(JSON);
    }
}
