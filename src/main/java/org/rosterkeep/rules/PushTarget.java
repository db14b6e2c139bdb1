package org.rosterkeep.rules;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// Where a rule's data go without being asked for. It is part of the text that people sign, so nothing of it can change
/// without them (privacy.md section 2.1, F08).
///
/// @param country where the host stands; counts for the destination as the vendor's countries do (F07)
/// @param delivery what is sent, and when
public record PushTarget(Way way, Place place, String country, Delivery delivery) {
    /// How it travels, and what it is.
    public enum Way {
        /// A JSON object of collections.
        HTTPS_JSON,
        /// OneRoster CSV files.
        HTTPS_ZIP,
        /// The same, put down as a file.
        SFTP_ZIP,
        /// Word that something changed, and nothing of anybody: the vendor then asks.
        WEBHOOK;

        public String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        static Set<String> words() {
            return Arrays.stream(values()).map(Way::word).collect(Collectors.toCollection(TreeSet::new));
        }

        static Optional<Way> of(String word) {
            return Arrays.stream(values())
                    .filter(one -> one.word().equals(word))
                    .findFirst();
        }

        public boolean zip() {
            return this == HTTPS_ZIP || this == SFTP_ZIP;
        }

        public boolean sftp() {
            return this == SFTP_ZIP;
        }
    }

    /// @param host a name in lower-case ASCII, never an address: who it is, its certificate says
    /// @param path begins with `/`; for SFTP the file, whose folder exists
    /// @param internal whether the host may have an address of the house's own networks
    /// @param pin SHA-256 of the key in the host's certificate, base64
    /// @param user for SFTP, the name to log in with
    /// @param hostKey for SFTP, SHA-256 of the host's public key as OpenSSH prints it, without `SHA256:`
    public record Place(
            String host,
            int port,
            String path,
            boolean internal,
            Optional<String> pin,
            Optional<String> user,
            Optional<String> hostKey) {
        /// `sync.example.org:443`: as the ledger names it.
        public String text() {
            return host + ":" + port;
        }
    }

    /// @param oneRoster `1.1` or `1.2`
    /// @param bulk whether each delivery is everything; else only the first is
    public record Delivery(String oneRoster, boolean bulk, Schedule schedule) {
        public boolean legacy() {
            return oneRoster.equals("1.1");
        }
    }

    /// When it is looked whether there is something to send. By the clock alone: that a roster changed in a way the
    /// vendor may not see must not be seen by the time either.
    public sealed interface Schedule {
        /// The first moment after `last` at which it is looked.
        Instant after(Instant last);

        String words();

        record Every(int minutes) implements Schedule {
            @Override
            public Instant after(Instant last) {
                return last.plus(Duration.ofMinutes(minutes));
            }

            @Override
            public String words() {
                return minutes == 1 ? "every minute" : "every " + minutes + " minutes";
            }
        }

        /// @param at in UTC
        record Daily(LocalTime at) implements Schedule {
            @Override
            public Instant after(Instant last) {
                Instant today =
                        LocalDate.ofInstant(last, ZoneOffset.UTC).atTime(at).toInstant(ZoneOffset.UTC);
                return today.isAfter(last) ? today : today.plus(Duration.ofDays(1));
            }

            @Override
            public String words() {
                return "every day at " + at + " (UTC)";
            }
        }
    }

    /// Whether data are sent to it, not only word of a change.
    public boolean carries() {
        return way != Way.WEBHOOK;
    }

    /// Whether what was signed for one target was signed for the other: the same place under the same proof of who it
    /// is. A pin that is added proves more.
    boolean samePlace(PushTarget other) {
        Place there = other.place;
        return way == other.way
                && place.host().equals(there.host())
                && place.port() == there.port()
                && place.path().equals(there.path())
                && place.internal() == there.internal()
                && place.user().equals(there.user())
                && place.hostKey().equals(there.hostKey())
                && (place.pin().isEmpty() || place.pin().equals(there.pin()));
    }
}
