package org.rosterkeep.keys;

import java.time.Instant;
import java.util.HexFormat;

/// What everybody may know of a recovery kit; its words are known to people alone.
///
/// @param id tells kits apart before anything is tried
/// @param district whose it is
/// @param made when its words were shown
/// @param version of the program that made it
/// @param confirmed when somebody proved by two words that it was written down
/// @param publicKey what is sealed to the kit, in hexadecimal: on P-256, and on Curve25519 for kits made by an
/// earlier version
public record Kit(String id, String district, Instant made, String version, Instant confirmed, String publicKey) {
    /// A kit of these words.
    public static Kit of(KitCode code, String district, Instant made, String version, Instant confirmed) {
        byte[] point = code.key(BoxKey.P256).point();
        return new Kit(
                code.id(), district, made, version, confirmed, HexFormat.of().formatHex(point));
    }

    /// Proves that words are this kit's.
    ///
    /// @throws KeyFault `WRONG_KIT` with both kits' ids; nothing was tried
    public void check(KitCode code) {
        if (!code.id().equals(id)) {
            throw new KeyFault(
                    KeyFault.Code.WRONG_KIT,
                    "these are the words of kit " + code.id() + ", and kit " + id + " of " + made
                            + " is needed; nothing was tried");
        }
    }

    /// Whether it takes approved algorithms only: kits of earlier versions are on Curve25519, which is none for this.
    public boolean approved() {
        return point().length == BoxKey.P256;
    }

    byte[] point() {
        return HexFormat.of().parseHex(publicKey);
    }
}
