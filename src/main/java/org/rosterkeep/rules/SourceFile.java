package org.rosterkeep.rules;

import jakarta.json.Json;
import jakarta.json.JsonObjectBuilder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;

/// Reads the file in which somebody describes a source, and writes the one text of it that people sign.
final class SourceFile {
    /// In the order in which references point backward.
    static final List<String> COLLECTIONS =
            List.of("orgs", "academicSessions", "courses", "classes", "users", "enrollments", "demographics");

    private static final String SOURCE = "source";
    private static final String ALWAYS = "always";
    private static final String DEMOGRAPHICS = "demographics";
    private static final String SCOPES = "https://purl.imsglobal.org/spec/or/";
    private static final int MINUTES_MAX = 10_080;
    private static final int PAGE_MAX = 10_000;
    private static final int PAGE = 1000;
    private static final int SCOPE_MAX = 1024;

    private final int bytesMax;

    SourceFile(int bytesMax) {
        this.bytesMax = bytesMax;
    }

    /// A source and its text.
    record Said(RosterSource source, String text) {}

    /// Reads a file as the given version of its source; a `version` in it is the one it was shown with.
    Checked<Said> read(byte[] file, ToIntFunction<String> versionOf) {
        List<Problem> problems = new ArrayList<>();
        Optional<RosterSource> read = Form.read(file, bytesMax, problems).map(form -> source(form, versionOf));
        if (read.isEmpty() || !problems.isEmpty()) {
            return new Checked.Flawed<>(problems);
        }
        return new Checked.Sound<>(new Said(read.get(), text(read.get())));
    }

    /// Reads a text that was signed; empty when it is not the one way to write this source down.
    Optional<RosterSource> reread(String text) {
        List<Problem> problems = new ArrayList<>();
        Optional<Form> form = Form.read(text.getBytes(StandardCharsets.UTF_8), Integer.MAX_VALUE, problems);
        if (form.isEmpty()) {
            return Optional.empty();
        }
        int version = form.get().number("version", 1, Integer.MAX_VALUE);
        RosterSource source = source(form.get(), _ -> version);
        return problems.isEmpty() && text(source).equals(text) ? Optional.of(source) : Optional.empty();
    }

    private static RosterSource source(Form form, ToIntFunction<String> versionOf) {
        form.peek("version");
        String id = form.name("id");
        Instant from = form.instant("from");
        Instant until = form.instant("until");
        if (!from.isBefore(until) && !until.equals(Instant.EPOCH)) {
            form.problem("until", "it ends before it begins", "write a later day than in `from`");
        }
        Form place = form.part(SOURCE);
        String kind = place.word("kind", Set.of("sis-get", "sftp-get", "folder"));
        RosterSource.Origin origin = switch (kind) {
            case "sftp-get" ->
                new RosterSource.RemoteFile(PushFile.place(place, true), RuleFile.country(place, "country"));
            case "folder" -> new RosterSource.Watched(place.name("folder"));
            default -> service(form, place);
        };
        place.close();
        RosterSource.Timing timing = timing(form);
        form.close();
        return new RosterSource(id, versionOf.applyAsInt(id), from, until, origin, timing);
    }

    private static RosterSource.Service service(Form form, Form source) {
        PushTarget.Place place = PushFile.place(source, false);
        if (place.path().endsWith("/") || place.path().contains("?")) {
            source.problem("path", "the collections come after it", "end it without / and without a question");
        }
        String country = RuleFile.country(source, "country");
        Optional<PushTarget.Place> token = source.partIfAny("token").map(part -> {
            PushTarget.Place at = PushFile.place(part, false);
            // It is the same service's: what the courier is shown has to say so, or the same country twice.
            part.peek("country");
            part.close();
            return at;
        });
        String version = form.has("oneRoster") ? form.word("oneRoster", Set.of("1.1", "1.2")) : "1.2";
        Set<String> wanted = form.has("collections")
                ? form.words("collections", COLLECTIONS::contains, new TreeSet<>(COLLECTIONS), COLLECTIONS.size())
                : Set.copyOf(COLLECTIONS);
        if (wanted.isEmpty()) {
            form.problem("collections", "nothing is asked for", "name some, or leave it out to ask for all");
        }
        List<String> collections = COLLECTIONS.stream().filter(wanted::contains).toList();
        int pageSize = form.has("pageSize") ? form.number("pageSize", 1, PAGE_MAX) : PAGE;
        String scope = form.has("scope") ? form.text("scope", 1, SCOPE_MAX) : scope(version, wanted);
        return new RosterSource.Service(place, country, token, version, collections, pageSize, scope);
    }

