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
    private final Map<FindingCode, long[]> totals = new EnumMap<>(FindingCode.class);

    /// @param most how many findings of one code are kept in full
    Findings(int most) {
        this.most = most;
    }

    void add(String file, long line, String column, FindingCode code) {
        if (totals.computeIfAbsent(code, c -> new long[1])[0]++ < most) {
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
        return totals.getOrDefault(code, new long[1])[0];
    }

    Map<FindingCode, Long> totals() {
        Map<FindingCode, Long> counted = new EnumMap<>(FindingCode.class);
        totals.forEach((code, total) -> counted.put(code, total[0]));
        return counted;
    }
}
