package org.rosterkeep.vault;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;

/// Whose enrolment it was: a source system may hand an enrolment's id to another person, and then old answers
/// still named
/// the person of their time. Kept for ever; such moves are few.
final class Moves {
    /// By enrolment: pairs of (batch that changed the user, user before it), in order of batch.
    private final Map<Integer, long[]> moves;

    private Moves(Map<Integer, long[]> moves) {
        this.moves = moves;
    }

    static Moves load(Directory directory, Blocks blocks) {
        Moves loaded = new Moves(new HashMap<>());
        for (int batch = 0; batch < directory.blocks(Space.MOVES); batch++) {
            if (directory.newest(Space.MOVES, batch) != 0) {
                ByteBuffer in = ByteBuffer.wrap(blocks.open(Space.MOVES, batch, directory.newest(Space.MOVES, batch)));
                while (in.hasRemaining()) {
                    loaded.add(in.getInt(), batch, in.getInt());
                }
            }
        }
        return loaded;
    }

    /// The user an enrolment had after `batch`, given the one it has now.
    int asOf(int enrollment, long batch, int now) {
        long[] pairs = moves.getOrDefault(enrollment, new long[0]);
        for (int i = 0; i < pairs.length; i += 2) {
            if (pairs[i] > batch) {
                return (int) pairs[i + 1];
            }
        }
        return now;
    }

    /// Whether an enrolment was ever this user's before it became somebody else's.
    boolean wasOf(int enrollment, int user) {
        long[] pairs = moves.getOrDefault(enrollment, new long[0]);
        for (int i = 1; i < pairs.length; i += 2) {
            if (pairs[i] == user) {
                return true;
            }
        }
        return false;
    }

    /// Whose an enrolment was before it became somebody else's.
    IntStream former(int enrollment) {
        long[] pairs = moves.getOrDefault(enrollment, new long[0]);
        return IntStream.range(0, pairs.length / 2).map(n -> (int) pairs[2 * n + 1]);
    }

    /// The moves with one batch's added, from enrolment to former user.
    Moves with(long batch, Map<Integer, Integer> former) {
        if (former.isEmpty()) {
            return this;
        }
        Moves more = new Moves(new HashMap<>(moves));
        former.forEach((enrollment, user) -> more.add(enrollment, batch, user));
        return more;
    }

    static byte[] block(Map<Integer, Integer> former) {
        ByteBuffer out = ByteBuffer.allocate(8 * former.size());
        former.forEach((enrollment, user) -> out.putInt(enrollment).putInt(user));
        return out.array();
    }

    private void add(int enrollment, long batch, int user) {
        long[] pairs = moves.getOrDefault(enrollment, new long[0]);
        long[] more = Arrays.copyOf(pairs, pairs.length + 2);
        more[pairs.length] = batch;
        more[pairs.length + 1] = user;
        moves.put(enrollment, more);
    }
}
