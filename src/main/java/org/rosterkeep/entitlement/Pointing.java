package org.rosterkeep.entitlement;

import java.util.function.IntPredicate;
import org.roaringbitmap.RoaringBitmap;
import org.rosterkeep.roster.Entity;
import org.rosterkeep.roster.Field;
import org.rosterkeep.roster.Relations;

/// Who points at what came into a view or left it: of the records whose rows and lens are the same, only these can look
/// different. May name too many, never too few.
final class Pointing {
    private final Links links;

    Pointing(Census census, Looks looks) {
        links = new Links(census, looks);
    }

    /// Those of `stayed` whose references may show or hide something else than before.
    ///
    /// References without which a record is not released need no look: whoever stayed has them still.
    ///
    /// @param changed of the entity, since the earlier sight. Their references are not known to be the same,
    /// but they
    ///     are looked at anyway; here they count only for the parents whose children they were or are
    RoaringBitmap of(Entity entity, Looks.Sight was, Looks.Sight is, RoaringBitmap stayed, RoaringBitmap changed) {
        RoaringBitmap pointing = new RoaringBitmap();
        for (Field field : is.lens().grantsOf(entity).keySet()) {
            boolean looked = switch (field.shape()) {
                case REF -> field.need() != Field.Need.GRANT;
                case REFS, ROLES -> true;
                case TEXT, TOKEN, DATE, BOOL, LIST, USER_IDS, PROFILES -> false;
            };
            if (looked) {
                RoaringBitmap targets = differing(field.target(), was, is);
                if (field.target() == entity && Families.ENTITIES.contains(entity)) {
                    targets.or(changed);
                }
                if (!targets.isEmpty()) {
                    pointing.or(at(field, targets, was, is, stayed));
                    // What is read as of an older batch is not among the pointers of the roster.
                    pointing.or(is.held().of(entity));
                }
            }
        }
        pointing.and(stayed);
        return pointing;
    }

    /// What is in one of the two views and not in the other.
    static RoaringBitmap differing(Entity entity, Looks.Sight was, Looks.Sight is) {
        return RoaringBitmap.xor(was.views().of(entity), is.views().of(entity));
    }

    private RoaringBitmap at(
            Field field, RoaringBitmap targets, Looks.Sight was, Looks.Sight is, RoaringBitmap stayed) {
        Relations now = is.relations().orElseThrow();
        return switch (field) {
            case ORG_PARENT, ORG_CHILDREN, SESSION_PARENT, SESSION_CHILDREN ->
                RoaringBitmap.or(kin(field.entity(), targets, was), kin(field.entity(), targets, is));
            case COURSE_ORG -> where(stayed, course -> Entitlement.contains(targets, now.courseOrg(course)));
            case COURSE_SCHOOL_YEAR ->
                where(stayed, course -> Entitlement.contains(targets, now.courseSchoolYear(course)));
            case CLASS_TERMS ->
                where(stayed, klass -> {
                    for (int term : now.classTerms(klass)) {
                        if (targets.contains(term)) {
                            return true;
                        }
                    }
                    return false;
                });
            case USER_ROLES -> new Nearby(now).users(targets);
            default -> links.at(field, targets, now.bare(), stayed);
        };
    }

    private static RoaringBitmap kin(Entity entity, RoaringBitmap of, Looks.Sight sight) {
        return sight.families().map(families -> families.kin(entity, of)).orElseGet(RoaringBitmap::new);
    }

    private static RoaringBitmap where(RoaringBitmap among, IntPredicate wanted) {
        RoaringBitmap found = new RoaringBitmap();
        among.forEach((int ordinal) -> {
            if (wanted.test(ordinal)) {
                found.add(ordinal);
            }
        });
        return found;
    }
}
