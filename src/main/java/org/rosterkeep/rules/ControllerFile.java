package org.rosterkeep.rules;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// The district's profile as a file.
final class ControllerFile {
    private static final int TEXT_MAX = PaperParts.TEXT_MAX;
    private static final int REASON_MIN = 10;

    private final PaperParts parts;
    private final Charter charter;

    ControllerFile(PaperParts parts) {
        this.parts = parts;
        this.charter = parts.charter();
    }

    Checked<Controller> read(byte[] file) {
        return parts.read(file, form -> {
            String kind = form.word("kind", Set.of("public-authority", "private"));
            Set<String> packs = packs(form);
            Set<String> regimes = new TreeSet<>(packs);
            regimes.retainAll(charter.regimes());
            Set<String> overlays = new TreeSet<>(packs);
            overlays.removeAll(regimes);
            String name = form.text("legalName", 1, TEXT_MAX);
            String country = RuleFile.country(form, "country");
            boolean localised = form.flagOr("localised", false);
            Profile profile = profile(form);
            Optional<Designation> directory = form.partIfAny("directory").map(this::directory);
            Map<String, String> keeps = form.partIfAny("keeps").map(this::keeps).orElse(Map.of());
            return () -> new Controller(
                    name,
                    kind.equals("private") ? Controller.Kind.PRIVATE : Controller.Kind.PUBLIC_AUTHORITY,
                    country,
                    regimes,
                    overlays,
                    localised,
                    profile,
                    directory,
                    keeps);
        });
    }

    /// `packs`, or `regimes`, as it was called before there were others.
    private Set<String> packs(Form form) {
        Set<String> packs = new TreeSet<>();
        String key = form.has("packs") ? "packs" : "regimes";
        for (String one : List.of("packs", "regimes")) {
            if (form.has(one) || one.equals(key)) {
                packs.addAll(form.words(one, charter.packs()::contains, charter.packs(), charter.listMax()));
            }
        }
        if (form.has(key) && packs.stream().noneMatch(charter.regimes()::contains)) {
            form.problem(key, "a district lives under some law", "name one of " + charter.regimes());
        }
        return packs;
    }

    private Profile profile(Form form) {
        Optional<String> region = form.has("region") ? Optional.of(form.text("region", 1, TEXT_MAX)) : Optional.empty();
        return new Profile(
                region,
                contact(form, "privacyContact"),
                contact(form, "dataProtectionOfficer"),
                contact(form, "studentDataManager"),
                contact(form, "regulator"),
                List.copyOf(languages(form)),
                holidays(form),
                zone(form),
                parts.insurance(form),
                parts.statements(
                        form,
                        Pack.Paper.CONTROLLER,
                        Set.of(
                                "region",
                                "privacyContact",
                                "dataProtectionOfficer",
                                "studentDataManager",
                                "regulator",
                                "languages",
                                "holidays",
                                "timeZone",
                                "insurance",
                                "directory",
                                "keeps")));
    }

    private static Optional<Profile.Contact> contact(Form form, String key) {
        return form.partIfAny(key).map(part -> {
            var read = new Profile.Contact(part.text("name", 1, TEXT_MAX), part.text("address", 3, TEXT_MAX));
            part.close();
            return read;
        });
    }

    private Set<String> languages(Form form) {
        return form.has("languages")
                ? form.words("languages", ControllerFile::language, Set.of(), charter.listMax())
                : Set.of();
    }

    private static boolean language(String tag) {
        return tag.equals(Locale.forLanguageTag(tag).toLanguageTag()) && !tag.equals("und");
    }

    private Set<LocalDate> holidays(Form form) {
        return form.has("holidays")
                ? form.words("holidays", ControllerFile::day, Set.of(), charter.listMax()).stream()
                        .map(LocalDate::parse)
                        .collect(Collectors.toSet())
                : Set.of();
    }

    private static boolean day(String text) {
        try {
            return LocalDate.parse(text).toString().equals(text);
        } catch (DateTimeException e) {
            return false;
        }
    }

    private static Optional<ZoneId> zone(Form form) {
        if (!form.has("timeZone")) {
            return Optional.empty();
        }
        String text = form.text("timeZone", 1, TEXT_MAX);
        if (!ZoneId.getAvailableZoneIds().contains(text)) {
            form.problem("timeZone", "this is no time zone", "write it like `Europe/Berlin`");
            return Optional.empty();
        }
        return Optional.of(ZoneId.of(text));
    }

    private Map<String, String> keeps(Form form) {
        Map<String, String> keeps = form.anyTexts(REASON_MIN, TEXT_MAX);
        for (String id : keeps.keySet()) {
            if (!parts.elements().keepable(id)) {
                form.problem(id, "`" + id + "` cannot be kept", "see the elements: rosterkeep export dictionary");
            }
        }
        return keeps;
    }

