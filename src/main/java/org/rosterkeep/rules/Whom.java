package org.rosterkeep.rules;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// In sentences: whom of its scope a rule gives, when what it rests on asks something of each person.
final class Whom {
    private Whom() {}

    static List<String> of(Lookup lookup) {
        return sentences(lookup.of());
    }

    /// What is asked under one book and was not under another.
    static List<String> added(Lookup before, Lookup after) {
        Set<Charter.Basis.Person> more = new java.util.TreeSet<>(after.of());
        more.removeAll(before.of());
        return sentences(more);
    }

    private static List<String> sentences(Set<Charter.Basis.Person> asked) {
        List<String> sentences = new ArrayList<>();
        for (Charter.Basis.Person one : new java.util.TreeSet<>(asked)) {
            sentences.add(
                    switch (one) {
                        case DIRECTORY -> "Whoever has opted out of directory information is not given (F09).";
                        case CONSENT ->
                            "Only those are given whose consent to it is in force: nobody, until the first is kept"
                                    + " (F11).";
                        case CHILD_CONSENT ->
                            "Its vendor could do without the data: who may be a child is given only while a consent to"
                                    + " it is in force (F11).";
                    });
        }
        return sentences;
    }
}
