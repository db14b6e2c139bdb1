package org.rosterkeep.notices;

import jakarta.json.Json;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// One thing to be told, as a mail and as a webhook says it. Plain characters only: the courier takes no others.
public record Letter(String subject, List<String> lines, String event, Instant at) {
    private static final int SUBJECT_MAX = 120;
    private static final int LINE_MAX = 200;
    private static final int LINES_MAX = 240;

    public Letter {
        subject = plain(subject, SUBJECT_MAX);
        lines = lines.stream()
                .map(line -> plain(line, LINE_MAX))
                .limit(LINES_MAX)
                .toList();
    }

    /// @param appliance what it is called from outside
    public static Letter of(List<Sighting> worse, String appliance, Instant at) {
        var lines = new ArrayList<String>();
        for (Sighting one : worse) {
            var where = one.district().isEmpty() ? "" : " District: " + one.district() + ".";
            var what = one.subject().isEmpty() ? "" : " About: " + one.subject() + ".";
            lines.add((one.level() == Sighting.Level.FAILED ? "FAILED: " : "Warning: ")
                    + one.matter().words() + "." + where + what);
            lines.add("  " + one.matter().todo());
            lines.add("");
        }
        lines.add("You are told once; again only when it was better in between. All of it: rosterkeep doctor");
        lines.add("From: " + appliance + ", " + at);
        var first = worse.getFirst().matter();
        var more = worse.size() == 1 ? "" : ", and " + (worse.size() - 1) + " more";
        return new Letter("Rosterkeep: " + first.words() + more, lines, "notice." + first.code(), at);
    }

    byte[] mail() {
        return bytes(Json.createObjectBuilder().add("subject", subject).add("lines", Json.createArrayBuilder(lines)));
    }

    byte[] webhook(String delivery) {
        return bytes(Json.createObjectBuilder()
                .add("event", event)
                .add("delivery", delivery)
                .add("at", at.toString()));
    }

    private static byte[] bytes(jakarta.json.JsonObjectBuilder json) {
        return json.build().toString().getBytes(StandardCharsets.UTF_8);
    }

    private static String plain(String text, int most) {
        var plain = new StringBuilder();
        for (int i = 0; i < Math.min(text.length(), most); i++) {
            char c = text.charAt(i);
            plain.append(c < ' ' || c > '~' || c == '@' ? '?' : c);
        }
        return plain.toString();
    }
}
