package org.rosterkeep.disclosure;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.roaringbitmap.RoaringBitmap;
import org.rosterkeep.entitlement.LegacyRole;
import org.rosterkeep.roster.Field;
import org.rosterkeep.roster.Slice;

/// The roles of one user that are inside the scope: the word is the rule's, the org is in view. In the order of
/// the row.
final class Roles {
    /// beginDate, endDate, userProfile.
    private static final int TEXTS_KEPT_INSIDE = 3;

    private final byte[][] words;
    private final LegacyRole[][] legacy;
    private final RoaringBitmap orgs;
    private final RoaringBitmap students;
    private final int student;
    private final Slice text = new Slice();
    private Entry[] entries = new Entry[0];
    private int count;

    /// One kept role; reused.
    private static final class Entry {
        private boolean primary;
        private int word;
        private int org;
    }

    /// @param students those whose role `student` the scope counts
    Roles(Set<String> roles, RoaringBitmap orgs, RoaringBitmap students) {
        this.students = students;
        List<String> sorted = roles.stream().sorted().toList();
        student = sorted.indexOf("student");
        words = sorted.stream().map(Out::utf8).toArray(byte[][]::new);
        legacy = sorted.stream()
                .map(word -> LegacyRole.of(word).stream().toArray(LegacyRole[]::new))
                .toArray(LegacyRole[][]::new);
        this.orgs = orgs;
    }

    void read(Line line) {
        count = 0;
        if (!line.has(Field.USER_ROLES)) {
            return;
        }
        Slice value = line.slice(Field.USER_ROLES);
        int start = value.start;
        while (value.start < value.end) {
            Entry entry = entry();
            entry.primary = value.bytes[value.start++] == 0;
            value.text(text);
            entry.word = word();
            entry.org = value.varint();
            for (int kept = 0; kept < TEXTS_KEPT_INSIDE; kept++) {
                value.text(text);
            }
            boolean counts = entry.word >= 0 && (entry.word != student || students.contains(line.ordinal));
            if (counts && orgs.contains(entry.org)) {
                count++;
            }
        }
        value.start = start;
    }

    private Entry entry() {
        if (count == entries.length) {
            entries = Arrays.copyOf(entries, count + 4);
            for (int n = count; n < entries.length; n++) {
                entries[n] = new Entry();
            }
        }
        return entries[count];
    }

    private int word() {
        for (int n = 0; n < words.length; n++) {
            if (Arrays.equals(words[n], 0, words[n].length, text.bytes, text.start, text.end)) {
                return n;
            }
        }
        return -1;
    }

    int count() {
        return count;
    }

    byte[] word(int n) {
        return words[entries[n].word];
    }

    /// The role in 1.1, or an empty array.
    LegacyRole[] legacy(int n) {
        return legacy[entries[n].word];
    }

    int org(int n) {
        return entries[n].org;
    }

    boolean firstOfOrg(int n) {
        for (int before = 0; before < n; before++) {
            if (entries[before].org == entries[n].org) {
                return false;
            }
        }
        return true;
    }

    /// Exactly one per org: the first that the source calls primary, or else the first.
    boolean primary(int n) {
        int chosen = -1;
        for (int other = 0; other < count; other++) {
            if (entries[other].org == entries[n].org
                    && (chosen < 0 || entries[other].primary && !entries[chosen].primary)) {
                chosen = other;
            }
        }
        return chosen == n;
    }
}
