package org.rosterkeep.keys;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// What the key file wraps: one random secret per epoch, and those that outlive every epoch.
///
/// @param epochs by number, from 1; the last one is current
/// @param records makes record keys
/// @param domains wraps the keys of the pseudonym domains
/// @param lasting makes everything else that must survive a rotation: the ledger's signing seed, keys of other rooms
record Secrets(TreeMap<Integer, byte[]> epochs, byte[] records, Domains domains, byte[] lasting) {
    private static final int LENGTH = 32;
    private static final int EPOCHS_MAX = 10_000;

    /// What the keys of pseudonym domains come from.
    sealed interface Domains {
        /// Every domain's key is derived from this one, as in districts of earlier versions of the program: none can be
        /// destroyed alone.
        record Derived(byte[] secret) implements Domains {}

        /// Every domain has a random key, wrapped under one of these.
        record Wrapped(WrapTree tree) implements Domains {}

        default Optional<WrapTree> wrapping() {
            return switch (this) {
                case Derived derived -> Optional.empty();
                case Wrapped(WrapTree tree) -> Optional.of(tree);
            };
        }

        default void wipe() {
            switch (this) {
                case Derived(byte[] secret) -> Arrays.fill(secret, (byte) 0);
                case Wrapped(WrapTree tree) -> tree.wipe();
            }
        }
    }

    static Secrets fresh(SecureRandom random) {
        TreeMap<Integer, byte[]> epochs = new TreeMap<>();
        epochs.put(1, bytes(random));
        return new Secrets(epochs, bytes(random), new Domains.Wrapped(WrapTree.fresh(random)), bytes(random));
    }

    int epoch() {
        return epochs.lastKey();
    }

    Secrets withNewEpoch(SecureRandom random) {
        TreeMap<Integer, byte[]> more = new TreeMap<>(epochs);
        more.put(epoch() + 1, bytes(random));
        return new Secrets(more, records, domains, lasting);
    }

    Secrets withoutOldEpochs() {
        return new Secrets(new TreeMap<>(epochs.tailMap(epoch())), records, domains, lasting);
    }

    Secrets with(WrapTree tree) {
        return new Secrets(epochs, records, new Domains.Wrapped(tree), lasting);
    }

    byte[] packed() {
        int domainBytes = switch (domains) {
            case Domains.Derived derived -> LENGTH;
            case Domains.Wrapped(WrapTree tree) -> tree.packedLength();
        };
        ByteBuffer out = ByteBuffer.allocate(4 + epochs.size() * (4 + LENGTH) + 2 * LENGTH + domainBytes);
        out.put(records);
        switch (domains) {
            case Domains.Derived(byte[] secret) -> out.put(secret);
            case Domains.Wrapped(WrapTree tree) -> tree.pack(out);
        }
        out.put(lasting).putInt(epochs.size());
        epochs.forEach((epoch, secret) -> out.putInt(epoch).put(secret));
        return out.array();
    }

    /// @param derived whether the domains' keys are derived, as the key file's format says
    static Secrets unpacked(byte[] packed, boolean derived) {
        ByteBuffer in = ByteBuffer.wrap(packed);
        byte[] records = bytes(in);
        Domains domains = derived ? new Domains.Derived(bytes(in)) : new Domains.Wrapped(WrapTree.unpacked(in));
        byte[] lasting = bytes(in);
        int count = in.getInt();
        if (count < 1 || count > EPOCHS_MAX || in.remaining() != count * (4 + LENGTH)) {
            throw new KeyFault(KeyFault.Code.DAMAGED, "the key file holds no whole set of keys");
        }
        TreeMap<Integer, byte[]> epochs = new TreeMap<>();
        for (int i = 0; i < count; i++) {
            epochs.put(in.getInt(), bytes(in));
        }
        return new Secrets(epochs, records, domains, lasting);
    }

    void wipe() {
        for (Map.Entry<Integer, byte[]> epoch : epochs.entrySet()) {
            Arrays.fill(epoch.getValue(), (byte) 0);
        }
        Arrays.fill(records, (byte) 0);
        domains.wipe();
        Arrays.fill(lasting, (byte) 0);
    }

    static byte[] bytes(SecureRandom random) {
        byte[] secret = new byte[LENGTH];
        random.nextBytes(secret);
        return secret;
    }

    private static byte[] bytes(ByteBuffer in) {
        byte[] secret = new byte[LENGTH];
        in.get(secret);
        return secret;
    }

    /// Never the secrets.
    @Override
    public String toString() {
        return "secrets of epoch " + epoch();
    }
}
