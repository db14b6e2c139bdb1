package org.rosterkeep.roster;

import java.util.Arrays;

/// What of a roster's classes and enrolments is looked up by what they use, where a change has to be followed up to its
/// ends. Made when it is first asked for.
public final class Uses {
    private final Grouping byCourse;
    private final Grouping byTerm;
    private final Grouping strays;

    Uses(Relations relations) {
        Relations.Table classes = relations.table(Entity.CLASS);
        byCourse = new Grouping(classes.columns()[1], classes.size(), relations.size(Entity.COURSE));
        int[] using = new int[classes.size() == 0 ? 0 : classes.starts()[classes.size()]];
        for (int klass = 0; klass < classes.size(); klass++) {
            for (int n = classes.starts()[klass]; n < classes.starts()[klass + 1]; n++) {
                using[n] = klass;
            }
        }
        byTerm = new Grouping(classes.many(), using.length, relations.size(Entity.ACADEMIC_SESSION), using);
        strays = strays(relations, classes.columns()[0], classes.size());
    }

    private static Grouping strays(Relations relations, int[] schools, int classes) {
        Relations.Table enrollments = relations.table(Entity.ENROLLMENT);
        int[] in = enrollments.columns()[1];
        int[] at = enrollments.columns()[2];
        int count = 0;
        int[] who = new int[16];
        int[] where = new int[16];
        for (int one = 0; one < enrollments.size(); one++) {
            boolean stray = at[one] != Relations.NONE
                    && in[one] != Relations.NONE
                    && in[one] < classes
                    && schools[in[one]] != at[one];
            if (stray) {
                if (count == who.length) {
                    who = Arrays.copyOf(who, count * 2);
                    where = Arrays.copyOf(where, count * 2);
                }
                who[count] = one;
                where[count++] = at[one];
            }
        }
        return new Grouping(where, count, relations.size(Entity.ORG), who);
    }

    /// Classes of a course, removed ones included.
    public int[] classesOfCourse(int course) {
        return byCourse.members(course);
    }

    /// Classes in a term, removed ones included.
    public int[] classesOfTerm(int term) {
        return byTerm.members(term);
    }

    /// Enrolments at a school that is not the school of their class, removed ones included.
    public int[] strayEnrollments(int school) {
        return strays.members(school);
    }
}
