package org.rosterkeep.vendors;

import io.helidon.http.DirectHandler;
import io.helidon.http.Header;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Status;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.ServerConnectionException;
import io.helidon.webserver.http.DirectHandlers;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.rosterkeep.disclosure.DisclosureFault;
import org.rosterkeep.disclosure.Wire;
import org.rosterkeep.log.Trace;

/// The vendors' routes: one table of paths, one handler.
public final class VendorApi {
    private static final List<Header> ALWAYS = List.of(
            HeaderValues.createCached(HeaderNames.CACHE_CONTROL, "no-store"),
            HeaderValues.createCached(HeaderNames.create("X-Content-Type-Options"), "nosniff"),
            HeaderValues.createCached(HeaderNames.VARY, "Authorization, Accept-Encoding"));

    /// What was said of an answer that did not come about.
    private static final List<HeaderName> FORGOTTEN = List.of(
            HeaderNames.ETAG,
            HeaderNames.LINK,
            HeaderNames.create("X-Total-Count"),
            HeaderNames.create("Rosterkeep-Disclosure"));

    /// The status of an answer that did not come to its end.
    private static final int BROKEN_OFF = 0;

    private final Houses houses;
    private final Settings settings;
    private final Faults faults;
    private final Paths paths;
    private final Discovery discovery;
    private final TokenDesk tokens;
    private final RosterDesk roster;

    /// Told of every request that failed here, so that somebody hears of it: the client is told nothing.
    @FunctionalInterface
    public interface Faults {
        void happened(RuntimeException fault);
    }

    /// Faults go where the thread's uncaught exceptions go.
    /// The words that cannot name a district, because a path may begin with them.
    public static Set<String> reserved() {
        return Paths.RESERVED;
    }

    public VendorApi(Houses houses, Settings settings) {
        this(houses, settings, fault -> {
            Thread thread = Thread.currentThread();
            thread.getUncaughtExceptionHandler().uncaughtException(thread, fault);
        });
    }

    public VendorApi(Houses houses, Settings settings, Faults faults) {
        this.faults = faults;
        this.houses = houses;
        this.settings = settings;
        this.paths = new Paths(Route.all());
        this.discovery = new Discovery(Route.all());
        this.tokens = new TokenDesk();
        this.roster = new RosterDesk(new Guard(), new Crowd(settings.limits().requestsPerClient()));
    }

    /// The routing of a listener that serves vendors and nobody else.
    public HttpRouting.Builder routing() {
        return HttpRouting.builder().any((request, response) -> {
            var trace = Trace.of(Trace.VENDOR);
            trace.run(() -> answer(request, response, trace.request()));
        });
    }

    Settings settings() {
        return settings;
    }

    /// @param id of the request: in every line that is logged for it, and told to whom it failed
    private void answer(ServerRequest request, ServerResponse response, String id) {
        Desk desk = new Desk(request, response, settings, new Minutes());
        ALWAYS.forEach(response::header);
        if (settings.unconfined()) {
            desk.with("Rosterkeep-Trial", "the operating system is not confining this server");
        }
        Target target = paths.find(desk.rawPath());
        Optional<House> house = house(target);
        Witness witness = witness(house);
        int status = BROKEN_OFF;
        try {
            answer(desk, target, house, id);
            status = response.status().code();
        } finally {
            witness.saw(desk.minutes().sighting(target, desk.method(), status));
        }
    }

    private Optional<House> house(Target target) {
        return target.district().map(houses::named).orElseGet(houses::only);
    }

    private static Witness witness(Optional<House> house) {
        return house.filter(House.Open.class::isInstance)
                .map(one -> ((House.Open) one).witness())
                .orElse(Witness.NOBODY);
    }

    private void answer(Desk desk, Target target, Optional<House> house, String id) {
        ServerResponse response = desk.response();
        try {
            respond(desk, target, house);
        } catch (ServerConnectionException e) {
            // The client went away: nobody's fault, and nobody left to tell.
            throw new CloseConnectionException("the client went away", e);
        } catch (RuntimeException e) {
            if (withdrawn(e) && !response.isSent() && response.bytesWritten() == 0) {
                FORGOTTEN.forEach(response.headers()::remove);
                RosterDesk.refuse(
                        desk, target.wire(), ((DisclosureFault) e).reason().orElseThrow());
                return;
            }
            faults.happened(e);
            if (response.isSent() || response.bytesWritten() > 0) {
                // The answer is on its way: cutting it off is the only way left to say that it is not whole.
                throw new CloseConnectionException("an answer broke off", e);
            }
            FORGOTTEN.forEach(response.headers()::remove);
            desk.with("Rosterkeep-Request", id);
            if (target instanceof Target.Token) {
                // A client asks again for a token after a 503; after a 500 many give up until somebody looks.
                TokenDesk.unavailable(desk.closing());
                return;
            }
            desk.closing().complain(target.wire(), Complaint.SERVER_ERROR);
        }
    }

