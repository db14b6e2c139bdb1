package org.rosterkeep.courier.wire;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Set;
import java.util.TreeSet;

/// One person's signature under a text: what they said, when, in which roles. Whether it is one is found out by whoever
/// relies on it.
///
/// @param act `propose`, `approve`, `resume` and so on, in lower case, as it is signed
/// @param signature Ed25519, base64
public record Signature(String operator, String act, Instant at, Set<String> roles, String signature) {
    public Signature {
        roles = Set.copyOf(roles);
    }

    public JsonObject json() {
        return Json.createObjectBuilder()
                .add("operator", operator)
                .add("act", act)
                .add("at", at.toString())
                .add("roles", Json.createArrayBuilder(new TreeSet<>(roles)))
                .add("signature", signature)
                .build();
    }

    public static Signature read(Members members) {
        Signature signature = new Signature(
                members.text("operator", Members.SHORT),
                members.text("act", Members.SHORT),
                instant(members),
                Set.copyOf(new TreeSet<>(members.texts("roles"))),
                members.text("signature", Members.SHORT));
        members.close();
        return signature;
    }

    private static Instant instant(Members members) {
        String text = members.text("at", Members.SHORT);
        try {
            Instant at = Instant.parse(text);
            // It is part of what was signed, so there must be one way to write it.
            if (at.toString().equals(text)) {
                return at;
            }
        } catch (DateTimeException e) {
            throw new WireFault("at");
        }
        throw new WireFault("at");
    }
}
