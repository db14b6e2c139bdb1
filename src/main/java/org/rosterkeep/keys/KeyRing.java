package org.rosterkeep.keys;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.security.spec.EdECPrivateKeySpec;
import java.security.spec.NamedParameterSpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;

/// A district's keys, unwrapped, in memory only, and by purpose only: nobody gets a secret, everybody gets a key made
/// from it for one use (HKDF-SHA256).
///
/// Promise: [#rotate()] changes block and document keys from then on; record keys, domains' keys and the ledger's
/// signature stay. A pseudonym domain's key is random and rests wrapped among the documents; [#forget(String)] destroys
/// what it was wrapped by. What breaks it is a lost key file: keep a copy apart from the data.
public final class KeyRing implements AutoCloseable {
    private static final int NONCE = 12;

    private final KeyFile file;
    private final KitFile kitFile;
    private final SecureRandom random;
    private final Map<String, SecretKeySpec> made = new ConcurrentHashMap<>();
    private final RecordHash records;
    private String method;
    private String parameters;
    private byte[] wrappingKey;
    private volatile Secrets secrets;
    private volatile Optional<Kit> kit = Optional.empty();

    private KeyRing(Path directory, SecureRandom random, Secrets secrets, Wrapping wrapping) {
        file = new KeyFile(directory);
        kitFile = new KitFile(directory);
        this.random = random;
        this.secrets = secrets;
        method = wrapping.method;
        parameters = wrapping.parameters;
        wrappingKey = wrapping.key;
        byte[] hashKey = Derivation.key(secrets.records(), "record keys");
        records = new RecordHash(Arrays.copyOf(hashKey, 16));
        Arrays.fill(hashKey, (byte) 0);
    }

    private record Wrapping(String method, String parameters, byte[] key) {
        static Wrapping fresh(Unsealing unsealing, SecureRandom random) {
            String parameters = unsealing.parameters(random);
            return new Wrapping(unsealing.method(), parameters, unsealing.wrappingKey(parameters));
        }
    }

    /// Makes a new district's keys in `directory`.
    ///
    /// @throws KeyFault `EXISTS` when the district has keys already
    public static KeyRing create(Path directory, Unsealing unsealing, SecureRandom random) {
        KeyFile file = new KeyFile(directory);
        if (file.exists()) {
            throw new KeyFault(KeyFault.Code.EXISTS, "this district has keys already; they are left alone");
        }
        Wrapping wrapping = Wrapping.fresh(unsealing, random);
        KeyRing ring = new KeyRing(directory, random, Secrets.fresh(random), wrapping);
        ring.save(ring.secrets);
        return ring;
    }

    /// Unseals a district's keys.
    ///
    /// @throws KeyFault `MISSING`, `DAMAGED`, `OTHER_METHOD` or `WRONG_UNSEALING`; nothing is written in any case
    public static KeyRing open(Path directory, Unsealing unsealing, SecureRandom random) {
        KeyFile file = new KeyFile(directory);
        KeyFile.Content content = file.read();
        if (!content.method().equals(unsealing.method())) {
            throw new KeyFault(
                    KeyFault.Code.OTHER_METHOD,
                    "the district is sealed by " + content.method() + ", not by " + unsealing.method());
        }
        byte[] wrappingKey = unsealing.wrappingKey(content.parameters());
        Secrets secrets = KeyFile.unwrap(content, wrappingKey);
        Wrapping wrapping = new Wrapping(content.method(), content.parameters(), wrappingKey);
        KeyRing ring = new KeyRing(directory, random, secrets, wrapping);
        ring.takeKit();
        return ring;
    }

    /// Unseals a district's keys by its recovery kit; the key file may be lost, and is written again then.
    ///
    /// @throws KeyFault `NO_KIT`, `WRONG_KIT`, `DAMAGED`; nothing is written in any of these cases
    public static KeyRing openByKit(Path directory, KitCode code, SecureRandom random) {
        KitFile.Content content = new KitFile(directory)
                .read()
                .orElseThrow(() -> new KeyFault(KeyFault.Code.NO_KIT, "this district has no confirmed recovery kit"));
        KitFile.Opened opened = KitFile.open(content, code);
        Wrapping wrapping = new Wrapping(content.method(), content.parameters(), opened.wrappingKey());
        KeyRing ring = new KeyRing(directory, random, opened.secrets(), wrapping);
        ring.kit = Optional.of(content.kit());
        if (!ring.file.exists()) {
            ring.save(ring.secrets);
        }
        return ring;
    }

    /// The kit that opens the keys in `directory`, if one was confirmed.
    public static Optional<Kit> kit(Path directory) {
        return new KitFile(directory).read().map(KitFile.Content::kit);
    }

    /// A power cut between the two files leaves the kit's behind.
    private void takeKit() {
        Optional<KitFile.Content> content = kitFile.read();
        kit = content.map(KitFile.Content::kit);
        if (content.filter(one -> !KitFile.holds(one, secrets, wrappingKey)).isPresent()) {
            saveKit(secrets);
        }
    }

