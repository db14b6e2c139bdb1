package org.rosterkeep.rights;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.util.Collection;
import java.util.List;
import org.rosterkeep.rules.Endorsement;

/// A dossier as JSON: what rests on the shelf, and what people are shown.
final class DossierWriter {
    private DossierWriter() {}

    static JsonObject write(Dossier dossier) {
        JsonArrayBuilder entries = Json.createArrayBuilder();
        dossier.entries().forEach(entry -> entries.add(write(entry)));
        return Json.createObjectBuilder()
                .add("subject", dossier.subject().id())
                .add("sourcedId", dossier.named().value().reveal())
                .add("entries", entries)
                .build();
    }

    static JsonObject write(Entry entry) {
        JsonObjectBuilder json = Json.createObjectBuilder()
                .add("kind", kind(entry))
                .add("number", entry.made().number())
                .add("at", entry.made().at().toString())
                .add("by", entry.made().by());
        entry.end().ifPresent(end -> json.add("end", end(end)));
        switch (entry) {
            case Entry.OptOut one -> json.add("until", one.until().toString()).add("stays", one.stays());
            case Entry.Objection one -> objection(one, json);
            case Entry.Restriction one -> json.add("reason", one.reason());
            case Entry.Protection one ->
                json.add("reason", one.reason())
                        .add("named", array(one.named()))
                        .add("signatures", signatures(one.signatures()));
            case Entry.Exposure one -> exposure(one, json);
            case Entry.Consent one -> consent(one, json);
            case Entry.Suppression one -> {
                json.add("reason", one.reason());
                one.field().ifPresent(field -> json.add("field", field.path()));
            }
            case Entry.Contest one ->
                json.add("field", one.field().path())
                        .add("grounds", one.grounds())
                        .add("statement", one.statement());
            case Entry.Departure one ->
                json.add("leaves", one.leaves().toString()).add("graceDays", one.graceDays());
            case Entry.Revealing one -> json.add("element", one.element()).add("reason", one.reason());
        }
        return json.build();
    }

    /// The word for a sort of entry, in documents and on every surface.
    static String kind(Entry entry) {
        return switch (entry) {
            case Entry.OptOut one -> "optout";
            case Entry.Objection one -> "objection";
            case Entry.Restriction one -> "restriction";
            case Entry.Protection one -> "protection";
            case Entry.Exposure one -> "exception";
            case Entry.Consent one -> "consent";
            case Entry.Suppression one -> "suppression";
            case Entry.Contest one -> "contest";
            case Entry.Departure one -> "departure";
            case Entry.Revealing one -> "revealing";
        };
    }

    private static void objection(Entry.Objection one, JsonObjectBuilder json) {
        json.add("grounds", one.grounds());
        one.upheld().ifPresent(decision -> json.add("upheld", end(decision)));
        switch (one.against()) {
            case Entry.Objection.Against.Everybody all -> json.add("everybody", true);
            case Entry.Objection.Against.OneVendor(String vendor) -> json.add("vendor", vendor);
            case Entry.Objection.Against.OneElement(String element) -> json.add("element", element);
        }
    }

    private static void exposure(Entry.Exposure one, JsonObjectBuilder json) {
        json.add("vendor", one.vendor())
                .add("days", one.days())
                .add("reason", one.reason())
                .add("signatures", signatures(one.signatures()));
        one.granted().ifPresent(at -> json.add("granted", at.toString()));
    }

    private static void consent(Entry.Consent one, JsonObjectBuilder json) {
        json.add("givenBy", one.givenBy())
                .add("identity", one.identity())
                .add("textVersion", one.textVersion())
                .add("given", one.given().toString())
                .add("expires", one.expires().toString());
        switch (one.to()) {
            case Entry.Consent.To.OneRule(String rule) -> json.add("rule", rule);
            case Entry.Consent.To.VendorFor(String vendor, String purpose) ->
                json.add("vendor", vendor).add("purpose", purpose);
        }
    }

    private static JsonObject end(Entry.End end) {
        return Json.createObjectBuilder()
                .add("at", end.at().toString())
                .add("by", end.by())
                .add("outcome", end.outcome())
                .add("reason", end.reason())
                .build();
    }

    private static JsonArrayBuilder array(Collection<String> words) {
        JsonArrayBuilder array = Json.createArrayBuilder();
        words.stream().sorted().forEach(array::add);
        return array;
    }

    static JsonArrayBuilder signatures(List<Endorsement> signatures) {
        JsonArrayBuilder array = Json.createArrayBuilder();
        signatures.forEach(one -> array.add(Json.createObjectBuilder()
                .add("operator", one.operator())
                .add("act", one.act().name())
                .add("at", one.at().toString())
                .add("signature", one.signature())));
        return array;
    }
}
