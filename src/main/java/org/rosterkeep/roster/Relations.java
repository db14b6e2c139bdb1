package org.rosterkeep.roster;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.RoaringBitmap;

/// Who belongs where, in ordinals, as of one batch: the roster without a single value. Scope, counting, nesting and
/// references are answered from here; it is immutable, so an edition can hold on to the one it was made from.
///
/// Ordinals are dense per entity, given once and never reused. `NONE` marks an absent reference. A removed record keeps
/// its entries; [#live(Entity)] says which records are in the roster now. Demographics share their user's ordinals.
public final class Relations {
    public static final int NONE = -1;

    private final long batch;
    private final Map<Entity, Table> tables;
    private final Map<String, RoaringBitmap> userGrades;
    private final RoaringBitmap schools;
    private final RoaringBitmap terms;
    private final RoaringBitmap gradingPeriods;
    private final RoaringBitmap age13Plus;
    private final List<String> words;
    private final @Nullable Relations under;
    private final @Nullable Overlay overlay;
    private volatile @Nullable Grouping byClass;
    private volatile @Nullable Grouping byUser;
    private volatile @Nullable Grouping usersByOrg;
    private volatile @Nullable Grouping classesBySchool;
    private volatile @Nullable Uses uses;

    /// One entity's ordinals: which are live, their record keys, and their references by column.
    ///
    /// Columns: ORG parent; ACADEMIC_SESSION parent; COURSE org, school year; CLASS school, course;
    /// ENROLLMENT user, class, school, role word; for many-valued columns (CLASS terms; USER roles as word, org
    /// pairs) `starts[o]` to `starts[o + 1]` index into `many`.
    public record Table(
            int size, RoaringBitmap live, long[] keyHigh, long[] keyLow, int[][] columns, int[] starts, int[] many) {}

    /// Everything a builder has gathered; arrays are handed over, not copied.
    public record Parts(
            long batch,
            Map<Entity, Table> tables,
            Map<String, RoaringBitmap> userGrades,
            RoaringBitmap schools,
            RoaringBitmap terms,
            RoaringBitmap gradingPeriods,
            RoaringBitmap age13Plus,
            List<String> words) {}

    public Relations(Parts parts) {
        batch = parts.batch();
        tables = new EnumMap<>(parts.tables());
        userGrades = Map.copyOf(parts.userGrades());
        schools = Objects.requireNonNull(parts.schools());
        terms = Objects.requireNonNull(parts.terms());
        gradingPeriods = Objects.requireNonNull(parts.gradingPeriods());
        age13Plus = Objects.requireNonNull(parts.age13Plus());
        words = List.copyOf(parts.words());
        under = null;
        overlay = null;
    }

    private Relations(Relations under, Overlay overlay) {
        batch = under.batch;
        tables = under.tables;
        userGrades = Map.copyOf(overlay.grades());
        schools = overlay.of(Entries.Kind.SCHOOL);
        terms = overlay.of(Entries.Kind.TERM);
        gradingPeriods = overlay.of(Entries.Kind.GRADING_PERIOD);
        age13Plus = under.age13Plus;
        words = overlay.words();
        this.under = under;
        this.overlay = overlay;
    }

    /// The same roster, but for some records that belong where they once did, and some that have not come yet. Shares
    /// everything else.
    public Relations over(Entries entries) {
        if (under != null) {
            throw new IllegalStateException("one lays entries over a roster, not over others");
        }
        return entries.isEmpty() ? this : new Relations(this, new Overlay(this, entries));
    }

    /// The records of an entity that belong where they once did.
    public RoaringBitmap recalled(Entity entity) {
        return overlay == null ? new RoaringBitmap() : overlay.there(entity);
    }

    /// The roster that nothing is laid over.
    public Relations bare() {
        return under == null ? this : under;
    }

    /// The batch whose roster this is; 0 before the first import.
    public long batch() {
        return batch;
    }

    /// How many ordinals the entity has ever given.
    public int size(Entity entity) {
        return table(entity).size();
    }

    /// The ordinals in the roster now; not to be changed.
    public RoaringBitmap live(Entity entity) {
        return overlay == null ? table(entity).live() : overlay.live(entity);
    }

