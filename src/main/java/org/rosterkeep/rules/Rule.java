package org.rosterkeep.rules;

import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.rosterkeep.roster.Entity;
import org.rosterkeep.roster.Field;

/// One version of a sharing rule: immutable, content-addressed by the hash of its canonical text.
///
/// @param id the rule's name, `reading-app-names`
/// @param version counted from 1
/// @param hash SHA-256 of the canonical text, hex; what approvers sign and the ledger cites
/// @param purpose a code of privacy.md section 2.3
/// @param sentence the purpose in plain words, 20 to 300 characters; what parents read
/// @param basis lawful basis by regime, `EU` to `public_task`
/// @param grants every field given, and what is done to it; an entity none of whose fields is given does not exist
/// @param passThroughIds true when sourcedIds leave as the source system's; false for pairwise pseudonyms
/// @param domain pseudonym domain; vendors of one domain see the same pseudonyms. Default: the vendor's id
/// @param country ISO 3166-1 alpha-2 code of the destination
/// @param from first instant of force
/// @param until first instant after it
/// @param bounds how much of it may be used, and from where
/// @param push where its data are sent to; empty when its client asks for them
public record Rule(
        String id,
        int version,
        String hash,
        String vendor,
        String client,
        String agreement,
        String purpose,
        String sentence,
        Map<String, String> basis,
        Scope scope,
        Map<Field, Treatment> grants,
        boolean passThroughIds,
        String domain,
        String country,
        Instant from,
        Instant until,
        Bounds bounds,
        Optional<PushTarget> push) {
    public Rule {
        basis = Map.copyOf(basis);
        grants = Map.copyOf(grants);
        if (grants.isEmpty()) {
            throw new IllegalArgumentException("a rule gives at least one field");
        }
    }

    /// A rule whose client asks.
    public Rule(
            String id,
            int version,
            String hash,
            String vendor,
            String client,
            String agreement,
            String purpose,
            String sentence,
            Map<String, String> basis,
            Scope scope,
            Map<Field, Treatment> grants,
            boolean passThroughIds,
            String domain,
            String country,
            Instant from,
            Instant until,
            Bounds bounds) {
        this(
                id,
                version,
                hash,
                vendor,
                client,
                agreement,
                purpose,
                sentence,
                basis,
                scope,
                grants,
                passThroughIds,
                domain,
                country,
                from,
                until,
                bounds,
                Optional.empty());
    }

    /// Whether a client may ask by it. Where data are sent, nobody asks; one credential, one rule, one way.
    public boolean asked() {
        return push.filter(PushTarget::carries).isEmpty();
    }

    /// The entities of which at least one field is given.
    public Set<Entity> entities() {
        return grants.keySet().stream().map(Field::entity).collect(Collectors.toUnmodifiableSet());
    }

    /// The fields given of one entity; empty when the entity is not given.
    public Map<Field, Treatment> grantsOf(Entity entity) {
        Map<Field, Treatment> fields = new EnumMap<>(Field.class);
        grants.forEach((field, treatment) -> {
            if (field.entity() == entity) {
                fields.put(field, treatment);
            }
        });
        return fields;
    }
}
