package org.rosterkeep.keys;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.Provider;
import java.security.SecureRandom;
import java.security.Security;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.crypto.Cipher;
import javax.crypto.KeyGenerator;
import javax.crypto.spec.GCMParameterSpec;

/// A PKCS#11 token: an AES key that never leaves it encrypts the secret which unseals a district. It is asked
/// by whoever
/// unseals, outside the keep, whose fences let it reach neither devices nor sockets.
///
/// Promise: one opening tries the PIN once. Tokens count the tries, and lock themselves.
public final class Token {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,64}");
    private static final Pattern LIBRARY = Pattern.compile("/[A-Za-z0-9._/+-]{1,200}");
    private static final String FORM = "pkcs11-aes-gcm";
    private static final int IV = 12;

    private final Provider provider;
    private final KeyStore store;

    private Token(Provider provider, KeyStore store) {
        this.provider = provider;
        this.store = store;
    }

    /// What the token made of a secret.
    ///
    /// @param key the name of the key that never leaves the token
    public record Sealed(String key, byte[] iv, byte[] box) {
        /// One line of printable text.
        public String text() {
            return FORM + " key=" + key + " iv=" + HexFormat.of().formatHex(iv) + " box="
                    + HexFormat.of().formatHex(box);
        }

        /// @throws KeyFault `DAMAGED`
        public static Sealed read(String text) {
            String[] parts = text.split(" ", -1);
            try {
                if (parts.length != 4 || !parts[0].equals(FORM)) {
                    throw new IllegalArgumentException("not of a token");
                }
                String key = KeyFile.value(parts[1], "key=");
                if (!NAME.matcher(key).matches()) {
                    throw new IllegalArgumentException("a key's name");
                }
                return new Sealed(
                        key,
                        HexFormat.of().parseHex(KeyFile.value(parts[2], "iv=")),
                        HexFormat.of().parseHex(KeyFile.value(parts[3], "box=")));
            } catch (IllegalArgumentException e) {
                throw new KeyFault(KeyFault.Code.DAMAGED, "what the token encrypted cannot be read", e);
            }
        }
    }

    /// Opens a token with one try of its PIN.
    ///
    /// @param library the maker's PKCS#11 module, an absolute path that the caller vouches for: its code runs here
    /// @param slot the slot's number; without one, the first slot
    /// @param pin not kept, and not wiped: that is the caller's
    ///
    /// @throws KeyFault `TOKEN`
    public static Token open(Path library, Optional<Long> slot, char[] pin) {
        if (!LIBRARY.matcher(library.toString()).matches()) {
            throw new KeyFault(KeyFault.Code.TOKEN, "the PKCS#11 module must be named by an absolute, plain path");
        }
        Provider general = Optional.ofNullable(Security.getProvider("SunPKCS11"))
                .orElseThrow(() -> new KeyFault(KeyFault.Code.TOKEN, "this Java runtime has no PKCS#11"));
        try {
            Provider provider = general.configure("--name = Rosterkeep\nlibrary = " + library + "\n"
                    + slot.map(number -> "slot = " + number).orElse("slotListIndex = 0") + "\n"
                    + "attributes(*,CKO_SECRET_KEY,CKK_AES) = {\n  CKA_ENCRYPT = true\n  CKA_DECRYPT = true\n"
                    + "  CKA_SENSITIVE = true\n  CKA_EXTRACTABLE = false\n}\n");
            KeyStore store = KeyStore.getInstance("PKCS11", provider);
            store.load(null, pin);
            return new Token(provider, store);
        } catch (IOException e) {
            throw new KeyFault(
                    KeyFault.Code.TOKEN,
                    "the token did not take the PIN; it was tried once, and its tries are counted",
                    e);
        } catch (GeneralSecurityException | RuntimeException e) {
            throw new KeyFault(
                    KeyFault.Code.TOKEN,
                    "the token cannot be reached: check the module's path, the slot and the device",
                    e);
        }
    }

    /// Encrypts a secret by the token's key of this name, which is made there if there is none.
    ///
    /// @throws KeyFault `TOKEN`
    public Sealed seal(String name, byte[] secret, SecureRandom random) {
        if (!NAME.matcher(name).matches()) {
            throw new KeyFault(KeyFault.Code.TOKEN, "a key's name has letters, digits, dots and dashes, at most 64");
        }
        try {
            if (store.getKey(name, null) == null) {
                KeyGenerator generator = KeyGenerator.getInstance("AES", provider);
                generator.init(256);
                store.setKeyEntry(name, generator.generateKey(), null, null);
            }
            byte[] iv = new byte[IV];
            random.nextBytes(iv);
            return new Sealed(name, iv, crypt(Cipher.ENCRYPT_MODE, name, iv, secret));
        } catch (GeneralSecurityException | RuntimeException e) {
            throw new KeyFault(KeyFault.Code.TOKEN, "the token does not encrypt with the key " + name, e);
        }
    }

    /// What was sealed; the caller's to wipe.
    ///
    /// @throws KeyFault `TOKEN` when the token has no such key, or another one
    public byte[] open(Sealed sealed) {
        try {
            return crypt(Cipher.DECRYPT_MODE, sealed.key(), sealed.iv(), sealed.box());
        } catch (GeneralSecurityException | RuntimeException e) {
            throw new KeyFault(
                    KeyFault.Code.TOKEN, "this token's key " + sealed.key() + " is not what it was sealed by", e);
        }
    }

    private byte[] crypt(int mode, String name, byte[] iv, byte[] bytes) throws GeneralSecurityException {
        Key key = store.getKey(name, null);
        if (key == null) {
            throw new GeneralSecurityException("no such key");
        }
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding", provider);
        cipher.init(mode, key, new GCMParameterSpec(128, iv));
        return cipher.doFinal(bytes);
    }
}
