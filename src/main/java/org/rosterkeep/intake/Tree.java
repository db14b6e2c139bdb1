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

/// Records with parents among themselves (orgs, sessions): who is whose parent and child after a file's rows. A parent
/// must be in the roster, and nobody can be their own ancestor.
final class Tree {
    private final Map<Integer, Node> rows = new TreeMap<>();
    private final RoaringBitmap live;
    private final RoaringBitmap doomed;
    private final IntUnaryOperator parentBefore;

    /// One row: the record, its parent or `Relations.NONE`, the line it stands on.
    record Node(int record, int parent, long line) {}

    /// Hears of a parent that cannot be.
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

    /// Puts aside the parents that cannot be, until all others can: a row then has the parent its record had, and none
    /// where that cannot be either. All of a circle are treated alike, so the order of the rows decides nothing.
    void settle(Refusal refusal) {
        Set<Integer> fallen = new HashSet<>();
        for (List<Node> wrong = wrong(fallen); !wrong.isEmpty(); wrong = wrong(fallen)) {
            boolean first = wrong.stream().noneMatch(node -> fallen.contains(node.record()));
            for (Node node : wrong) {
                if (first) {
                    refusal.because(
                            node, stands(node.parent()) ? FindingCode.REFERENCE_CYCLE : FindingCode.REFERENCE_UNKNOWN);
                }
            }
            for (Node node : wrong) {
                int parent = fallen.add(node.record()) ? before(node) : Relations.NONE;
                rows.put(node.record(), new Node(node.record(), parent, node.line()));
            }
        }
    }

    /// Rows whose parent cannot be; only those that have fallen back already, when there are such.
    private List<Node> wrong(Set<Integer> fallen) {
        List<Node> wrong = rows.values().stream()
                .filter(node -> node.parent() != Relations.NONE)
                .filter(node -> !stands(node.parent()) || inCycle(node.record()))
                .toList();
        List<Node> again =
                wrong.stream().filter(node -> fallen.contains(node.record())).toList();
        return again.isEmpty() ? wrong : again;
    }

    private int before(Node node) {
        return live.contains(node.record()) ? parentBefore.applyAsInt(node.record()) : Relations.NONE;
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

    /// The record's parent as the batch leaves it, or `Relations.NONE`.
    int parent(int record) {
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
