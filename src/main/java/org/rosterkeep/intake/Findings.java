package org.rosterkeep.intake;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// Gathers findings: the first of each code in full, all of them as totals.
final class Findings {
    private final int most;
    private final List<Finding> first = new ArrayList<>();
    private final long[] totals = new long[FindingCode.values().length];

    /// @param most how many findings of one code are kept in full
    Findings(int most) {
        this.most = most;
    }

    void add(String file, long line, String column, FindingCode code) {
        if (totals[code.ordinal()]++ < most) {
            first.add(new Finding(file, line, column, code));
        }
    }

    void add(String file, FindingCode code) {
        add(file, 0, "", code);
    }

    List<Finding> first() {
        return Collections.unmodifiableList(first);
    }

    long total(FindingCode code) {
        return totals[code.ordinal()];
    }

    Map<FindingCode, Long> totals() {
        Map<FindingCode, Long> counted = new EnumMap<>(FindingCode.class);
        for (FindingCode code : FindingCode.values()) {
            if (totals[code.ordinal()] > 0) {
                counted.put(code, totals[code.ordinal()]);
            }
        }
        return counted;
    }
}
