package org.rosterkeep.disclosure;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import org.rosterkeep.entitlement.Runs;

/// The `dateLastModified` texts of a track: UTC with three decimals, made once per instant.
final class Stamps {
    private static final DateTimeFormatter FORM = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private final Runs runs;
    private final byte[][] texts;

    Stamps(Runs runs) {
        this.runs = runs;
        List<Runs.Run> all = runs.runs();
        texts = new byte[all.size()][];
        for (int n = 0; n < texts.length; n++) {
            texts[n] = text(all.get(n).at());
        }
    }

    byte[] of(int ordinal) {
        return texts.length == 0 ? text(Instant.EPOCH) : texts[runs.runOf(ordinal)];
    }

    static byte[] text(Instant at) {
        return Out.utf8(FORM.format(at));
    }
}
