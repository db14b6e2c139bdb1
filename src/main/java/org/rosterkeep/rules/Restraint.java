package org.rosterkeep.rules;

import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// What keeps a vendor from everything, whatever its file says: a document of its own, so that handing the file
/// in again
/// lifts nothing. One person makes it at once; it takes two to lift it.
///
/// @param since when it was made; part of what those sign who lift it
/// @param until first instant after it; [Instant#MAX] when it does not end by itself
/// @param releases signatures for lifting it that are not enough yet
public record Restraint(String vendor, Kind kind, Instant since, Instant until, List<Endorsement> releases) {
    static final String KIND = "vendor-restraint";

    public Restraint {
        releases = List.copyOf(releases);
    }

    /// Why a vendor is kept from everything.
    public enum Kind {
        /// An incident is being looked into (F23).
        HOLD(Reason.VENDOR_HELD),
        /// Excluded for misuse (F04).
        DEBARMENT(Reason.VENDOR_NOT_ACTIVE),
        /// Sold or merged, and the successor has not accepted the same terms (F04).
        CHANGE_OF_CONTROL(Reason.VENDOR_NOT_ACTIVE);

        private final Reason reason;

        Kind(Reason reason) {
            this.reason = reason;
        }

        public Reason reason() {
            return reason;
        }

        /// `change-of-control`
        public String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        public static Optional<Kind> of(String word) {
            return List.of(values()).stream()
                    .filter(kind -> kind.word().equals(word))
                    .findFirst();
        }
    }

    static Restraint of(String vendor, Kind kind, Instant since, Instant until) {
        return new Restraint(vendor, kind, since, until, List.of());
    }

    public boolean inForce(Instant now) {
        return now.isBefore(until);
    }

    /// Its place among the documents: `reading-app@hold`.
    String id() {
        return vendor + "@" + kind.word();
    }

    Restraint with(Endorsement more) {
        List<Endorsement> all = new ArrayList<>(releases);
        all.add(more);
        return new Restraint(vendor, kind, since, until, all);
    }

    /// What those sign who lift it: this restraint, and no other.
    String hash() {
        return Canonical.hash("restraint " + kind.word() + " of " + vendor + " at " + since + " until " + until);
    }

    byte[] document() {
        return Json.createObjectBuilder()
                .add("vendor", vendor)
                .add("kind", kind.word())
                .add("since", since.toString())
                .add("until", until.toString())
                .add("endorsements", Filed.json(releases))
                .build()
                .toString()
                .getBytes(StandardCharsets.UTF_8);
    }

    /// A restraint that cannot be read any more holds for good; of what kind, its place still says.
    static Restraint read(String id, byte[] document) {
        int at = id.lastIndexOf('@');
        String vendor = id.substring(0, Math.max(0, at));
        Kind kind = Kind.of(id.substring(at + 1)).orElse(Kind.HOLD);
        try (var reader = Json.createReader(new ByteArrayInputStream(document))) {
            JsonObject json = reader.readObject();
            Restraint read = new Restraint(
                    json.getString("vendor"),
                    Kind.of(json.getString("kind")).orElseThrow(),
                    Instant.parse(json.getString("since")),
                    Instant.parse(json.getString("until")),
                    Filed.endorsements(json));
            return read.id().equals(id) ? read : of(vendor, kind, Instant.EPOCH, Instant.MAX);
        } catch (JsonException
                | NullPointerException
                | ClassCastException
                | IllegalArgumentException
                | java.util.NoSuchElementException
                | DateTimeException e) {
            return of(vendor, kind, Instant.EPOCH, Instant.MAX);
        }
    }
}
