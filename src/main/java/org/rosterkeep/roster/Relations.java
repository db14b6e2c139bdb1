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
    private volatile @Nullable Grouping byClass;
    private volatile @Nullable Grouping byUser;
    private volatile @Nullable Grouping usersByOrg;
    private volatile @Nullable Grouping classesBySchool;

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
        return table(entity).live();
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
        return table(Entity.ORG).columns()[0][org];
    }

    public int sessionParent(int session) {
        return table(Entity.ACADEMIC_SESSION).columns()[0][session];
    }

    public int courseOrg(int course) {
        return table(Entity.COURSE).columns()[0][course];
    }

    public int courseSchoolYear(int course) {
        return table(Entity.COURSE).columns()[1][course];
    }

    public int classSchool(int klass) {
        return table(Entity.CLASS).columns()[0][klass];
    }

    public int classCourse(int klass) {
        return table(Entity.CLASS).columns()[1][klass];
    }

    public int[] classTerms(int klass) {
        Table classes = table(Entity.CLASS);
        return Arrays.copyOfRange(classes.many(), classes.starts()[klass], classes.starts()[klass + 1]);
    }

    public int roleCount(int user) {
        int[] starts = table(Entity.USER).starts();
        return (starts[user + 1] - starts[user]) / 2;
    }

    /// The word (`student`) of the user's n-th role.
    public String role(int user, int n) {
        Table users = table(Entity.USER);
        return words.get(users.many()[users.starts()[user] + 2 * n]);
    }

    /// The index of the role's word, for comparing without text; see [#wordIndex(String)].
    public int roleWord(int user, int n) {
        Table users = table(Entity.USER);
        return users.many()[users.starts()[user] + 2 * n];
    }

    public int roleOrg(int user, int n) {
        Table users = table(Entity.USER);
        return users.many()[users.starts()[user] + 2 * n + 1];
    }

    public int enrollmentUser(int enrollment) {
        return table(Entity.ENROLLMENT).columns()[0][enrollment];
    }

    public int enrollmentClass(int enrollment) {
        return table(Entity.ENROLLMENT).columns()[1][enrollment];
    }

    public int enrollmentSchool(int enrollment) {
        return table(Entity.ENROLLMENT).columns()[2][enrollment];
    }

    /// The index of the enrolment's role word; see [#wordIndex(String)].
    public int enrollmentRoleWord(int enrollment) {
        return table(Entity.ENROLLMENT).columns()[3][enrollment];
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
        Grouping grouping = byClass;
        if (grouping == null) {
            grouping = new Grouping(table(Entity.ENROLLMENT).columns()[1], size(Entity.ENROLLMENT), size(Entity.CLASS));
            byClass = grouping;
        }
        return grouping.members(klass);
    }

    /// Ordinals of the enrolments of one user, removed ones included.
    public int[] enrollmentsOfUser(int user) {
        Grouping grouping = byUser;
        if (grouping == null) {
            grouping = new Grouping(table(Entity.ENROLLMENT).columns()[0], size(Entity.ENROLLMENT), size(Entity.USER));
            byUser = grouping;
        }
        return grouping.members(user);
    }

    /// Ordinals of the users with a role at one org, removed ones included; once for each of their roles there.
    public int[] usersOfOrg(int org) {
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
        Grouping grouping = classesBySchool;
        if (grouping == null) {
            grouping = new Grouping(table(Entity.CLASS).columns()[0], size(Entity.CLASS), size(Entity.ORG));
            classesBySchool = grouping;
        }
        return grouping.members(school);
    }

    /// The raw table, for the store that keeps it and for passes over whole columns. Not to be changed.
    public Table table(Entity entity) {
        return Objects.requireNonNull(tables.get(entity));
    }
}
