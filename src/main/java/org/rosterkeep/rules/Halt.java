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

/// How a rule was stopped, and who has signed that it may go on.
///
/// @param since when it was suspended last; what the signatures of a resumption refer to
/// @param revokedThrough the last version that was revoked; 0 when none was
/// @param resumes signatures for going on that are not enough yet
record Halt(String rule, boolean suspended, Instant since, int revokedThrough, List<Endorsement> resumes) {
    static final String KIND = "rule-stop";

    Halt {
        resumes = List.copyOf(resumes);
    }

    static Halt none(String rule) {
        return new Halt(rule, false, Instant.EPOCH, 0, List.of());
    }

    Halt suspended(Instant now) {
        return new Halt(rule, true, suspended ? since : now, revokedThrough, List.of());
    }

    Halt revoked(int through) {
        return new Halt(rule, suspended, since, Math.max(through, revokedThrough), resumes);
    }

    Halt with(Endorsement more) {
        List<Endorsement> all = new ArrayList<>(resumes);
        all.add(more);
        return new Halt(rule, suspended, since, revokedThrough, all);
    }

    Halt resumed() {
        return new Halt(rule, false, since, revokedThrough, List.of());
    }

    /// How many signatures for going on are genuine.
    int resumed(Signing signing) {
        return (int) resumes.stream()
                .filter(one -> one.act() == Endorsement.Act.RESUME && signing.genuine(one, hash()))
                .map(Endorsement::operator)
                .distinct()
                .count();
    }

    /// What those sign who let the rule go on: this stop, and no other.
    String hash() {
        return Canonical.hash("stop of " + rule + " at " + since);
    }

    byte[] document() {
        return Json.createObjectBuilder()
                .add("rule", rule)
                .add("suspended", suspended)
                .add("since", since.toString())
                .add("revokedThrough", revokedThrough)
                .add("endorsements", Filed.json(resumes))
                .build()
                .toString()
                .getBytes(StandardCharsets.UTF_8);
    }

    /// A stop that cannot be read any more stops for good: doubt is no reason to give.
    static Halt read(String rule, byte[] document) {
        try (var reader = Json.createReader(new ByteArrayInputStream(document))) {
            JsonObject json = reader.readObject();
            return new Halt(
                    json.getString("rule"),
                    json.getBoolean("suspended"),
                    Instant.parse(json.getString("since")),
                    json.getInt("revokedThrough"),
                    Filed.endorsements(json));
        } catch (JsonException
                | NullPointerException
                | ClassCastException
                | IllegalArgumentException
                | DateTimeException e) {
            return new Halt(rule, true, Instant.EPOCH, Integer.MAX_VALUE, List.of());
        }
    }
}
