package org.rosterkeep.rules;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.rosterkeep.roster.Field;

/// The papers a rule rests on, as files: the district's profile, a vendor, an agreement. Each is read by the same code
/// when somebody hands it in and when it comes back from the shelf.
final class PaperFile {
    private static final int TEXT_MAX = 300;
    private static final int HOURS_MAX = 24 * 365;

    private final Charter charter;
    private final Elements elements;

    PaperFile(Charter charter, Elements elements) {
        this.charter = charter;
        this.elements = elements;
    }

    Checked<Controller> controller(byte[] file) {
        return read(file, form -> {
            String kind = form.word("kind", Set.of("public-authority", "private"));
            Set<String> regimes =
                    form.words("regimes", charter.regimes()::contains, charter.regimes(), charter.listMax());
            if (form.has("regimes") && regimes.isEmpty()) {
                form.problem("regimes", "a district lives under some law", "name one of " + charter.regimes());
            }
            String name = form.text("legalName", 1, TEXT_MAX);
            String country = RuleFile.country(form, "country");
            boolean localised = form.flagOr("localised", false);
            return () -> new Controller(
                    name,
                    kind.equals("private") ? Controller.Kind.PRIVATE : Controller.Kind.PUBLIC_AUTHORITY,
                    country,
                    regimes,
                    localised);
        });
    }

    byte[] write(Controller one) {
        return bytes(Json.createObjectBuilder()
                .add("legalName", one.legalName())
                .add("kind", one.kind().name().toLowerCase(Locale.ROOT).replace('_', '-'))
                .add("country", one.country())
                .add("regimes", list(one.regimes()))
                .add("localised", one.localised()));
    }

    Checked<Vendor> vendor(byte[] file) {
        return read(file, form -> {
            String id = form.name("id");
            String name = form.text("name", 1, TEXT_MAX);
            Vendor.Standing standing = standing(form);
            Set<String> countries = form.words("countries", RuleFile.COUNTRIES::contains, Set.of(), charter.listMax());
            if (form.has("countries") && countries.isEmpty()) {
                form.problem(
                        "countries", "data are always somewhere", "name where it stores them and reaches them from");
            }
            List<Vendor.SubProcessor> others =
                    form.parts("subProcessors").stream().map(this::subProcessor).toList();
            String contact = form.text("securityContact", 3, TEXT_MAX);
            Form terms = form.part("terms");
            Vendor.Terms acknowledged = new Vendor.Terms(
                    terms.number("version", 1, Integer.MAX_VALUE), terms.text("by", 1, TEXT_MAX), terms.instant("on"));
            terms.close();
            Set<Field> needs = needs(form);
            return () -> new Vendor(id, name, standing, countries, others, contact, acknowledged, needs);
        });
    }

    /// The fields a vendor says it needs, named as rules name them; optional.
    private Set<Field> needs(Form form) {
        if (!form.has("needs")) {
            return Set.of();
        }
        Map<String, Field> known = Field.given();
        return form.words("needs", known::containsKey, known.keySet(), charter.listMax()).stream()
                .map(known::get)
                .collect(Collectors.toUnmodifiableSet());
    }

    private Vendor.Standing standing(Form form) {
        Optional<Instant> until =
                form.has("debarredUntil") ? Optional.of(form.instant("debarredUntil")) : Optional.empty();
        String word = form.has("standing")
                ? form.word("standing", Set.of("active", "suspended", "debarred", "change-of-control"))
                : "active";
        if (word.equals("debarred") != until.isPresent()) {
            form.problem("debarredUntil", "it goes with the standing `debarred`, and only with it", "add or remove it");
        }
        return switch (word) {
            case "active" -> new Vendor.Standing.Active();
            case "debarred" -> new Vendor.Standing.Debarred(until.orElse(Instant.MAX));
            case "change-of-control" -> new Vendor.Standing.ChangeOfControl();
            default -> new Vendor.Standing.Suspended();
        };
    }

    private Vendor.SubProcessor subProcessor(Form form) {
        var read = new Vendor.SubProcessor(
                form.text("name", 1, TEXT_MAX), RuleFile.country(form, "country"), form.text("purpose", 1, TEXT_MAX));
        form.close();
        return read;
    }

