package org.rosterkeep.appliance;

import jakarta.json.Json;
import jakarta.json.JsonValue;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.rosterkeep.roster.Catalogue;
import org.rosterkeep.rules.Elements;

/// Which data elements an import keeps besides the ordinary ones: part of the profile, so one more takes two people and
/// one less takes one (privacy.md section 4).
final class ElementVerbs {
    private final ProfileVerbs profiles;
    private final Catalogue catalogue;

    ElementVerbs(ProfileVerbs profiles, Catalogue catalogue) {
        this.profiles = profiles;
        this.catalogue = catalogue;
    }

    void into(Verbs verbs) {
        verbs.with("element list", (call, meanwhile) -> elements(call))
                .with("element keep", (call, meanwhile) -> keep(call))
                .with("element leave", (call, meanwhile) -> leave(call));
    }

    /// What an import keeps: by itself, because two people decided it, or not.
    private Answer elements(Call call) {
        var book = profiles.book(call);
        var decided = book.profile().keeps();
        var array = Json.createArrayBuilder();
        var table = new Table("ELEMENT", "KEPT", "WHAT IT IS", "WHY");
        for (var one : catalogue.elements()) {
            var why = decided.getOrDefault(one.id(), "");
            var kept = one.kept() ? "always" : !why.isEmpty() ? "decided" : keepable(one.id()) ? "no" : "never";
            table.row(one.id(), kept, one.label(), why);
            array.add(Json.createObjectBuilder()
                    .add("element", one.id())
                    .add("kept", kept)
                    .add("label", one.label())
                    .add("why", why));
        }
        return new Answer(
                Json.createObjectBuilder().add("elements", array).build(), table.linesOr("There is no element."));
    }

    private boolean keepable(String id) {
        return Elements.of(catalogue).keepable(id);
    }

    private Answer keep(Call call) {
        var id = call.text("id");
        if (!keepable(id)) {
            throw notKeepable(id);
        }
        if (catalogue.kept(List.of()).contains(id)) {
            return Answer.of(
                    JsonValue.EMPTY_JSON_OBJECT, "The element " + id + " is kept by itself; nothing was changed.");
        }
        var book = profiles.book(call);
        var text = book.papers().text(book.profile().keeping(id, call.text("reason")));
        var next = Handed.in("district", book.papers().read(text.getBytes(StandardCharsets.UTF_8)));
        return profiles.change(call, next, "Keeping " + id);
    }

    private Trouble notKeepable(String id) {
        return catalogue.find(id).isPresent()
                ? new Trouble(
                        Exit.REFUSED,
                        "The element " + id + " is never kept.",
                        "It is a credential or prohibited, and no decision of a district changes that.",
                        "See what can be kept: rosterkeep element list")
                : Trouble.notFound(
                        "There is no such element.",
                        Nearest.to(
                                        id,
                                        catalogue.elements().stream()
                                                .map(Catalogue.Element::id)
                                                .toList())
                                .map(near -> "Did you mean " + near + "?")
                                .orElse("See: rosterkeep element list"));
    }

    private Answer leave(Call call) {
        var id = call.text("id");
        var profile = profiles.book(call).profile();
        if (!profile.keeps().containsKey(id)) {
            throw Trouble.notFound("Nobody decided to keep that element.", "See: rosterkeep element list");
        }
        return profiles.change(call, profile.notKeeping(id), "Leaving out " + id);
    }
}
