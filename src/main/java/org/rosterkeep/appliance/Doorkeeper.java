package org.rosterkeep.appliance;

import java.util.Optional;
import org.rosterkeep.access.Role;
import org.rosterkeep.access.Session;
import org.rosterkeep.log.Trace;

/// Stands before every operation and lets through whom the table of [Mandates] names.
final class Doorkeeper {
    private final Districts districts;

    Doorkeeper(Districts districts) {
        this.districts = districts;
    }

    /// The operation, for those who may.
    Operation before(String verb, Operation operation) {
        var lines = Mandates.of(verb);
        if (lines.isEmpty()) {
            throw new IllegalStateException("nobody has said who may do " + verb);
        }
        return (call, meanwhile) -> {
            var mandate =
                    lines.stream().filter(one -> one.covers(call)).findFirst().orElseThrow();
            if (mandate.who() == Mandate.Who.OWNER || call.optional("operator").isEmpty()) {
                ownerMay(call, mandate);
                return operation.run(call, meanwhile);
            }
            try (var session = signedIn(call, mandate)) {
                Trace.by(session.id());
                return operation.run(call.by(session), meanwhile);
            }
        };
    }

    private void ownerMay(Call call, Mandate mandate) {
        boolean may = switch (mandate.who()) {
            case OWNER, OWNER_OR_PERSON -> true;
            case OWNER_FIRST -> nobodyAdministers(about(call));
            case PERSON -> false;
        };
        if (!may) {
            throw Trouble.wrongUse(
                    "This was not done: nobody said who does it.",
                    mandate.refusal() + ".",
                    "Say who you are: rosterkeep " + call.verb() + " ... --operator NAME");
        }
    }

    private Session signedIn(Call call, Mandate mandate) {
        var session = about(call).rooms().signIn(call);
        if (mandate.roles().stream().noneMatch(session::has)) {
            session.close();
            throw new Trouble(
                    Exit.REFUSED,
                    "This was not done: " + call.text("operator") + " may not.",
                    mandate.refusal() + ".",
                    mandate.who() == Mandate.Who.OWNER_OR_PERSON
                            ? "Leave --operator away: the machine's owner may do it, too."
                            : "Ask somebody who has it; see: rosterkeep operator list");
        }
        return session;
    }

    private static boolean nobodyAdministers(District district) {
        return !(district.state() instanceof District.State.Open open)
                || open.rooms().operators().list().stream()
                        .noneMatch(one -> !one.retired() && one.roles().contains(Role.ADMINISTRATOR));
    }

    /// `district dispose` names its district as what it is about, the others as where they are.
    private District about(Call call) {
        return call.verb().equals("district dispose")
                ? Optional.of(call.text("name"))
                        .flatMap(districts::find)
                        .orElseThrow(() -> Trouble.notFound(
                                "There is no such district.", "See which there are: rosterkeep district list"))
                : districts.of(call);
    }
}
