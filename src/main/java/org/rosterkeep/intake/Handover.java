package org.rosterkeep.intake;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.rosterkeep.roster.Entity;
import org.rosterkeep.roster.Relations;
import org.rosterkeep.roster.SourcedId;

/// From one source system to the next: gives the records of a mapping their new ids before anything is read, and keeps
/// out whom nobody has recognised. A delivery without a mapping passes through here, too, because persons of an earlier
/// one may still wait.
final class Handover {
    private final Optional<Mapping> mapping;
    private final Waiting before;
    private final Options options;
    private final Predicate<SourcedId> erased;
    private final Set<String> unmatched = new HashSet<>();
    private final Map<Entity, Long> renamed = new EnumMap<>(Entity.class);
    private boolean sameActor;
    private final Set<String> created = new HashSet<>();

    /// @param before who waits so far
    /// @param erased who was erased and is not to come back
    Handover(Optional<Mapping> mapping, Waiting before, Options options, Predicate<SourcedId> erased) {
        this.erased = erased;
        this.mapping = mapping;
        this.before = before;
        this.options = options;
    }

    /// Whether the id is an erased person's.
    boolean erased(Entity entity, String id) {
        return entity == Entity.USER && erased.test(SourcedId.of(id));
    }

    /// Whether this delivery is another system's first.
    boolean mapped() {
        return mapping.isPresent();
    }

    /// Whether anybody waited for a decision when the import began.
    boolean somebodyWaits() {
        return !before.isEmpty();
    }

    /// Whether somebody wanted to create whom they listed themselves.
    boolean sameActor() {
        return sameActor;
    }

    /// How many records were given another id, by entity.
    Map<Entity, Long> renamed() {
        return renamed;
    }

    /// Gives the records their new ids.
    ///
    /// @throws IntakeFault when the mapping does not fit the roster, or the delivery is not a whole one
    void apply(Desk desk) {
        if (mapping.isEmpty()) {
            return;
        }
        if (desk.manifest.mode(UserFile.FILE) != Mode.BULK
                || desk.manifest.modes().containsValue(Mode.DELTA)) {
            throw new IntakeFault(FindingCode.MAPPING_NEEDS_BULK, Mapping.FILE);
        }
        Mapping.refuse(misfits(desk), desk.findings);
        for (Mapping.Pair pair : mapping.get().pairs()) {
            SourcedId now = SourcedId.of(pair.now());
            if (desk.batch.find(pair.entity(), now) == Relations.NONE) {
                rename(desk, pair.entity(), desk.batch.find(pair.entity(), SourcedId.of(pair.old())), now);
            }
        }
    }

    void rename(Desk desk, Entity entity, int record, SourcedId now) {
        desk.batch.rename(entity, record, now);
        renamed.merge(entity, 1L, Long::sum);
    }

    /// What is wrong with the mapping for this roster. A pair that holds already is no flaw: the same file may come
    /// again.
    private List<Mapping.Flaw> misfits(Desk desk) {
        List<Mapping.Flaw> flaws = new ArrayList<>();
        Map<Entity, Map<Integer, Mapping.Pair>> taken = new EnumMap<>(Entity.class);
        for (Mapping.Pair pair : mapping.orElseThrow().pairs()) {
            int record = desk.batch.find(pair.entity(), SourcedId.of(pair.old()));
            int holder = desk.batch.find(pair.entity(), SourcedId.of(pair.now()));
            if (record == Relations.NONE) {
                flaws.add(new Mapping.Flaw(pair.line(), FindingCode.MAPPING_OLD_UNKNOWN));
            } else if (holder != Relations.NONE && holder != record) {
                flaws.add(new Mapping.Flaw(pair.line(), FindingCode.MAPPING_NEW_TAKEN));
            } else if (taken.computeIfAbsent(pair.entity(), e -> new HashMap<>())
                            .putIfAbsent(record, pair)
                    != null) {
                flaws.add(new Mapping.Flaw(pair.line(), FindingCode.MAPPING_OLD_TWICE));
            }
        }
        return flaws;
    }

    /// Why a row of a record that nobody knows must not be used yet; empty when it may be.
    Optional<FindingCode> holds(Entity entity, String id) {
        if (entity != Entity.USER || created.contains(id)) {
            return Optional.empty();
        }
        boolean listed = before.persons().containsKey(id);
        if (!listed && !mapped()) {
            return Optional.empty();
        }
        if (options.createUnmatched() && before.creatable(id, options.actor())) {
            created.add(id);
            return Optional.empty();
        }
        sameActor |= options.createUnmatched() && listed;
        unmatched.add(id);
        return Optional.of(FindingCode.PERSON_UNMATCHED);
    }

    /// Who waits after this import.
    Waiting waiting(Desk desk, Waiting.Since since) {
        boolean whole = desk.sheet(UserFile.FILE)
                .filter(sheet -> sheet.mode() == Mode.BULK)
                .isPresent();
        Map<String, Waiting.Since> persons = new TreeMap<>();
        before.persons().forEach((id, first) -> {
            boolean unknown = desk.batch.find(Entity.USER, SourcedId.of(id)) == Relations.NONE;
            // A complete file that no longer names somebody takes them off the list, too.
            if (unknown && (!whole || unmatched.contains(id))) {
                persons.put(id, first);
            }
        });
        unmatched.forEach(id -> persons.putIfAbsent(id, since));
        return new Waiting(persons);
    }
}
