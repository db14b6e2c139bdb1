package org.rosterkeep.appliance;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.rosterkeep.roster.Catalogue;
import org.rosterkeep.roster.Field;
import org.rosterkeep.rules.Agreement;
import org.rosterkeep.rules.Charter;
import org.rosterkeep.rules.Papers;
import org.rosterkeep.rules.Proposal;
import org.rosterkeep.rules.Rule;
import org.rosterkeep.rules.RuleBook;
import org.rosterkeep.rules.Treatment;
import org.rosterkeep.rules.Vendor;
import org.rosterkeep.rules.Version;

/// What a district publishes about whom it shares with, made from the rules in force and nothing else (privacy.md
/// sections 11.1 and 11.4). No person, no number of persons, nothing of a contract that is not public.
final class Exports {
    private final RuleBook book;
    private final Papers papers;
    private final Charter charter;
    private final Catalogue catalogue;
    private final Instant now;

    Exports(RuleBook book, Charter charter, Catalogue catalogue, Instant now) {
        this.book = book;
        this.papers = book.papers();
        this.charter = charter;
        this.catalogue = catalogue;
        this.now = now;
    }

    /// Who gets what and why, an element a row.
    Answer dictionary() {
        var lines = new ArrayList<String>();
        var array = Json.createArrayBuilder();
        lines.add(Csv.row(
                "Recipient",
                "Product",
                "Purpose",
                "Justification",
                "Federal exception",
                "Element",
                "Dictionary column",
                "Definition",
                "Note"));
        for (var proposal : inForce()) {
            var rule = proposal.rule();
            for (var element : elements(rule).keySet()) {
                var why = proposal.grounds().justifications().getOrDefault(element, "");
                var column = catalogue
                        .find(element)
                        .map(Catalogue.Element::dictionaryColumn)
                        .orElse("");
                lines.add(Csv.row(
                        recipient(rule),
                        rule.client(),
                        rule.sentence(),
                        why,
                        bases(rule),
                        element,
                        column,
                        label(element),
                        note()));
                array.add(Json.createObjectBuilder()
                        .add("recipient", recipient(rule))
                        .add("product", rule.client())
                        .add("purpose", rule.sentence())
                        .add("justification", why)
                        .add("federalException", bases(rule))
                        .add("element", element)
                        .add("dictionaryColumn", column)
                        .add("definition", label(element)));
            }
        }
        return answer("dictionary", array, lines);
    }

    /// With whom there are agreements, and what runs under each.
    Answer providers() {
        var lines = new ArrayList<String>();
        var array = Json.createArrayBuilder();
        lines.add(Csv.row(
                "Provider",
                "Agreement",
                "Type",
                "Starts",
                "Ends",
                "In force",
                "Document",
                "Stored in",
                "Passed on to",
                "Purposes",
                "Elements in use",
                "Note"));
        for (var agreement : papers.agreements()) {
            var vendor = papers.vendor(agreement.vendor());
            var rules = inForce().stream()
                    .map(Proposal::rule)
                    .filter(rule -> rule.agreement().equals(agreement.id()))
                    .toList();
            boolean live = !now.isBefore(agreement.starts())
                    && now.isBefore(agreement.ends())
                    && papers.clausesMissing(agreement).isEmpty();
            var others = vendor.map(Exports::others).orElse("");
            var purposes =
                    rules.stream().map(Rule::sentence).distinct().sorted().collect(Collectors.joining("; "));
            var elements = rules.stream()
                    .flatMap(rule -> elements(rule).keySet().stream())
                    .distinct()
                    .sorted()
                    .collect(Collectors.joining(" "));
            var name = vendor.map(Vendor::name).orElse(agreement.vendor());
            var where = vendor.map(one -> String.join(" ", new TreeSet<>(one.reach())))
                    .orElse("");
            lines.add(Csv.row(
                    name,
                    agreement.id(),
                    type(agreement),
                    day(agreement.starts()),
                    day(agreement.ends()),
                    live ? "yes" : "no",
                    agreement.document(),
                    where,
                    others,
                    purposes,
                    elements,
                    note()));
            array.add(Json.createObjectBuilder()
                    .add("provider", name)
                    .add("agreement", agreement.id())
                    .add("type", type(agreement))
                    .add("starts", agreement.starts().toString())
                    .add("ends", agreement.ends().toString())
                    .add("inForce", live)
                    .add("document", agreement.document())
                    .add("storedIn", where)
                    .add("passedOnTo", others)
                    .add("purposes", purposes)
                    .add("elements", elements));
        }
        return answer("providers", array, lines);
    }

