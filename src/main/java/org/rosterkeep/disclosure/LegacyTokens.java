package org.rosterkeep.disclosure;

import java.util.Arrays;
import java.util.List;
import org.rosterkeep.roster.Field;
import org.rosterkeep.roster.Slice;

/// Vocabularies of 1.1, which knows no `ext:` words and fewer others: an optional word it does not know is left out, a
/// mandatory one becomes the most general it has (`local` for an org, `semester` for a session: neither has a
/// collection
/// of its own).
final class LegacyTokens {
    private LegacyTokens() {}

    static Piece piece(Field field, Piece asIs) {
        return switch (field) {
            case ORG_TYPE ->
                known(
                        field,
                        asIs,
                        Texts.constant(field.wire(), Out.utf8("local")),
                        "department",
                        "school",
                        "district",
                        "local",
                        "state",
                        "national");
            case SESSION_TYPE ->
                known(
                        field,
                        asIs,
                        Texts.constant(field.wire(), Out.utf8("semester")),
                        "gradingPeriod",
                        "semester",
                        "schoolYear",
                        "term");
            case CLASS_CLASS_TYPE -> known(field, asIs, (_, _) -> {}, "homeroom", "scheduled");
            case DEMOGRAPHICS_SEX -> known(field, asIs, (_, _) -> {}, "male", "female");
            default -> asIs;
        };
    }

    private static Piece known(Field field, Piece asIs, Piece instead, String... words) {
        List<byte[]> bytes = Arrays.stream(words).map(Out::utf8).toList();
        return (out, line) -> {
            boolean known = !line.has(field);
            if (!known) {
                Slice value = line.slice(field);
                for (byte[] word : bytes) {
                    known |= Arrays.equals(word, 0, word.length, value.bytes, value.start, value.end);
                }
            }
            (known ? asIs : instead).write(out, line);
        };
    }
}
