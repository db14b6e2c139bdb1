package org.rosterkeep.outbound;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import org.rosterkeep.disclosure.Consignment;
import org.rosterkeep.disclosure.Consignment.Format;
import org.rosterkeep.disclosure.Cursor;
import org.rosterkeep.disclosure.Dispatch;
import org.rosterkeep.disclosure.Parcel;
import org.rosterkeep.disclosure.Wire;
import org.rosterkeep.rules.Grant;
import org.rosterkeep.rules.PushTarget;
import org.rosterkeep.rules.Reason;
import org.rosterkeep.rules.Recipient;
import org.rosterkeep.rules.Rule;

/// Makes an errand of what is due to one target, if anything is.
record Packing(String district, Outbox.Rooms rooms, OutboxSettings settings, SecureRandom random, Standings standings) {
    private static final int ID_BYTES = 16;

    /// @param refused called when the door packs nothing for a reason that time may mend
    Optional<Errand> pack(Outbox outbox, Rule rule, Instant now, Runnable refused) {
        Standing standing = standings.of(rule);
        Optional<Grant> grant = rooms.rules()
                .grant(rule.id(), now)
                .filter(one -> one.rule().hash().equals(rule.hash()));
        if (grant.isEmpty()) {
            return Optional.empty();
        }
        return switch (rooms.door().push(consignment(rule, standing, now))) {
            case Dispatch.Nothing(Cursor reached) -> {
                standings.keep(standing.reached(reached, now));
                yield Optional.empty();
            }
            case Dispatch.Refused(Reason _) -> {
                refused.run();
                yield Optional.empty();
            }
            case Dispatch.Ready(Parcel parcel) -> errand(outbox, grant.get(), standing, parcel, now);
        };
    }

    private Consignment consignment(Rule rule, Standing standing, Instant now) {
        PushTarget target = rule.push().orElseThrow();
        Wire wire = target.delivery().legacy() ? Wire.V1P1 : Wire.V1P2;
        Format format = !target.carries() ? Format.NOTICE : target.way().zip() ? Format.CSV : Format.JSON;
        return new Consignment(
                new Recipient.Target(rule.client()),
                wire,
                format,
                standing.told()
                        .filter(cursor ->
                                cursor.at().plus(settings.deltaOldest()).isAfter(now)),
                target.delivery().bulk(),
                rooms.base().of(wire),
                target.place().text());
    }

    private Optional<Errand> errand(Outbox outbox, Grant grant, Standing standing, Parcel parcel, Instant now) {
        Rule rule = grant.rule();
        Standing.Delivery delivery = standing.delivery()
                .filter(one -> one.edition() == parcel.to().edition()
                        && one.bulk() == parcel.bulk()
                        && one.ruleHash().equals(rule.hash()))
                .orElseGet(() -> new Standing.Delivery(
                        id(), rule.hash(), parcel.to().edition(), parcel.bulk(), 0, Optional.empty(), now, ""));
        if (standing.gaveUp(delivery)) {
            parcel.close();
            standings.keep(standing.lookedAt(now));
            return Optional.empty();
        }
        standings.keep(standing.lookedAt(now).delivering(Optional.of(delivery)));
        return Optional.of(new Errand(
                outbox,
                district,
                grant,
                rule.push().orElseThrow(),
                delivery,
                parcel,
                rooms.secrets().of(rule.id())));
    }

    private String id() {
        byte[] bytes = new byte[ID_BYTES];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