    byte[] write(Vendor one) {
        JsonArrayBuilder others = Json.createArrayBuilder();
        one.subProcessors()
                .forEach(other -> others.add(Json.createObjectBuilder()
                        .add("name", other.name())
                        .add("country", other.country())
                        .add("purpose", other.purpose())));
        JsonObjectBuilder json = Json.createObjectBuilder()
                .add("id", one.id())
                .add("name", one.name())
                .add("countries", list(one.countries()))
                .add("subProcessors", others)
                .add("securityContact", one.securityContact())
                .add(
                        "terms",
                        Json.createObjectBuilder()
                                .add("version", one.terms().version())
                                .add("by", one.terms().by())
                                .add("on", one.terms().on().toString()));
        if (!one.needs().isEmpty()) {
            json.add("needs", list(one.needs().stream().map(Field::path).collect(Collectors.toSet())));
        }
        switch (one.standing()) {
            case Vendor.Standing.Active() -> json.add("standing", "active");
            case Vendor.Standing.Suspended() -> json.add("standing", "suspended");
            case Vendor.Standing.ChangeOfControl() -> json.add("standing", "change-of-control");
            case Vendor.Standing.Debarred(Instant until) ->
                json.add("standing", "debarred").add("debarredUntil", until.toString());
        }
        return bytes(json);
    }

    Checked<Agreement> agreement(byte[] file) {
        return read(file, form -> {
            String id = form.name("id");
            String vendor = form.name("vendor");
            String type = form.word("type", charter.agreementTypes());
            Instant signed = form.instant("signed");
            Instant starts = form.instant("starts");
            Instant ends = form.instant("ends");
            if (!ends.isAfter(starts) && form.has("ends") && form.has("starts")) {
                form.problem("ends", "the agreement would end before it starts", "choose a later end");
            }
            Set<String> clauses =
                    form.words("clauses", charter.clauses()::contains, charter.clauses(), charter.listMax());
            Set<String> schedule = form.words("schedule", this::schedulable, Set.of(), charter.listMax());
            Form document = form.part("document");
            String name = document.text("name", 1, TEXT_MAX);
            String hash = document.text("sha256", 64, 64);
            if (!hash.isEmpty() && !hash.matches("[0-9a-f]{64}")) {
                document.problem("sha256", "this is no SHA-256", "write what `sha256sum` says of the signed document");
            }
            document.close();
            int hours = form.number("breachNoticeHours", 1, HOURS_MAX);
            int days = form.number("disposalDays", 1, HOURS_MAX);
            bound(form, "breachNoticeHours", hours, charter.breachNoticeHoursMax());
            bound(form, "disposalDays", days, charter.disposalDaysMax());
            return () ->
                    new Agreement(id, vendor, type, signed, starts, ends, clauses, schedule, name, hash, hours, days);
        });
    }

    private static void bound(Form form, String key, int value, int max) {
        if (value > max) {
            form.problem(key, "that is too long to wait", "agree on " + max + " or less");
        }
    }

    private boolean schedulable(String id) {
        return elements.element(id)
                .filter(one -> one.sensitivity() != Elements.Sensitivity.BARRED)
                .filter(one -> one.forward() != Elements.Forward.NEVER)
                .isPresent();
    }

    byte[] write(Agreement one) {
        return bytes(Json.createObjectBuilder()
                .add("id", one.id())
                .add("vendor", one.vendor())
                .add("type", one.type())
                .add("signed", one.signed().toString())
                .add("starts", one.starts().toString())
                .add("ends", one.ends().toString())
                .add("clauses", list(one.clauses()))
                .add("schedule", list(one.schedule()))
                .add(
                        "document",
                        Json.createObjectBuilder().add("name", one.document()).add("sha256", one.documentHash()))
                .add("breachNoticeHours", one.breachNoticeHours())
                .add("disposalDays", one.disposalDays()));
    }

    /// Reads with a function that gathers problems and hands back how to make the value once there are none.
    private <T> Checked<T> read(byte[] file, Function<Form, java.util.function.Supplier<T>> reading) {
        List<Problem> problems = new ArrayList<>();
        Optional<Form> form = Form.read(file, charter.documentBytesMax(), problems);
        if (form.isEmpty()) {
            return new Checked.Flawed<>(problems);
        }
        var value = reading.apply(form.get());
        form.get().close();
        return problems.isEmpty() ? new Checked.Sound<>(value.get()) : new Checked.Flawed<>(problems);
    }

    private static byte[] bytes(JsonObjectBuilder json) {
        return Canonical.text(json.build()).getBytes(StandardCharsets.UTF_8);
    }

    private static JsonArrayBuilder list(Set<String> words) {
        JsonArrayBuilder json = Json.createArrayBuilder();
        new TreeSet<>(words).forEach(json::add);
        return json;
    }
}
