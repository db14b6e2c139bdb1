package org.rosterkeep.access;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.rosterkeep.roster.Journal;
import org.rosterkeep.roster.Shelf;
import org.rosterkeep.rules.Signers;
import org.rosterkeep.rules.Stopped;
import org.rosterkeep.rules.Stops;

/// The district's operators. Each has an Ed25519 key whose private half is sealed under the password: whoever has the
/// store and not the password can sign nothing, and neither can the appliance by itself.
public final class Operators implements Signers {
    private static final int ID_BYTES = 6;
    private final Duration longest = AccessSettings.standard().session();
    static final String KIND = "operator";

    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._-]{0,63}");
    private static final int PASSWORD_MIN = 15;
    private static final int PASSWORD_MAX = 256;
    private static final int DIFFERENT_MIN = 6;

    private final Shelf shelf;
    private final Journal journal;
    private final SecureRandom random;
    private final PasswordSeal seal;
    private final PasswordSeal.Cost cost;
    private final Patience patience = new Patience();
    private final Stops stops = new Stops();
    private final Map<String, OperatorRecord> records = new ConcurrentHashMap<>();

    /// @param memory what one try of a password costs, in KiB; 65536 unless set otherwise; 0 for PBKDF2
    /// @param passes over that memory; 3 unless set otherwise; with PBKDF2, its rounds
    public Operators(Shelf shelf, Journal journal, SecureRandom random, int memory, int passes) {
        this.shelf = shelf;
        this.journal = journal;
        this.random = random;
        this.seal = new PasswordSeal(random);
        this.cost = new PasswordSeal.Cost(memory, passes, 1);
        shelf.all(KIND).forEach((name, document) -> records.put(name, OperatorRecord.read(document)));
    }

    /// Lets a person in who knows the password; empty when the name or the password is wrong, when the person has left,
    /// or when too many tries came before (see [#heldUntil(String, Instant)]). All of these take the same work.
    ///
    /// @param password not kept, and not wiped: that is the caller's
    public Optional<Session> signIn(String name, char[] password, Instant now) {
        if (patience.heldUntil(name, now).isPresent()) {
            return Optional.empty();
        }
        Optional<OperatorRecord> record = Optional.ofNullable(records.get(name))
                .filter(one -> !one.operator().retired());
        if (record.isEmpty() || password.length > PASSWORD_MAX) {
            seal.pretend(Arrays.copyOf(password, Math.min(password.length, PASSWORD_MAX)), cost);
            patience.failed(name, now);
            return Optional.empty();
        }
        Optional<byte[]> key = seal.open(password, record.get().key());
        if (key.isEmpty()) {
            patience.failed(name, now);
            return Optional.empty();
        }
        patience.succeeded(name);
        return Optional.of(session(name, key.get(), now));
    }

    /// Until when nobody is let in under this name because of wrong passwords; empty when one may try.
    public Optional<Instant> heldUntil(String name, Instant now) {
        return patience.heldUntil(name, now);
    }

    public Optional<Operator> find(String name) {
        return Optional.ofNullable(records.get(name)).map(OperatorRecord::operator);
    }

    /// All operators, by name, those who have left included.
    public List<Operator> list() {
        return records.values().stream()
                .map(OperatorRecord::operator)
                .sorted(Comparator.comparing(Operator::name))
                .toList();
    }

    /// Those whose passwords are kept by other than approved algorithms; each changes by a new password.
    public List<String> notApproved() {
        return records.values().stream()
                .filter(one -> !one.operator().retired() && !one.key().cost().approved())
                .map(one -> one.operator().name())
                .sorted()
                .toList();
    }

    /// The keys that prove what this operator signed, X.509 in base64: none is ever taken away.
    public List<String> publicKeys(String name) {
        return known(name).publicKeys();
    }

    /// What stands for the person where no name may be, as in the log: the beginning of the fingerprint of the key
    /// that the person signs with now.
    public String id(String name) {
        try {
            byte[] key = Base64.getDecoder().decode(known(name).publicKeys().getFirst());
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(key);
            return "key:" + HexFormat.of().formatHex(digest, 0, ID_BYTES);
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new AccessFault(AccessFault.Code.DOCUMENT_DAMAGED);
        }
    }

    /// Makes an operator with a signing key of their own.
    public synchronized Operator make(String name, char[] password, Set<Role> roles, String actor, Instant now) {
        if (!NAME.matcher(name).matches()) {
            throw new AccessFault(AccessFault.Code.NAME_NOT_ALLOWED);
        }
        if (records.containsKey(name)) {
            throw new AccessFault(AccessFault.Code.OPERATOR_EXISTS);
        }
        judge(name, password);
        return keep("operator.made", actor, sealed(new Operator(name, roles, now, false), password, List.of()));
    }

    /// Gives a person other roles.
    public synchronized Operator assign(String name, Set<Role> roles, String actor) {
        OperatorRecord record = known(name);
        Operator changed = new Operator(
                name, roles, record.operator().made(), record.operator().retired());
        return keep("operator.assigned", actor, new OperatorRecord(changed, record.publicKeys(), record.key()));
    }

    /// Changes a password for the person who knows it; false when they do not. The signing key stays the same.
    public synchronized boolean changePassword(String name, char[] old, char[] password) {
        OperatorRecord record = known(name);
        judge(name, password);
        Optional<byte[]> key = seal.open(old, record.key());
        if (key.isEmpty()) {
            return false;
        }
        var resealed = seal.seal(password, key.get(), cost);
        Arrays.fill(key.get(), (byte) 0);
        keep("operator.password-changed", name, new OperatorRecord(record.operator(), record.publicKeys(), resealed));
        return true;
    }

    /// Gives a person who has forgotten it a new password, and a new signing key with it: nobody can open the old one.
    public synchronized Operator reset(String name, char[] password, String actor) {
        OperatorRecord record = known(name);
        judge(name, password);
        patience.succeeded(name);
        return keep("operator.reset", actor, sealed(record.operator(), password, record.publicKeys()));
    }

    /// Lets nobody in under this name any more, at once. What the person signed stays signed.
    public synchronized Stopped retire(String name, String actor) {
        OperatorRecord record = known(name);
        Operator one = record.operator();
        Operator gone = new Operator(one.name(), one.roles(), one.made(), true);
        records.put(name, new OperatorRecord(gone, record.publicKeys(), record.key()));
        Shelf from = shelf.dated();
        return stops.write(
                name,
                () -> from.put(KIND, name, records.get(name).document()),
                () -> journal.record("operator.retired", actor, facts(gone)));
    }

    /// Tries again to write down the stops that could not be. True when none is left.
    public synchronized boolean settle() {
        return stops.settle();
    }

    @Override
    public boolean verifies(String operator, byte[] statement, byte[] signature) {
        OperatorRecord record = records.get(operator);
        return record != null && record.publicKeys().stream().anyMatch(key -> fits(key, statement, signature));
    }

    private static boolean fits(String key, byte[] statement, byte[] signature) {
        try {
            PublicKey known = KeyFactory.getInstance("Ed25519")
                    .generatePublic(new X509EncodedKeySpec(Base64.getDecoder().decode(key)));
            Signature check = Signature.getInstance("Ed25519");
            check.initVerify(known);
            check.update(statement);
            return check.verify(signature);
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            return false;
        }
    }

    private Session session(String name, byte[] key, Instant now) {
        try {
            var privateKey = KeyFactory.getInstance("Ed25519").generatePrivate(new PKCS8EncodedKeySpec(key));
            return new Session(() -> known(name).operator(), id(name), privateKey, now, longest);
        } catch (GeneralSecurityException e) {
            throw new AccessFault(AccessFault.Code.DOCUMENT_DAMAGED);
        } finally {
            Arrays.fill(key, (byte) 0);
        }
    }

    private OperatorRecord sealed(Operator operator, char[] password, List<String> formerKeys) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("Ed25519");
            generator.initialize(255, random);
            KeyPair pair = generator.generateKeyPair();
            List<String> keys = new ArrayList<>();
            keys.add(Base64.getEncoder().encodeToString(pair.getPublic().getEncoded()));
            keys.addAll(formerKeys);
            byte[] clear = pair.getPrivate().getEncoded();
            var key = seal.seal(password, clear, cost);
            Arrays.fill(clear, (byte) 0);
            return new OperatorRecord(operator, keys, key);
        } catch (GeneralSecurityException e) {
            throw new AccessFault(AccessFault.Code.CRYPTOGRAPHY_MISSING);
        }
    }

    /// Length is what counts (security.md section 5.1); what is left out are passwords that only look long.
    private static void judge(String name, char[] password) {
        if (password.length < PASSWORD_MIN) {
            throw new AccessFault(AccessFault.Code.PASSWORD_TOO_SHORT);
        }
        if (password.length > PASSWORD_MAX) {
            throw new AccessFault(AccessFault.Code.PASSWORD_TOO_LONG);
        }
        String lower = new String(password).toLowerCase(Locale.ROOT);
        boolean obvious = lower.contains("password")
                || lower.contains("rosterkeep")
                || name.length() > 3 && lower.contains(name)
                || lower.chars().distinct().count() < DIFFERENT_MIN;
        if (obvious) {
            throw new AccessFault(AccessFault.Code.PASSWORD_GUESSABLE);
        }
    }

    private OperatorRecord known(String name) {
        OperatorRecord record = records.get(name);
        if (record == null) {
            throw new AccessFault(AccessFault.Code.OPERATOR_UNKNOWN);
        }
        return record;
    }

    /// Recorded first, kept second, in force last.
    private Operator keep(String kind, String actor, OperatorRecord record) {
        journal.record(kind, actor, facts(record.operator()));
        shelf.put(KIND, record.operator().name(), record.document());
        records.put(record.operator().name(), record);
        return record.operator();
    }

    private static Map<String, String> facts(Operator operator) {
        List<String> roles = operator.roles().stream().map(Role::word).sorted().toList();
        return Map.of("operator", operator.name(), "roles", String.join(" ", roles));
    }
}
