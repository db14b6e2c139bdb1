package org.rosterkeep.keys;

import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;

/// A key file as earlier versions of the program wrote it: the domains' keys are derived from one of its secrets.
public final class EarlierKeys {
    private final byte[] secret;

    private EarlierKeys(byte[] secret) {
        this.secret = secret;
    }

    /// Writes a district's key file in the earlier form, with the same secrets for everything else.
    public static EarlierKeys rewrite(Path directory, Unsealing unsealing, SecureRandom random) {
        KeyFile file = new KeyFile(directory);
        KeyFile.Content content = file.read();
        byte[] wrapping = unsealing.wrappingKey(content.parameters());
        Secrets now = KeyFile.unwrap(content, wrapping);
        byte[] derived = Secrets.bytes(random);
        file.write(
                new Secrets(now.epochs(), now.records(), new Secrets.Domains.Derived(derived.clone()), now.lasting()),
                content.method(),
                content.parameters(),
                wrapping,
                random);
        return new EarlierKeys(derived);
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
