package org.rosterkeep.appliance;

import jakarta.json.Json;
import jakarta.json.JsonObjectBuilder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.rosterkeep.roster.Field;
import org.rosterkeep.rules.Endorsement;
import org.rosterkeep.rules.Reason;
import org.rosterkeep.rules.RuleBook;
import org.rosterkeep.rules.Version;

/// One client's answer with everything behind it, for people and for programs. What the rule says comes first; that the
/// appliance refused the client at the moment whatever its rule said, comes after it and has the last word.
///
/// @param book the rules as they stood
/// @param refused by the appliance itself, around a moment that is past
/// @param guarded who made the view stand still, sentences
record Explanation(
        Explained explained,
        RuleBook book,
        String client,
        Field field,
        Instant at,
        List<Circumstances.Refused> refused,
        List<String> guarded,
        Departed departed) {
    /// As many digits of a hash as people compare.
    private static final int PREFIX = 12;

    Explanation {
        refused = List.copyOf(refused);
        guarded = List.copyOf(guarded);
    }

    private Optional<Circumstances.Refused> decisive() {
        return explained.verdict() == Explained.Verdict.NO
                ? Optional.empty()
                : refused.stream().filter(Circumstances.Refused::all).findFirst();
    }

    Explained.Verdict verdict() {
        return decisive().isPresent() ? Explained.Verdict.NO : explained.verdict();
    }

    String sentence() {
        return decisive()
                .map(one -> "No. By its rule: " + lower(explained.sentence())
                        + " But at that time all its requests were refused: " + words(one) + ".")
                .orElse(explained.sentence());
    }

    private static String lower(String sentence) {
        return sentence.substring(0, 1).toLowerCase(java.util.Locale.ROOT) + sentence.substring(1);
    }

    private static String words(Circumstances.Refused one) {
        var until = one.until().map(Instant::toString).orElse("then on");
        return Reasons.sentence(one.reason()) + ", from " + one.from() + " to " + until + ", ledger number"
                + (one.numbers().size() == 1 ? " " : "s ") + shown(one.numbers());
    }

    private static String shown(List<Long> numbers) {
        return numbers.size() > 6
                ? numbers.getFirst() + " to " + numbers.getLast()
                : numbers.stream().map(String::valueOf).collect(Collectors.joining(", "));
    }

    /// The sentence, and the reasons behind it, one by one.
    List<String> lines() {
        var lines = new ArrayList<String>();
        lines.add(sentence());
        lines.addAll(reasons());
        return lines;
    }

    List<String> reasons() {
        var lines = new ArrayList<String>();
        explained.rule().ifPresent(version -> lines.addAll(ruled(version)));
        explained.floors().forEach(cause -> lines.add("Against it stands " + Against.words(List.of(cause)) + "."));
        explained
                .edition()
                .ifPresent(number -> lines.add(
                        number == 0
                                ? "Looked at the roster as it is; nobody has asked for an edition of it yet."
                                : "Looked at edition " + number + "."));
        lines.addAll(guarded);
        refused.stream()
                .filter(one -> !decisive().equals(Optional.of(one)))
                .forEach(one -> lines.add("Requests near that moment were refused: " + words(one) + "."));
        refused.stream()
                .map(Circumstances.Refused::more)
                .filter(more -> !more.isEmpty())
                .forEach(lines::add);
        Optional.of(departed.words()).filter(words -> !words.isEmpty()).ifPresent(lines::add);
        return lines;
    }

    private List<String> ruled(Version version) {
        var rule = version.rule();
        var lines = new ArrayList<>(book.explain(rule.id(), rule.version(), field, at));
        lines.add("That is version " + rule.version() + " of rule " + rule.id() + ", hash "
                + rule.hash().substring(0, PREFIX) + ", under agreement " + rule.agreement() + ", resting on "
                + basis(rule.basis()) + ".");
        lines.add("Drafted by " + version.author() + "; "
                + (version.approvals().isEmpty()
                        ? "approved by nobody."
                        : "approved by "
                                + version.approvals().stream()
                                        .map(one -> one.operator() + " on " + one.at())
                                        .collect(Collectors.joining(", and by "))
                                + "."));
        version.opinions()
                .forEach(one -> lines.add(one.endorsement().operator() + " gave an opinion on "
                        + one.endorsement().at() + ": " + (one.favourable() ? "in favour" : "against") + ". "
                        + one.text()));
        return lines;
    }

    private static String basis(Map<String, String> basis) {
        return new TreeMap<>(basis)
                .entrySet().stream()
                        .map(one -> one.getValue() + " (" + one.getKey() + ")")
                        .collect(Collectors.joining(", "));
    }

    /// Members are added in later versions, never renamed or taken away.
    JsonObjectBuilder json() {
        var json = Json.createObjectBuilder()
                .add("given", verdict() == Explained.Verdict.YES)
                .add("verdict", verdict().name().toLowerCase(java.util.Locale.ROOT))
                .add("client", client)
                .add("field", field.path())
                .add("at", at.toString())
                .add("sentence", sentence())
                .add("reasons", Json.createArrayBuilder(reasons()));
        var floors = Json.createArrayBuilder();
        explained
                .floors()
                .forEach(cause -> floors.add(
                        Json.createObjectBuilder().add("floor", cause.floor()).add("words", cause.words())));
        json.add("floors", floors);
        explained.scope().ifPresent(part -> json.add("scope", part.word()));
        explained.edition().ifPresent(number -> json.add("edition", number));
        explained.rule().ifPresent(version -> ruled(json, version));
        var appliance = Json.createArrayBuilder();
        refused.forEach(one -> appliance.add(json(one)));
        json.add("refused", appliance).add("guarded", Json.createArrayBuilder(guarded));
        return json.add(
                "left",
                Json.createObjectBuilder()
                        .add("numbers", Json.createArrayBuilder(departed.numbers()))
                        .add("older", departed.older()));
    }

    private static void ruled(JsonObjectBuilder json, Version version) {
        var rule = version.rule();
        var approvals = Json.createArrayBuilder();
        for (Endorsement one : version.approvals()) {
            approvals.add(Json.createObjectBuilder()
                    .add("operator", one.operator())
                    .add("at", one.at().toString()));
        }
        var basis = Json.createObjectBuilder();
        new TreeMap<>(rule.basis()).forEach(basis::add);
        json.add("rule", rule.id())
                .add("version", rule.version())
                .add("hash", rule.hash())
                .add("agreement", rule.agreement())
                .add("basis", basis)
                .add("author", version.author())
                .add(
                        "approvers",
                        Json.createArrayBuilder(
                                version.approvers().stream().sorted().toList()))
                .add("approvals", approvals);
    }

    private static JsonObjectBuilder json(Circumstances.Refused one) {
        Reason reason = one.reason();
        var json = Json.createObjectBuilder()
                .add("floor", reason.floor())
                .add("from", one.from().toString());
        one.until().ifPresent(until -> json.add("until", until.toString()));
        return json.add("all", one.all())
                .add("numbers", Json.createArrayBuilder(one.numbers()))
                .add("more", one.more());
    }
}
