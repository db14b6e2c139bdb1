package org.rosterkeep.intake;

import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.roaringbitmap.RoaringBitmap;
import org.rosterkeep.roster.Entity;
import org.rosterkeep.roster.Relations;
import org.rosterkeep.roster.SourcedId;

/// One import from the first byte to the last staged row: every file once for its ids, then the files in the order in
/// which their references point, removals of each before the next is read.
final class Reading {
    private final Desk desk;
    private final Removals removals;
    private final Handover handover;

    Reading(Desk desk, Removals removals, Handover handover) {
        this.desk = desk;
        this.removals = removals;
        this.handover = handover;
    }

    /// The file whose rows are records of the entity.
    static String file(Entity entity) {
        return entity.many() + ".csv";
    }

    void run() {
        handover.apply(desk);
        firstReadings();
        land(TreeFile.Kind.ORGS);
        land(TreeFile.Kind.SESSIONS);
        land(Entity.COURSE, sheet -> new CourseFile(desk).land(sheet));
        land(Entity.CLASS, sheet -> new ClassFile(desk).land(sheet));
        DemographicsFile demographics = new DemographicsFile(desk);
        desk.sheet(DemographicsFile.FILE).ifPresent(demographics::ages);
        users(demographics);
        land(Entity.ENROLLMENT, sheet -> new EnrollmentFile(desk).land(sheet));
        if (demographics.kept()) {
            land(Entity.DEMOGRAPHICS, demographics::land);
        } else {
            desk.sheet(DemographicsFile.FILE).ifPresent(demographics::land);
            demographics.purge();
        }
        removals.cascade();
    }

    private void firstReadings() {
        FirstReading first = new FirstReading(desk);
        for (Entity entity : Entity.values()) {
            if (entity == Entity.ENROLLMENT && handover.mapped()) {
                new EnrollmentMatch(desk, handover).run();
            }
            if (entity != Entity.DEMOGRAPHICS) {
                first.read(file(entity), ids(entity));
            }
        }
        first.read(DemographicsFile.FILE, new Known(desk.batch));
        for (String file : Set.of(RolesFile.FILE, ProfilesFile.FILE)) {
            first.read(file, new Numbered());
        }
        for (String file : new TreeSet<>(desk.columns.files())) {
            if (!Columns.isKept(file)) {
                first.count(file);
            }
        }
    }

    private FirstReading.Ids ids(Entity entity) {
        return new FirstReading.Ids() {
            @Override
            public Optional<FindingCode> held(String id) {
                if (handover.erased(entity, id)) {
                    return Optional.of(FindingCode.PERSON_ERASED);
                }
                // Most deliveries are of the system there was, and nobody waits.
                boolean plain = !handover.mapped() && !handover.somebodyWaits();
                return plain || desk.batch.find(entity, SourcedId.of(id)) != Relations.NONE
                        ? Optional.empty()
                        : unknown(entity, id);
            }

            @Override
            public int reserve(String id) {
                return desk.batch.reserve(entity, SourcedId.of(id));
            }

            @Override
            public int find(String id) {
                return desk.batch.find(entity, SourcedId.of(id));
            }
        };
    }

    private Optional<FindingCode> unknown(Entity entity, String id) {
        if (handover.mapped() && entity != Entity.USER) {
            desk.findings.add(file(entity), FindingCode.RECORD_UNMAPPED);
        }
        return handover.holds(entity, id);
    }

    private interface Land {
        void land(Sheet sheet);
    }

    private void land(TreeFile.Kind kind) {
        desk.sheet(kind.file()).ifPresent(sheet -> new TreeFile(desk, removals, kind).land(sheet));
    }

    private void land(Entity entity, Land how) {
        desk.sheet(file(entity)).ifPresent(sheet -> {
            Removals.Plan plan = removals.plan(entity, sheet);
            how.land(sheet);
            removals.carryOut(plan, sheet);
        });
    }

    private void users(DemographicsFile demographics) {
        RolesFile roles = desk.sheet(RolesFile.FILE)
                .map(sheet -> new RolesFile(desk, sheet))
                .orElseGet(() -> new RolesFile(desk));
        ProfilesFile profiles = desk.sheet(ProfilesFile.FILE)
                .map(sheet -> new ProfilesFile(desk, sheet))
                .orElseGet(() -> new ProfilesFile(desk));
        desk.sheet(RolesFile.FILE)
                .filter(sheet -> roles.complete() && sheet.accepted() > 0)
                .ifPresent(sheet -> roles.hold(removals.holdRoles(roles, sheet, staying())));
        UserFile users = new UserFile(desk, roles, profiles, demographics);
        land(Entity.USER, users::land);
        users.landOthers(desk.sheet(UserFile.FILE).map(this::settled).orElseGet(RoaringBitmap::new));
    }

    /// Users of the roster whom users.csv does not take away.
    private RoaringBitmap staying() {
        RoaringBitmap staying = desk.before.live(Entity.USER).clone();
        desk.sheet(UserFile.FILE).ifPresent(sheet -> {
            staying.andNot(sheet.gone());
            if (sheet.mode() == Mode.BULK) {
                staying.and(sheet.seen());
            }
        });
        return staying;
    }

    /// Users about whom users.csv has decided. In a complete file these are all: whom it does not name went, or
    /// stays as
    /// they are until a person lets them go, and then their roles must not go before them.
    private RoaringBitmap settled(Sheet sheet) {
        return sheet.mode() == Mode.BULK ? RoaringBitmap.or(sheet.seen(), desk.before.live(Entity.USER)) : sheet.seen();
    }

    /// Ids that must belong to users: a demographics record has no identity of its own.
    private record Known(Landing.Batch batch) implements FirstReading.Ids {
        @Override
        public int reserve(String id) {
            return find(id);
        }

        @Override
        public int find(String id) {
            return batch.find(Entity.USER, SourcedId.of(id));
        }
    }

    /// Ids of rows that are no records of their own.
    private static final class Numbered implements FirstReading.Ids {
        private final Marks marks = new Marks();

        @Override
        public int reserve(String id) {
            return marks.number(Marks.of(id));
        }

        @Override
        public int find(String id) {
            return marks.number(Marks.of(id));
        }
    }
}