    /// The rule ended between the decision and the first byte: a refusal like any other, and nobody's fault.
    private static boolean withdrawn(RuntimeException e) {
        return e instanceof DisclosureFault fault && fault.reason().isPresent();
    }

    private void respond(Desk desk, Target target, Optional<House> house) {
        Optional<String> expectation = desk.header("Expect");
        if (expectation.isPresent() && !expectation.get().equalsIgnoreCase("100-continue")) {
            desk.closing().complain(target.wire(), Complaint.EXPECTATION);
            return;
        }
        if (!(target instanceof Target.Token) && !unwanted(desk)) {
            desk.closing().complain(target.wire(), Complaint.BAD_REQUEST);
            return;
        }
        if (house.isEmpty() && !(target.district().isEmpty() && target.ofEverything())) {
            desk.complain(target.wire(), Complaint.UNKNOWN_PATH);
            return;
        }
        switch (target) {
            case Target.Roster path when house.get() instanceof House.Open open -> roster.answer(desk, path, open);
            case Target.Token _ when house.get() instanceof House.Open open -> tokens.answer(desk, open);
            case Target.Token _ -> TokenDesk.unavailable(desk);
            case Target.Roster path -> desk.with("Retry-After", "30").complain(path.wire(), Complaint.UNAVAILABLE);
            case Target.Discovery path -> Vitals.readOnly(desk, path, discovery.document(path, desk.origin()));
            case Target.Status path -> Vitals.status(desk, path, house);
            case Target.Health path -> Vitals.health(desk, path, houses);
            case Target.Nothing path -> desk.complain(path.wire(), Complaint.UNKNOWN_PATH);
        }
    }

    /// Reads and drops a body that no route wants, so that what follows it is a request. False when it is malformed.
    private static boolean unwanted(Desk desk) {
        if (!desk.request().content().hasEntity()) {
            return true;
        }
        try (InputStream in = desk.request().content().inputStream()) {
            in.skip(Long.MAX_VALUE);
            return true;
        } catch (IOException | RuntimeException e) {
            return false;
        }
    }

    /// The answers to what is not even a request: malformed, too large, or broken here. Nothing of it is repeated.
    DirectHandlers directHandlers() {
        DirectHandlers.Builder handlers = DirectHandlers.builder();
        for (DirectHandler.EventType type : DirectHandler.EventType.values()) {
            handlers.addHandler(type, this::direct);
        }
        return handlers.build();
    }

    private DirectHandler.TransportResponse direct(
            DirectHandler.TransportRequest request,
            DirectHandler.EventType type,
            Status status,
            io.helidon.http.ServerResponseHeaders headers,
            String message) {
        Complaint complaint = switch (type) {
            case PAYLOAD_TOO_LARGE -> Complaint.TOO_LARGE;
            case BAD_REQUEST ->
                status.code() == Complaint.TOO_LARGE.status() ? Complaint.TOO_LARGE : Complaint.BAD_REQUEST;
            case FORBIDDEN -> Complaint.FORBIDDEN;
            case HTTP_VERSION_NOT_SUPPORTED -> Complaint.BAD_REQUEST;
            case INTERNAL_ERROR, OTHER -> Complaint.SERVER_ERROR;
        };
        Wire wire = request.path().contains("/v1p1") ? Wire.V1P1 : Wire.V1P2;
        noted(request, complaint, status.code());
        return DirectHandler.TransportResponse.builder()
                .status(status)
                .keepAlive(false)
                .header(HeaderValues.create(HeaderNames.CONTENT_TYPE, "application/json"))
                .header(HeaderValues.create(HeaderNames.CACHE_CONTROL, "no-store"))
                .entity(complaint.body(wire))
                .build();
    }

    /// A request that is none reaches no desk; if its path says whom it was meant for, that house still hears of it.
    private void noted(DirectHandler.TransportRequest request, Complaint complaint, int status) {
        Minutes minutes = new Minutes();
        minutes.complained(complaint);
        Target target = paths.find(request.path());
        witness(house(target)).saw(minutes.sighting(target, request.method(), status));
    }
}
