package org.rosterkeep.rules;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.rosterkeep.roster.Entity;
import org.rosterkeep.roster.Field;
import org.rosterkeep.roster.SourcedId;

/// What a rule file says, before it has a version and a hash. Here the sourcedIds of the scope are still texts,
/// which is
/// why the canonical form is written from here: in a [Scope] nobody may look at them any more.
record Sketch(
        String id,
        String client,
        String vendor,
        String agreement,
        String purpose,
        String sentence,
        Map<String, String> basis,
        Population population,
        Map<Field, Treatment> grants,
        boolean passThrough,
        String domain,
        String country,
        Instant from,
        Instant until,
        Grounds grounds,
        Bounds bounds,
        Optional<PushTarget> push) {
    static final String PASS_THROUGH = "pass-through";
    static final String PSEUDONYM = "pseudonym";

    record Population(Set<String> orgs, boolean subOrgs, Set<String> roles, Set<String> grades, Set<String> classes) {
        Scope scope() {
            return new Scope(ids(orgs), subOrgs, roles, grades, ids(classes));
        }

        private static Set<SourcedId> ids(Set<String> texts) {
            return texts.stream().map(SourcedId::of).collect(Collectors.toSet());
        }
    }

    /// The same, with what the appliance looked up for it.
    Sketch with(Grounds.Found found) {
        return new Sketch(
                id,
                client,
                vendor,
                agreement,
                purpose,
                sentence,
                basis,
                population,
                grants,
                passThrough,
                domain,
                country,
                from,
                until,
                grounds.with(found),
                bounds,
                push);
    }

    Proposal proposal(int version) {
        String text = text(version);
        Rule rule = new Rule(
                id,
                version,
                Canonical.hash(text),
                vendor,
                client,
                agreement,
                purpose,
                sentence,
                basis,
                population.scope(),
                grants,
                passThrough,
                domain,
                country,
                from,
                until,
                bounds,
                push);
        return new Proposal(rule, grounds, text);
    }

    /// The canonical text. Whatever has a default is written out: what is signed depends on no default. A bound that is
    /// not set is not there, as a part that need not be there is not.
    private String text(int version) {
        JsonObjectBuilder file = Json.createObjectBuilder()
                .add("id", id)
                .add("version", version)
                .add("vendor", vendor)
                .add("agreement", agreement)
                .add("purpose", Json.createObjectBuilder().add("code", purpose).add("sentence", sentence))
                .add("basis", texts(basis))
                .add("scope", scope())
                .add("fields", fields())
                .add("ids", passThrough ? PASS_THROUGH : PSEUDONYM)
                .add("domain", domain)
                .add("destination", destination())
                .add("from", from.toString())
                .add("until", until.toString())
                .add("justifications", texts(grounds.justifications()))
                .add("evidence", texts(grounds.evidence()));
        if (push.filter(PushTarget::carries).isEmpty()) {
            file.add("client", client);
        }
        push.ifPresent(target -> file.add("delivery", PushFile.delivery(target)));
        grounds.special()
                .ifPresent(one -> file.add(
                        "special",
                        Json.createObjectBuilder()
                                .add("condition", one.condition())
                                .add("assessment", one.assessment())));
        bounds.personsPerDay()
                .ifPresent(
                        most -> file.add("ceiling", Json.createObjectBuilder().add("personsPerDay", most)));
        if (!bounds.networks().isEmpty()) {
            file.add("networks", list(bounds.networks()));
        }
        grounds.found().reach().ifPresent(reach -> file.add("found", found(reach)));
        grounds.assessment()
                .ifPresent(one -> file.add(
                        "assessment",
                        Json.createObjectBuilder()
                                .add("reference", one.reference())
                                .add("made", one.made().toString())
                                .add("consultation", one.consultation().word())));
        return Canonical.text(file.build());
    }

    private JsonObjectBuilder found(Set<String> reach) {
        JsonObjectBuilder json = Json.createObjectBuilder()
                .add("reach", list(reach))
                .add("subProcessors", list(grounds.found().subProcessors()))
                .add("noticeDays", grounds.found().noticeDays());
        grounds.found()
                .share()
                .ifPresent(share -> json.add(
                        "children",
                        Json.createObjectBuilder()
                                .add("inScope", share.inScope())
                                .add("all", share.all())));
        return json;
    }

    private JsonObjectBuilder scope() {
        JsonObjectBuilder json = Json.createObjectBuilder()
                .add("orgs", list(population.orgs()))
                .add("subOrgs", population.subOrgs())
                .add("roles", list(population.roles()));
        if (!population.grades().isEmpty()) {
            json.add("grades", list(population.grades()));
        }
        return population.classes().isEmpty() ? json : json.add("classes", list(population.classes()));
    }

    private JsonObjectBuilder fields() {
        JsonObjectBuilder json = Json.createObjectBuilder();
        for (Entity entity : Entity.values()) {
            JsonObjectBuilder of = Json.createObjectBuilder();
            Map<Field, Treatment> given = new TreeMap<>(grants);
            given.keySet().removeIf(field -> field.entity() != entity);
            given.forEach((field, treatment) -> of.add(field.wire(), Treatments.json(treatment)));
            if (!given.isEmpty()) {
                json.add(entity.one(), of);
            }
        }
        return json;
    }

    private JsonObjectBuilder destination() {
        JsonObjectBuilder json = Json.createObjectBuilder().add("country", country);
        grounds.safeguard().ifPresent(one -> json.add("safeguard", safeguard(one)));
        push.ifPresent(target -> json.add("push", PushFile.place(target)));
        return json;
    }

    private static JsonObjectBuilder safeguard(Grounds.Safeguard one) {
        JsonObjectBuilder json = Json.createObjectBuilder()
                .add("instrument", one.instrument())
                .add("signed", one.signed().toString())
                .add("assessment", one.assessment())
                .add("assessed", one.assessed().toString())
                .add("measures", one.measures());
        one.module().ifPresent(module -> json.add("module", module));
        return one.special().isEmpty() ? json : json.add("special", list(one.special()));
    }

    private static JsonObjectBuilder texts(Map<String, String> texts) {
        JsonObjectBuilder json = Json.createObjectBuilder();
        texts.forEach(json::add);
        return json;
    }

    private static JsonArrayBuilder list(Set<String> words) {
        JsonArrayBuilder json = Json.createArrayBuilder();
        new TreeSet<>(words).forEach(json::add);
        return json;
    }
}
