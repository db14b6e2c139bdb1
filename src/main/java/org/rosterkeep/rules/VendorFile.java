package org.rosterkeep.rules;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.rosterkeep.roster.Field;

/// A vendor as a file.
final class VendorFile {
    private static final int TEXT_MAX = PaperParts.TEXT_MAX;

    private final PaperParts parts;
    private final Charter charter;

    VendorFile(PaperParts parts) {
        this.parts = parts;
        this.charter = parts.charter();
    }

    Checked<Vendor> read(byte[] file) {
        return parts.read(file, form -> {
            String id = form.name("id");
            String name = form.text("name", 1, TEXT_MAX);
            Vendor.Standing standing = standing(form);
            Set<String> countries = form.words("countries", RuleFile.COUNTRIES::contains, Set.of(), charter.listMax());
            if (form.has("countries") && countries.isEmpty()) {
                form.problem("countries", "data are always somewhere", "name where it stores them");
            }
            List<Vendor.SubProcessor> others =
                    form.parts("subProcessors").stream().map(this::subProcessor).toList();
            String contact = form.text("securityContact", 3, TEXT_MAX);
            Form terms = form.part("terms");
            Vendor.Terms acknowledged = new Vendor.Terms(
                    terms.number("version", 1, Integer.MAX_VALUE), terms.text("by", 1, TEXT_MAX), terms.instant("on"));
            terms.close();
            Set<Field> needs = needs(form);
            Set<String> remote = parts.countries(form, "remoteAccess");
            Vendor.Particulars particulars = particulars(form);
            return () -> new Vendor(
                    id, name, standing, countries, remote, others, contact, acknowledged, needs, particulars);
        });
    }

    private Vendor.Particulars particulars(Form form) {
        Optional<Boolean> integral =
                form.has("integral") ? Optional.of(form.flagOr("integral", false)) : Optional.empty();
        return new Vendor.Particulars(
                form.flagOr("essential", false),
                integral,
                parts.insurance(form),
                parts.statements(form, Pack.Paper.VENDOR, Set.of("integral", "insurance")),
                form.has("idGroup") ? Optional.of(form.name("idGroup")) : Optional.empty());
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
                .add("countries", PaperParts.list(one.countries()))
                .add("subProcessors", others)
                .add("securityContact", one.securityContact())
                .add(
                        "terms",
                        Json.createObjectBuilder()
                                .add("version", one.terms().version())
                                .add("by", one.terms().by())
                                .add("on", one.terms().on().toString()));
        if (!one.needs().isEmpty()) {
            json.add(
                    "needs",
                    PaperParts.list(one.needs().stream().map(Field::path).collect(Collectors.toSet())));
        }
        PaperParts.words(json, "remoteAccess", one.remoteAccess());
        Vendor.Particulars particulars = one.particulars();
        if (particulars.essential()) {
            json.add("essential", true);
        }
        particulars.integral().ifPresent(integral -> json.add("integral", integral));
        particulars.insurance().ifPresent(insurance -> json.add("insurance", PaperParts.json(insurance)));
        particulars.idGroup().ifPresent(group -> json.add("idGroup", group));
        PaperParts.statements(json, "statements", particulars.statements());
        switch (one.standing()) {
            case Vendor.Standing.Active() -> json.add("standing", "active");
            case Vendor.Standing.Suspended() -> json.add("standing", "suspended");
            case Vendor.Standing.ChangeOfControl() -> json.add("standing", "change-of-control");
            case Vendor.Standing.Debarred(Instant until) ->
                json.add("standing", "debarred").add("debarredUntil", until.toString());
        }
        return PaperParts.bytes(json);
    }
}
