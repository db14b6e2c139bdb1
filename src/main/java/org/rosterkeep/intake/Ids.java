package org.rosterkeep.intake;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// The column `userIds`: a list of `{type:id}` (oneroster.md 8.2).
final class Ids {
    /// One id; the type is never empty.
    record Typed(String type, String id) {
        /// The sub-element that must be switched on for this id to be kept (`data-elements.json`, `id.state`).
        String element() {
            return "id.state." + type.toLowerCase(Locale.ROOT);
        }
    }

    private Ids() {}

    /// @param members the members of the list
    /// @throws IllegalArgumentException when a member has another form; the message carries nothing
    static List<Typed> read(List<String> members) {
        List<Typed> ids = new ArrayList<>();
        for (String member : members) {
            int colon = member.indexOf(':');
            boolean formed = member.startsWith("{") && member.endsWith("}") && colon > 1 && colon < member.length() - 2;
            if (!formed) {
                throw new IllegalArgumentException("not a list of {type:id}");
            }
            ids.add(new Typed(
                    member.substring(1, colon).strip(),
                    member.substring(colon + 1, member.length() - 1).strip()));
        }
        return ids;
    }
}
