package org.rosterkeep.disclosure;

import java.util.List;

/// A parsed `filter` (OneRoster section 4.1). Field names are as the client wrote them: which of them exist for this
/// client is the door's business, so that an unknown name and a withheld one are refused alike.
public sealed interface Filter {
    /// `field op 'value'`; the field may be dotted.
    record Clause(String field, Op op, String value) implements Filter {}

    /// All must hold.
    record And(List<Filter> parts) implements Filter {
        public And {
            parts = List.copyOf(parts);
        }
    }

    /// One must hold.
    record Or(List<Filter> parts) implements Filter {
        public Or {
            parts = List.copyOf(parts);
        }
    }

    enum Op {
        EQ,
        NE,
        GT,
        GE,
        LT,
        LE,
        CONTAINS
    }
}
