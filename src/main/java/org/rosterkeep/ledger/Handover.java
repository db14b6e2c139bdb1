package org.rosterkeep.ledger;

import java.time.Instant;
import java.util.Set;
import org.rosterkeep.disclosure.Entry.Persons;
import org.rosterkeep.roster.Field;

/// What an answer's record says of whom it told a vendor and what: as much of it as it takes to know what the vendor
/// holds.
///
/// @param channel `pull`, `preview`
/// @param fields the fields it showed or told of
public record Handover(
        Instant at,
        String channel,
        String vendor,
        String rule,
        int ruleVersion,
        String agreement,
        long edition,
        Persons persons,
        Set<Field> fields) {}
