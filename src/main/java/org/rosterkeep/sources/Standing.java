package org.rosterkeep.sources;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// How far one source was read, and what became of the last time.
///
/// @param source its name
/// @param place what of it makes it another one; of another place nothing was read
/// @param looked when it was asked last
/// @param running since when it is asked; empty while it is not. After a restart: that run is lost
/// @param since from when on changes are to be asked for; empty when everything is
/// @param lastFull when everything was asked for last and came
/// @param batch the roster's number afterwards: another one means that somebody else imported since
/// @param failures one after the other
/// @param notBefore when it may be asked again
/// @param last how it ended last; empty before the first time
/// @param report of the last import; empty before the first
/// @param digests of files that were taken in, oldest first
public record Standing(
        String source,
        String place,
        Instant looked,
        Optional<Instant> running,
        Optional<Instant> since,
        Optional<Instant> lastFull,
        long batch,
        int failures,
        Instant notBefore,
        String last,
        String report,
        List<String> digests) {
    /// The kind under which they rest on the shelf, by the source's name.
    static final String KIND = "source-standing";

    public static final String OK = "ok";
    public static final String UNCHANGED = "unchanged";

    public Standing {
        digests = List.copyOf(digests);
    }

    static Standing fresh(String source, String place) {
        return new Standing(
                source,
                place,
                Instant.EPOCH,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                0,
                0,
                Instant.EPOCH,
                "",
                "",
                List.of());
    }

    Standing begun(Instant now) {
        return new Standing(
                source,
                place,
                now,
                Optional.of(now),
                since,
                lastFull,
                batch,
                failures,
                notBefore,
                last,
                report,
                digests);
    }

    /// @param anew whether the next time has to ask for everything
    Standing failed(String how, Instant next, boolean anew) {
        return new Standing(
                source,
                place,
                looked,
                Optional.empty(),
                anew ? Optional.empty() : since,
                lastFull,
                batch,
                failures + 1,
                next,
                how,
                report,
                digests);
    }

    Standing done(String how, Optional<Instant> next, Optional<Instant> full, long now, String by) {
        return new Standing(
                source,
                place,
                looked,
                Optional.empty(),
                next,
                full.or(() -> lastFull),
                now,
                0,
                Instant.EPOCH,
                how,
                by.isEmpty() ? report : by,
                digests);
    }

    Standing knowing(String digest, int most) {
        List<String> all = new ArrayList<>(digests);
        all.remove(digest);
        all.add(digest);
        return new Standing(
                source,
                place,
                looked,
                running,
                since,
                lastFull,
                batch,
                failures,
                notBefore,
                last,
                report,
                all.subList(Math.max(0, all.size() - most), all.size()));
    }
}
