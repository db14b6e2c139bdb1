package org.rosterkeep.disclosure;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.rosterkeep.entitlement.Edition;
import org.rosterkeep.entitlement.Lens;
import org.rosterkeep.entitlement.Looks;
import org.rosterkeep.roster.Entity;
import org.rosterkeep.roster.Field;
import org.rosterkeep.roster.Shape;
import org.rosterkeep.rules.Rule;
import org.rosterkeep.rules.Treatment;

/// Writes records of one entity as one client may see them, in one version of OneRoster. Compiled once per
/// answer into a
/// list of pieces; the two versions differ in pieces, not in the walk.
final class Form {
    private static final Set<Field> NOT_IN_V1P1 = EnumSet.of(
            Field.USER_USER_MASTER_IDENTIFIER,
            Field.USER_PREFERRED_FIRST_NAME,
            Field.USER_PREFERRED_MIDDLE_NAME,
            Field.USER_PREFERRED_LAST_NAME,
            Field.USER_PRONOUNS,
            Field.USER_USER_PROFILES,
            Field.USER_PRIMARY_ORG);
    /// 1.1 has these two where 1.2 has `roles`.
    static final Set<String> LEGACY_ROLES = Set.of("role", "orgs");
    private static final Set<Field> PHONES = EnumSet.of(Field.USER_SMS, Field.USER_PHONE);
    private static final Piece NOTHING = (_, _) -> {};

    private final Entity entity;
    private final Wire wire;
    private final Lens lens;
    private final Selection selection;
    private final Looks.Sight sight;
    private final Names names;
    private final References references;
    private final String base;
    private final List<Piece> record = new ArrayList<>();
    private final Piece[] pieces;
    private final Piece[] tombstone;
    private long needs;
    private long required;

    Form(Looks.Sight sight, Wire wire, Entity entity, Selection selection, Names names, String base) {
        this.sight = sight;
        this.entity = entity;
        this.wire = wire;
        this.lens = sight.lens();
        this.selection = selection;
        this.names = names;
        this.base = base;
        references = new References(names, sight, wire, base);
        pieces = compile();
        tombstone = new Tombstone(entity, wire, selection, references).pieces(envelope());
    }

    /// The same form for the same edition under other floors.
    Form of(Edition edition) {
        return new Form(edition.sight().through(lens), wire, entity, selection, names, base);
    }

    /// The fields whose values are read, as bits of [Field#mask()].
    long needs() {
        return needs;
    }

    /// Writes the line's record, `{...}`; false, and nothing written, when it lacks what no record may lack.
    boolean write(Out out, Line line) {
        if (!line.hasAll(required)) {
            return false;
        }
        int mark = out.mark();
        out.put('{');
        for (Piece piece : pieces) {
            piece.write(out, line);
        }
        out.put('}');
        if (line.broken) {
            out.backTo(mark);
            return false;
        }
        return true;
    }

    /// Writes the line's record as one that left the view: its id, its status, the time, and constants.
    void writeTombstone(Out out, Line line) {
        out.put('{');
        for (Piece piece : tombstone) {
            piece.write(out, line);
        }
        out.put('}');
    }

    /// The field a property of this name shows, in this version of OneRoster; empty for the envelope.
    static Optional<Field> named(Wire wire, Entity entity, String name) {
        Optional<Field> field = wire == Wire.V1P1 && entity == Entity.USER && LEGACY_ROLES.contains(name)
                ? Optional.of(Field.USER_ROLES)
                : Field.named(entity, name).filter(known -> inWire(known, wire));
        return field.filter(known -> known.need() != Field.Need.ENVELOPE);
    }

    /// The same, if the rule gives it: the names a client may select, filter and sort by.
    static Optional<Field> property(Lens lens, Wire wire, Entity entity, String name) {
        return named(wire, entity, name).filter(field -> lens.grants().containsKey(field));
    }

    private static boolean inWire(Field field, Wire wire) {
        return wire == Wire.V1P2 || !NOT_IN_V1P1.contains(field) && field != Field.USER_ROLES;
    }

    /// The given fields that this form shows.
    Set<Field> shown() {
        Set<Field> shown = EnumSet.noneOf(Field.class);
        for (Field field : lens.grantsOf(entity).keySet()) {
            boolean selected = field == Field.USER_ROLES && wire == Wire.V1P1
                    ? LEGACY_ROLES.stream().anyMatch(selection::shows)
                    : inWire(field, wire) && selection.shows(field);
            if (selected && field.need() != Field.Need.ENVELOPE) {
                shown.add(field);
            }
        }
        return shown;
    }