    /// The confirmed recovery kit, if there is one.
    public Optional<Kit> kit() {
        return kit;
    }

    /// Seals the same secrets to a kit whose words somebody has proved to have. The kit before opens nothing here any
    /// more; copies of the files that were made before still open with it.
    public synchronized void adopt(Kit fresh) {
        kitFile.write(fresh, new KeyFile.Open(method, parameters), secrets, wrappingKey, random);
        kit = Optional.of(fresh);
    }

    /// Whether a district has keys in `directory`, and by which method they are sealed.
    public static Optional<String> sealedBy(Path directory) {
        KeyFile file = new KeyFile(directory);
        return file.exists() ? Optional.of(file.read().method()) : Optional.empty();
    }

    /// The epoch that new blocks and documents are sealed in; from 1.
    public int epoch() {
        return secrets.epoch();
    }

    /// Every epoch whose keys are still kept, oldest first.
    public List<Integer> epochs() {
        return List.copyOf(secrets.epochs().keySet());
    }

    /// The AES-256 key of one space of blocks in one epoch.
    ///
    /// @throws KeyFault `NO_SUCH_EPOCH`
    public SecretKeySpec blocks(int space, int epoch) {
        return ofEpoch("blocks " + space, epoch);
    }

    /// The AES-256 key of the district's documents in one epoch.
    ///
    /// @throws KeyFault `NO_SUCH_EPOCH`
    public SecretKeySpec shelf(int epoch) {
        return ofEpoch("shelf", epoch);
    }

    /// The hash that gives records their lasting keys.
    public RecordHash records() {
        return records;
    }

    /// The hash under which documents are filed, so that not even their names rest in the open.
    public RecordHash shelfNames() {
        byte[] key = lasting("shelf names");
        try {
            return new RecordHash(Arrays.copyOf(key, 16));
        } finally {
            Arrays.fill(key, (byte) 0);
        }
    }

    /// Wraps the secret of a pseudonym domain, to rest among the district's documents.
    ///
    /// @throws KeyFault `NO_SUCH_DOMAIN` when the domain's key was destroyed: it never gets another
    synchronized byte[] wrap(String domain, byte[] secret) {
        byte[] nonce = new byte[NONCE];
        random.nextBytes(nonce);
        byte[] sealed = crypt(Cipher.ENCRYPT_MODE, domain, nonce, secret);
        byte[] wrapped = Arrays.copyOf(nonce, NONCE + sealed.length);
        System.arraycopy(sealed, 0, wrapped, NONCE, sealed.length);
        return wrapped;
    }

    /// The secret of a pseudonym domain, the caller's to wipe.
    ///
    /// @throws KeyFault `NO_SUCH_DOMAIN`
    synchronized byte[] unwrap(String domain, byte[] wrapped) {
        return crypt(
                Cipher.DECRYPT_MODE,
                domain,
                Arrays.copyOf(wrapped, NONCE),
                Arrays.copyOfRange(wrapped, NONCE, wrapped.length));
    }

    private byte[] crypt(int mode, String domain, byte[] nonce, byte[] bytes) {
        byte[] key = secrets.domains()
                .wrapping()
                .flatMap(tree -> tree.key(domain))
                .orElseThrow(() -> new KeyFault(
                        KeyFault.Code.NO_SUCH_DOMAIN, "the key of the pseudonym domain " + domain + " was destroyed"));
        try {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(mode, new SecretKeySpec(key, "AES"), new GCMParameterSpec(128, nonce));
            cipher.updateAAD(domain.getBytes(StandardCharsets.UTF_8));
            return cipher.doFinal(bytes);
        } catch (AEADBadTagException e) {
            throw new KeyFault(
                    KeyFault.Code.NO_SUCH_DOMAIN,
                    "the key of the pseudonym domain " + domain + " was wrapped by other keys than these",
                    e);
        } catch (GeneralSecurityException e) {
            throw new KeyFault(KeyFault.Code.UNAVAILABLE, "this Java runtime has no AES-GCM", e);
        } finally {
            Arrays.fill(key, (byte) 0);
        }
    }

    /// Whether a domain's key was destroyed.
    synchronized boolean forgot(String domain) {
        return secrets.domains().wrapping().map(tree -> tree.forgot(domain)).orElse(false);
    }

    /// Whatever the domain's key was wrapped to does not open any more, in no copy of the store. What was forgotten
    /// already stays so.
    synchronized void forget(String domain) {
        WrapTree tree = secrets.domains().wrapping().orElseThrow();
        if (!tree.forgot(domain)) {
            Secrets next = secrets.with(tree.without(domain));
            save(next);
            secrets = next;
            tree.wipe(domain);
        }
    }

