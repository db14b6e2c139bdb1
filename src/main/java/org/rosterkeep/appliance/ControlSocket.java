package org.rosterkeep.appliance;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.stream.JsonParsingException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import jdk.net.ExtendedSocketOptions;
import org.rosterkeep.log.Event;
import org.rosterkeep.log.Fact;
import org.rosterkeep.log.Log;
import org.rosterkeep.log.Trace;

/// The local socket through which people steer the appliance: requests and answers are JSON, one a line. The
/// kernel says
/// who calls; only the appliance's own user and root are heard.
///
/// A request is `{"verb": "rule approve", "args": {...}}`. Answers are any number of `{"progress": text}` and
/// `{"data": base64}`, then `{"json": {...}, "lines": [...]}` or `{"error": {"what", "why", "todo"}}`, then
/// `{"exit": code}`.
final class ControlSocket implements AutoCloseable {
    private static final int CALLS_MAX = 16;
    private static final int GRACE_SECONDS = 10;
    private static final int REQUEST_MAX = 4 << 20;

    private final Path path;
    private final ServerSocketChannel server;
    private final Verbs verbs;
    private final Log log;
    private final String owner;
    private final Semaphore room = new Semaphore(CALLS_MAX);
    private final Set<SocketChannel> open = ConcurrentHashMap.newKeySet();

    private ControlSocket(Path path, ServerSocketChannel server, Verbs verbs, Log log, String owner) {
        this.path = path;
        this.server = server;
        this.verbs = verbs;
        this.log = log;
        this.owner = owner;
    }

    /// Binds the socket; a stale one of a crashed run is replaced (whoever holds the home's lock may do that).
    static ControlSocket listen(Path path, Verbs verbs, Log log) throws IOException {
        Files.deleteIfExists(path);
        var server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        // The directory is closed to others, so nobody can come in before the mode is set.
        server.bind(UnixDomainSocketAddress.of(path));
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-------"));
        var owner = Files.getOwner(path).getName();
        var socket = new ControlSocket(path, server, verbs, log, owner);
        Thread.ofPlatform().name("control").daemon().start(socket::accept);
        return socket;
    }

    private void accept() {
        while (server.isOpen()) {
            try {
                var channel = server.accept();
                if (room.tryAcquire()) {
                    open.add(channel);
                    Thread.ofPlatform().name("control-call").daemon().start(() -> serve(channel));
                } else {
                    channel.close();
                }
            } catch (IOException e) {
                if (server.isOpen()) {
                    log.say(Event.CONTROL_FAILED, e);
                }
            }
        }
    }

    private void serve(SocketChannel channel) {
        try (channel) {
            var peer = channel.getOption(ExtendedSocketOptions.SO_PEERCRED);
            if (!peer.user().getName().equals(owner) && !peer.user().getName().equals("root")) {
                log.say(Event.CONTROL_STRANGER);
                return;
            }
            var in = new BufferedReader(Channels.newReader(channel, StandardCharsets.UTF_8));
            var line = line(in);
            if (!line.isEmpty()) {
                answer(
                        line,
                        new Caller(peer.user().getName()),
                        new Lines(Channels.newWriter(channel, StandardCharsets.UTF_8)));
            }
        } catch (IOException e) {
            log.say(Event.CONTROL_HUNG_UP);
        } finally {
            open.remove(channel);
            room.release();
        }
    }

    private void answer(String line, Caller caller, Lines lines) {
        Trace.of(caller.user().equals(owner) ? Trace.OWNER : Trace.ROOT).run(() -> reply(line, caller, lines));
    }

    private void reply(String line, Caller caller, Lines lines) {
        var exit = Exit.OK;
        try {
            var answer = run(line, caller, lines);
            lines.answer(answer);
            exit = answer.exit();
        } catch (RuntimeException | Error failure) {
            var trouble = trouble(failure);
            exit = trouble.exit();
            lines.error(trouble.what(), trouble.why(), trouble.todo());
        }
        lines.exit(exit);
    }

    private Trouble trouble(Throwable failure) {
        var known = failure instanceof RuntimeException fault ? Faults.told(fault) : Optional.<Trouble>empty();
        return known.orElseGet(() -> {
            var code = log.say(Event.VERB_FAILED, failure);
            return new Trouble(
                    Exit.FAILED,
                    "The appliance could not do this.",
                    "Something unforeseen happened; its code is " + code + ".",
                    "Look for " + code + " in the appliance's log, and report it.");
        });
    }

    private Answer run(String line, Caller caller, Lines lines) {
        JsonObject request;
        try (var reader = Json.createReader(new java.io.StringReader(line))) {
            request = reader.readObject();
        } catch (JsonParsingException e) {
            throw Trouble.wrongUse("The request is not JSON.", "It could not be parsed.", "Use the rosterkeep command.")
                    .because(e);
        }
        var verb = request.get("verb") instanceof JsonString text ? text.getString() : "";
        var args = request.get("args") instanceof JsonObject object ? object : JsonObject.EMPTY_JSON_OBJECT;
        var operation = verbs.named(verb)
                .orElseThrow(() -> Trouble.wrongUse(
                        "The running appliance does not know this verb.",
                        "The command line and the appliance may be of different versions.",
                        "Restart the appliance with the version of the command line (rosterkeep version)."));
        var began = System.nanoTime();
        var answer = operation.run(new Call(verb, args, caller), lines);
        log.say(
                Event.VERB_DONE,
                new Fact.Verb(verb),
                new Fact.Code("exit", answer.exit()),
                new Fact.Took("ms", Duration.ofNanos(System.nanoTime() - began)));
        return answer;
    }

    private static String line(BufferedReader in) throws IOException {
        var text = new StringBuilder();
        for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
            if (text.length() == REQUEST_MAX) {
                throw new IOException("a request without an end");
            }
            text.append((char) c);
        }
        return text.toString();
    }

    /// Takes no more calls, and lets those on their way finish, within a bound.
    @Override
    public void close() throws IOException {
        server.close();
        Files.deleteIfExists(path);
        try {
            if (!room.tryAcquire(CALLS_MAX, GRACE_SECONDS, TimeUnit.SECONDS)) {
                log.say(Event.CONTROL_CUT_OFF);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        for (var channel : open) {
            channel.close();
        }
    }

    /// The answering side of one call. A caller who hung up does not stop what it asked for.
    private static final class Lines implements Operation.Meanwhile {
        private final Writer out;

        Lines(Writer out) {
            this.out = out;
        }

        @Override
        public void progress(String line) {
            write(Json.createObjectBuilder().add("progress", line).build());
        }

        @Override
        public void data(byte[] bytes, int length) {
            var part = java.util.Arrays.copyOf(bytes, length);
            write(Json.createObjectBuilder()
                    .add("data", Base64.getEncoder().encodeToString(part))
                    .build());
        }

        void answer(Answer answer) {
            write(Json.createObjectBuilder()
                    .add("json", answer.json())
                    .add("lines", Json.createArrayBuilder(answer.lines()))
                    .build());
        }

        void error(String what, String why, String todo) {
            write(Json.createObjectBuilder()
                    .add(
                            "error",
                            Json.createObjectBuilder()
                                    .add("what", what)
                                    .add("why", why)
                                    .add("todo", todo))
                    .build());
        }

        void exit(Exit exit) {
            write(Json.createObjectBuilder().add("exit", exit.code()).build());
        }

        private synchronized void write(JsonObject line) {
            try {
                out.write(line.toString());
                out.write('\n');
                out.flush();
            } catch (IOException gone) {
                // Whoever asked is no longer listening; what was asked still happens.
                return;
            }
        }
    }
}
