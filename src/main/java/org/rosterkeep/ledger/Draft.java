package org.rosterkeep.ledger;

import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.rosterkeep.disclosure.Entry;
import org.rosterkeep.disclosure.Entry.Persons;
import org.rosterkeep.roster.Field;

/// A record before it has a number: its text is made by the thread that wants it, so that the one that writes has
/// little to do.
///
/// @param counter whose reference it counts; empty for none
/// @param body the payload behind number, time, kind and reference, from the comma on
record Draft(Sort sort, Instant at, String kind, String counter, byte[] body) {
    enum Sort {
        DISCLOSURE,
        ACT,
        /// An operator vouches for a clock that was moved back.
        CLOCK_CONFIRMED,
        /// A signature is wanted now.
        CHECKPOINT
    }

    static final String DISCLOSURE_KIND = "disclosure";
    static final String REFUSAL_KIND = "refusal";
    static final String CHECKPOINT_KIND = "checkpoint";

    static Draft of(Entry entry) {
        String kind = entry.reason().isEmpty() ? DISCLOSURE_KIND : REFUSAL_KIND;
        return new Draft(Sort.DISCLOSURE, entry.at(), kind, counter(entry.channel(), entry.client()), body(entry));
    }

    static Draft act(Instant at, String kind, String actor, Map<String, String> facts) {
        if (kind.equals(DISCLOSURE_KIND) || kind.equals(REFUSAL_KIND) || kind.equals(CHECKPOINT_KIND)) {
            throw new IllegalArgumentException("an act has another kind than " + kind);
        }
        return new Draft(Sort.ACT, at, kind, "", actBody(actor, facts));
    }

    static Draft clockConfirmed(Instant at, String actor) {
        return new Draft(Sort.CLOCK_CONFIRMED, at, LedgerRecord.Act.CLOCK_CONFIRMED, "", actBody(actor, Map.of()));
    }

    static Draft checkpoint(Instant at) {
        return new Draft(Sort.CHECKPOINT, at, CHECKPOINT_KIND, "", new byte[0]);
    }

    /// Whose count an answer belongs to. A preview by an official counts apart, or the client would learn of it.
    static String counter(String channel, String client) {
        return channel.equals("pull") ? client : channel + " " + client;
    }

    /// Members in the order a reader needs them: who received what comes first. Empty texts are left out.
    private static byte[] body(Entry entry) {
        Text text = new Text().member("channel", entry.channel());
        optional(text, "client", entry.client());
        optional(text, "rule", entry.rule());
        text.member("edition", entry.edition());
        persons(text, entry.persons());
        text.member("count", entry.count()).member("status", entry.status());
        optional(text, "reason", entry.reason());
        optional(text, "vendor", entry.vendor());
        text.member("ruleVersion", entry.ruleVersion());
        optional(text, "ruleHash", entry.ruleHash());
        optional(text, "agreement", entry.agreement());
        optional(text, "purpose", entry.purpose());
        optional(text, "basis", entry.basis());
        optional(text, "country", entry.country());
        optional(text, "endpoint", entry.endpoint());
        text.member("fields").raw("[");
        String comma = "";
        for (Field field : entry.fields().stream().sorted().toList()) {
            if (field.need() == Field.Need.INTERNAL) {
                throw new IllegalArgumentException("an internal field never leaves: " + field);
            }
            text.raw(comma).string(field.path());
            comma = ",";
        }
        text.raw("]");
        optional(text, "digest", entry.digest());
        optional(text, "source", entry.source());
        return text.bytes();
    }

    private static void persons(Text text, Persons persons) {
        switch (persons) {
            case Persons.None() -> {}
            case Persons.Span(var entity, long first, long last) ->
                text.member("persons")
                        .raw("{\"entity\":")
                        .string(entity.one())
                        .member("first", first)
                        .member("last", last)
                        .raw("}");
            case Persons.Listed(var entity, int[] ordinals) ->
                text.member("persons")
                        .raw("{\"entity\":")
                        .string(entity.one())
                        .member("list", PersonSet.text(ordinals))
                        .raw("}");
        }
    }

    private static byte[] actBody(String actor, Map<String, String> facts) {
        Text text = new Text().member("actor", actor).member("facts").raw("{");
        String comma = "";
        for (var fact : new TreeMap<>(facts).entrySet()) {
            text.raw(comma).string(fact.getKey()).raw(":").string(fact.getValue());
            comma = ",";
        }
        return text.raw("}").bytes();
    }

    private static void optional(Text text, String name, String value) {
        if (!value.isEmpty()) {
            text.member(name, value);
        }
    }
}
