package org.rosterkeep.outbound;

import java.util.Map;
import java.util.Optional;
import org.rosterkeep.courier.wire.Order;
import org.rosterkeep.courier.wire.Secret;
import org.rosterkeep.courier.wire.Target;
import org.rosterkeep.courier.wire.Way;
import org.rosterkeep.disclosure.Parcel;
import org.rosterkeep.rules.Grant;
import org.rosterkeep.rules.PushTarget;
import org.rosterkeep.rules.Rule;

/// One attempt to deliver: what is packed, and all the courier needs to do it and to see for itself that it may.
///
/// @param district whose operators signed
record Errand(
        Outbox outbox,
        String district,
        Grant grant,
        PushTarget target,
        Standing.Delivery delivery,
        Parcel parcel,
        Secret secret) {
    Rule rule() {
        return grant.rule();
    }

    Order order() {
        OutboxSettings settings = outbox.settings();
        return new Order(
                delivery.id(),
                way(target),
                place(target),
                Optional.empty(),
                headers(),
                secret,
                SignedPapers.of(district, grant.text(), grant.endorsements()),
                parcel.fields(),
                settings.bytesMax(),
                Math.toIntExact(settings.deadline().toSeconds()));
    }

    private Map<String, String> headers() {
        return target.way().sftp()
                ? Map.of()
                : Map.of(
                        "content-type",
                        target.way().zip() ? "application/zip" : "application/json",
                        "x-rosterkeep-edition",
                        Long.toString(parcel.to().edition()));
    }

    private static Way way(PushTarget target) {
        return switch (target.way()) {
            case HTTPS_JSON -> Way.HTTPS_JSON;
            case HTTPS_ZIP -> Way.HTTPS_ZIP;
            case SFTP_ZIP -> Way.SFTP_ZIP;
            case WEBHOOK -> Way.WEBHOOK;
        };
    }

    private static Target place(PushTarget target) {
        PushTarget.Place place = target.place();
        return new Target(
                place.host(),
                place.port(),
                place.path(),
                target.country(),
                place.internal(),
                place.pin(),
                place.user(),
                place.hostKey());
    }

    @Override
    public String toString() {
        return "delivery " + delivery.id();
    }
}
