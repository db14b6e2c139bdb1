package org.rosterkeep.rules;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/// Where rosters come from without being handed in, as people signed it. Nothing of it changes without them: whoever
/// could change the host could have the district ask anybody, and take anybody's word for its pupils.
///
/// @param version of this source; the next one takes over when enough people signed it
/// @param from when it may be asked first
/// @param until from when on it is not asked any more
public record RosterSource(String id, int version, Instant from, Instant until, Origin origin, Timing timing) {
    /// What it is.
    public sealed interface Origin {
        /// For people: `sis.example.org:443`, or the folder's name.
        String text();

        /// `sis-get`, `sftp-get` or `folder`.
        String word();

        /// Whether somebody outside is asked: then two people have to sign.
        default boolean outward() {
            return true;
        }
    }

    /// A OneRoster service that is asked page by page.
    ///
    /// @param place its path is the one before the collections (`/ims/oneroster/rostering/v1p2`)
    /// @param token where an OAuth 2 token is had; without one, the requests are signed, or carry a token that
    /// is kept
    /// @param oneRoster `1.1` or `1.2`
    /// @param collections which it has, in the order in which they are asked for
    /// @param pageSize how many records are asked for at a time
    /// @param scope what the token is asked for
    public record Service(
            PushTarget.Place place,
            String country,
            Optional<PushTarget.Place> token,
            String oneRoster,
            List<String> collections,
            int pageSize,
            String scope)
            implements Origin {
        public Service {
            collections = List.copyOf(collections);
        }

        @Override
        public String text() {
            return place.text();
        }

        @Override
        public String word() {
            return "sis-get";
        }

        public boolean legacy() {
            return oneRoster.equals("1.1");
        }
    }

    /// A zip of OneRoster files on a host of SFTP, under one name.
    public record RemoteFile(PushTarget.Place place, String country) implements Origin {
        @Override
        public String text() {
            return place.text();
        }

        @Override
        public String word() {
            return "sftp-get";
        }
    }

    /// A folder of this machine, below the one that its owner named.
    ///
    /// @param name a plain name, never a path
    public record Watched(String name) implements Origin {
        @Override
        public String text() {
            return name;
        }

        @Override
        public String word() {
            return "folder";
        }

        @Override
        public boolean outward() {
            return false;
        }
    }

    /// When it is asked.
    ///
    /// @param zone the district's, in which the time of day and the day of the week are meant
    /// @param full on which day everything is asked for and not only what changed; empty: always
    public record Timing(Often often, ZoneId zone, Optional<DayOfWeek> full) {
        /// The first moment after `last` at which it is due.
        public Instant after(Instant last) {
            return switch (often) {
                case Often.Every(int minutes) -> last.plus(Duration.ofMinutes(minutes));
                case Often.Daily(LocalTime at) -> {
                    var there = last.atZone(zone);
                    Instant today = there.toLocalDate().atTime(at).atZone(zone).toInstant();
                    yield today.isAfter(last)
                            ? today
                            : there.toLocalDate()
                                    .plusDays(1)
                                    .atTime(at)
                                    .atZone(zone)
                                    .toInstant();
                }
            };
        }

        /// Whether everything is due: the day has come round since it was asked for last.
        public boolean fullDue(Instant lastFull, Instant now) {
            if (full.isEmpty()) {
                return true;
            }
            var day = lastFull.atZone(zone).toLocalDate().plusDays(1);
            while (day.getDayOfWeek() != full.get()) {
                day = day.plusDays(1);
            }
            return !now.isBefore(day.atStartOfDay(zone).toInstant());
        }

        public String words() {
            String when = switch (often) {
                case Often.Every(int minutes) -> minutes == 1 ? "every minute" : "every " + minutes + " minutes";
                case Often.Daily(LocalTime at) -> "every day at " + at + " (" + zone + ")";
            };
            return when
                    + full.map(day -> ", everything on " + SourceFile.word(day)).orElse(", always everything");
        }
    }

    /// How often.
    public sealed interface Often {
        record Every(int minutes) implements Often {}

        /// @param at in the district's zone
        record Daily(LocalTime at) implements Often {}
    }

    public boolean covers(Instant now) {
        return !now.isBefore(from) && now.isBefore(until);
    }

    /// What of a source makes it another one: what was learnt of the other says nothing of this.
    public String place() {
        return switch (origin) {
            case Service service ->
                String.join(
                        " ",
                        "sis-get",
                        service.place().text(),
                        service.place().path(),
                        service.oneRoster(),
                        String.join(",", service.collections()));
            case RemoteFile file ->
                String.join(" ", "sftp-get", file.place().text(), file.place().path());
            case Watched folder -> "folder " + folder.name();
        };
    }
}
