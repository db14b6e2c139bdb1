package org.rosterkeep.entitlement;

import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import org.rosterkeep.roster.Entity;
import org.rosterkeep.roster.Field;
import org.rosterkeep.roster.Shape;
import org.rosterkeep.rules.Rule;
import org.rosterkeep.rules.Treatment;

/// The part of a rule that decides how a record looks: two rules with equal lenses show equal records alike.
///
/// Floor F14 (privacy.md section 2.1) is applied here: phone numbers serve account security and nothing else.
///
/// @param roles the user roles of the scope; entries of other roles are not shown
/// @param domain pseudonym domain, of no effect when sourcedIds pass through
public record Lens(Map<Field, Treatment> grants, Set<String> roles, boolean passThroughIds, String domain) {
    private static final String PHONE_PURPOSE = "account_security";

    public Lens {
        Map<Field, Treatment> fitting = new EnumMap<>(Field.class);
        grants.forEach((field, treatment) -> {
            if (fits(field, treatment)) {
                fitting.put(field, treatment);
            }
        });
        grants = Map.copyOf(fitting);
        roles = Set.copyOf(roles);
    }

    public static Lens of(Rule rule) {
        Map<Field, Treatment> grants = new EnumMap<>(Field.class);
        grants.putAll(rule.grants());
        if (!rule.purpose().equals(PHONE_PURPOSE)) {
            grants.remove(Field.USER_SMS);
            grants.remove(Field.USER_PHONE);
        }
        return new Lens(grants, rule.scope().roles(), rule.passThroughIds(), rule.domain());
    }

    /// Whether records of the entity are released: at least one field is given, and every field without which
    /// there is no
    /// honest record.
    public boolean gives(Entity entity) {
        boolean any = false;
        for (Field field : Field.of(entity)) {
            boolean given = grants.containsKey(field);
            if (!given && field.need() == Field.Need.GRANT) {
                return false;
            }
            any |= given;
        }
        return any;
    }

    /// The fields given of one entity, in wire order.
    public Map<Field, Treatment> grantsOf(Entity entity) {
        Map<Field, Treatment> fields = new EnumMap<>(Field.class);
        grants.forEach((field, treatment) -> {
            if (field.entity() == entity) {
                fields.put(field, treatment);
            }
        });
        return fields;
    }

    /// The same, but of one entity only these fields.
    public Lens within(Entity entity, Set<Field> fields) {
        Map<Field, Treatment> fewer = new EnumMap<>(Field.class);
        grants.forEach((field, treatment) -> {
            if (field.entity() != entity || fields.contains(field)) {
                fewer.put(field, treatment);
            }
        });
        return new Lens(fewer, roles, passThroughIds, domain);
    }

    /// Whether records have the same outward ids through the other lens.
    boolean sameIds(Lens other) {
        return passThroughIds == other.passThroughIds && (passThroughIds || domain.equals(other.domain));
    }

    /// Whether a record of the entity certainly looks the same through the other lens.
    public boolean sameLook(Entity entity, Lens other) {
        return passThroughIds == other.passThroughIds
                && domain.equals(other.domain)
                && (entity != Entity.USER || roles.equals(other.roles))
                && grantsOf(entity).equals(other.grantsOf(entity));
    }

    /// A treatment that does not fit its field gives nothing: the field counts as withheld.
    private static boolean fits(Field field, Treatment treatment) {
        return field.need() != Field.Need.INTERNAL
                && switch (treatment) {
                    case Treatment.AsIs _ -> true;
                    case Treatment.Initial _, Treatment.Pseudonym _ -> field.shape() == Shape.TEXT;
                    case Treatment.Constant _ -> field.shape() == Shape.TEXT || field.shape() == Shape.TOKEN;
                    case Treatment.Coarse _ -> field.shape() == Shape.DATE;
                    case Treatment.Preferred _ ->
                        field == Field.USER_GIVEN_NAME
                                || field == Field.USER_MIDDLE_NAME
                                || field == Field.USER_FAMILY_NAME;
                };
    }
}