    /// Whether a field's value is read for the sake of one of the allowed fields: itself, the preferred name
    /// under a legal
    /// one, the sourcedId of a rule that passes it through, the age behind a phone number.
    static boolean serves(Field field, Set<Field> allowed, Rule rule) {
        return allowed.contains(field)
                || allowed.stream()
                        .anyMatch(given -> rule.grants().get(given) instanceof Treatment.Preferred
                                && Texts.preferredOf(given) == field)
                || field == Field.USER_AGE_13_PLUS && allowed.stream().anyMatch(PHONES::contains)
                || field.need() == Field.Need.ENVELOPE && rule.passThroughIds();
    }

    private List<Piece> envelope() {
        List<Piece> envelope = new ArrayList<>();
        if (selection.shows(Selection.ID)) {
            envelope.add(Texts.ownId(Selection.ID));
        }
        if (selection.shows(Selection.STATUS)) {
            byte[] prefix = Texts.prefix(Selection.STATUS);
            envelope.add((out, line) -> quoted(out, prefix, line.status));
        }
        if (selection.shows(Selection.CHANGED)) {
            byte[] prefix = Texts.prefix(Selection.CHANGED);
            envelope.add((out, line) -> quoted(out, prefix, line.changed));
        }
        return envelope;
    }

    private static void quoted(Out out, byte[] prefix, byte[] value) {
        out.property(prefix);
        out.put(value);
        out.put('"');
    }

    private Piece[] compile() {
        record.addAll(envelope());
        Map<Field, Treatment> grants = lens.grantsOf(entity);
        for (Field field : Field.of(entity)) {
            if (field == Field.USER_ROLES && wire == Wire.V1P1) {
                legacyRoles(grants);
            } else if (field.need() != Field.Need.ENVELOPE && inWire(field, wire) && selection.shows(field)) {
                Treatment treatment = grants.get(field);
                Piece piece = treatment == null ? instead(field) : given(field, treatment);
                record.add(piece);
            }
        }
        return record.toArray(Piece[]::new);
    }

    private void legacyRoles(Map<Field, Treatment> grants) {
        if (grants.containsKey(Field.USER_ROLES)) {
            needs |= Field.USER_ROLES.mask();
            if (selection.shows("role")) {
                record.add(references.legacyRole());
            }
            if (selection.shows("orgs")) {
                record.add(references.legacyOrgs());
            }
        }
    }

    /// What stands in the place of a field that is withheld or has no value.
    private Piece instead(Field field) {
        if (field == Field.USER_USERNAME && wire == Wire.V1P1) {
            return Texts.ownId(field.wire());
        }
        return switch (field.need()) {
            case STAND_IN ->
                field.shape() == Shape.BOOL
                        ? Texts.json(field.wire(), wire == Wire.V1P2 ? "\"true\"" : "true")
                        : Texts.constant(field.wire(), Texts.WITHHELD);
            case ALIAS -> Texts.ownId(field.wire());
            case OPTIONAL, GRANT, ENVELOPE, INTERNAL -> NOTHING;
        };
    }

    private Piece given(Field field, Treatment treatment) {
        boolean readsValue = !(treatment instanceof Treatment.Constant) && !(treatment instanceof Treatment.Pseudonym);
        boolean derived = field == Field.ORG_CHILDREN || field == Field.SESSION_CHILDREN;
        if (readsValue && !derived) {
            needs |= field.mask();
            if (field.need() == Field.Need.GRANT) {
                required |= field.mask();
            }
        }
        if (treatment instanceof Treatment.Preferred) {
            needs |= Texts.preferredOf(field).mask();
        }
        return switch (field.shape()) {
            case TEXT -> adult(field, Texts.treated(field, treatment, instead(field)));
            case DATE -> Texts.treated(field, treatment, instead(field));
            case TOKEN -> token(field, Texts.treated(field, treatment, instead(field)));
            case BOOL -> Texts.either(field, Texts.bool(field, wire), instead(field));
            case LIST -> Texts.list(field);
            case REF -> references.one(field);
            case REFS -> derived ? children(field) : references.many(field);
            case ROLES -> references.roles();
            case USER_IDS -> Texts.groups(field, 2, "type", "identifier");
            case PROFILES ->
                Texts.groups(field, 3, "profileId", "profileType", "vendorId", "applicationId", "description");
        };
    }

    private Piece children(Field field) {
        return sight.families()
                .map(families -> references.children(field, families))
                .orElse(NOTHING);
    }

    /// Floor F14: the phone number of nobody who is not known to be 13.
    private Piece adult(Field field, Piece piece) {
        if (!PHONES.contains(field)) {
            return piece;
        }
        needs |= Field.USER_AGE_13_PLUS.mask();
        return (out, line) -> {
            if (line.has(Field.USER_AGE_13_PLUS)
                    && line.slice(Field.USER_AGE_13_PLUS).bytes[line.slice(Field.USER_AGE_13_PLUS).start] == 1) {
                piece.write(out, line);
            }
        };
    }

    private Piece token(Field field, Piece piece) {
        return wire == Wire.V1P1 ? LegacyTokens.piece(field, piece) : piece;
    }
}
