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
    private final Duration assessmentAge;

    private record Entry(
            String exporter, String country, Instant since, Instant until, List<String> evidence, boolean enabled) {}

    private Adequacy(
            Map<String, Set<String>> areas, List<Entry> entries, Duration evidenceAge, Duration assessmentAge) {
        this.areas = areas;
        this.entries = entries;
        this.evidenceAge = evidenceAge;
        this.assessmentAge = assessmentAge;
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
                    entry.getBoolean("enabled")));
        }
        JsonObject defaults = file.getJsonObject("defaults");
        return new Adequacy(
                areas,
                entries,
                Duration.ofDays(defaults.getInt("evidence_max_age_days")),
                Duration.ofDays(defaults.getInt("assessment_max_age_days", 366)));
    }

    /// Whether data may go to a country, seen from home.
    ///
    /// @param exporter whose decisions count: that of the regime
    /// @param special whether the rule gives special elements, which a safeguard alone does not carry
    public boolean allows(String exporter, String home, String country, Grounds grounds, boolean special, Instant now) {
        return near(home, country)
                || entries.stream()
                        .anyMatch(entry -> entry.exporter().equals(exporter) && covers(entry, country, grounds, now))
                || !special
                        && grounds.safeguard()
                                .filter(safeguard -> fresh(safeguard, now))
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

    /// Evidence starts with the day it was seen, and is worth nothing when it is old or from the future.
    private boolean fresh(String stated, Instant now) {
        try {
            Instant seen = LocalDate.parse(stated.substring(0, Math.min(10, stated.length())))
                    .atStartOfDay(ZoneOffset.UTC)
                    .toInstant();
            return !now.isBefore(seen) && !now.isAfter(seen.plus(evidenceAge));
        } catch (DateTimeException e) {
            return false;
        }
    }

    private boolean fresh(Grounds.Safeguard safeguard, Instant now) {
        Instant made = safeguard.assessed().atStartOfDay(ZoneOffset.UTC).toInstant();
        return !now.isBefore(made) && now.isBefore(made.plus(assessmentAge));
    }

    /// An entry holds from the start of its first day and through its last.
    private static Instant day(JsonObject entry, String key, Instant otherwise) {
        if (!(entry.get(key) instanceof JsonString text)) {
            return otherwise;
        }
        LocalDate day = LocalDate.parse(text.getString());
        return day.plusDays(otherwise.equals(Instant.MAX) ? 1 : 0)
                .atStartOfDay(ZoneOffset.UTC)
                .toInstant();
    }

    private static List<String> strings(JsonValue value) {
        return ((JsonArray) value).getValuesAs(JsonString::getString);
    }
}
