package org.rosterkeep.ledger;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.rosterkeep.disclosure.Entry;
import org.rosterkeep.disclosure.Entry.Persons;
import org.rosterkeep.roster.Entity;
import org.rosterkeep.roster.Field;

/// Reads payloads: the first few members when that is enough, or the whole record.
final class RecordText {
    private static final Map<String, Field> FIELDS = Arrays.stream(Field.values())
            .filter(field -> field.need() != Field.Need.INTERNAL)
            .collect(Collectors.toUnmodifiableMap(Field::path, Function.identity()));
    private static final Map<String, Entity> ENTITIES =
            Arrays.stream(Entity.values()).collect(Collectors.toUnmodifiableMap(Entity::one, Function.identity()));

    private RecordText() {}

    /// What every record begins with.
    ///
    /// @param reference 0 when it counts for nobody
    record Head(long number, Instant at, String kind, long reference, String counter) {}

    static Head head(byte[] payload) {
        Scan scan = new Scan(payload).expect('{');
        long number = member(scan, "n").number();
        Instant at = time(member(scan.expect(','), "t").string());
        String kind = member(scan.expect(','), "k").string();
        long reference = 0;
        String channel = "";
        String client = "";
        if (kind.equals(Draft.DISCLOSURE_KIND) || kind.equals(Draft.REFUSAL_KIND)) {
            scan.more('}');
            String key = scan.key();
            if (key.equals("ref")) {
                reference = scan.number();
                channel = member(scan.expect(','), "channel").string();
                client = scan.more('}') && scan.key().equals("client") ? scan.string() : "";
            }
        }
        return new Head(number, at, kind, reference, Draft.counter(channel, client));
    }

    /// What an answer's record says of whom it carries.
    record Bearing(String client, String rule, long edition, Persons persons, Entity entity) {}

    /// The persons of an answer, without reading the rest; empty when it carried nobody.
    static Optional<Bearing> bearing(byte[] payload) {
        Scan scan = new Scan(payload).expect('{');
        member(scan, "n").number();
        member(scan.expect(','), "t").skip();
        if (!member(scan.expect(','), "k").string().equals(Draft.DISCLOSURE_KIND)) {
            return Optional.empty();
        }
        String client = "";
        String rule = "";
        long edition = 0;
        while (scan.more('}')) {
            switch (scan.key()) {
                case "ref" -> scan.number();
                case "channel" -> scan.skip();
                case "client" -> client = scan.string();
                case "rule" -> rule = scan.string();
                case "edition" -> edition = scan.number();
                case "persons" -> {
                    Persons persons = carried(object(scan));
                    return Optional.of(new Bearing(client, rule, edition, persons, entity(persons)));
                }
                default -> {
                    return Optional.empty();
                }
            }
        }
        return Optional.empty();
    }

    /// Whom and what an answer told of; empty when it told of nobody.
    ///
    /// @param fields reads a list of fields as it is written
    static Optional<Handover> handover(byte[] payload, Function<String, Set<Field>> fields) {
        Scan scan = new Scan(payload).expect('{');
        member(scan, "n").number();
        String at = member(scan.expect(','), "t").string();
        if (!member(scan.expect(','), "k").string().equals(Draft.DISCLOSURE_KIND)) {
            return Optional.empty();
        }
        String channel = "";
        String vendor = "";
        String rule = "";
        String agreement = "";
        String written = "[]";
        long version = 0;
        long edition = 0;
        Persons persons = new Persons.None();
        while (scan.more('}')) {
            switch (scan.key()) {
                case "channel" -> channel = scan.string();
                case "vendor" -> vendor = scan.string();
                case "rule" -> rule = scan.string();
                case "ruleVersion" -> version = scan.number();
                case "agreement" -> agreement = scan.string();
                case "edition" -> edition = scan.number();
                case "persons" -> persons = carried(object(scan));
                case "fields" -> written = scan.raw();
                default -> scan.skip();
            }
        }
        return persons instanceof Persons.None
                ? Optional.empty()
                : Optional.of(new Handover(
                        time(at),
                        channel,
                        vendor,
                        rule,
                        (int) version,
                        agreement,
                        edition,
                        persons,
                        fields.apply(written)));
    }

    /// A list of fields as a record has it.
    static Set<Field> fieldsOf(String written) {
        return fields(Map.of("fields", value(new Scan(written.getBytes(StandardCharsets.UTF_8)))));
    }

    private static Entity entity(Persons persons) {
        return switch (persons) {
            case Persons.None() -> Entity.ORG;
            case Persons.Span span -> span.entity();
            case Persons.Listed listed -> listed.entity();
        };
    }

