package org.rosterkeep.appliance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import org.rosterkeep.keys.Unsealing;

/// A district's passphrase as a call brings it: used once, and wiped whatever happens.
final class Typed {
    /// Whoever has a copy of the disk can try passphrases for years, at no door that could close.
    private static final int NEW_MIN = 15;

    private Typed() {}

    /// What is done by a passphrase.
    interface Attempt<T> {
        T by(Unsealing unsealing) throws IOException;
    }

    /// By the passphrase there is.
    static <T> T passphrase(Call call, String argument, Unsealers unsealers, Attempt<T> attempt) {
        var typed = call.secret(argument);
        try (var phrase = unsealers.passphrase(typed)) {
            return attempt.by(phrase);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            Arrays.fill(typed, '\0');
        }
    }

    /// By one that is to be the passphrase from now on; it must not be short.
    static <T> T newPassphrase(Call call, String argument, Unsealers unsealers, Attempt<T> attempt) {
        if (call.text(argument).length() < NEW_MIN) {
            throw Trouble.wrongUse(
                    "The passphrase is too short.",
                    "It has fewer than " + NEW_MIN + " characters.",
                    "Take four or more words that nobody would put together.");
        }
        return passphrase(call, argument, unsealers, attempt);
    }
}
