package org.rosterkeep.rules;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.roaringbitmap.RoaringBitmap;
import org.rosterkeep.roster.Field;
import org.rosterkeep.roster.Relations;

/// What stands against single people and records, whatever a rule and its scope say: opt-outs, objections,
/// restrictions, missing consent, protection, revealing places, erasure, the end of a leaver's grace
/// (privacy.md section
/// 2.1, F09 to F12, F14, F16 to F19). Asked at the moment of every release, so it answers from memory.
@FunctionalInterface
public interface Floors {
    /// Nothing is known of anybody: for districts in which no decision about a person was ever made, and for tests.
    Floors NONE = (rule, relations, now) -> Withheld.NOTHING;

    /// @param relations the roster's shape as it stands
    Withheld withheld(Rule rule, Relations relations, Instant now);

    /// The same, told apart by cause, for a preview: who is in two of them is counted in both. Of floors that
    /// cannot say
    /// why, one cause without a code.
    default List<Cause> causes(Rule rule, Relations relations, Instant now) {
        Withheld all = withheld(rule, relations, now);
        return all.nothing() ? List.of() : List.of(new Cause("", "something that stands against single records", all));
    }

    /// One cause for which records are withheld.
    ///
    /// @param floor its code in privacy.md section 2.1, `F09`
    /// @param words what it is, for operators: `directory opt-out`
    /// @param withheld what it alone withholds
    record Cause(String floor, String words, Withheld withheld) {}

    /// What a rule may not release now. Not to be changed once made; two that hold the same sets are equal in effect
    /// exactly when their stamps are equal.
    ///
    /// @param stamp names the content: equal stamps, equal sets. 0 when nothing is withheld
    /// @param users ordinals of users that are absent, with everything that is about them
    /// @param orgs ordinals of organisations that are absent, with all that needs them
    /// @param classes ordinals of classes that are absent, with their enrolments
    /// @param fields by field of a user or their demographics: the ordinals for which it counts as having no value
    record Withheld(
            long stamp,
            RoaringBitmap users,
            RoaringBitmap orgs,
            RoaringBitmap classes,
            Map<Field, RoaringBitmap> fields) {
        public static final Withheld NOTHING =
                new Withheld(0, new RoaringBitmap(), new RoaringBitmap(), new RoaringBitmap(), Map.of());

        public Withheld {
            fields = Map.copyOf(fields);
        }

        public boolean nothing() {
            return stamp == 0;
        }
    }
}
