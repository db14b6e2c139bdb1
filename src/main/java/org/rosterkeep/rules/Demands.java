package org.rosterkeep.rules;

import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// All that the active packs ask together: per item the strictest counts.
///
/// @param packs the active ones, by code
/// @param clauses of every agreement
/// @param prohibited an element, and the pack that prohibits it
/// @param approverRoles for each, one of the approvers has it
/// @param debarredYearsMin the longest any of them asks for
/// @param children what the strictest of them asks for children
public record Demands(
        List<Pack> packs,
        Set<String> clauses,
        Map<String, String> prohibited,
        Set<String> approverRoles,
        Pack.Notice notice,
        Optional<Integer> debarredYearsMin,
        Optional<Pack.Children> children,
        Set<Pack.Occasion> assessments) {
    public Demands {
        packs = List.copyOf(packs);
        clauses = Set.copyOf(clauses);
        prohibited = Map.copyOf(prohibited);
        approverRoles = Set.copyOf(approverRoles);
        assessments = Set.copyOf(assessments);
    }

    static Demands of(Collection<Pack> active) {
        Set<String> clauses = new TreeSet<>();
        Map<String, String> prohibited = new TreeMap<>();
        Set<String> roles = new TreeSet<>();
        Set<Pack.Occasion> assessments = EnumSet.noneOf(Pack.Occasion.class);
        for (Pack pack : active) {
            clauses.addAll(pack.clauses().keySet());
            pack.prohibited().keySet().forEach(element -> prohibited.putIfAbsent(element, pack.code()));
            roles.addAll(pack.approverRoles().keySet());
            assessments.addAll(pack.assessments());
        }
        return new Demands(
                List.copyOf(active),
                clauses,
                prohibited,
                roles,
                new Pack.Notice(
                        active.stream()
                                .mapToInt(one -> one.notice().fresh())
                                .max()
                                .orElse(0),
                        active.stream()
                                .mapToInt(one -> one.notice().material())
                                .max()
                                .orElse(0)),
                active.stream().flatMap(one -> one.debarredYearsMin().stream()).max(Integer::compare),
                active.stream().flatMap(one -> one.children().stream()).reduce(Pack.Children::stricter),
                assessments);
    }

    /// One thing that a paper lacks.
    ///
    /// @param pack the pack that asks for it
    public record Lack(String pack, Pack.Need need) {
        /// In words: `whom people write to (`privacyContact`, for EU)`.
        public String words() {
            return need.label() + " (`" + need.word() + "`, for " + pack + ")";
        }
    }

    /// What a paper should state and does not.
    ///
    /// @param kind of the district that has the paper
    /// @param stated the words it states
    public List<Lack> lacks(Pack.Paper paper, Controller.Kind kind, Set<String> stated) {
        List<Lack> lacks = new ArrayList<>();
        for (Pack pack : packs) {
            pack.needs().stream()
                    .filter(need -> need.of(paper, kind) && !stated.contains(need.word()))
                    .forEach(need -> lacks.add(new Lack(pack.code(), need)));
        }
        return lacks;
    }
}
