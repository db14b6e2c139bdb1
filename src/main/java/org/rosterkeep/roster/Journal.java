package org.rosterkeep.roster;

import java.util.Map;

/// The record of what people and the appliance did (imports, rules, keys, clients), kept in the same tamper-evident
/// ledger as the disclosures. Facts are names of rules, vendors, operators, batches and counts: never a value of a
/// person, never a sourcedId of one.
public interface Journal {
    /// Records an act durably and returns its ledger number.
    ///
    /// @param kind a stable word, `rule.approved`
    /// @param actor who did it: an operator's name, `uid:1000`, or `appliance`
    /// @param facts short typed texts; keys are stable words
    long record(String kind, String actor, Map<String, String> facts);
}