    private Designation directory(Form form) {
        Map<String, String> factors = form.partIfAny("secondFactor")
                .map(part -> part.anyTexts(1, TEXT_MAX))
                .orElse(Map.of());
        Set<String> elements = form.words("elements", parts.elements()::known, Set.of(), charter.listMax());
        for (String id : elements) {
            designable(form, id, factors.keySet());
        }
        Designation read = new Designation(
                form.text("by", 1, TEXT_MAX),
                form.day("on"),
                form.text("notice", 1, TEXT_MAX),
                form.day("noticed"),
                form.day("optOutUntil"),
                elements,
                factors,
                form.partIfAny("limit").map(this::limit),
                parts.statements(form, Pack.Paper.DIRECTORY, Set.of()));
        if (read.optOutUntil().isBefore(read.noticed())) {
            form.problem("optOutUntil", "people could not opt out after they were told", "choose a later day");
        }
        form.close();
        return read;
    }

    private void designable(Form form, String id, Set<String> factors) {
        Elements.Designable how =
                parts.elements().element(id).map(Elements.Element::designable).orElse(Elements.Designable.NEVER);
        if (how == Elements.Designable.NEVER) {
            form.problem("elements", "`" + id + "` cannot be designated", "remove it");
        } else if (how == Elements.Designable.WITH_SECOND_FACTOR && !factors.contains(id)) {
            form.problem(
                    "elements",
                    "`" + id + "` can be designated only where it alone opens no record",
                    "say what else it takes: \"secondFactor\": {\"" + id + "\": \"...\"}");
        }
    }

    private Designation.Limit limit(Form form) {
        Set<String> vendors =
                form.has("vendors") ? form.words("vendors", any -> true, Set.of(), charter.listMax()) : Set.of();
        Set<String> purposes = form.has("purposes")
                ? form.words("purposes", charter.purposes()::contains, charter.purposes(), charter.listMax())
                : Set.of();
        if (vendors.isEmpty() && purposes.isEmpty()) {
            form.problem("", "it limits nothing", "name vendors or purposes, or leave it out");
        }
        form.close();
        return new Designation.Limit(vendors, purposes);
    }

    byte[] write(Controller one) {
        JsonObjectBuilder json = Json.createObjectBuilder()
                .add("legalName", one.legalName())
                .add("kind", one.kind().word())
                .add("country", one.country())
                .add("packs", PaperParts.list(one.packs()))
                .add("localised", one.localised());
        Profile profile = one.profile();
        profile.region().ifPresent(region -> json.add("region", region));
        contact(json, "privacyContact", profile.privacyContact());
        contact(json, "dataProtectionOfficer", profile.dataProtectionOfficer());
        contact(json, "studentDataManager", profile.studentDataManager());
        contact(json, "regulator", profile.regulator());
        PaperParts.words(json, "languages", profile.languages());
        PaperParts.words(
                json,
                "holidays",
                profile.holidays().stream().map(LocalDate::toString).toList());
        profile.timeZone().ifPresent(zone -> json.add("timeZone", zone.getId()));
        profile.insurance().ifPresent(insurance -> json.add("insurance", PaperParts.json(insurance)));
        PaperParts.statements(json, "statements", profile.statements());
        one.directory().ifPresent(directory -> json.add("directory", json(directory)));
        PaperParts.statements(json, "keeps", one.keeps());
        return PaperParts.bytes(json);
    }

    private static void contact(JsonObjectBuilder json, String key, Optional<Profile.Contact> contact) {
        contact.ifPresent(one ->
                json.add(key, Json.createObjectBuilder().add("name", one.name()).add("address", one.address())));
    }

    private static JsonObjectBuilder json(Designation one) {
        JsonArrayBuilder elements = PaperParts.list(one.elements());
        JsonObjectBuilder json = Json.createObjectBuilder()
                .add("by", one.by())
                .add("on", one.on().toString())
                .add("notice", one.notice())
                .add("noticed", one.noticed().toString())
                .add("optOutUntil", one.optOutUntil().toString())
                .add("elements", elements);
        PaperParts.statements(json, "secondFactor", one.secondFactor());
        one.limit().ifPresent(limit -> {
            JsonObjectBuilder part = Json.createObjectBuilder();
            PaperParts.words(part, "vendors", limit.vendors());
            PaperParts.words(part, "purposes", limit.purposes());
            json.add("limit", part);
        });
        PaperParts.statements(json, "statements", one.statements());
        return json;
    }
}