    /// Takes a district of an earlier version over, whose domains' keys are derived from one secret: each is
    /// wrapped and
    /// kept, then that secret is given up. A stop in between leaves the secret, and the same is done anew.
    ///
    /// @param domains all that ever gave an id
    public synchronized void takeOver(Set<String> domains, DomainKeys keys) {
        if (!(secrets.domains() instanceof Secrets.Domains.Derived(byte[] secret))) {
            return;
        }
        Secrets next = secrets.with(WrapTree.fresh(random));
        Secrets before = secrets;
        secrets = next;
        try {
            Map<String, byte[]> wrapped = new TreeMap<>();
            domains.forEach(domain -> {
                byte[] derived = Derivation.key(secret, "domain " + domain);
                wrapped.put(domain, wrap(domain, derived));
                Arrays.fill(derived, (byte) 0);
            });
            keys.keep(wrapped);
            save(next);
        } catch (RuntimeException e) {
            secrets = before;
            throw e;
        }
        Arrays.fill(secret, (byte) 0);
    }

    /// 32 random bytes for a new domain.
    synchronized byte[] domainSecret() {
        return Secrets.bytes(random);
    }

    /// The Ed25519 key that signs the ledger's checkpoints; the same for the district's whole life.
    public KeyPair ledgerSigner() {
        byte[] seed = lasting("ledger signing seed");
        try {
            byte[] point =
                    new Ed25519PrivateKeyParameters(seed, 0).generatePublicKey().getEncoded();
            KeyFactory factory = KeyFactory.getInstance("Ed25519");
            return new KeyPair(
                    factory.generatePublic(new X509EncodedKeySpec(subjectPublicKeyInfo(point))),
                    factory.generatePrivate(new EdECPrivateKeySpec(NamedParameterSpec.ED25519, seed)));
        } catch (GeneralSecurityException e) {
            throw new KeyFault(KeyFault.Code.UNAVAILABLE, "this Java runtime has no Ed25519", e);
        } finally {
            Arrays.fill(seed, (byte) 0);
        }
    }

    /// 32 bytes for another room's purpose (hashing tokens, tags), unchanged by rotation; the caller's to wipe.
    public byte[] forRoom(String purpose) {
        return lasting("room " + purpose);
    }

    /// Names for records outside the database.
    public Tags tags() {
        return new Tags(lasting("erasure tags"));
    }

    /// Starts a new epoch. Old keys stay until [#retire()]. Returns the new epoch.
    public synchronized int rotate() {
        Secrets next = secrets.withNewEpoch(random);
        save(next);
        secrets = next;
        return next.epoch();
    }

    /// Drops the keys of every epoch but the current one. Only after everything was sealed anew: what was not is lost.
    public synchronized void retire() {
        Secrets next = secrets.withoutOldEpochs();
        save(next);
        Secrets old = secrets;
        secrets = next;
        made.clear();
        old.epochs().headMap(next.epoch()).values().forEach(secret -> Arrays.fill(secret, (byte) 0));
    }

    /// Seals the same secrets by another passphrase or method; no data is touched. Copies of the old key file
    /// still open
    /// with the old one: [#rotate()] as well when it may have leaked.
    public synchronized void reseal(Unsealing unsealing) {
        Wrapping next = Wrapping.fresh(unsealing, random);
        file.write(secrets, next.method, next.parameters, next.key, random);
        Arrays.fill(wrappingKey, (byte) 0);
        method = next.method;
        parameters = next.parameters;
        wrappingKey = next.key;
        saveKit(secrets);
    }

    /// By which method the district is sealed now.
    public synchronized String method() {
        return method;
    }

    /// Wipes what can be wiped. The ring is useless afterwards.
    @Override
    public synchronized void close() {
        made.clear();
        secrets.wipe();
        Arrays.fill(wrappingKey, (byte) 0);
    }

    private void save(Secrets next) {
        file.write(next, method, parameters, wrappingKey, random);
        saveKit(next);
    }

    private void saveKit(Secrets next) {
        kit.ifPresent(one -> kitFile.write(one, new KeyFile.Open(method, parameters), next, wrappingKey, random));
    }

    private SecretKeySpec ofEpoch(String purpose, int epoch) {
        String name = purpose + " " + epoch;
        SecretKeySpec key = made.get(name);
        return key != null ? key : make(name, epoch);
    }

    private synchronized SecretKeySpec make(String name, int epoch) {
        byte[] secret = secrets.epochs().get(epoch);
        if (secret == null) {
            throw new KeyFault(KeyFault.Code.NO_SUCH_EPOCH, "there are no keys of epoch " + epoch);
        }
        SecretKeySpec key = aes(Derivation.key(secret, name), 32);
        made.put(name, key);
        return key;
    }

    private byte[] lasting(String purpose) {
        return Derivation.key(secrets.lasting(), purpose);
    }

    private static SecretKeySpec aes(byte[] bytes, int length) {
        try {
            return new SecretKeySpec(bytes, 0, length, "AES");
        } finally {
            Arrays.fill(bytes, (byte) 0);
        }
    }

    /// RFC 8410: the fixed twelve bytes that say "Ed25519", and the point.
    private static byte[] subjectPublicKeyInfo(byte[] point) {
        byte[] info = {0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00};
        byte[] whole = Arrays.copyOf(info, info.length + point.length);
        System.arraycopy(point, 0, whole, info.length, point.length);
        return whole;
    }
}
