package org.rosterkeep.entitlement;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.roaringbitmap.RoaringBitmap;

/// Disjoint sets of ordinals, each with the instant at which its members last changed, in order of time. Immutable.
public final class Runs {
    public static final Runs NONE = new Runs(List.of());

    private static final int FEW = 2;

    private final List<Run> runs;
    private final RoaringBitmap all;
    private volatile short[] indexes = new short[0];

    /// One instant and those that changed at it.
    public record Run(Instant at, RoaringBitmap members) {}

    Runs(List<Run> runs) {
        this.runs = List.copyOf(runs);
        all = new RoaringBitmap();
        runs.forEach(run -> all.or(run.members()));
    }

    public List<Run> runs() {
        return runs;
    }

    /// All members; not to be changed.
    public RoaringBitmap all() {
        return all;
    }

    /// The number of the run a member belongs to, an index into [#runs()].
    public int runOf(int ordinal) {
        if (runs.size() <= FEW) {
            return runs.size() == 1 || runs.getFirst().members().contains(ordinal) ? 0 : 1;
        }
        short[] index = indexes;
        if (index.length == 0) {
            index = index();
            indexes = index;
        }
        return index[ordinal];
    }

    /// Without `gone`, and with `moved` at a later instant.
    Runs after(RoaringBitmap gone, RoaringBitmap moved, Instant at) {
        List<Run> next = new ArrayList<>();
        for (Run run : runs) {
            RoaringBitmap rest = RoaringBitmap.andNot(run.members(), gone);
            rest.andNot(moved);
            if (!rest.isEmpty()) {
                next.add(new Run(run.at(), rest));
            }
        }
        if (!moved.isEmpty()) {
            next.add(new Run(at, moved.clone()));
        }
        return new Runs(next);
    }

    /// The members whose instant is before `limit`.
    RoaringBitmap before(Instant limit) {
        RoaringBitmap old = new RoaringBitmap();
        for (Run run : runs) {
            if (run.at().isBefore(limit)) {
                old.or(run.members());
            }
        }
        return old;
    }

    private short[] index() {
        short[] index = new short[all.isEmpty() ? 1 : all.last() + 1];
        for (int n = 0; n < runs.size(); n++) {
            short number = (short) n;
            runs.get(n).members().forEach((int ordinal) -> index[ordinal] = number);
        }
        return index;
    }
}
