package org.rosterkeep.reference;

import static org.rosterkeep.reference.Case.with;
import static org.rosterkeep.reference.Sentences.LAW;
import static org.rosterkeep.reference.Sentences.base;
import static org.rosterkeep.reference.Sentences.says;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.rosterkeep.reference.Model.*;
import org.rosterkeep.reference.Sentences.Sentence;

/// The sentences about destinations, section 2.5.
final class PlaceSentences {

    private static final Instant NOW = Sentences.NOW;
    private static final Instant AFTER = NOW.plusSeconds(1);
    private static final Instant LONG_AGO = NOW.minus(Duration.ofDays(30));

    private PlaceSentences() {}

    static Stream<Sentence> destinations() {
        var british = at(to("GB"), "2031-12-26T23:59:59Z");
        var words = List.of("dpf_list_entry", "dpf_scope", "dpf_checked_on");
        var clauses = to("US").rule(
                        "transfer",
                        transfer(
                                "US",
                                Map.of(),
                                Optional.of(new Safeguard(
                                        LONG_AGO, Optional.of(AFTER.minus(Duration.ofDays(366))), Set.of()))));
        return Stream.of(
                says(
                        "destination unknown",
                        Cause.F07,
                        base("name.given")
                                .rule(
                                        "transfer",
                                        new Transfer(Optional.empty(), Set.of("DE"), Map.of(), Optional.empty())),
                        base("name.given")),
                says("United Kingdom until 2031-12-27", Cause.F07, at(to("GB"), "2031-12-27T00:00:00Z"), british),
                says(
                        "evidence of 90 days",
                        Cause.F07,
                        to("US").rule("transfer", transfer("US", dated(words, NOW), Optional.empty())),
                        to("US").rule("transfer", transfer("US", dated(words, AFTER), Optional.empty()))),
                says(
                        "Japan without scope evidence",
                        Cause.F07,
                        to("JP"),
                        to("JP").rule(
                                        "transfer",
                                        transfer(
                                                "JP",
                                                dated(List.of("recipient_in_scope_statement"), AFTER),
                                                Optional.empty()))),
                says("Japan from Switzerland", Cause.F07, swiss("JP"), swiss("FR")),
                says("localised: not even the same area", Cause.F07, to("FR").controller("localised", true), to("FR")),
                says(
                        "sub-processor in a country not approved",
                        Cause.F07,
                        base("name.given").vendor("subProcessors", Set.of("FR")),
                        to("FR").vendor("subProcessors", Set.of("FR"))),
                says("remote access from elsewhere", Cause.F07, clauses.vendor("remoteAccess", Set.of("XX")), clauses),
                says("assessment older than 366 days", Cause.F07, clauses.question("now", AFTER), clauses),
                says(
                        "empty adequacy file: all outside home",
                        Cause.F07,
                        lawless(to("FR")),
                        lawless(base("name.given"))));
    }

    private static Case to(String country) {
        return base("name.given").rule("transfer", transfer(country, Map.of(), Optional.empty()));
    }

    private static Transfer transfer(String country, Map<String, Instant> evidence, Optional<Safeguard> safeguard) {
        return new Transfer(Optional.of(country), Set.of("DE", country), evidence, safeguard);
    }

    private static Map<String, Instant> dated(List<String> words, Instant end) {
        return words.stream().collect(Collectors.toMap(w -> w, _ -> end.minus(LAW.evidenceAge())));
    }

    private static Case swiss(String country) {
        var home = Set.of("CH");
        return to(country)
                .controller("home", "CH")
                .vendor("storage", home)
                .vendor("remoteAccess", home)
                .vendor("subProcessors", home)
                .rule(
                        "transfer",
                        new Transfer(
                                Optional.of(country),
                                Set.of("CH", country),
                                dated(List.of("recipient_in_scope_statement"), AFTER),
                                Optional.empty()));
    }

    private static Case lawless(Case old) {
        var law = with(with(LAW, "adequacy", List.of()), "areas", Map.of());
        return new Case(with(old.world(), "law", law), old.question(), old.spare());
    }

    private static Case at(Case old, String instant) {
        var later = Instant.parse(instant);
        var deal = old.world().agreements().get("vendor");
        var far = later.plusSeconds(60);
        return old.question("now", later)
                .rule("life", with(old.rule().life(), "until", far))
                .map("agreements", "vendor", with(deal, "ends", far));
    }
}
