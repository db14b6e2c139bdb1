package org.rosterkeep.courier;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.rosterkeep.courier.wire.Code;

/// How many people each rule has told of today. A person is remembered as a keyed number that means nothing to anybody
/// else; nothing is kept on disk, so a courier that is started anew begins to count anew. The keep counts too,
/// and lasting.
final class Ceilings {
    private final Clock clock;
    private final long key = new SecureRandom().nextLong();
    private final Map<String, Set<Long>> told = new HashMap<>();
    private LocalDate day = LocalDate.EPOCH;

    Ceilings(Clock clock) {
        this.clock = clock;
    }

    /// Counts somebody, once a day.
    synchronized void take(Grant grant, String id) {
        if (grant.personsPerDay().isEmpty()) {
            return;
        }
        LocalDate today = clock.instant().atZone(ZoneOffset.UTC).toLocalDate();
        if (!today.equals(day)) {
            told.clear();
            day = today;
        }
        Set<Long> persons = told.computeIfAbsent(grant.rule(), _ -> new HashSet<>());
        persons.add(keyed(id));
        if (persons.size() > grant.personsPerDay().get()) {
            throw new Refused(Code.VOLUME, "The rule's number of persons for a day is reached.");
        }
    }

    private long keyed(String id) {
        long hash = key;
        for (int i = 0; i < id.length(); i++) {
            hash = (hash ^ id.charAt(i)) * 0x9E3779B97F4A7C15L;
            hash ^= hash >>> 29;
        }
        return hash;
    }
}
