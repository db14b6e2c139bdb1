package org.rosterkeep.rights;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import org.rosterkeep.roster.Entity;
import org.rosterkeep.roster.RecordKey;

/// Whom or what a dossier is about: a user, a class or an organisation, by the key that outlasts every change of the
/// source system.
public record Subject(Entity entity, RecordKey key) {
    private static final HexFormat HEX = HexFormat.of();
    private static final int KEY_BYTES = 16;
    private static final int TAG_BYTES = 8;

    /// The shelf's kind of such dossiers.
    String kind() {
        return "rights-" + entity.one();
    }

    /// The dossier's id on the shelf: the key in hexadecimal, 32 digits.
    String id() {
        return HEX.formatHex(bytes());
    }

    /// What the journal calls it. The key is a keyed hash already, and this a hash of it: without the
    /// district's keys it
    /// leads to nobody.
    String tag() {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(("rosterkeep dossier " + entity.one()).getBytes(StandardCharsets.US_ASCII));
            return HEX.formatHex(digest.digest(bytes()), 0, TAG_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private byte[] bytes() {
        byte[] bytes = new byte[KEY_BYTES];
        key.write(bytes, 0);
        return bytes;
    }

    /// The subject of a dossier on the shelf; empty when the id is none of ours.
    static Optional<Subject> of(Entity entity, String id) {
        try {
            byte[] bytes = HEX.parseHex(id);
            return bytes.length == KEY_BYTES
                    ? Optional.of(new Subject(entity, RecordKey.read(bytes, 0)))
                    : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
