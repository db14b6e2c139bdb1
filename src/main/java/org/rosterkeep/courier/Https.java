package org.rosterkeep.courier;

import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.client.Client;
import jakarta.ws.rs.client.ClientBuilder;
import jakarta.ws.rs.client.Entity;
import jakarta.ws.rs.client.Invocation;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.glassfish.jersey.client.ClientConfig;
import org.rosterkeep.courier.wire.Code;
import org.rosterkeep.courier.wire.Order;
import org.rosterkeep.courier.wire.Result;
import org.rosterkeep.courier.wire.Secret;
import org.rosterkeep.courier.wire.Target;
import org.rosterkeep.courier.wire.Way;
import org.rosterkeep.courier.wire.WireFault;

/// By HTTPS: POST of a payload, GET of an answer. One connection for each, no redirects, no cookies, no second try.
final class Https implements Carrier, AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final int PIECE = 1 << 16;

    private final Trust trust;
    private final Clock clock;
    private final Client client;
    private final Tokens tokens;

    Https(Trust trust, Clock clock) {
        this.trust = trust;
        this.clock = clock;
        tokens = new Tokens(clock);
        client = ClientBuilder.newBuilder()
                .withConfig(new ClientConfig().connectorProvider((_, _) -> new Straight()))
                // Its writers for pictures and mail want modules that are not in the image.
                .property("jersey.config.disableDefaultProvider", "ALL")
                .build();
    }

    @Override
    public Attempt open(Order order, Where where, Handle handle) {
        Optional<String> token = order.secret().part(Secret.Part.TOKEN);
        if (Credentials.exchanged(order)) {
            Target at = order.token().orElse(order.target());
            token = Optional.of(tokens.of(
                    order,
                    () -> Credentials.exchange(
                            this, order, at, new Exchange(connected(order, at, where, handle), at))));
        }
        Connection connection = connected(order, order.target(), where, handle);
        return new Over(order, token.map(Credentials::bearer), connection, handle);
    }

    private Connection connected(Order order, Target to, Where where, Handle handle) {
        return Connection.open(where.of(to), to, order.secret(), trust, PATIENCE, handle);
    }

    @Override
    public void close() {
        client.close();
    }

    private final class Over implements Attempt {
        private final Order order;
        private final Optional<String> bearer;
        private final Connection connection;
        private final Handle handle;

        Over(Order order, Optional<String> bearer, Connection connection, Handle handle) {
            this.order = order;
            this.bearer = bearer;
            this.connection = connection;
            this.handle = handle;
        }

        @Override
        public Ending push(Pump pump) {
            Exchange exchange = new Exchange(connection, order.target());
            StreamingOutput body = out -> {
                pump.to(out);
                exchange.whole();
            };
            String usual = order.kind() == Way.HTTPS_ZIP ? "application/zip" : "application/json";
            String type = order.headers().getOrDefault("content-type", usual);
            try (Response answer = request("POST", exchange)
                    .header("Idempotency-Key", order.delivery())
                    .post(Entity.entity(body, type))) {
                return ended(answer).with(connection.pin());
            } catch (ProcessingException e) {
                return broken(e, exchange.handedOver()).with(connection.pin());
            }
        }

        @Override
        public Ending fetch(Sink sink) {
            Exchange exchange = new Exchange(connection, order.target());
            try (Response answer = request("GET", exchange).get()) {
                if (answer.getStatus() != 200 && answer.getStatus() / 100 == 2) {
                    return Ending.of(Result.Outcome.FAILED, Code.ANSWER_FORM).with(connection.pin());
                }
                if (answer.getStatus() == 200) {
                    copy(answer, sink);
                }
                if (answer.getStatus() == 401) {
                    // It may have been taken back before its time was over.
                    tokens.forget(order);
                }
                return ended(answer).with(connection.pin()).told(told(answer));
            } catch (ProcessingException e) {
                return broken(e, false).with(connection.pin());
            } catch (IOException | Refused e) {
                return broken(e, false).with(connection.pin());
            }
        }

        private Map<String, String> told(Response answer) {
            Map<String, String> told = new TreeMap<>();
            for (String name : Result.HEADERS) {
                String text = answer.getHeaderString(name);
                if (text != null && Result.tellable(text)) {
                    told.put(name, text);
                }
            }
            return told;
        }

        private void copy(Response answer, Sink sink) throws IOException {
            String coding = answer.getHeaderString("content-encoding");
            if (coding != null && !coding.equalsIgnoreCase("identity")) {
                throw new Refused(Code.ANSWER_FORM, "The answer is packed in a way nobody asked for.");
            }
            InputStream body = answer.readEntity(InputStream.class);
            byte[] piece = new byte[PIECE];
            long all = 0;
            for (int n = body.read(piece); n >= 0; n = body.read(piece)) {
                all += n;
                if (all > order.maxBytes()) {
                    throw new Refused(Code.ANSWER_SIZE, "The answer is longer than the order allows.");
                }
                sink.take(piece, 0, n);
            }
            sink.end();
        }

        private Invocation.Builder request(String method, Exchange exchange) {
            Invocation.Builder request = Https.this.request(order.target(), exchange);
            order.headers().forEach((name, value) -> {
                if (!name.equals("content-type")) {
                    request.header(name, value);
                }
            });
            bearer.or(() -> Credentials.signed(order, method, clock))
                    .ifPresent(proof -> request.header("Authorization", proof));
            return request;
        }

        private Ending broken(Exception failure, boolean handedOver) {
            Result.Outcome outcome = handedOver ? Result.Outcome.UNKNOWN : Result.Outcome.FAILED;
            if (handle.stopped().isPresent()) {
                return Ending.of(outcome, handle.stopped().get());
            }
            for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
                switch (cause) {
                    case WireFault fault -> throw fault;
                    case Refused refused -> {
                        return Ending.of(Result.Outcome.REFUSED, refused.code());
                    }
                    case SocketTimeoutException _ -> {
                        return Ending.of(outcome, Code.TIMEOUT);
                    }
                    case HttpAnswer.Malformed _ -> {
                        return Ending.of(outcome, Code.ANSWER_FORM);
                    }
                    default -> {}
                }
            }
            return Ending.of(outcome, Code.ABORTED);
        }

        @Override
        public void close() {
            try {
                connection.close();
            } catch (IOException e) {
                handle.stop(Code.ABORTED);
            }
        }
    }

    Invocation.Builder request(Target target, Exchange exchange) {
        try {
            var where = URI.create("https://" + target.host() + ":" + target.port() + target.path());
            return client.target(where)
                    .request()
                    .property(Straight.EXCHANGE, exchange)
                    .header("Accept-Encoding", "identity");
        } catch (IllegalArgumentException e) {
            throw new Refused(Code.GRANT_TARGET, "The target's path is none that can be asked for.", e);
        }
    }

    private Ending ended(Response answer) {
        int status = answer.getStatus();
        Optional<Integer> wait =
                Optional.ofNullable(answer.getHeaderString("retry-after")).flatMap(this::seconds);
        Result.Outcome outcome = Result.Outcome.REFUSED;
        Code code = Code.NOT_ACCEPTED;
        if (status / 100 == 2) {
            outcome = Result.Outcome.DELIVERED;
            code = Code.ACCEPTED;
        } else if (status / 100 == 3) {
            code = Code.REDIRECTED;
        } else if (List.of(408, 425, 429, 503).contains(status)) {
            outcome = Result.Outcome.FAILED;
            code = Code.BUSY;
        } else if (status >= 500) {
            outcome = Result.Outcome.FAILED;
            code = Code.FAILED_THERE;
        }
        return new Ending(outcome, code, Optional.of(status), wait, Optional.empty(), Map.of());
    }

    /// Seconds, or a moment (RFC 9110 section 10.2.3).
    private Optional<Integer> seconds(String text) {
        if (text.matches("[0-9]{1,9}")) {
            return Optional.of(Integer.parseInt(text));
        }
        try {
            Instant then = DateTimeFormatter.RFC_1123_DATE_TIME.parse(text, Instant::from);
            long left = Duration.between(clock.instant(), then).toSeconds();
            return Optional.of(Math.clamp(left, 0, Integer.MAX_VALUE));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
