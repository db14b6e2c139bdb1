package org.rosterkeep.keys;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Wrapping keys by name out of one secret that can forget single names: a binary tree of 128 levels (Goldreich,
/// Goldwasser and Micali), in which a name's hash says the way and each step is a one-way derivation. To forget a name,
/// the secret above it gives way to those of all its neighbours on the way down.
///
/// Promise: a copy of the tree made before goes on opening everything for names that are met later, so that a copy of
/// the key file does not grow old with each new name; a copy made after a name was forgotten opens nothing of it, in
/// whatever backup it lies.
record WrapTree(List<Node> nodes) {
    private static final int LEVELS = 128;
    private static final int LENGTH = 32;
    private static final int NODE_BYTES = 1 + LEVELS / 8 + LENGTH;
    private static final int NODES_MAX = LEVELS * 10_000;

    /// The secret of everything whose way begins like this.
    ///
    /// @param depth how many steps of the way count
    private record Node(int depth, byte[] way, byte[] secret) {
        boolean above(byte[] path) {
            for (int level = 0; level < depth; level++) {
                if (step(way, level) != step(path, level)) {
                    return false;
                }
            }
            return true;
        }

        /// One step down, to the left or to the right.
        Node down(int side) {
            byte[] longer = way.clone();
            if (side == 1) {
                longer[depth / 8] |= (byte) (0x80 >> depth % 8);
            }
            return new Node(depth + 1, longer, Derivation.key(secret, "wrap tree " + side));
        }

        void wipe() {
            Arrays.fill(secret, (byte) 0);
        }
    }

    WrapTree {
        nodes = List.copyOf(nodes);
    }

    static WrapTree fresh(SecureRandom random) {
        byte[] secret = new byte[LENGTH];
        random.nextBytes(secret);
        return new WrapTree(List.of(new Node(0, new byte[LEVELS / 8], secret)));
    }

    /// The key of a name, the caller's to wipe; empty when the name was forgotten.
    Optional<byte[]> key(String name) {
        byte[] path = path(name);
        return node(path).map(top -> {
            Node at = new Node(top.depth, top.way, top.secret.clone());
            for (int level = top.depth; level < LEVELS; level++) {
                Node next = at.down(step(path, level));
                at.wipe();
                at = next;
            }
            byte[] key = Derivation.key(at.secret, "wrap " + name);
            at.wipe();
            return key;
        });
    }

    boolean forgot(String name) {
        return node(path(name)).isEmpty();
    }

    /// A tree that has no way to this name any more.
    WrapTree without(String name) {
        byte[] path = path(name);
        Optional<Node> top = node(path);
        if (top.isEmpty()) {
            return this;
        }
        List<Node> left = new ArrayList<>(nodes);
        left.remove(top.get());
        Node at = top.get();
        for (int level = at.depth; level < LEVELS; level++) {
            left.add(at.down(1 - step(path, level)));
            at = at.down(step(path, level));
        }
        return new WrapTree(left);
    }

    /// Wipes what led to a name that the tree in use has no way to any more.
    void wipe(String name) {
        node(path(name)).ifPresent(Node::wipe);
    }

    int packedLength() {
        return 4 + nodes.size() * NODE_BYTES;
    }

    void pack(ByteBuffer out) {
        out.putInt(nodes.size());
        nodes.forEach(node -> out.put((byte) node.depth).put(node.way).put(node.secret));
    }

    static WrapTree unpacked(ByteBuffer in) {
        int count = in.getInt();
        if (count < 0 || count > NODES_MAX || in.remaining() < count * NODE_BYTES) {
            throw new KeyFault(KeyFault.Code.DAMAGED, "the key file holds no whole set of keys");
        }
        List<Node> nodes = new ArrayList<>();
        for (int n = 0; n < count; n++) {
            int depth = in.get() & 0xff;
            byte[] way = new byte[LEVELS / 8];
            byte[] secret = new byte[LENGTH];
            in.get(way).get(secret);
            nodes.add(new Node(depth, way, secret));
        }
        return new WrapTree(nodes);
    }

    void wipe() {
        nodes.forEach(Node::wipe);
    }

    private Optional<Node> node(byte[] path) {
        return nodes.stream().filter(node -> node.above(path)).findFirst();
    }

    private static int step(byte[] way, int level) {
        return way[level / 8] >> 7 - level % 8 & 1;
    }

    private static byte[] path(String name) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(name.getBytes(StandardCharsets.UTF_8));
            return Arrays.copyOf(hash, LEVELS / 8);
        } catch (GeneralSecurityException e) {
            throw new KeyFault(KeyFault.Code.UNAVAILABLE, "this Java runtime has no SHA-256", e);
        }
    }

    /// Never the secrets.
    @Override
    public String toString() {
        return "wrap tree of " + nodes.size();
    }
}
