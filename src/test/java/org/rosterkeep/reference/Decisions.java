package org.rosterkeep.reference;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.rosterkeep.reference.Model.*;
import org.rosterkeep.rights.Act;
import org.rosterkeep.rights.Entry.Consent.To;
import org.rosterkeep.rights.Entry.Objection.Against;
import org.rosterkeep.rights.Giving;
import org.rosterkeep.rights.Rights;
import org.rosterkeep.rights.RightsFault;
import org.rosterkeep.roster.Entity;
import org.rosterkeep.roster.SourcedId;

/// What a district decided about the person and the places of a world, by the verbs its people have.
record Decisions(Rights rights, Case made, SourcedId id, Desk desk) {
    private static final String VENDOR = "vendor";
    private static final String REASON = "made up";
    /// How long a consent lasts that names no end.
    private static final Duration LONG = Duration.ofDays(1000);

    private Instant now() {
        return made.question().now();
    }

    void write() {
        var person = made.person();
        var taking = rights.taking();
        var act = new Act("ada", now().minus(Duration.ofHours(1)));
        if (made.world().controller().strictOptOut()) {
            taking.beStrict(act);
        }
        if (person.optedOut()) {
            taking.optOut(List.of(id), Optional.empty(), act);
        }
        if (person.restricted()) {
            taking.restrict(id, REASON, act);
        }
        person.objections().forEach(one -> object(one, act));
        person.guarded().ifPresent(this::guard);
        consents();
        if (person.erased()) {
            taking.suppress(id, Optional.empty(), REASON, act);
        }
        Files.carrying(person.erasedElements()).forEach(field -> taking.suppress(id, Optional.of(field), REASON, act));
        Files.carrying(person.contested()).forEach(field -> taking.contest(id, field, REASON, act));
        person.left()
                .ifPresent(at -> taking.leave(
                        id, at, Optional.of((int) made.world().law().grace().toDays()), act));
        made.world()
                .orgs()
                .forEach((org, of) -> of.reveals()
                        .ifPresent(element -> taking.reveal(Entity.ORG, SourcedId.of(org), element, REASON, act)));
    }

    private void object(Objection one, Act act) {
        var against = one.vendor().<Against>map(Against.OneVendor::new).orElse(new Against.Everybody());
        rights.taking().object(id, against, REASON, act);
        int number = rights.dossier(Entity.USER, id).entries().size();
        switch (one.state()) {
            case PENDING -> {}
            case UPHELD -> rights.taking().uphold(id, number, REASON, act);
            case DISMISSED -> rights.giving().endObjection(id, number, "dismissed", REASON, act);
        }
    }

    private void guard(Guarded guarded) {
        rights.taking().protect(id, REASON, Set.of(), new Act("ada", now().minus(Duration.ofDays(30))));
        guarded.exemption().ifPresent(one -> {
            int days = (int) Duration.between(one.from(), one.until()).toDays();
            var reason = one.reasoned() ? REASON : " ";
            try {
                var asked = rights.giving().askException(id, VENDOR, days, reason, desk.ada(), one.from());
                if (one.twoPeople()) {
                    rights.giving().signException(id, asked.number(), desk.ben(), one.from());
                }
            } catch (RightsFault _) {
                // Too long, or without a reason: there is none then, and the reference has to say the same.
            }
        });
    }

    /// Something somebody does about a consent.
    private record Step(Instant at, Runnable done) {}

    /// In the order in which it happened. What is to be taken back later has not been taken back.
    private void consents() {
        var given = new ArrayList<Step>();
        var withdrawn = new ArrayList<Step>();
        for (var one : made.person().consents()) {
            given.add(new Step(one.given(), () -> consent(one)));
            one.withdrawn()
                    .filter(at -> !at.isAfter(now()))
                    .ifPresent(at -> withdrawn.add(new Step(at, () -> withdraw(one.client(), at))));
        }
        // Of one given and one taken back at the same instant, what was taken back is the one given.
        given.addAll(withdrawn);
        given.stream()
                .sorted(Comparator.comparing(Step::at))
                .forEach(step -> step.done().run());
    }

    private void consent(Consent one) {
        var expires = one.expires().orElse(one.given().plus(LONG));
        var how = new Giving.Given(to(one.client()), "a parent", "in person", "text 1", one.given(), expires);
        rights.giving().consent(List.of(id), how, new Act("ada", one.given()));
    }

    private void withdraw(String client, Instant at) {
        rights.taking().withdrawConsents(List.of(id), to(client)::equals, new Act("ada", at));
    }

    /// A consent is to a rule, or to a vendor for a purpose; here to the one in the odd seconds, and the other in the
    /// even.
    private To to(String client) {
        var own = client.equals("client");
        return now().getEpochSecond() % 2 != 0
                ? new To.OneRule(own ? Files.RULE : "another-rule")
                : new To.VendorFor(own ? VENDOR : "another", made.rule().purpose());
    }
}
