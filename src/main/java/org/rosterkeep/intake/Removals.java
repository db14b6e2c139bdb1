package org.rosterkeep.intake;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.roaringbitmap.IntConsumer;
import org.roaringbitmap.RoaringBitmap;
import org.rosterkeep.roster.Entity;
import org.rosterkeep.roster.Relations;

/// What a delivery takes away: records it says are gone, and in a bulk file those it no longer names. Below the
/// thresholds they go; above, they stay as they are and wait for a person, while everything else flows.
final class Removals {
    private final Desk desk;
    private final Thresholds thresholds;
    private final Map<Entity, RoaringBitmap> waiting;
    private final Map<Entity, RoaringBitmap> held = new EnumMap<>(Entity.class);

    /// @param now records that go with this batch
    /// @param later records that wait
    record Plan(Entity entity, RoaringBitmap now, RoaringBitmap later, boolean uncertain) {}

    /// @param waiting removals that are held and must stay so if they come up again
    Removals(Desk desk, Thresholds thresholds, Map<Entity, RoaringBitmap> waiting) {
        this.desk = desk;
        this.thresholds = thresholds;
        this.waiting = waiting;
    }

    /// Decides what happens to the records a file takes away. Changes nothing yet.
    Plan plan(Entity entity, Sheet sheet) {
        RoaringBitmap live = desk.before.live(entity);
        RoaringBitmap going = RoaringBitmap.and(live, sheet.gone());
        boolean uncertain = false;
        if (sheet.mode() == Mode.BULK) {
            RoaringBitmap missing = RoaringBitmap.andNot(live, sheet.seen());
            uncertain = sheet.unidentified() > 0 && !missing.isEmpty();
            going.or(missing);
        }
        RoaringBitmap later =
                uncertain || thresholds.holdCollection(going.getLongCardinality(), live.getLongCardinality())
                        ? going.clone()
                        : ofHeldSchools(entity, live, going);
        RoaringBitmap still = RoaringBitmap.and(going, waiting.getOrDefault(entity, new RoaringBitmap()));
        if (!RoaringBitmap.andNot(still, later).isEmpty()) {
            desk.findings.add(sheet.file(), FindingCode.REMOVALS_WAIT);
            later.or(still);
        }
        return new Plan(entity, RoaringBitmap.andNot(going, later), later, uncertain);
    }

    /// Does what was planned, unless not a single row of the file was usable.
    void carryOut(Plan plan, Sheet sheet) {
        if (sheet.accepted() == 0 && sheet.gone().isEmpty()) {
            desk.findings.add(sheet.file(), FindingCode.FILE_ALL_QUARANTINED);
            return;
        }
        RoaringBitmap now = sheet.accepted() == 0 ? RoaringBitmap.and(plan.now(), sheet.gone()) : plan.now();
        now.forEach((IntConsumer) ordinal -> desk.remove(plan.entity(), ordinal));
        if (!plan.later().isEmpty()) {
            held.put(plan.entity(), plan.later());
            desk.counts(plan.entity()).held = plan.later().getLongCardinality();
            desk.findings.add(
                    sheet.file(), plan.uncertain() ? FindingCode.REMOVALS_UNCERTAIN : FindingCode.REMOVALS_HELD);
        }
    }

    /// The users whose roles a complete roles.csv takes away beyond the thresholds: they keep what it does not name. A
    /// role that came back under another id is not lost, so roles are counted and not compared.
    ///
    /// @param staying users of the roster who stay in it
    RoaringBitmap holdRoles(RolesFile roles, Sheet sheet, RoaringBitmap staying) {
        RoaringBitmap losing = new RoaringBitmap();
        long[] lost = new long[1];
        long[] there = new long[1];
        staying.forEach((IntConsumer) user -> {
            int had = desk.before.roleCount(user);
            int less = had - roles.named(user);
            there[0] += had;
            if (less > 0) {
                lost[0] += less;
                losing.add(user);
            }
        });
        boolean all = sheet.unidentified() > 0 || thresholds.holdCollection(lost[0], there[0]);
        RoaringBitmap kept = all ? losing : ofHeldSchools(Entity.USER, staying, losing);
        if (!kept.isEmpty()) {
            desk.findings.add(sheet.file(), FindingCode.ROLES_HELD);
        }
        return kept;
    }

