package org.rosterkeep.intake;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.IntUnaryOperator;
import org.roaringbitmap.RoaringBitmap;
import org.rosterkeep.roster.Relations;

/// Records with parents among themselves (orgs, sessions): which of a file's rows can stand, and who is whose child
/// afterwards. A row can stand when its parent does and it is not its own ancestor.
final class Tree {
    private final Map<Integer, Node> rows = new TreeMap<>();
    private final RoaringBitmap live;
    private final RoaringBitmap doomed;
    private final IntUnaryOperator parentBefore;

    /// One row: the record, its parent or `Relations.NONE`, the line it stands on.
    record Node(int record, int parent, long line) {}

    /// Hears of a row that cannot stand.
    interface Refusal {
        void because(Node node, FindingCode code);
    }

    /// @param live the records before this batch
    /// @param doomed those of them that this batch removes
    Tree(RoaringBitmap live, RoaringBitmap doomed, IntUnaryOperator parentBefore) {
        this.live = live;
        this.doomed = doomed;
        this.parentBefore = parentBefore;
    }

    void add(Node node) {
        rows.put(node.record(), node);
    }

    /// Takes out the rows that cannot stand, until all others can. Refusing one row may topple others, so it repeats.
    void settle(Refusal refusal) {
        boolean again = true;
        while (again) {
            again = false;
            for (Node node : new ArrayList<>(rows.values())) {
                boolean orphan = node.parent() != Relations.NONE && !stands(node.parent());
                if (orphan || inCycle(node.record())) {
                    rows.remove(node.record());
                    refusal.because(node, orphan ? FindingCode.REFERENCE_UNKNOWN : FindingCode.REFERENCE_CYCLE);
                    again = true;
                }
            }
        }
    }

    boolean stands(int record) {
        return rows.containsKey(record) || live.contains(record) && !doomed.contains(record);
    }

    boolean accepts(int record) {
        return rows.containsKey(record);
    }

    boolean isEmpty() {
        return rows.isEmpty();
    }

    private boolean inCycle(int record) {
        Set<Integer> path = new HashSet<>();
        int at = parent(record);
        while (at != Relations.NONE && at != record && path.add(at)) {
            at = parent(at);
        }
        return at == record;
    }

    private int parent(int record) {
        Node node = rows.get(record);
        if (node != null) {
            return node.parent();
        }
        return live.contains(record) ? parentBefore.applyAsInt(record) : Relations.NONE;
    }

    /// Children by parent, as the batch leaves them, each in the order of their ordinals.
    Map<Integer, int[]> children() {
        Map<Integer, List<Integer>> lists = new HashMap<>();
        Set<Integer> standing = new TreeSet<>(rows.keySet());
        live.forEach((int record) -> {
            if (!doomed.contains(record)) {
                standing.add(record);
            }
        });
        for (int record : standing) {
            int parent = parent(record);
            if (parent != Relations.NONE) {
                lists.computeIfAbsent(parent, p -> new ArrayList<>()).add(record);
            }
        }
        Map<Integer, int[]> children = new HashMap<>();
        lists.forEach((parent, list) ->
                children.put(parent, list.stream().mapToInt(Integer::intValue).toArray()));
        return children;
    }

    /// Live records without a row of their own whose children this batch changes.
    List<Integer> touched(Map<Integer, int[]> children) {
        Map<Integer, List<Integer>> before = new HashMap<>();
        live.forEach((int record) -> {
            int parent = parentBefore.applyAsInt(record);
            if (parent != Relations.NONE) {
                before.computeIfAbsent(parent, p -> new ArrayList<>()).add(record);
            }
        });
        List<Integer> touched = new ArrayList<>();
        live.forEach((int record) -> {
            if (!rows.containsKey(record) && !doomed.contains(record)) {
                int[] now = children.getOrDefault(record, new int[0]);
                int[] then = before.getOrDefault(record, List.of()).stream()
                        .mapToInt(Integer::intValue)
                        .toArray();
                if (!java.util.Arrays.equals(now, then)) {
                    touched.add(record);
                }
            }
        });
        return touched;
    }
}