    /// Everything a record refers to: the single references in the order of the columns, the many behind them.
    int[] references(Entity entity, int ordinal) {
        int[] own = own(entity, ordinal);
        if (own != null) {
            return own.clone();
        }
        Table table = table(entity);
        int[][] columns = table.columns();
        int start = table.starts().length == 0 ? 0 : table.starts()[ordinal];
        int end = table.starts().length == 0 ? 0 : table.starts()[ordinal + 1];
        int[] all = new int[columns.length + end - start];
        for (int n = 0; n < columns.length; n++) {
            all[n] = columns[n][ordinal];
        }
        System.arraycopy(table.many(), start, all, columns.length, end - start);
        return all;
    }

    private int @Nullable [] own(Entity entity, int ordinal) {
        return overlay == null ? null : overlay.references(entity, ordinal);
    }

    private int one(Entity entity, int column, int ordinal) {
        int[] own = own(entity, ordinal);
        return own == null ? table(entity).columns()[column][ordinal] : own[column];
    }

    RoaringBitmap of(Entries.Kind kind) {
        return switch (kind) {
            case SCHOOL -> schools;
            case TERM -> terms;
            case GRADING_PERIOD -> gradingPeriods;
        };
    }

    public RecordKey key(Entity entity, int ordinal) {
        Table table = table(entity.identity());
        return new RecordKey(table.keyHigh()[ordinal], table.keyLow()[ordinal]);
    }

    /// Writes the record's key, 16 bytes, without making an object.
    public void key(Entity entity, int ordinal, byte[] into, int offset) {
        Table table = table(entity.identity());
        long high = table.keyHigh()[ordinal];
        long low = table.keyLow()[ordinal];
        for (int i = 0; i < 8; i++) {
            into[offset + i] = (byte) (high >>> (56 - 8 * i));
            into[offset + 8 + i] = (byte) (low >>> (56 - 8 * i));
        }
    }

    public int orgParent(int org) {
        return one(Entity.ORG, 0, org);
    }

    public int sessionParent(int session) {
        return one(Entity.ACADEMIC_SESSION, 0, session);
    }

    public int courseOrg(int course) {
        return one(Entity.COURSE, 0, course);
    }

    public int courseSchoolYear(int course) {
        return one(Entity.COURSE, 1, course);
    }

    public int classSchool(int klass) {
        return one(Entity.CLASS, 0, klass);
    }

    public int classCourse(int klass) {
        return one(Entity.CLASS, 1, klass);
    }

    public int[] classTerms(int klass) {
        int[] own = own(Entity.CLASS, klass);
        if (own != null) {
            return Arrays.copyOfRange(own, 2, own.length);
        }
        Table classes = table(Entity.CLASS);
        return Arrays.copyOfRange(classes.many(), classes.starts()[klass], classes.starts()[klass + 1]);
    }

    public int roleCount(int user) {
        int[] own = own(Entity.USER, user);
        if (own != null) {
            return own.length / 2;
        }
        int[] starts = table(Entity.USER).starts();
        return (starts[user + 1] - starts[user]) / 2;
    }

    /// The word (`student`) of the user's n-th role.
    public String role(int user, int n) {
        return words.get(roleWord(user, n));
    }

    /// The index of the role's word, for comparing without text; see [#wordIndex(String)].
    public int roleWord(int user, int n) {
        return many(user, 2 * n);
    }

    public int roleOrg(int user, int n) {
        return many(user, 2 * n + 1);
    }

    private int many(int user, int n) {
        int[] own = own(Entity.USER, user);
        Table users = table(Entity.USER);
        return own == null ? users.many()[users.starts()[user] + n] : own[n];
    }

    public int enrollmentUser(int enrollment) {
        return one(Entity.ENROLLMENT, 0, enrollment);
    }

    public int enrollmentClass(int enrollment) {
        return one(Entity.ENROLLMENT, 1, enrollment);
    }

    public int enrollmentSchool(int enrollment) {
        return one(Entity.ENROLLMENT, 2, enrollment);
    }

