package org.rosterkeep.sources;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Objects;
import java.util.Properties;

/// How sources are asked (`sources.properties`).
///
/// @param pageBytesMax the longest page
/// @param fileBytesMax the longest file
/// @param attemptsMax how often one page is asked for
/// @param waits between two of these attempts
/// @param patience a longer wait than this ends the run
/// @param restartsMax how often a list that moved is read again
/// @param runMax the longest run
/// @param pauses between two runs of which the first failed
/// @param overlap by how much a delta goes back behind the last run
/// @param deltaOldest behind that, everything is asked for
/// @param settle how long a file has to stand still
/// @param digestsMax how many files are remembered
public record SourceSettings(
        long pageBytesMax,
        Duration pageDeadline,
        long fileBytesMax,
        Duration fileDeadline,
        int attemptsMax,
        Waits waits,
        Duration patience,
        int restartsMax,
        int pagesMax,
        long recordsMax,
        Duration runMax,
        Waits pauses,
        Duration overlap,
        Duration deltaOldest,
        Duration settle,
        int digestsMax) {
    /// Waits that double.
    public record Waits(Duration first, Duration longest) {
        private static final int DOUBLINGS_MAX = 20;

        /// @param failures so far, from 1
        /// @param asked what the other side asked for, which is never undercut
        public Duration after(int failures, Duration asked) {
            Duration doubled = first.multipliedBy(1L << Math.min(Math.max(0, failures - 1), DOUBLINGS_MAX));
            Duration wait = doubled.compareTo(longest) < 0 ? doubled : longest;
            return wait.compareTo(asked) < 0 ? asked : wait;
        }
    }

    public static SourceSettings shipped() {
        Properties properties = new Properties();
        try (InputStream in = SourceSettings.class.getResourceAsStream("sources.properties")) {
            properties.load(Objects.requireNonNull(in, "sources.properties is part of the program"));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        return new SourceSettings(
                number(properties, "page-bytes-max"),
                seconds(properties, "page-deadline-seconds"),
                number(properties, "file-bytes-max"),
                seconds(properties, "file-deadline-seconds"),
                (int) number(properties, "attempts-max"),
                new Waits(seconds(properties, "first-wait-seconds"), seconds(properties, "longest-wait-seconds")),
                seconds(properties, "patience-seconds"),
                (int) number(properties, "restarts-max"),
                (int) number(properties, "pages-max"),
                number(properties, "records-max"),
                Duration.ofHours(number(properties, "run-hours-max")),
                new Waits(seconds(properties, "first-pause-seconds"), seconds(properties, "longest-pause-seconds")),
                seconds(properties, "overlap-seconds"),
                Duration.ofDays(number(properties, "delta-days-max")),
                seconds(properties, "settle-seconds"),
                (int) number(properties, "digests-max"));
    }

    private static Duration seconds(Properties properties, String key) {
        return Duration.ofSeconds(number(properties, key));
    }

    private static long number(Properties properties, String key) {
        return Long.parseLong(
                Objects.requireNonNull(properties.getProperty(key), key).strip());
    }
}
