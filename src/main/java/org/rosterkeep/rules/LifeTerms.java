package org.rosterkeep.rules;

import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// How a rule comes to be in force, as data: `life.json` (privacy.md sections 2.2 and 2.5).
///
/// @param noticeNew days between the last signature and the first byte of a new rule
/// @param noticeMaterial the same for a change that adds something to a running one
/// @param populationPercent a scope above this share of all children takes more signatures
/// @param childRole the role that makes a user a child
/// @param neverApproves roles whose holder gives an opinion and is never counted as an approver
/// @param adequacyApprovers how many persons besides its author sign a list of adequate countries
/// @param assessmentMaxAgeDays how long the assessment of a transfer is good
/// @param instruments the safeguards a transfer may rest on, and whether each has modules
/// @param opinionMin characters of an opinion, at least
/// @param opinionMax characters of an opinion, at most
public record LifeTerms(
        int noticeNew,
        int noticeMaterial,
        Approvers approvers,
        int populationPercent,
        String childRole,
        Set<String> neverApproves,
        int adequacyApprovers,
        int assessmentMaxAgeDays,
        Map<String, Boolean> instruments,
        int opinionMin,
        int opinionMax) {
    public LifeTerms {
        neverApproves = Set.copyOf(neverApproves);
        instruments = Map.copyOf(instruments);
    }

    /// How many persons besides its author sign a rule, by what is delicate about it.
    public record Approvers(int ordinary, int elevated, int special, int foreign, int population) {}

    static LifeTerms of(JsonObject file) {
        JsonObject notice = file.getJsonObject("noticeDays");
        JsonObject approvers = file.getJsonObject("approvers");
        JsonObject population = file.getJsonObject("population");
        Map<String, Boolean> instruments = new TreeMap<>();
        file.getJsonObject("instruments")
                .forEach((word, one) -> instruments.put(word, one.asJsonObject().getBoolean("module")));
        return new LifeTerms(
                notice.getInt("new"),
                notice.getInt("material"),
                new Approvers(
                        approvers.getInt("ordinary"),
                        approvers.getInt("elevated"),
                        approvers.getInt("special"),
                        approvers.getInt("foreign"),
                        approvers.getInt("population")),
                population.getInt("percent"),
                population.getString("role"),
                Set.copyOf(file.getJsonArray("neverApproves").getValuesAs(JsonString::getString)),
                file.getInt("adequacyApprovers"),
                file.getInt("assessmentMaxAgeDays"),
                instruments,
                file.getJsonObject("opinionCharacters").getInt("min"),
                file.getJsonObject("opinionCharacters").getInt("max"));
    }

    /// Whether a scope holds so many of all children that it takes more signatures; one that nobody could count does.
    boolean wide(Optional<Population.Share> share) {
        return share.map(one -> (long) one.inScope() * 100 > (long) one.all() * populationPercent)
                .orElse(true);
    }
}
