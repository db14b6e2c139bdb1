package org.rosterkeep.courier;

import jakarta.json.Json;
import jakarta.json.JsonString;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.rosterkeep.courier.wire.Code;
import org.rosterkeep.courier.wire.Order;
import org.rosterkeep.courier.wire.Result;
import org.rosterkeep.courier.wire.Secret;

/// By SMTP, under TLS from before anything is told: a mail server of the district's takes a notice. The dialogue is our
/// own: the library for it needs the JDK's desktop module, looks names up by itself, and has a dozen properties
/// of which
/// each could turn the protection off.
final class Mail implements Carrier {
    private static final Duration PATIENCE = Duration.ofSeconds(15);
    /// A server may look at a mail for long before it takes it.
    private static final Duration VERDICT = Duration.ofSeconds(120);
    /// What we say our name is: the courier has none.
    private static final String NAME = "[127.0.0.1]";

    private final Trust trust;
    private final Clock clock;

    Mail(Trust trust, Clock clock) {
        this.trust = trust;
        this.clock = clock;
    }

    @Override
    public Attempt open(Order order, Where where, Handle handle) {
        Envelope envelope = Envelope.of(order.grant());
        Refused last = new Refused(Code.CONNECT_FAILED, "There is no address to try.");
        for (InetSocketAddress address : where.of(order.target())) {
            handle.check();
            try {
                return greeted(order, envelope, handle.holds(Connection.dial(address, PATIENCE)));
            } catch (SocketTimeoutException e) {
                last = new Refused(Code.TIMEOUT, "The mail server did not answer in time.", e);
            } catch (Smtp.Said e) {
                last = refused(e);
            } catch (IOException e) {
                last = new Refused(Code.CONNECT_FAILED, "The mail server could not be reached.", e);
            }
        }
        handle.check();
        throw last;
    }

    private static Refused refused(Smtp.Said no) {
        return no.number / 100 == 4
                ? new Refused(Code.FAILED_THERE, "The mail server has no time now.", no)
                : new Refused(Code.NOT_ACCEPTED, "The mail server does not want to talk.", no);
    }

    private Attempt greeted(Order order, Envelope envelope, Socket raw) throws IOException {
        raw.setSoTimeout((int) PATIENCE.toMillis());
        if (!envelope.implicit()) {
            var plain = new Smtp(raw.getInputStream(), raw.getOutputStream());
            plain.greeted();
            if (!plain.hello(NAME).contains("STARTTLS")) {
                throw new Refused(Code.TLS_FAILED, "The mail server offers no TLS, so nothing is said to it.");
            }
            plain.startTls();
        }
        Connection connection = Connection.over(raw, order.target(), order.secret(), trust, PATIENCE);
        var smtp = new Smtp(connection.in(), connection.out());
        if (envelope.implicit()) {
            smtp.greeted();
        }
        // What was offered before TLS counts for nothing.
        Set<String> has = smtp.hello(NAME);
        var password = order.secret().part(Secret.Part.PASSWORD);
        var user = order.target().user();
        if (user.isPresent() && password.isPresent()) {
            smtp.login(has, user.get(), password.get());
        }
        return new Talk(order, envelope, connection, smtp);
    }

    private final class Talk implements Attempt {
        private final Order order;
        private final Envelope envelope;
        private final Connection connection;
        private final Smtp smtp;

        Talk(Order order, Envelope envelope, Connection connection, Smtp smtp) {
            this.order = order;
            this.envelope = envelope;
            this.connection = connection;
            this.smtp = smtp;
        }

        @Override
        public Ending push(Pump pump) throws IOException {
            var letter = new ByteArrayOutputStream();
            pump.to(letter);
            boolean handedOver = false;
            try {
                smtp.envelope(envelope);
                smtp.data(message(letter.toByteArray()));
                connection.patience(VERDICT);
                handedOver = true;
                Smtp.Reply verdict = smtp.end();
                if (!verdict.good()) {
                    throw new Smtp.Said(verdict.number());
                }
                goodbye();
                return Ending.of(Result.Outcome.DELIVERED, Code.ACCEPTED).with(connection.pin());
            } catch (Smtp.Said no) {
                return no.number / 100 == 4
                        ? Ending.of(Result.Outcome.FAILED, Code.BUSY).with(connection.pin())
                        : Ending.of(Result.Outcome.REFUSED, Code.NOT_ACCEPTED).with(connection.pin());
            } catch (IOException e) {
                return Ending.of(handedOver ? Result.Outcome.UNKNOWN : Result.Outcome.FAILED, Code.ABORTED)
                        .with(connection.pin());
            }
        }

        /// It has the mail; what it says to our leaving changes nothing.
        private void goodbye() {
            try {
                smtp.quit();
            } catch (IOException | Refused gone) {
                return;
            }
        }

        private List<String> message(byte[] letter) {
            try (var reader = Json.createReader(new ByteArrayInputStream(letter))) {
                var json = reader.readObject();
                List<String> lines = new ArrayList<>(List.of(
                        "From: Rosterkeep <" + envelope.sender() + ">",
                        "To: " + String.join(",\r\n ", envelope.recipients()),
                        "Subject: " + json.getString("subject"),
                        "Date: "
                                + DateTimeFormatter.RFC_1123_DATE_TIME
                                        .withLocale(Locale.ROOT)
                                        .format(clock.instant().atOffset(ZoneOffset.UTC)),
                        // The same at every attempt, so that whoever gets it twice can tell.
                        "Message-ID: <" + order.delivery() + "@" + envelope.domain() + ">",
                        "Auto-Submitted: auto-generated",
                        "MIME-Version: 1.0",
                        "Content-Type: text/plain; charset=us-ascii",
                        ""));
                json.getJsonArray("lines").getValuesAs(JsonString::getString).forEach(lines::add);
                return lines;
            }
        }

        @Override
        public Ending fetch(Sink sink) {
            throw new Refused(Code.GRANT_TARGET, "Nothing is fetched from a mail server.");
        }

        @Override
        public void close() {
            try {
                connection.close();
            } catch (IOException already) {
                return;
            }
        }
    }
}
