package org.rosterkeep.keys;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Optional;

/// A process of its own that asks a token: SoftHSM looks for its configuration in the environment. Says what
/// came of it.
public final class TokenProbe {
    private TokenProbe() {}

    /// @param words the module, the PIN, and what to do: `seal NAME`, `open TEXT`
    public static void main(String[] words) {
        var secret = new byte[32];
        Arrays.fill(secret, (byte) 7);
        try {
            var token = Token.open(Path.of(words[0]), Optional.empty(), words[1].toCharArray());
            if (words[2].equals("seal")) {
                System.out.println(
                        token.seal(words[3], secret, new SecureRandom()).text());
            } else {
                System.out.println(
                        Arrays.equals(secret, token.open(Token.Sealed.read(words[3]))) ? "opened" : "something else");
            }
        } catch (KeyFault fault) {
            System.out.println(fault.code() + ": " + fault.getMessage());
        }
    }
}