    /// Removes what cannot be without the users and classes that went: their enrolments, and users' demographics.
    void cascade() {
        gone(Entity.USER).forEach((IntConsumer) user -> {
            cascade(Entity.DEMOGRAPHICS, user);
            Arrays.stream(desk.before.enrollmentsOfUser(user)).forEach(e -> cascade(Entity.ENROLLMENT, e));
        });
        gone(Entity.CLASS).forEach((IntConsumer) klass ->
                Arrays.stream(desk.before.enrollmentsOfClass(klass)).forEach(e -> cascade(Entity.ENROLLMENT, e)));
    }

    /// Records that were in the roster and are not any longer.
    private RoaringBitmap gone(Entity entity) {
        RoaringBitmap gone = new RoaringBitmap();
        desk.before.live(entity).forEach((IntConsumer) ordinal -> {
            if (!desk.batch.present(entity, ordinal)) {
                gone.add(ordinal);
            }
        });
        return gone;
    }

    private void cascade(Entity entity, int ordinal) {
        boolean was = desk.wasLive(entity, ordinal) && !desk.applied(entity).contains(ordinal);
        if (was && desk.remove(entity, ordinal)) {
            desk.counts(entity).cascaded++;
            RoaringBitmap waiting = held.get(entity);
            if (waiting != null) {
                waiting.remove(ordinal);
            }
        }
    }

    /// What waits for a person, by entity; only entities with something waiting.
    Map<Entity, RoaringBitmap> held() {
        held.values().removeIf(RoaringBitmap::isEmpty);
        return held;
    }

    private RoaringBitmap ofHeldSchools(Entity entity, RoaringBitmap live, RoaringBitmap going) {
        RoaringBitmap later = new RoaringBitmap();
        if (going.isEmpty() || thresholds.school().isEmpty()) {
            return later;
        }
        Map<Integer, Integer> lost = perSchool(entity, going);
        Map<Integer, Integer> there = perSchool(entity, live);
        RoaringBitmap schools = new RoaringBitmap();
        lost.forEach((school, count) -> {
            if (thresholds.holdSchool(count, there.getOrDefault(school, 0))) {
                schools.add(school);
            }
        });
        going.forEach((IntConsumer) ordinal -> {
            if (schools(entity, ordinal).anyMatch(schools::contains)) {
                later.add(ordinal);
            }
        });
        return later;
    }

    private Map<Integer, Integer> perSchool(Entity entity, RoaringBitmap ordinals) {
        Map<Integer, Integer> counted = new HashMap<>();
        ordinals.forEach((IntConsumer)
                ordinal -> schools(entity, ordinal).forEach(school -> counted.merge(school, 1, Integer::sum)));
        return counted;
    }

    /// The orgs a record that was in the roster belongs to.
    private IntStream schools(Entity entity, int ordinal) {
        Relations before = desk.before;
        return switch (entity) {
            case CLASS -> IntStream.of(before.classSchool(ordinal)).filter(org -> org != Relations.NONE);
            case ENROLLMENT -> IntStream.of(before.enrollmentSchool(ordinal)).filter(org -> org != Relations.NONE);
            case USER, DEMOGRAPHICS ->
                IntStream.range(0, before.roleCount(ordinal))
                        .map(n -> before.roleOrg(ordinal, n))
                        .distinct();
            case COURSE -> IntStream.of(before.courseOrg(ordinal)).filter(org -> org != Relations.NONE);
            case ORG, ACADEMIC_SESSION -> IntStream.empty();
        };
    }
}