    /// The index of the enrolment's role word; see [#wordIndex(String)].
    public int enrollmentRoleWord(int enrollment) {
        return one(Entity.ENROLLMENT, 3, enrollment);
    }

    /// The index a word of a vocabulary has in this roster, or `NONE` when no record uses it.
    public int wordIndex(String word) {
        return words.indexOf(word);
    }

    public List<String> words() {
        return words;
    }

    /// The live users in a grade; empty for a grade nobody is in.
    public RoaringBitmap usersInGrade(String grade) {
        return userGrades.getOrDefault(grade, new RoaringBitmap());
    }

    public Map<String, RoaringBitmap> userGrades() {
        return userGrades;
    }

    /// Orgs of type `school`.
    public RoaringBitmap schools() {
        return schools;
    }

    /// Sessions of type `term`.
    public RoaringBitmap terms() {
        return terms;
    }

    /// Sessions of type `gradingPeriod`.
    public RoaringBitmap gradingPeriods() {
        return gradingPeriods;
    }

    /// Users known to be 13 or older; unknown is not.
    public RoaringBitmap age13Plus() {
        return age13Plus;
    }

    /// Ordinals of the enrolments of one class, removed ones included.
    public int[] enrollmentsOfClass(int klass) {
        if (under != null && overlay != null) {
            return overlay.members(Entity.ENROLLMENT, klass, under.enrollmentsOfClass(klass), overlay.byClass);
        }
        Grouping grouping = byClass;
        if (grouping == null) {
            grouping = new Grouping(table(Entity.ENROLLMENT).columns()[1], size(Entity.ENROLLMENT), size(Entity.CLASS));
            byClass = grouping;
        }
        return grouping.members(klass);
    }

    /// Ordinals of the enrolments of one user, removed ones included.
    public int[] enrollmentsOfUser(int user) {
        if (under != null && overlay != null) {
            return overlay.members(Entity.ENROLLMENT, user, under.enrollmentsOfUser(user), overlay.byUser);
        }
        Grouping grouping = byUser;
        if (grouping == null) {
            grouping = new Grouping(table(Entity.ENROLLMENT).columns()[0], size(Entity.ENROLLMENT), size(Entity.USER));
            byUser = grouping;
        }
        return grouping.members(user);
    }

    /// Ordinals of the users with a role at one org, removed ones included; once for each of their roles there.
    public int[] usersOfOrg(int org) {
        if (under != null && overlay != null) {
            return overlay.members(Entity.USER, org, under.usersOfOrg(org), overlay.usersByOrg);
        }
        Grouping grouping = usersByOrg;
        if (grouping == null) {
            Table users = table(Entity.USER);
            int[] user = new int[users.size() == 0 ? 0 : users.starts()[users.size()] / 2];
            int[] at = new int[user.length];
            for (int one = 0; one < users.size(); one++) {
                for (int n = users.starts()[one]; n < users.starts()[one + 1]; n += 2) {
                    user[n / 2] = one;
                    at[n / 2] = users.many()[n + 1];
                }
            }
            grouping = new Grouping(at, at.length, size(Entity.ORG), user);
            usersByOrg = grouping;
        }
        return grouping.members(org);
    }

    /// Ordinals of the classes of one school, removed ones included.
    public int[] classesOfSchool(int school) {
        if (under != null && overlay != null) {
            return overlay.members(Entity.CLASS, school, under.classesOfSchool(school), overlay.classesBySchool);
        }
        Grouping grouping = classesBySchool;
        if (grouping == null) {
            grouping = new Grouping(table(Entity.CLASS).columns()[0], size(Entity.CLASS), size(Entity.ORG));
            classesBySchool = grouping;
        }
        return grouping.members(school);
    }

    /// Who uses what, in a roster that nothing is laid over.
    public Uses uses() {
        if (under != null) {
            throw new IllegalStateException("what is laid over a roster is not grouped by use");
        }
        Uses known = uses;
        if (known == null) {
            known = new Uses(this);
            uses = known;
        }
        return known;
    }

    /// The raw table, for the store that keeps it and for passes over whole columns. Not to be changed.
    public Table table(Entity entity) {
        return Objects.requireNonNull(tables.get(entity));
    }
}
