package org.rosterkeep.appliance;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.rosterkeep.rules.Proposal;
import org.rosterkeep.rules.Rule;
import org.rosterkeep.rules.Treatment;

/// One rule in short, plain sentences: read aloud, a board understands them. It counts no people, and names
/// none: a rule
/// is about kinds of people.
final class BoardText {
    private final Rule rule;
    private final Proposal proposal;
    private final Exports words;

    BoardText(Proposal proposal, Exports words) {
        this.proposal = proposal;
        this.rule = proposal.rule();
        this.words = words;
    }

    List<String> lines() {
        var lines = new ArrayList<String>();
        var name = words.recipient(rule);
        lines.add(name);
        lines.add("  Why: " + rule.sentence());
        lines.add("  Kind of use: " + words.purpose(rule) + ".");
        lines.add("  About whom: " + people() + " " + places() + ".");
        if (!rule.scope().grades().isEmpty()) {
            lines.add("  Only these grades: "
                    + String.join(", ", new TreeSet<>(rule.scope().grades())) + ".");
        }
        lines.add("  What " + name + " gets:");
        new TreeMap<>(words.elements(rule))
                .forEach((id, ways) -> lines.add("    " + words.label(id) + way(ways) + reason(id)));
        lines.add(
                rule.passThroughIds()
                        ? "  " + name + " sees the same number for a person as our own systems do."
                        : "  " + name + " sees a made-up number in place of the real one.");
        lines.add("  Where it goes: " + words.where(rule) + ".");
        lines.add("  What allows it: " + words.bases(rule) + ".");
        lines.add("  Contract: " + rule.agreement() + ".");
        lines.add("  From " + Exports.day(rule.from()) + ". It ends on " + Exports.day(rule.until()) + ".");
        bounds().forEach(lines::add);
        return List.copyOf(lines);
    }

    private List<String> bounds() {
        var lines = new ArrayList<String>();
        if (rule.bounds().personsPerDay().isPresent()) {
            lines.add("  There is a limit on how many people it may ask about in one day.");
        }
        if (!rule.bounds().networks().isEmpty()) {
            lines.add("  It may ask only from its own network.");
        }
        return lines;
    }

    private String people() {
        return and(rule.scope().roles().stream().map(BoardText::many).sorted().toList());
    }

    private static String many(String role) {
        var words = role.replaceAll("([a-z])([A-Z])", "$1 $2").toLowerCase(java.util.Locale.ROOT);
        return words.endsWith("s") ? words : words + "s";
    }

    private String places() {
        int orgs = rule.scope().orgs().size();
        var of = orgs == 1 ? "of one school or office" : "of " + orgs + " schools or offices";
        var below = rule.scope().subOrgs() ? ", with all below" : "";
        var classes = rule.scope().classes().isEmpty() ? "" : ", in some classes only";
        return of + below + classes;
    }

    private String reason(String element) {
        var why = proposal.grounds().justifications().get(element);
        return why == null ? "" : ". The reason: " + why;
    }

    private static String way(Set<Treatment> ways) {
        var words = ways.stream()
                .map(BoardText::way)
                .filter(way -> !way.isEmpty())
                .sorted()
                .toList();
        return words.isEmpty() || words.size() < ways.size() ? "" : " (" + String.join(" or ", words) + ")";
    }

    private static String way(Treatment treatment) {
        return switch (treatment) {
            case Treatment.AsIs() -> "";
            case Treatment.Initial() -> "first letter only";
            case Treatment.Pseudonym() -> "a made-up one";
            case Treatment.Constant(var _) -> "the same word for all";
            case Treatment.Coarse() -> "the year only";
            case Treatment.Preferred() -> "the one the person likes to be called by";
        };
    }

    private static String and(Collection<String> words) {
        var list = List.copyOf(words);
        int last = list.size() - 1;
        return last < 1
                ? String.join("", list)
                : list.subList(0, last).stream().collect(Collectors.joining(", ")) + " and " + list.get(last);
    }
}