    /// The rule book as a board reads it.
    Answer rules() {
        var lines = new ArrayList<String>();
        var array = Json.createArrayBuilder();
        var district = papers.controller().map(one -> one.legalName()).orElse("The district");
        lines.add("Who gets data from " + district);
        lines.add("");
        var all = inForce();
        lines.add(
                all.isEmpty()
                        ? "Nobody gets any data. No rule is in force."
                        : (all.size() == 1 ? "One rule is" : all.size() + " rules are")
                                + " in force. What is not on this list is not shared.");
        for (var proposal : all) {
            var text = new BoardText(proposal, this).lines();
            lines.add("");
            lines.addAll(text);
            array.add(Json.createObjectBuilder()
                    .add("rule", proposal.rule().id())
                    .add("version", proposal.rule().version())
                    .add("text", String.join("\n", text)));
        }
        lines.add("");
        lines.add("This text was " + note() + ".");
        return answer("rules", array, lines);
    }

    private Answer answer(String name, JsonArrayBuilder array, List<String> lines) {
        return new Answer(
                Json.createObjectBuilder().add(name, array).add("note", note()).build(), List.copyOf(lines));
    }

    /// The versions that give something now, by recipient and rule.
    private List<Proposal> inForce() {
        Set<String> hashes =
                book.snapshot().inForce(now).stream().map(Rule::hash).collect(Collectors.toSet());
        return book.versions(now).stream()
                .map(Version::proposal)
                .filter(one -> hashes.contains(one.rule().hash()))
                .sorted(Comparator.comparing((Proposal one) -> recipient(one.rule()))
                        .thenComparing(one -> one.rule().id()))
                .toList();
    }

    /// The elements a rule gives, and in what ways.
    Map<String, Set<Treatment>> elements(Rule rule) {
        Map<String, Set<Treatment>> elements = new TreeMap<>();
        rule.grants().forEach((Field field, Treatment treatment) -> {
            for (var id : book.elements(rule.id(), rule.version(), field)) {
                elements.computeIfAbsent(id, any -> new java.util.HashSet<>()).add(treatment);
            }
        });
        return elements;
    }

    String recipient(Rule rule) {
        return papers.vendor(rule.vendor()).map(Vendor::name).orElse(rule.vendor());
    }

    private static String others(Vendor vendor) {
        return vendor.subProcessors().stream()
                .map(one -> one.name() + " (" + one.country() + ")")
                .sorted()
                .collect(Collectors.joining("; "));
    }

    private String type(Agreement agreement) {
        return charter.agreementType(agreement.type())
                .map(Charter.AgreementType::label)
                .orElse(agreement.type());
    }

    /// What each regime lets the rule rest on, in the regime's words.
    String bases(Rule rule) {
        return new TreeMap<>(rule.basis())
                .entrySet().stream()
                        .map(one -> charter.regime(one.getKey())
                                .map(regime -> basis(regime, one.getValue()))
                                .orElse(one.getValue()))
                        .collect(Collectors.joining("; "));
    }

    private static String basis(Charter.Regime regime, String code) {
        var basis = regime.bases().get(code);
        return (basis == null ? code : basis.label()) + " (" + regime.label() + ")";
    }

    /// Every country the data reach: the rule's, the vendor's own, and those of whom it passes them on to.
    String where(Rule rule) {
        var reach = new TreeSet<>(Set.of(rule.country()));
        papers.vendor(rule.vendor()).ifPresent(vendor -> reach.addAll(vendor.reach()));
        return String.join(", ", reach);
    }

    String purpose(Rule rule) {
        return charter.purpose(rule.purpose()).map(Charter.Purpose::label).orElse(rule.purpose());
    }

    String label(String element) {
        return catalogue.find(element).map(Catalogue.Element::label).orElse(element);
    }

    String note() {
        return "generated from configuration on " + day(now);
    }

    static String day(Instant at) {
        return LocalDate.ofInstant(at, ZoneOffset.UTC).toString();
    }
}