    static LedgerRecord record(byte[] payload) {
        Map<String, Object> members = object(payload);
        long number = longOf(members, "n");
        Instant at = time(text(members, "t"));
        String kind = text(members, "k");
        return switch (kind) {
            case Draft.DISCLOSURE_KIND, Draft.REFUSAL_KIND ->
                new LedgerRecord.Disclosed(number, at, longOf(members, "ref"), entry(members, at));
            case Draft.CHECKPOINT_KIND ->
                new LedgerRecord.Checkpoint(
                        number,
                        at,
                        text(members, "head"),
                        text(members, "key"),
                        counters(members),
                        text(members, "sig"));
            default -> new LedgerRecord.Act(number, at, kind, text(members, "actor"), facts(members));
        };
    }

    private static Entry entry(Map<String, Object> members, Instant at) {
        return new Entry(
                at,
                text(members, "channel"),
                text(members, "vendor"),
                text(members, "client"),
                text(members, "rule"),
                (int) longOf(members, "ruleVersion"),
                text(members, "ruleHash"),
                text(members, "agreement"),
                text(members, "purpose"),
                text(members, "basis"),
                text(members, "country"),
                text(members, "endpoint"),
                fields(members),
                longOf(members, "edition"),
                text(members, "digest"),
                persons(members),
                longOf(members, "count"),
                (int) longOf(members, "status"),
                text(members, "reason"),
                text(members, "source"));
    }

    private static Set<Field> fields(Map<String, Object> members) {
        Set<Field> fields = EnumSet.noneOf(Field.class);
        for (Object path : object(members, "fields").keySet()) {
            Field field = FIELDS.get(path);
            if (field == null) {
                throw unreadable();
            }
            fields.add(field);
        }
        return fields;
    }

    private static Persons persons(Map<String, Object> members) {
        return members.containsKey("persons") ? carried(object(members, "persons")) : new Persons.None();
    }

    private static Persons carried(Map<String, Object> persons) {
        Entity entity = entity(text(persons, "entity"));
        return persons.containsKey("list")
                ? new Persons.Listed(entity, PersonSet.ordinals(text(persons, "list")))
                : new Persons.Span(entity, longOf(persons, "first"), longOf(persons, "last"));
    }

    static Entity entity(String word) {
        Entity entity = ENTITIES.get(word);
        if (entity == null) {
            throw unreadable();
        }
        return entity;
    }

    private static Map<String, Long> counters(Map<String, Object> members) {
        Map<String, Long> counters = new HashMap<>();
        Map<String, Object> clients = object(members, "clients");
        clients.keySet().forEach(client -> counters.put(client, longOf(clients, client)));
        return counters;
    }

    private static Map<String, String> facts(Map<String, Object> members) {
        Map<String, String> facts = new LinkedHashMap<>();
        Map<String, Object> object = object(members, "facts");
        object.keySet().forEach(key -> facts.put(key, text(object, key)));
        return facts;
    }

    /// Any object that [Text] wrote.
    static Map<String, Object> object(byte[] payload) {
        Scan scan = new Scan(payload);
        Map<String, Object> members = object(scan);
        scan.end();
        return members;
    }

    /// An object's members; an array becomes an object whose names are its strings.
    private static Map<String, Object> object(Scan scan) {
        Map<String, Object> members = new LinkedHashMap<>();
        scan.expect('{');
        while (scan.more('}')) {
            members.put(scan.key(), value(scan));
        }
        return members;
    }

    private static Object value(Scan scan) {
        if (scan.atString()) {
            return scan.string();
        }
        if (scan.at('{')) {
            return object(scan);
        }
        if (scan.at('[')) {
            Map<String, Object> strings = new LinkedHashMap<>();
            scan.expect('[');
            while (scan.more(']')) {
                strings.put(scan.string(), "");
            }
            return strings;
        }
        return scan.number();
    }

    @SuppressWarnings("unchecked") // only object(Scan) makes maps here
    private static Map<String, Object> object(Map<String, Object> members, String name) {
        return members.get(name) instanceof Map<?, ?> map ? (Map<String, Object>) map : Map.of();
    }

    private static String text(Map<String, Object> members, String name) {
        return members.get(name) instanceof String text ? text : "";
    }

    private static long longOf(Map<String, Object> members, String name) {
        return members.get(name) instanceof Long number ? number : 0;
    }

    private static Scan member(Scan scan, String name) {
        if (!scan.key().equals(name)) {
            throw unreadable();
        }
        return scan;
    }

    private static Instant time(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeException e) {
            throw new LedgerFault(LedgerFault.Code.UNREADABLE, "a record's time is not in its form", e);
        }
    }

    private static LedgerFault unreadable() {
        return new LedgerFault(LedgerFault.Code.UNREADABLE, "a record of the ledger is not in its form");
    }
}
