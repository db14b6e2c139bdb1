package org.rosterkeep.rules;

import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Which country is adequate for whom, and since and until when (privacy.md section 2.5): the customer's own list. An
/// empty list means that nothing outside the home area is.
public final class Adequacy {
    private final Map<String, Set<String>> areas;
    private final List<Entry> entries;
    private final Duration evidenceAge;

    /// One decision about a country.
    ///
    /// @param exporter whose decision it is
    /// @param country the country, or an area of the list
    /// @param since its first instant
    /// @param until the first instant after it
    /// @param evidence what a rule must state about the recipient
    /// @param enabled whether it counts
    /// @param source the decision's name
    public record Entry(
            String exporter,
            String country,
            Instant since,
            Instant until,
            List<String> evidence,
            boolean enabled,
            String source) {
        public Entry {
            evidence = List.copyOf(evidence);
        }

        /// The exporter and the country, with a colon between: what it is called when it is switched off.
        public String id() {
            return exporter + ":" + country;
        }

        Entry disabled() {
            return new Entry(exporter, country, since, until, evidence, false, source);
        }
    }

    /// From where to where.
    ///
    /// @param exporter whose decisions count: that of the regime
    record Way(String exporter, String home, String country) {}

    private Adequacy(Map<String, Set<String>> areas, List<Entry> entries, Duration evidenceAge) {
        this.areas = areas;
        this.entries = entries;
        this.evidenceAge = evidenceAge;
    }

    static Adequacy of(JsonObject file) {
        Map<String, Set<String>> areas = new HashMap<>();
        file.getJsonObject("areas").forEach((name, members) -> areas.put(name, Set.copyOf(strings(members))));
        List<Entry> entries = new ArrayList<>();
        for (JsonObject entry : file.getJsonArray("entries").getValuesAs(JsonObject.class)) {
            entries.add(new Entry(
                    entry.getString("exporter"),
                    entry.getString("country"),
                    day(entry, "since", Instant.MIN),
                    day(entry, "until", Instant.MAX),
                    strings(entry.getJsonArray("evidence")),
                    entry.getBoolean("enabled"),
                    entry.getString("source", "")));
        }
        JsonObject defaults = file.getJsonObject("defaults");
        return new Adequacy(areas, entries, Duration.ofDays(defaults.getInt("evidence_max_age_days")));
    }

    /// A list in which nothing outside home is adequate.
    static Adequacy empty() {
        return new Adequacy(Map.of(), List.of(), Duration.ZERO);
    }

    /// The same list with these entries switched off.
    Adequacy without(Set<String> ids) {
        List<Entry> fewer = entries.stream()
                .map(entry -> ids.contains(entry.id()) ? entry.disabled() : entry)
                .toList();
        return new Adequacy(areas, fewer, evidenceAge);
    }

    public List<Entry> entries() {
        return List.copyOf(entries);
    }

    /// How long evidence about a recipient is good.
    public Duration evidenceAge() {
        return evidenceAge;
    }

    /// Whether data may go to a country, seen from home.
    ///
    /// @param special the special elements the rule gives; a safeguard carries those its assessment names
    boolean allows(Way way, Grounds grounds, Set<String> special, LifeTerms terms, Instant now) {
        return near(way.home(), way.country())
                || entries.stream()
                        .anyMatch(entry ->
                                entry.exporter().equals(way.exporter()) && covers(entry, way.country(), grounds, now))
                || grounds.safeguard()
                        .filter(safeguard -> holds(safeguard, terms, now))
                        .filter(safeguard -> safeguard.special().containsAll(special))
                        .isPresent();
    }

    /// The same country, or one of the same area.
    public boolean near(String home, String country) {
        return home.equals(country)
                || areas.values().stream().anyMatch(area -> area.contains(home) && area.contains(country));
    }

    /// The evidence an entry for this country would need; empty when there is no such entry.
    public Optional<List<String>> evidenceFor(String exporter, String country) {
        return entries.stream()
                .filter(entry -> entry.enabled() && entry.exporter().equals(exporter) && names(entry, country))
                .map(Entry::evidence)
                .findFirst();
    }

    String evidence(String word) {
        return "the evidence `" + word + "` and the day it was seen: `YYYY-MM-DD what was seen`";
    }

    private boolean covers(Entry entry, String country, Grounds grounds, Instant now) {
        return entry.enabled()
                && names(entry, country)
                && !now.isBefore(entry.since())
                && now.isBefore(entry.until())
                && entry.evidence().stream()
                        .allMatch(word -> fresh(grounds.evidence().getOrDefault(word, ""), now));
    }

    private boolean names(Entry entry, String country) {
        return entry.country().equals(country)
                || areas.getOrDefault(entry.country(), Set.of()).contains(country);
    }

    /// Evidence starts with the day it was seen, and is worth nothing when it is as old as it may get, or from the
    /// future.
    private boolean fresh(String stated, Instant now) {
        try {
            Instant seen = LocalDate.parse(stated.substring(0, Math.min(10, stated.length())))
                    .atStartOfDay(ZoneOffset.UTC)
                    .toInstant();
            return !now.isBefore(seen) && now.isBefore(seen.plus(evidenceAge));
        } catch (DateTimeException e) {
            return false;
        }
    }

    /// Signed, of a known kind, and assessed not too long ago.
    private boolean holds(Grounds.Safeguard safeguard, LifeTerms terms, Instant now) {
        Boolean module = terms.instruments().get(safeguard.instrument());
        Instant signed = safeguard.signed().atStartOfDay(ZoneOffset.UTC).toInstant();
        Instant made = safeguard.assessed().atStartOfDay(ZoneOffset.UTC).toInstant();
        return module != null
                && (!module || safeguard.module().isPresent())
                && !now.isBefore(signed)
                && !now.isBefore(made)
                && now.isBefore(made.plus(Duration.ofDays(terms.assessmentMaxAgeDays())));
    }

    /// An entry holds from the start of the day `since` up to the start of the day `until`, which it stops on
    /// (`since <= now < until`).
    private static Instant day(JsonObject entry, String key, Instant otherwise) {
        return entry.get(key) instanceof JsonString text
                ? LocalDate.parse(text.getString()).atStartOfDay(ZoneOffset.UTC).toInstant()
                : otherwise;
    }

    private static List<String> strings(JsonValue value) {
        return ((JsonArray) value).getValuesAs(JsonString::getString);
    }
}
