package org.rosterkeep.vault;

import org.rosterkeep.roster.Entity;

/// The numbers of the spaces. They are written into every block's associated data: never change one.
final class Space {
    /// Above every space number.
    static final int LIMIT = 512;
    /// Above every [#code(Entity)].
    static final int CODES = 8;
    /// Block 0: a constant, which only the right keys open.
    static final int PROOF = number(0, 0, 1);
    /// Block 0: the vocabulary of roles.
    static final int WORDS = number(0, 0, 2);
    /// A block per batch: enrolments whose user changed, and the user they had.
    static final int MOVES = number(0, 0, 3);
    /// Blocks 0 to 4: schools, terms, grading periods, users of 13 and more, users by grade.
    static final int SETS = number(0, 0, 4);

    static final int SCHOOLS = 0;
    static final int TERMS = 1;
    static final int GRADING_PERIODS = 2;
    static final int AGE_13_PLUS = 3;
    static final int GRADES = 4;

    private Space() {}

    /// Packed rows, [RowBlock#slots(Entity)] to a block.
    static int rows(Entity entity) {
        return number(1, code(entity), 0);
    }

    /// Record keys, [Columns#CHUNK] to a block.
    static int keys(Entity entity) {
        return number(2, code(entity), 0);
    }

    /// One column of single references, [Columns#CHUNK] to a block.
    static int column(Entity entity, int column) {
        return number(3, code(entity), column);
    }

    /// The many-valued column, [Columns#CHUNK] records to a block.
    static int many(Entity entity) {
        return number(4, code(entity), 0);
    }

    /// Block 0: how many ordinals were given, and which are live.
    static int live(Entity entity) {
        return number(5, code(entity), 0);
    }

    /// A block per batch: the ordinals it touched.
    static int changed(Entity entity) {
        return number(6, code(entity), 0);
    }

    /// Names that records were given after their first one, [Columns#CHUNK] to a block.
    static int names(Entity entity) {
        return number(7, code(entity), 0);
    }

    /// The number of an entity inside keys, hashes and spaces; never changes.
    static int code(Entity entity) {
        return switch (entity) {
            case ORG -> 1;
            case ACADEMIC_SESSION -> 2;
            case COURSE -> 3;
            case CLASS -> 4;
            case USER -> 5;
            case ENROLLMENT -> 6;
            case DEMOGRAPHICS -> 7;
        };
    }

    private static int number(int kind, int entity, int column) {
        return kind << 6 | entity << 3 | column;
    }
}
