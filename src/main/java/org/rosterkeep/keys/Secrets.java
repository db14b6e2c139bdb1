package org.rosterkeep.keys;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/// What the key file wraps: one random secret per epoch, and those that outlive every epoch.
///
/// @param epochs by number, from 1; the last one is current
/// @param records makes record keys
/// @param pseudonyms makes the domains' keys
/// @param lasting makes everything else that must survive a rotation: the ledger's signing seed, keys of other rooms
record Secrets(TreeMap<Integer, byte[]> epochs, byte[] records, byte[] pseudonyms, byte[] lasting) {
    private static final int LENGTH = 32;
    private static final int EPOCHS_MAX = 10_000;

    static Secrets fresh(SecureRandom random) {
        TreeMap<Integer, byte[]> epochs = new TreeMap<>();
        epochs.put(1, bytes(random));
        return new Secrets(epochs, bytes(random), bytes(random), bytes(random));
    }

    int epoch() {
        return epochs.lastKey();
    }

    Secrets withNewEpoch(SecureRandom random) {
        TreeMap<Integer, byte[]> more = new TreeMap<>(epochs);
        more.put(epoch() + 1, bytes(random));
        return new Secrets(more, records, pseudonyms, lasting);
    }

    Secrets withoutOldEpochs() {
        return new Secrets(new TreeMap<>(epochs.tailMap(epoch())), records, pseudonyms, lasting);
    }

    byte[] packed() {
        ByteBuffer out = ByteBuffer.allocate(4 + epochs.size() * (4 + LENGTH) + 3 * LENGTH);
        out.put(records).put(pseudonyms).put(lasting).putInt(epochs.size());
        epochs.forEach((epoch, secret) -> out.putInt(epoch).put(secret));
        return out.array();
    }

    static Secrets unpacked(byte[] packed) {
        ByteBuffer in = ByteBuffer.wrap(packed);
        byte[] records = bytes(in);
        byte[] pseudonyms = bytes(in);
        byte[] lasting = bytes(in);
        int count = in.getInt();
        if (count < 1 || count > EPOCHS_MAX || in.remaining() != count * (4 + LENGTH)) {
            throw new KeyFault(KeyFault.Code.DAMAGED, "the key file holds no whole set of keys");
        }
        TreeMap<Integer, byte[]> epochs = new TreeMap<>();
        for (int i = 0; i < count; i++) {
            epochs.put(in.getInt(), bytes(in));
        }
        return new Secrets(epochs, records, pseudonyms, lasting);
    }

    void wipe() {
        for (Map.Entry<Integer, byte[]> epoch : epochs.entrySet()) {
            Arrays.fill(epoch.getValue(), (byte) 0);
        }
        Arrays.fill(records, (byte) 0);
        Arrays.fill(pseudonyms, (byte) 0);
        Arrays.fill(lasting, (byte) 0);
    }

    private static byte[] bytes(SecureRandom random) {
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