    private static String scope(String version, Set<String> wanted) {
        String prefix = SCOPES + (version.equals("1.1") ? "v1p1" : "v1p2") + "/scope/";
        List<String> scopes = new ArrayList<>();
        if (!wanted.equals(Set.of(DEMOGRAPHICS))) {
            scopes.add(prefix + "roster.readonly");
        }
        if (wanted.contains(DEMOGRAPHICS)) {
            scopes.add(prefix + "roster-demographics.readonly");
        }
        return String.join(" ", scopes);
    }

    private static RosterSource.Timing timing(Form form) {
        boolean every = form.has("everyMinutes");
        boolean daily = form.has("dailyAt");
        if (every && daily) {
            form.problem("dailyAt", "it is asked by one clock only", "remove this or everyMinutes");
        }
        RosterSource.Often often = daily
                ? new RosterSource.Often.Daily(time(form))
                : new RosterSource.Often.Every(every ? form.number("everyMinutes", 1, MINUTES_MAX) : 60);
        return new RosterSource.Timing(often, zone(form), full(form));
    }

    private static ZoneId zone(Form form) {
        String text = form.textOr("zone", 1, 64, "UTC");
        try {
            return ZoneId.of(text);
        } catch (DateTimeException e) {
            if (!text.isEmpty()) {
                form.problem("zone", "this is no time zone", "write it like Europe/Berlin or America/Chicago");
            }
            return ZoneId.of("UTC");
        }
    }

    private static LocalTime time(Form form) {
        String text = form.text("dailyAt", 1, 8);
        try {
            return LocalTime.parse(text);
        } catch (DateTimeException e) {
            if (!text.isEmpty()) {
                form.problem("dailyAt", "this is no time of day", "write it as 02:30, in the district's zone");
            }
            return LocalTime.MIDNIGHT;
        }
    }

    private static Optional<DayOfWeek> full(Form form) {
        Set<String> words =
                Arrays.stream(DayOfWeek.values()).map(SourceFile::word).collect(Collectors.toCollection(TreeSet::new));
        words.add(ALWAYS);
        String word = form.has("full") ? form.word("full", words) : word(DayOfWeek.SUNDAY);
        return Arrays.stream(DayOfWeek.values())
                .filter(day -> word(day).equals(word))
                .findFirst();
    }

    static String word(DayOfWeek day) {
        return day.name().toLowerCase(Locale.ROOT);
    }

    /// The one way to write it down.
    static String text(RosterSource one) {
        JsonObjectBuilder json = Json.createObjectBuilder()
                .add("id", one.id())
                .add("version", one.version())
                .add("from", one.from().toString())
                .add("until", one.until().toString())
                .add("zone", one.timing().zone().getId())
                .add("full", one.timing().full().map(SourceFile::word).orElse(ALWAYS));
        switch (one.timing().often()) {
            case RosterSource.Often.Every(int minutes) -> json.add("everyMinutes", minutes);
            case RosterSource.Often.Daily(LocalTime at) -> json.add("dailyAt", at.toString());
        }
        switch (one.origin()) {
            case RosterSource.Service service -> service(json, service);
            case RosterSource.RemoteFile file -> json.add(SOURCE, place(file.word(), file.place(), file.country()));
            case RosterSource.Watched folder ->
                json.add(
                        SOURCE,
                        Json.createObjectBuilder().add("kind", folder.word()).add("folder", folder.name()));
        }
        return Canonical.text(json.build());
    }

    private static void service(JsonObjectBuilder json, RosterSource.Service service) {
        JsonObjectBuilder source = place(service.word(), service.place(), service.country());
        service.token()
                .ifPresent(token -> source.add("token", PushFile.place(token).add("country", service.country())));
        json.add(SOURCE, source)
                .add("oneRoster", service.oneRoster())
                .add("collections", Json.createArrayBuilder(service.collections()))
                .add("pageSize", service.pageSize())
                .add("scope", service.scope());
    }

    private static JsonObjectBuilder place(String kind, PushTarget.Place place, String country) {
        return PushFile.place(place).add("kind", kind).add("country", country);
    }
}
