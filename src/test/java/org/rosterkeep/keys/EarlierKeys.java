package org.rosterkeep.keys;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;

/// A key file as earlier versions of the program wrote it: the domains' keys are derived from one of its secrets.
public final class EarlierKeys {
    private final byte[] secret;

    private EarlierKeys(byte[] secret) {
        this.secret = secret;
    }

    /// Writes a district's key file in the earliest form, with the same secrets for everything else.
    public static EarlierKeys rewrite(Path directory, Unsealing unsealing, SecureRandom random) {
        Secrets now = new KeyFile(directory).read().open(unsealing).secrets();
        byte[] derived = Secrets.bytes(random);
        write(
                directory,
                "rosterkeep-keys 1",
                new Secrets(now.epochs(), now.records(), new Secrets.Domains.Derived(derived.clone()), now.lasting()),
                unsealing,
                random);
        return new EarlierKeys(derived);
    }

    /// Writes a district's key file in the form before the present one: the same secrets, one way of unsealing.
    static void rewriteWithOneWay(Path directory, Unsealing unsealing, SecureRandom random) {
        Secrets now = new KeyFile(directory).read().open(unsealing).secrets();
        write(directory, "rosterkeep-keys 2", now, unsealing, random);
    }

    private static void write(
            Path directory, String format, Secrets secrets, Unsealing unsealing, SecureRandom random) {
        try {
            String parameters = unsealing.parameters(random);
            String head = format + "\nmethod " + unsealing.method() + "\nparameters " + parameters + "\n";
            byte[] nonce = new byte[12];
            random.nextBytes(nonce);
            byte[] sealed = KeyFile.cipher(Cipher.ENCRYPT_MODE, unsealing.wrappingKey(parameters), nonce, head)
                    .doFinal(secrets.packed());
            String body = head + "sealed " + HexFormat.of().formatHex(nonce)
                    + HexFormat.of().formatHex(sealed) + "\n";
            Files.writeString(directory.resolve("district.keys"), body + "sum " + KeyFile.sum(body) + "\n");
        } catch (IOException | GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    /// What such a version made of a block in a domain.
    public byte[] outward(String domain, byte[] block) {
        try {
            Cipher cipher = Cipher.getInstance("AES/ECB/NoPadding");
            byte[] key = Arrays.copyOf(Derivation.key(secret, "domain " + domain), 16);
            cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "AES"));
            return cipher.doFinal(block);
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }
}
