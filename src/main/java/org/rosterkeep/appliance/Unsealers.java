package org.rosterkeep.appliance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.rosterkeep.keys.HostSecret;
import org.rosterkeep.keys.KeyFault;
import org.rosterkeep.keys.Passphrase;
import org.rosterkeep.keys.Unsealing;
import org.rosterkeep.keys.UnsealingFile;

/// What unseals a district without a person, and how what a person brings is sealed with.
///
/// @param credentials where the service manager hands over what it kept for this service
/// @param approved whether only approved algorithms are permitted
public record Unsealers(Optional<Path> credentials, boolean approved) {
    static final Unsealers NONE = new Unsealers(Optional.empty(), false);

    /// As the environment of a service says.
    public static Optional<Path> handedOver(Map<String, String> environment) {
        return Optional.ofNullable(environment.get("CREDENTIALS_DIRECTORY"))
                .filter(text -> !text.isBlank())
                .map(Path::of);
    }

    /// One unsealing that needs nobody.
    interface ByItself {
        /// @throws KeyFault when what it takes is not there, or not what it should be
        Unsealing unsealing();
    }

    /// All of these methods that need nobody, the host's first: it is bound to the machine.
    List<ByItself> byThemselves(Path directory, List<String> methods) {
        var found = new ArrayList<ByItself>();
        if (methods.contains("host")) {
            found.add(this::host);
        }
        if (methods.contains("file")) {
            found.add(() -> new UnsealingFile(District.unsealingFile(directory)));
        }
        return List.copyOf(found);
    }

    private Unsealing host() {
        var file = credentials
                .map(directory -> directory.resolve(HostSecret.NAME))
                .filter(Files::exists)
                .orElseThrow(() -> new KeyFault(
                        KeyFault.Code.MISSING,
                        "this machine did not hand over its credential; as root, journalctl -u rosterkeep-credential"
                                + " tells why"));
        try {
            var secret = Files.readAllBytes(file);
            try {
                return new HostSecret(secret);
            } finally {
                Arrays.fill(secret, (byte) 0);
            }
        } catch (IOException e) {
            throw new KeyFault(KeyFault.Code.UNAVAILABLE, "the credential of this machine cannot be read", e);
        }
    }

    /// What a person typed, as it is sealed with here.
    Passphrase passphrase(char[] typed) {
        return approved ? Passphrase.approved(typed) : new Passphrase(typed);
    }
}
