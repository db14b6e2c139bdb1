package org.rosterkeep.rules;

import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The end of a pseudonym domain: nobody is to tell any more whom its ids mean. One person asks for it, and with enough
/// signatures it is decided for good.
///
/// @param reason what the first one gave; part of what everybody signs
/// @param since when it was asked for; part of what everybody signs
/// @param decided whether enough people have signed; then the domain's name is never used again
public record DomainEnd(String domain, String reason, Instant since, List<Endorsement> signatures, boolean decided) {
    static final String KIND = "domain-end";

    public DomainEnd {
        signatures = List.copyOf(signatures);
    }

    static DomainEnd asked(String domain, String reason, Instant now) {
        return new DomainEnd(domain, reason, now, List.of(), false);
    }

    boolean signedBy(String operator) {
        return signatures.stream().anyMatch(one -> one.operator().equals(operator));
    }

    DomainEnd with(Endorsement more) {
        List<Endorsement> all = new ArrayList<>(signatures);
        all.add(more);
        return new DomainEnd(domain, reason, since, all, decided);
    }

    DomainEnd decide() {
        return new DomainEnd(domain, reason, since, signatures, true);
    }

    /// How many different people have signed exactly this.
    int genuine(Signing signing) {
        return (int) signatures.stream()
                .filter(one -> one.act() == Endorsement.Act.FORGET && signing.genuine(one, hash()))
                .map(Endorsement::operator)
                .distinct()
                .count();
    }

    String hash() {
        return Canonical.hash("end of the pseudonym domain " + domain + " at " + since + " because " + reason);
    }

    byte[] document() {
        return Json.createObjectBuilder()
                .add("domain", domain)
                .add("reason", reason)
                .add("since", since.toString())
                .add("decided", decided)
                .add("endorsements", Filed.json(signatures))
                .build()
                .toString()
                .getBytes(StandardCharsets.UTF_8);
    }

    /// Empty when it says nothing understandable.
    static Optional<DomainEnd> read(byte[] document) {
        try (var reader = Json.createReader(new ByteArrayInputStream(document))) {
            JsonObject json = reader.readObject();
            return Optional.of(new DomainEnd(
                    json.getString("domain"),
                    json.getString("reason"),
                    Instant.parse(json.getString("since")),
                    Filed.endorsements(json),
                    json.getBoolean("decided")));
        } catch (JsonException
                | NullPointerException
                | ClassCastException
                | IllegalArgumentException
                | DateTimeException e) {
            return Optional.empty();
        }
    }
}
