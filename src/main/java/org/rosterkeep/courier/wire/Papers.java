package org.rosterkeep.courier.wire;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What permits a delivery: a text that at least two people signed, and the signatures. The courier believes none of it
/// and looks for itself.
///
/// The text is the canonical one of a rule: with `id`, `version`, `from`, `until`, `fields`, perhaps `ceiling`; and the
/// target of the order stands in it, member by member, as `destination.push`, with its way as the member `kind`. For
/// fetching it is that of a source: `id`, `version`, `from`, `until`, and the target as `source`, its way as `kind`.
///
/// @param district whose operators have to have signed
/// @param others further papers the text cites, by name; they permit nothing
public record Papers(String district, String text, List<Signature> endorsements, Map<String, String> others) {
    private static final int TEXT_MAX = 1 << 19;
    private static final Set<String> OTHERS = Set.of("agreement", "vendor");

    public Papers {
        endorsements = List.copyOf(endorsements);
        others = Map.copyOf(others);
    }

    public JsonObject json() {
        var signatures = Json.createArrayBuilder();
        endorsements.forEach(one -> signatures.add(one.json()));
        var more = Json.createObjectBuilder();
        others.forEach(more::add);
        return Json.createObjectBuilder()
                .add("district", district)
                .add("text", text)
                .add("endorsements", signatures)
                .add("others", more)
                .build();
    }

    public static Papers read(Members members) {
        Papers papers = new Papers(
                members.text("district", Members.SHORT),
                members.lines("text", TEXT_MAX),
                members.parts("endorsements").stream().map(Signature::read).toList(),
                members.part("others").map(TEXT_MAX));
        if (!OTHERS.containsAll(papers.others.keySet())) {
            throw new WireFault("others");
        }
        members.close();
        return papers;
    }
}
