package org.rosterkeep.keys;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;

/// A key file of an earlier version: five lines, one way of unsealing, which wraps the secrets itself. It is read and
/// never written; the next change of the keys writes the present form.
final class EarlierKeyFile {
    /// The domains' keys are derived from one of its secrets, and none can be destroyed alone: only read, until the
    /// district is opened.
    private static final String DERIVED = "rosterkeep-keys 1";

    static final Set<String> FORMATS = Set.of(DERIVED, "rosterkeep-keys 2");

    private static final int LINES = 4;
    private static final int NONCE = 12;

    private EarlierKeyFile() {}

    record Earlier(String format, String method, String parameters, byte[] wrapped) implements KeyFile.Content {
        @Override
        public List<String> methods() {
            return List.of(method);
        }

        @Override
        public boolean earlier() {
            return true;
        }

        @Override
        public KeyFile.Opened open(Unsealing unsealing) {
            if (!method.equals(unsealing.method())) {
                throw KeyFile.otherMethod(methods(), unsealing);
            }
            byte[] wrapping = unsealing.wrappingKey(parameters);
            try {
                Way way = Way.of(method, parameters, wrapping);
                return new KeyFile.Opened(unwrap(wrapping), List.of(way), Optional.of(way));
            } finally {
                Arrays.fill(wrapping, (byte) 0);
            }
        }

        private Secrets unwrap(byte[] wrapping) {
            byte[] plain = new byte[0];
            try {
                String head = format + "\nmethod " + method + "\nparameters " + parameters + "\n";
                byte[] nonce = Arrays.copyOf(wrapped, NONCE);
                plain = KeyFile.cipher(Cipher.DECRYPT_MODE, wrapping, nonce, head)
                        .doFinal(wrapped, NONCE, wrapped.length - NONCE);
                return Secrets.unpacked(plain, format.equals(DERIVED));
            } catch (AEADBadTagException e) {
                throw new KeyFault(
                        KeyFault.Code.WRONG_UNSEALING, "this " + method + " does not open the district's keys", e);
            } catch (GeneralSecurityException e) {
                throw new KeyFault(KeyFault.Code.DAMAGED, "the key file cannot be unwrapped", e);
            } finally {
                Arrays.fill(plain, (byte) 0);
            }
        }
    }

    static Earlier parse(List<String> body, byte[] wrapped) {
        if (body.size() != LINES) {
            throw new IllegalArgumentException("lines");
        }
        return new Earlier(
                body.getFirst(),
                KeyFile.value(body.get(1), "method "),
                KeyFile.value(body.get(2), "parameters "),
                wrapped);
    }
}
