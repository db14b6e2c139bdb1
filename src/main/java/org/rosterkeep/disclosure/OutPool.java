package org.rosterkeep.disclosure;

import java.util.concurrent.ArrayBlockingQueue;

/// Buffers between answers. An answer that finds none makes its own; at most `spare` rest here.
final class OutPool {
    private final ArrayBlockingQueue<Out> spare;

    OutPool(int spare) {
        this.spare = new ArrayBlockingQueue<>(spare);
    }

    Out take() {
        Out out = spare.poll();
        return out == null ? new Out() : out;
    }

    void give(Out out) {
        out.clear();
        var _ = spare.offer(out);
    }
}
