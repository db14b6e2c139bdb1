package org.rosterkeep.access;

import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.rosterkeep.rules.Endorsement;
import org.rosterkeep.rules.Signer;

/// An operator who has just proved the password, and holds the signing key that was sealed under it. It ends by itself,
/// or when it is closed; after that it signs nothing.
public final class Session implements Signer, AutoCloseable {
    private final Supplier<Operator> operator;
    private final String id;
    private final Instant began;
    private final Duration longest;
    private volatile Optional<PrivateKey> key;

    /// @param id names the person where no name may be: made of the key it signs with, `key:` and 12 digits
    /// @param operator the person as known at the moment of asking: roles may be taken away while a session lasts
    Session(Supplier<Operator> operator, String id, PrivateKey key, Instant began, Duration longest) {
        this.operator = operator;
        this.id = id;
        this.key = Optional.of(key);
        this.began = began;
        this.longest = longest;
    }

    @Override
    public String operator() {
        return operator.get().name();
    }

    /// The beginning of the fingerprint of the key that the person signs with.
    public String id() {
        return id;
    }

    public Set<Role> roles() {
        return operator.get().roles();
    }

    public boolean has(Role role) {
        return operator.get().roles().contains(role);
    }

    @Override
    public boolean may(Endorsement.Act act, Instant now) {
        return open(now) && Role.may(operator.get().roles(), act);
    }

    @Override
    public Set<String> capacities() {
        return operator.get().roles().stream().map(Role::word).collect(Collectors.toUnmodifiableSet());
    }

    /// Whether the person is still with the district, and the session has neither been closed nor lasted too long.
    public boolean open(Instant now) {
        return key.isPresent()
                && !operator.get().retired()
                && !now.isBefore(began)
                && now.isBefore(began.plus(longest));
    }

    @Override
    public byte[] sign(byte[] statement) {
        PrivateKey held = key.orElseThrow(() -> new AccessFault(AccessFault.Code.SESSION_OVER));
        try {
            Signature signature = Signature.getInstance("Ed25519");
            signature.initSign(held);
            signature.update(statement);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new AccessFault(AccessFault.Code.CRYPTOGRAPHY_MISSING);
        }
    }

    @Override
    public void close() {
        key = Optional.empty();
    }

    @Override
    public String toString() {
        return "session of " + operator.get().name();
    }
}
