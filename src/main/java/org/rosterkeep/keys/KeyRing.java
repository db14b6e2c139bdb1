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
import java.util.ArrayList;
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
    private final Optional<Way> openedBy;
    private volatile List<Way> ways;
    private volatile Secrets secrets;
    private volatile Optional<Kit> kit = Optional.empty();

    private KeyRing(Path directory, SecureRandom random, KeyFile.Opened opened) {
        file = new KeyFile(directory);
        kitFile = new KitFile(directory);
        this.random = random;
        secrets = opened.secrets();
        ways = List.copyOf(opened.ways());
        openedBy = opened.by();
        byte[] hashKey = Derivation.key(secrets.records(), "record keys");
        records = new RecordHash(Arrays.copyOf(hashKey, 16));
        Arrays.fill(hashKey, (byte) 0);
    }

    /// Makes a new district's keys in `directory`.
    ///
    /// @throws KeyFault `EXISTS` when the district has keys already
    public static KeyRing create(Path directory, Unsealing unsealing, SecureRandom random) {
        if (new KeyFile(directory).exists()) {
            throw new KeyFault(KeyFault.Code.EXISTS, "this district has keys already; they are left alone");
        }
        Way way = Way.of(unsealing, unsealing.parameters(random));
        KeyRing ring = new KeyRing(
                directory, random, new KeyFile.Opened(Secrets.fresh(random), List.of(way), Optional.of(way)));
        ring.save(ring.secrets, ring.ways);
        return ring;
    }

    /// Unseals a district's keys.
    ///
    /// @throws KeyFault `MISSING`, `DAMAGED`, `OTHER_METHOD` or `WRONG_UNSEALING`; nothing is written in any case
    public static KeyRing open(Path directory, Unsealing unsealing, SecureRandom random) {
        KeyFile.Content content = new KeyFile(directory).read();
        KeyRing ring = new KeyRing(directory, random, content.open(unsealing));
        ring.takeKit(content.earlier());
        return ring;
    }

    /// Unseals a district's keys by its recovery kit; the key file may be lost, and is written again then.
    ///
    /// @throws KeyFault `NO_KIT`, `WRONG_KIT`, `DAMAGED`; nothing is written in any of these cases
    public static KeyRing openByKit(Path directory, KitCode code, SecureRandom random) {
        KitFile.Content content = new KitFile(directory)
                .read()
                .orElseThrow(() -> new KeyFault(KeyFault.Code.NO_KIT, "this district has no confirmed recovery kit"));
        KeyRing ring = new KeyRing(directory, random, KitFile.open(content, code));
        ring.kit = Optional.of(content.kit());
        if (!ring.file.exists()) {
            ring.save(ring.secrets, ring.ways);
        }
        return ring;
    }

    /// The kit that opens the keys in `directory`, if one was confirmed.
    public static Optional<Kit> kit(Path directory) {
        return new KitFile(directory).read().map(KitFile.Content::kit);
    }

    /// A power cut between the two files leaves the kit's behind. Both of an earlier version are left as they
    /// are, so that
    /// it can take them up again.
    private void takeKit(boolean earlier) {
        Optional<KitFile.Content> content = kitFile.read();
        kit = content.map(KitFile.Content::kit);
        if (content.filter(one -> !(earlier && one.earlier().isPresent()) && !KitFile.holds(one, secrets, ways))
                .isPresent()) {
            saveKit(secrets, ways);
        }
    }

    /// The confirmed recovery kit, if there is one.
    public Optional<Kit> kit() {
        return kit;
    }

    /// Seals the same secrets to a kit whose words somebody has proved to have. The kit before opens nothing here any
    /// more; copies of the files that were made before still open with it.
    public synchronized void adopt(Kit fresh) {
        kitFile.write(fresh, secrets, ways, random);
        kit = Optional.of(fresh);
    }

    /// By which methods the keys in `directory` are sealed; none when there are no keys.
    public static List<String> sealedBy(Path directory) {
        KeyFile file = new KeyFile(directory);
        return file.exists() ? file.read().methods() : List.of();
    }

    /// The ways that stand in the key file in `directory`; none when an earlier version wrote it.
    public static List<Way> waysAt(Path directory) {
        KeyFile file = new KeyFile(directory);
        return file.exists() && file.read() instanceof KeyFile.Present present ? present.ways() : List.of();
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
            save(next, ways);
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
            save(next, ways);
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
        save(next, ways);
        secrets = next;
        return next.epoch();
    }

    /// Drops the keys of every epoch but the current one. Only after everything was sealed anew: what was not is lost.
    public synchronized void retire() {
        Secrets next = secrets.withoutOldEpochs();
        save(next, ways);
        Secrets old = secrets;
        secrets = next;
        made.clear();
        old.epochs().headMap(next.epoch()).values().forEach(secret -> Arrays.fill(secret, (byte) 0));
    }

    /// The ways in which the district is unsealed, in the order in which they came.
    public List<Way> ways() {
        return ways;
    }

    /// The way in which these keys were unsealed; none when it was the recovery kit.
    public Optional<Way> openedBy() {
        return openedBy;
    }

    /// By which methods the district is unsealed.
    public List<String> methods() {
        return ways.stream().map(Way::method).distinct().toList();
    }

    /// Lets the district be unsealed in one more way; no data is touched, and the others go on.
    ///
    /// @throws KeyFault `EXISTS` when there is such a way already and there can be only one; `UNAVAILABLE`
    public synchronized Way add(Unsealing unsealing) {
        if (ways.size() >= Way.MOST) {
            throw new KeyFault(KeyFault.Code.EXISTS, "there are " + Way.MOST + " ways of unsealing; remove one first");
        }
        if (!unsealing.severalOf() && methods().contains(unsealing.method())) {
            throw new KeyFault(
                    KeyFault.Code.EXISTS,
                    "the district is unsealed by " + unsealing.method() + " already; remove that way first");
        }
        Way way = Way.of(unsealing, unsealing.parameters(random));
        List<Way> more = new ArrayList<>(ways);
        more.add(way);
        keep(more);
        return way;
    }

    /// Takes a way of unsealing away. Copies of the key file that were made before still open by it:
    /// [#rotate()] as well
    /// when one may have leaked.
    ///
    /// @throws KeyFault `NO_SUCH_WAY`, or `LAST_WAY`: a district that nothing unseals is lost
    public synchronized Way remove(String id) {
        Way way = ways.stream()
                .filter(one -> one.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new KeyFault(KeyFault.Code.NO_SUCH_WAY, "there is no such way of unsealing"));
        if (ways.size() == 1) {
            throw new KeyFault(
                    KeyFault.Code.LAST_WAY, "this is the last way of unsealing; add another before it is removed");
        }
        keep(ways.stream().filter(one -> !one.equals(way)).toList());
        return way;
    }

    /// Puts an unsealing in the place of those of the same method, or of the only one there is; beside the others
    /// otherwise. No data is touched. Copies of the old key file still open as before: [#rotate()] as well when
    /// one may
    /// have leaked.
    public synchronized Way replace(Unsealing unsealing) {
        if (ways.size() > 1) {
            return exchange(unsealing);
        }
        Way way = Way.of(unsealing, unsealing.parameters(random));
        keep(List.of(way));
        return way;
    }

    /// Puts an unsealing in the place of those of the same method.
    ///
    /// @throws KeyFault `UNAVAILABLE`
    public synchronized Way exchange(Unsealing unsealing) {
        Way way = Way.of(unsealing, unsealing.parameters(random));
        List<Way> next = new ArrayList<>(ways);
        next.removeIf(one -> one.method().equals(way.method()));
        next.add(way);
        keep(next);
        return way;
    }

    /// Puts an unsealing in the place of one way.
    ///
    /// @throws KeyFault `NO_SUCH_WAY`, `UNAVAILABLE`
    public synchronized Way exchange(Way old, Unsealing unsealing) {
        if (!ways.contains(old)) {
            throw new KeyFault(KeyFault.Code.NO_SUCH_WAY, "there is no such way of unsealing");
        }
        Way way = Way.of(unsealing, unsealing.parameters(random));
        keep(ways.stream().map(one -> one.equals(old) ? way : one).toList());
        return way;
    }

    private void keep(List<Way> next) {
        save(secrets, next);
        ways = List.copyOf(next);
    }

    /// Wipes what can be wiped. The ring is useless afterwards.
    @Override
    public synchronized void close() {
        made.clear();
        secrets.wipe();
    }

    private void save(Secrets next, List<Way> ways) {
        file.write(next, ways, random);
        saveKit(next, ways);
    }

    private void saveKit(Secrets next, List<Way> ways) {
        kit.ifPresent(one -> kitFile.write(one, next, ways, random));
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
