package org.rosterkeep.intake;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.rosterkeep.roster.Entity;

/// Which records of a new source system are probably which of the roster's. Nothing is decided by it: a person reads it
/// and takes what is right into a mapping. It holds ids of persons and never prints.
///
/// @param given pairs that a mapping named already
/// @param pairs what is proposed, surest first within an entity
/// @param unsure new records that could be somebody, and nobody can say who
/// @param nobody by entity, how many new records fit nobody
public record Proposals(List<Pair> given, List<Pair> pairs, List<Unsure> unsure, Map<Entity, Long> nobody) {
    /// One old record and one new one.
    public record Pair(Entity entity, String old, String now, Confidence confidence, List<Evidence> why) {
        public Pair {
            why = List.copyOf(why);
        }

        @Override
        public String toString() {
            return "(personal)";
        }
    }

    /// A new record, and the old ones it could be; none when the reason is not about them.
    public record Unsure(Entity entity, String now, List<String> candidates, Evidence why) {
        public Unsure {
            candidates = List.copyOf(candidates);
        }

        @Override
        public String toString() {
            return "(personal)";
        }
    }

    public Proposals {
        given = List.copyOf(given);
        pairs = List.copyOf(pairs);
        unsure = List.copyOf(unsure);
        nobody = Map.copyOf(nobody);
    }

    /// How many pairs of an entity are proposed with this confidence.
    public long count(Entity entity, Confidence confidence) {
        return pairs.stream()
                .filter(pair -> pair.entity() == entity && pair.confidence() == confidence)
                .count();
    }

    /// How many new records of an entity could be somebody.
    public long unsure(Entity entity) {
        return unsure.stream().filter(one -> one.entity() == entity).count();
    }

    /// How often each reason was given, by its words.
    public Map<String, Long> reasons(Entity entity) {
        return pairs.stream()
                .filter(pair -> pair.entity() == entity)
                .collect(Collectors.groupingBy(
                        pair -> pair.confidence().word() + ": " + words(pair.why()),
                        java.util.TreeMap::new,
                        Collectors.counting()));
    }

    /// The mapping as [Mapping] reads it: the given pairs, and the proposed ones at least this sure.
    public byte[] mapping(Confidence atLeast) {
        StringBuilder text = new StringBuilder("entity,oldSourcedId,newSourcedId\r\n");
        given.forEach(pair -> line(text, pair));
        accepted(atLeast).forEach(pair -> line(text, pair));
        return text.toString().getBytes(UTF_8);
    }

    private static void line(StringBuilder text, Pair pair) {
        text.append(pair.entity().one())
                .append(',')
                .append(pair.old())
                .append(',')
                .append(pair.now())
                .append("\r\n");
    }

    private Collection<Pair> accepted(Confidence atLeast) {
        return pairs.stream()
                .filter(pair -> pair.confidence().compareTo(atLeast) <= 0)
                .toList();
    }

    /// For the person who looks through it: every proposal, with the line it has in the mapping if it is there, and
    /// every record nobody can place, with a line for each it could be.
    public byte[] review(Confidence atLeast) {
        StringBuilder text = new StringBuilder("line,entity,oldSourcedId,newSourcedId,confidence,reason\r\n");
        long line = given.size() + 1L;
        for (Pair pair : pairs) {
            boolean written = pair.confidence().compareTo(atLeast) <= 0;
            line += written ? 1 : 0;
            review(
                    text,
                    written ? Long.toString(line) : "",
                    pair.entity(),
                    pair.old(),
                    pair.now(),
                    pair.confidence().word(),
                    words(pair.why()));
        }
        for (Unsure one : unsure) {
            for (String old : one.candidates().isEmpty() ? List.of("") : one.candidates()) {
                review(
                        text,
                        "",
                        one.entity(),
                        old,
                        one.now(),
                        "unsure",
                        one.why().words());
            }
        }
        return text.toString().getBytes(UTF_8);
    }

    private static void review(StringBuilder text, String line, Entity entity, String... cells) {
        text.append(line).append(',').append(entity.one());
        for (String cell : cells) {
            text.append(',').append(cell);
        }
        text.append("\r\n");
    }

    private static String words(List<Evidence> why) {
        return why.stream().map(Evidence::words).collect(Collectors.joining("; "));
    }

    static Map<Entity, Long> none() {
        return new EnumMap<>(Entity.class);
    }

    @Override
    public String toString() {
        return "(personal)";
    }
}
