package org.rosterkeep.rules;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/// An agreement as a file.
final class AgreementFile {
    private static final int TEXT_MAX = PaperParts.TEXT_MAX;

    /// Longer numbers are slips of the pen; how long is allowed is the charter's business.
    private static final int NUMBER_MAX = 9_999;

    private final PaperParts parts;
    private final Charter charter;

    AgreementFile(PaperParts parts) {
        this.parts = parts;
        this.charter = parts.charter();
    }

    Checked<Agreement> read(byte[] file) {
        return parts.read(file, form -> {
            String id = form.name("id");
            String vendor = form.name("vendor");
            String type = form.word("type", charter.agreementTypes());
            Optional<Instant> signed = form.has("signed") ? Optional.of(form.instant("signed")) : Optional.empty();
            Instant starts = form.instant("starts");
            Instant ends = form.instant("ends");
            if (!ends.isAfter(starts) && form.has("ends") && form.has("starts")) {
                form.problem("ends", "the agreement would end before it starts", "choose a later end");
            }
            Set<String> clauses =
                    form.words("clauses", charter.clauses()::contains, charter.clauses(), charter.listMax());
            Set<String> schedule = form.words("schedule", this::schedulable, Set.of(), charter.listMax());
            Agreement.Document document = PaperParts.document(form.part("document"));
            int hours = form.number("breachNoticeHours", 1, NUMBER_MAX);
            int days = form.number("disposalDays", 1, NUMBER_MAX);
            bound(form, "breachNoticeHours", hours, charter.breachNoticeHoursMax());
            bound(form, "disposalDays", days, charter.disposalDaysMax());
            Agreement.Particulars particulars = particulars(form);
            return () -> new Agreement(
                    id,
                    vendor,
                    type,
                    signed,
                    starts,
                    ends,
                    clauses,
                    schedule,
                    document.name(),
                    document.sha256(),
                    hours,
                    days,
                    particulars);
        });
    }

    private Agreement.Particulars particulars(Form form) {
        Optional<String> audit =
                form.has("auditRight") ? Optional.of(form.text("auditRight", 1, TEXT_MAX)) : Optional.empty();
        return new Agreement.Particulars(
                form.parts("documents").stream().map(PaperParts::document).toList(),
                PaperParts.document(form, "publicCopy"),
                audit,
                parts.insurance(form),
                parts.statements(
                        form, Pack.Paper.AGREEMENT, Set.of("documents", "publicCopy", "auditRight", "insurance")));
    }

    private static void bound(Form form, String key, int value, int max) {
        if (value > max) {
            form.problem(key, "that is too long to wait", "agree on " + max + " or less");
        }
    }

    private boolean schedulable(String id) {
        return parts.elements()
                .element(id)
                .filter(one -> one.sensitivity() != Elements.Sensitivity.BARRED)
                .filter(one -> one.forward() != Elements.Forward.NEVER)
                .isPresent();
    }

    byte[] write(Agreement one) {
        JsonObjectBuilder json = Json.createObjectBuilder()
                .add("id", one.id())
                .add("vendor", one.vendor())
                .add("type", one.type())
                .add("starts", one.starts().toString())
                .add("ends", one.ends().toString())
                .add("clauses", PaperParts.list(one.clauses()))
                .add("schedule", PaperParts.list(one.schedule()))
                .add("document", PaperParts.json(new Agreement.Document(one.document(), one.documentHash())))
                .add("breachNoticeHours", one.breachNoticeHours())
                .add("disposalDays", one.disposalDays());
        one.signed().ifPresent(at -> json.add("signed", at.toString()));
        Agreement.Particulars particulars = one.particulars();
        if (!particulars.documents().isEmpty()) {
            JsonArrayBuilder documents = Json.createArrayBuilder();
            particulars.documents().forEach(document -> documents.add(PaperParts.json(document)));
            json.add("documents", documents);
        }
        particulars.publicCopy().ifPresent(copy -> json.add("publicCopy", PaperParts.json(copy)));
        particulars.auditRight().ifPresent(audit -> json.add("auditRight", audit));
        particulars.insurance().ifPresent(insurance -> json.add("insurance", PaperParts.json(insurance)));
        PaperParts.statements(json, "statements", particulars.statements());
        return PaperParts.bytes(json);
    }
}
