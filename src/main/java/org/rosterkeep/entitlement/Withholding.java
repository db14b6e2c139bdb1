package org.rosterkeep.entitlement;

import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.roaringbitmap.RoaringBitmap;
import org.rosterkeep.roster.Entity;
import org.rosterkeep.roster.Field;
import org.rosterkeep.roster.Relations;
import org.rosterkeep.rules.Floors;
import org.rosterkeep.rules.Rule;

/// The floors as they stand now, with the one that needs no decision of anybody: the phone number of a person who is
/// not known to be 13 counts as absent, whatever an earlier batch knew (privacy.md section 2.1, F14).
final class Withholding {
    private final Floors floors;
    private final Census census;
    private volatile Optional<Young> young = Optional.empty();

    Withholding(Floors floors, Census census) {
        this.floors = floors;
        this.census = census;
    }

    /// Everybody who is not known to be 13, as of one roster.
    private record Young(Relations relations, RoaringBitmap users, long stamp) {}

    Floors.Withheld of(Rule rule, Instant now) {
        Relations relations = census.relations();
        Floors.Withheld withheld = floors.withheld(rule, relations, now);
        Map<Field, ?> given = Lens.of(rule).grants();
        if (!given.containsKey(Field.USER_SMS) && !given.containsKey(Field.USER_PHONE)) {
            return withheld;
        }
        Young of = young(relations);
        if (of.users().isEmpty()) {
            return withheld;
        }
        Map<Field, RoaringBitmap> fields = new EnumMap<>(Field.class);
        fields.putAll(withheld.fields());
        fields.merge(Field.USER_SMS, of.users(), (one, more) -> RoaringBitmap.or(one, more));
        fields.merge(Field.USER_PHONE, of.users(), (one, more) -> RoaringBitmap.or(one, more));
        long stamp = withheld.stamp() * 31 + of.stamp();
        return new Floors.Withheld(
                stamp == 0 ? 1 : stamp, withheld.users(), withheld.orgs(), withheld.classes(), fields);
    }

    private Young young(Relations relations) {
        Optional<Young> known = young.filter(of -> of.relations() == relations);
        if (known.isPresent()) {
            return known.get();
        }
        RoaringBitmap users = RoaringBitmap.bitmapOfRange(0, relations.size(Entity.USER));
        users.andNot(relations.age13Plus());
        Young made = new Young(relations, users, stamp(users));
        young = Optional.of(made);
        return made;
    }

    /// Names the set (FNV-1a over its members): another set has another stamp but for a chance of one in 2^64.
    private static long stamp(RoaringBitmap users) {
        long[] stamp = {0xcbf29ce484222325L};
        users.forEach((int user) -> stamp[0] = (stamp[0] ^ user) * 0x100000001b3L);
        return stamp[0];
    }
}
