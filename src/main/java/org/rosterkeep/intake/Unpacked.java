package org.rosterkeep.intake;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;
import org.rosterkeep.roster.Field;
import org.rosterkeep.roster.Row;
import org.rosterkeep.roster.Slice;

/// Values of a stored row as text, for comparing them with a delivery's.
final class Unpacked {
    private final Slice slice = new Slice();
    private final Slice member = new Slice();

    /// Empty when the row lacks the field.
    String text(Row row, Field field) {
        return row.reveal(field, slice)
                ? Escapes.plain(new String(slice.bytes, slice.start, slice.length(), UTF_8))
                : "";
    }

    /// The texts of a list, or of pairs one after the other.
    List<String> texts(Row row, Field field) {
        List<String> texts = new ArrayList<>();
        if (row.reveal(field, slice)) {
            while (slice.start < slice.end) {
                slice.text(member);
                texts.add(Escapes.plain(new String(member.bytes, member.start, member.length(), UTF_8)));
            }
        }
        return texts;
    }
}
