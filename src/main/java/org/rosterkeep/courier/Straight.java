package org.rosterkeep.courier;

import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.glassfish.jersey.client.ClientRequest;
import org.glassfish.jersey.client.ClientResponse;
import org.glassfish.jersey.client.spi.AsyncConnectorCallback;
import org.glassfish.jersey.client.spi.Connector;

/// What Jersey sends with: straight over a connection of ours that stands. Those it brings (the JDK's HttpURLConnection
/// and java.net.http) resolve the name themselves, and the first closes a body that broke off as if it were whole; see
/// src/docs/decisions/0065.
final class Straight implements Connector {
    /// The property of a request that says over which [Exchange] it goes.
    static final String EXCHANGE = "org.rosterkeep.exchange";

    /// What a request has by the connection it goes over, and not by who asks for it.
    private static final Set<String> OURS = Set.of(
            "host", "connection", "content-length", "transfer-encoding", "expect", "te", "upgrade", "user-agent");

    @Override
    public ClientResponse apply(ClientRequest request) {
        if (!(request.getProperty(EXCHANGE) instanceof Exchange exchange)) {
            throw new ProcessingException("a request without a connection");
        }
        try {
            return response(request, send(request, exchange));
        } catch (IOException e) {
            throw new ProcessingException(e);
        }
    }

    private static HttpAnswer send(ClientRequest request, Exchange exchange) throws IOException {
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        headers.put("User-Agent", "Rosterkeep");
        if (!request.hasEntity()) {
            add(headers, request);
            exchange.begin(request.getMethod(), headers, false);
            return exchange.answer(false);
        }
        try {
            request.setStreamProvider(_ -> {
                // Only now: the entity's type is a header by then.
                add(headers, request);
                return exchange.begin(request.getMethod(), headers, true);
            });
            request.writeEntity();
        } catch (IOException broken) {
            return early(exchange, broken);
        }
        return exchange.answer(false);
    }

    /// A server that does not want a body says so and hangs up; what it said is worth more than that it hung up.
    private static HttpAnswer early(Exchange exchange, IOException broken) throws IOException {
        try {
            HttpAnswer answer = exchange.answer(true);
            if (answer.status() >= 300) {
                return answer;
            }
        } catch (IOException silent) {
            broken.addSuppressed(silent);
        }
        throw broken;
    }

    private static void add(Map<String, String> headers, ClientRequest request) {
        request.getStringHeaders().forEach((name, values) -> {
            if (!OURS.contains(name.toLowerCase(java.util.Locale.ROOT))) {
                String value = String.join(", ", values);
                if (!value.matches("[ -~]*")) {
                    throw new ProcessingException("a header that is none");
                }
                headers.put(name, value);
            }
        });
    }

    private static ClientResponse response(ClientRequest request, HttpAnswer answer) {
        Response.StatusType status = Response.Status.fromStatusCode(answer.status());
        ClientResponse response = status == null
                ? new ClientResponse(new Other(answer.status()), request)
                : new ClientResponse(status, request);
        answer.headers().forEach((name, value) -> response.header(name, value));
        response.setEntityStream(answer.body());
        return response;
    }

    /// A status that no list has.
    private record Other(int code) implements Response.StatusType {
        @Override
        public int getStatusCode() {
            return code;
        }

        @Override
        public Response.Status.Family getFamily() {
            return Response.Status.Family.familyOf(code);
        }

        @Override
        public String getReasonPhrase() {
            return "";
        }
    }

    @Override
    public Future<?> apply(ClientRequest request, AsyncConnectorCallback callback) {
        try {
            callback.response(apply(request));
        } catch (ProcessingException e) {
            callback.failure(e);
        }
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public String getName() {
        return "Rosterkeep";
    }

    @Override
    public void close() {
        // Nothing is kept open between two requests.
    }
}
