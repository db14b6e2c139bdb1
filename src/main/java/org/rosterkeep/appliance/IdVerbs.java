package org.rosterkeep.appliance;

import jakarta.json.Json;
import jakarta.json.JsonObjectBuilder;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.rosterkeep.rules.RulesFault;
import org.rosterkeep.rules.Version;

/// The pseudonym domains a vendor has ids in: who shares one, what uses it, and how its key is destroyed, so that
/// nobody can tell any more whom the ids meant that the vendor still has.
final class IdVerbs {
    private static final int SETTLING_TRIES = 50;
    private static final long SETTLING_PAUSE_MILLIS = 100;

    private final Districts districts;
    private final Clock clock;

    IdVerbs(Districts districts, Clock clock) {
        this.districts = districts;
        this.clock = clock;
    }

    void into(Verbs verbs) {
        verbs.with("vendor ids", (call, meanwhile) -> ids(call))
                .with("vendor forget-ids", (call, meanwhile) -> forget(call));
    }

    private Answer ids(Call call) {
        var rooms = districts.of(call).rooms();
        var vendor = call.text("id");
        known(rooms, vendor);
        var now = clock.instant();
        var lines = new ArrayList<String>();
        var array = Json.createArrayBuilder();
        for (var domain : domains(rooms, vendor, now)) {
            var use = Use.of(rooms, domain, now);
            array.add(use.json(rooms));
            lines.addAll(use.lines(rooms, vendor));
        }
        if (lines.isEmpty()) {
            lines.add("No rule of " + vendor + " ever named a pseudonym domain: it was given no ids of ours.");
        }
        return new Answer(
                Json.createObjectBuilder()
                        .add("vendor", vendor)
                        .add("domains", array)
                        .build(),
                lines);
    }

    private Answer forget(Call call) {
        var rooms = districts.of(call).rooms();
        var vendor = call.text("id");
        known(rooms, vendor);
        var now = clock.instant();
        var domain = call.optional("domain").orElse(vendor);
        if (!domains(rooms, vendor, now).contains(domain)) {
            throw Trouble.notFound(
                    "No rule of " + vendor + " ever named the domain " + domain + ".",
                    "See which there are: rosterkeep vendor ids " + vendor);
        }
        var use = Use.of(rooms, domain, now);
        if (!use.living().isEmpty()) {
            throw new RulesFault(RulesFault.Code.DOMAIN_IN_USE);
        }
        int missing = rooms.book().forget(domain, call.text("reason"), call.person(), now);
        var json = use.json(rooms).add("signaturesMissing", missing);
        var lines = new ArrayList<>(use.lines(rooms, vendor));
        if (missing > 0) {
            rooms.because(call, "domain", domain);
            lines.add("Signed. It takes " + missing + " more, and cannot be taken back then: rosterkeep vendor"
                    + " forget-ids " + vendor + " --domain " + domain + " --operator ANOTHER --reason WHY");
            return new Answer(json.add("settled", false).build(), lines);
        }
        rooms.forgetIds(domain);
        boolean settled = settled(rooms);
        rooms.ledger()
                .record(
                        "ids.forgotten",
                        call.caller().actor(),
                        Map.of("domain", domain, "settled", Boolean.toString(settled)));
        rooms.because(call, "domain", domain);
        lines.add("The key of the domain " + domain + " is destroyed. Nobody can tell any more whom its ids mean, and"
                + " its name is never used again.");
        lines.add(
                settled
                        ? "Nothing of it is left in the store's files."
                        : "The store's log still holds its wrapped form, which nothing opens; it goes within minutes.");
        lines.add("Make a new copy of the key file and destroy the older ones: with one of them and an older backup of"
                + " the store it could be had again.");
        return new Answer(json.add("settled", settled).build(), lines);
    }

    /// Whether the write-ahead log is empty: who reads just now may hold on to it for a moment.
    private static boolean settled(Rooms rooms) {
        for (int n = 0; n < SETTLING_TRIES; n++) {
            if (rooms.vault().settleShelf()) {
                return true;
            }
            try {
                Thread.sleep(SETTLING_PAUSE_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
        return false;
    }

    private static void known(Rooms rooms, String vendor) {
        if (rooms.book().papers().vendor(vendor).isEmpty()) {
            throw Trouble.notFound("There is no such vendor.", "See: rosterkeep vendor list");
        }
    }

    private static List<String> domains(Rooms rooms, String vendor, Instant now) {
        return rooms.book().versions(now).stream()
                .map(Version::rule)
                .filter(rule -> rule.vendor().equals(vendor))
                .map(rule -> rule.domain())
                .distinct()
                .sorted()
                .toList();
    }

    /// What names one domain.
    ///
    /// @param naming every version that ever did
    /// @param living those of them that give something, or may again
    private record Use(String domain, List<Version> naming, List<Version> living) {
        static Use of(Rooms rooms, String domain, Instant now) {
            var domains = rooms.book().domains();
            return new Use(domain, domains.naming(domain, now), domains.using(domain, now));
        }

        private TreeSet<String> vendors() {
            return naming.stream().map(one -> one.rule().vendor()).collect(Collectors.toCollection(TreeSet::new));
        }

        private TreeSet<String> rules() {
            return living.stream().map(one -> one.rule().id()).collect(Collectors.toCollection(TreeSet::new));
        }

        private TreeSet<String> clients(Rooms rooms) {
            var rules = naming.stream().map(one -> one.rule().id()).collect(Collectors.toSet());
            return rooms.clients().list().stream()
                    .filter(client -> !client.revoked() && rules.contains(client.rule()))
                    .map(client -> client.id())
                    .collect(Collectors.toCollection(TreeSet::new));
        }

        private String state(Rooms rooms) {
            return rooms.book()
                    .domains()
                    .end(domain)
                    .map(end -> end.decided() ? "forgotten" : "asked")
                    .orElse("kept");
        }

        JsonObjectBuilder json(Rooms rooms) {
            return Json.createObjectBuilder()
                    .add("domain", domain)
                    .add("state", state(rooms))
                    .add("vendors", Json.createArrayBuilder(vendors()))
                    .add("rules", Json.createArrayBuilder(rules()))
                    .add("clients", Json.createArrayBuilder(clients(rooms)));
        }

        List<String> lines(Rooms rooms, String vendor) {
            var lines = new ArrayList<String>();
            var others = vendors();
            others.remove(vendor);
            lines.add("Domain " + domain + ": "
                    + (others.isEmpty()
                            ? "the ids of " + vendor + " alone."
                            : "the same ids for " + vendor + " and " + String.join(", ", others)
                                    + "; they would all be forgotten."));
            rooms.book()
                    .domains()
                    .end(domain)
                    .ifPresent(end -> lines.add(
                            end.decided()
                                    ? "  Its key was destroyed: whom these ids mean, nobody can tell. Asked for at "
                                            + end.since() + "."
                                    : "  Somebody has asked to forget it, at " + end.since() + ": "
                                            + end.signatures().size() + " signed."));
            lines.add(
                    rules().isEmpty()
                            ? "  No rule gives anything in it."
                            : "  Rules that give something in it, or may again: " + String.join(", ", rules())
                                    + ". It cannot be forgotten before they are revoked.");
            if (!clients(rooms).isEmpty()) {
                lines.add("  Clients of its rules: " + String.join(", ", clients(rooms)) + ".");
            }
            return lines;
        }
    }
}
