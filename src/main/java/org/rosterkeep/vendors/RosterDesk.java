package org.rosterkeep.vendors;

import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.ServerConnectionException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.rosterkeep.disclosure.Disclosure;
import org.rosterkeep.disclosure.Inquiry;
import org.rosterkeep.disclosure.Outcome;
import org.rosterkeep.disclosure.Wire;
import org.rosterkeep.rules.Reason;
import org.rosterkeep.rules.Recipient;

/// Answers the rostering routes.
final class RosterDesk {
    private static final String AGAIN_SOON = "1";
    private static final String AGAIN_LATER = "30";

    /// As many as there are processors to fill them, on the machines this is made for.
    private static final int TRAYS_KEPT = 4;

    private final Guard guard;
    private final Crowd crowd;
    private final Trays trays = new Trays(TRAYS_KEPT);

    RosterDesk(Guard guard, Crowd crowd) {
        this.guard = guard;
        this.crowd = crowd;
    }

    void answer(Desk desk, Target.Roster target, House.Open house) {
        if (!desk.read()) {
            desk.with("Allow", "GET, HEAD").complain(target.wire(), Complaint.WRONG_METHOD);
            return;
        }
        Parameters query = desk.query();
        Call call = new Call(
                house.credentials(),
                target.wire(),
                desk.method(),
                desk.origin(),
                desk.rawPath(),
                query,
                desk.authorization());
        switch (guard.admit(call, target.route())) {
            case Guard.Standing.Stranger stranger ->
                desk.with("WWW-Authenticate", challenge(stranger)).complain(target.wire(), Complaint.NOT_AUTHORISED);
            case Guard.Standing.NotEntitled _ -> desk.complain(target.wire(), Complaint.FORBIDDEN);
            case Guard.Standing.Admitted admitted -> inTurn(desk, target, house, query, admitted.client());
        }
    }

    private static String challenge(Guard.Standing.Stranger stranger) {
        return "Bearer realm=\"OneRoster\"" + (stranger.tokenGiven() ? ", error=\"invalid_token\"" : "");
    }

    private void inTurn(Desk desk, Target.Roster target, House.Open house, Parameters query, String client) {
        String key = house.name() + "/" + client;
        if (!crowd.enter(key)) {
            desk.with("Retry-After", AGAIN_SOON).complain(target.wire(), Complaint.TOO_MANY);
            return;
        }
        try {
            Question.Reading reading = target.route().single() ? Question.ofOne(query) : Question.ofCollection(query);
            switch (reading) {
                case Question.Reading.Bad bad -> desk.complain(target.wire(), bad.complaint());
                case Question.Reading.Good good ->
                    ask(new Reading(desk, target, query, client), house, good.question());
            }
        } finally {
            crowd.leave(key);
        }
    }

    /// One admitted read.
    private record Reading(Desk desk, Target.Roster target, Parameters query, String client) {}

    private void ask(Reading reading, House.Open house, Question question) {
        reading.desk().minutes().asked(question);
        switch (house.door().ask(inquiry(reading, question))) {
            case Outcome.Granted granted -> give(reading, granted.disclosure(), question);
            case Outcome.Refused refused ->
                refuse(reading.desk(), reading.target().wire(), refused.reason());
            case Outcome.Mistaken mistaken ->
                reading.desk().complain(reading.target().wire(), complaint(mistaken.mistake()));
        }
    }

    private static Complaint complaint(Outcome.Mistake mistake) {
        return switch (mistake) {
            case UNKNOWN_OBJECT -> Complaint.UNKNOWN_OBJECT;
            case FILTER_FIELD -> Complaint.FILTER_FIELD;
            case SELECTION_FIELD -> Complaint.SELECTION_FIELD;
            case SORT_FIELD -> Complaint.SORT_FIELD;
            case FILTER_VALUE -> Complaint.FILTER_VALUE;
        };
    }

    private static Inquiry inquiry(Reading reading, Question question) {
        Target.Roster target = reading.target();
        Route route = target.route();
        List<Inquiry.Parent> parents = new ArrayList<>();
        for (int i = 0; i < route.parents().size(); i++) {
            parents.add(new Inquiry.Parent(route.parents().get(i), target.ids().get(i)));
        }
        return new Inquiry(
                new Recipient.Vendor(reading.client()),
                target.wire(),
                route.pattern(),
                parents,
                route.collection(),
                route.single() ? Optional.of(target.ids().getLast()) : Optional.empty(),
                question.filter(),
                question.selection(),
                question.sort(),
                question.descending(),
                question.offset(),
                question.limit(),
                reading.desk().origin() + target.service(),
                known(reading.desk()),
                reading.desk().source());
    }

    /// The client's ETags, without the mark of weakness that compression puts on them.
    private static List<String> known(Desk desk) {
        return desk.request().headers().values(HeaderNames.IF_NONE_MATCH).stream()
                .flatMap(value -> Arrays.stream(value.split(",")))
                .map(String::strip)
                .map(tag -> tag.startsWith("W/") ? tag.substring(2) : tag)
                .toList();
    }

    static void refuse(Desk desk, Wire wire, Reason reason) {
        desk.minutes().refused(reason);
        boolean passing = reason == Reason.LEDGER_UNAVAILABLE || reason == Reason.CLOCK_UNTRUSTED;
        if (passing) {
            desk.with("Retry-After", AGAIN_LATER).complain(wire, Complaint.UNAVAILABLE);
        } else {
            desk.complain(wire, Complaint.FORBIDDEN);
        }
    }

    private void give(Reading reading, Disclosure disclosure, Question question) {
        Desk desk = reading.desk();
        desk.minutes().given(disclosure);
        desk.with("Rosterkeep-Disclosure", Long.toString(disclosure.reference()));
        desk.with("X-Total-Count", Long.toString(disclosure.total()));
        // A strong tag promises equal bytes, and compression makes other bytes.
        desk.with("ETag", (compressed(desk) ? "W/" : "") + disclosure.etag());
        if (!reading.target().route().single()) {
            Links links = new Links(desk.origin() + Percent.tidy(desk.rawPath()), reading.query(), question.limit());
            desk.with("Link", links.header(question.offset(), disclosure.total()));
        }
        if (disclosure.notModified()) {
            desk.response().status(Status.NOT_MODIFIED_304);
            desk.response().send();
            return;
        }
        desk.contentIsJson();
        try {
            write(desk, disclosure);
        } catch (IOException e) {
            throw new ServerConnectionException("the client went away", e);
        }
    }

    private static boolean compressed(Desk desk) {
        return desk.request()
                .headers()
                .first(HeaderNames.ACCEPT_ENCODING)
                .filter(value -> value.toLowerCase(Locale.ROOT).contains("gzip"))
                .isPresent();
    }

    private void write(Desk desk, Disclosure disclosure) throws IOException {
        if (desk.head()) {
            Tally tally = new Tally();
            disclosure.writeTo(tally);
            desk.with("Content-Length", Long.toString(tally.count()));
            desk.response().send(new byte[0]);
            return;
        }
        Body body = new Body(trays, () -> desk.response().outputStream());
        try {
            disclosure.writeTo(body);
            if (body.overflowed()) {
                body.close();
            } else {
                desk.response().send(body.bytes(), 0, body.length());
            }
        } finally {
            body.release();
        }
    }
}
