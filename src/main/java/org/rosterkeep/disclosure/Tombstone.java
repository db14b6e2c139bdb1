package org.rosterkeep.disclosure;

import java.util.ArrayList;
import java.util.List;
import org.rosterkeep.roster.Entity;
import org.rosterkeep.roster.Field;

/// The form of a record that left the view: envelope and constants. What the schema demands beyond the envelope is the
/// same for every record of the entity, so that nothing of the record's last values remains.
final class Tombstone {
    private static final String DAY = "\"1970-01-01\"";

    private final Entity entity;
    private final Wire wire;
    private final Selection selection;
    private final References references;

    Tombstone(Entity entity, Wire wire, Selection selection, References references) {
        this.entity = entity;
        this.wire = wire;
        this.selection = selection;
        this.references = references;
    }

    Piece[] pieces(List<Piece> envelope) {
        List<Piece> pieces = new ArrayList<>(envelope);
        if (wire == Wire.V1P1 && entity == Entity.USER) {
            add(pieces, "username", Texts.ownId("username"));
        }
        for (Field field : Field.of(entity)) {
            switch (field.need()) {
                case STAND_IN -> add(pieces, field.wire(), standIn(field));
                case ALIAS -> add(pieces, field.wire(), Texts.ownId(field.wire()));
                case GRANT -> granted(pieces, field);
                case ENVELOPE, OPTIONAL, INTERNAL -> {}
            }
        }
        return pieces.toArray(Piece[]::new);
    }

    private void add(List<Piece> pieces, String name, Piece piece) {
        if (selection.shows(name)) {
            pieces.add(piece);
        }
    }

    private Piece standIn(Field field) {
        return field == Field.USER_ENABLED_USER
                ? Texts.json(field.wire(), wire == Wire.V1P2 ? "\"true\"" : "true")
                : Texts.constant(field.wire(), Texts.WITHHELD);
    }

    private void granted(List<Piece> pieces, Field field) {
        if (field == Field.USER_ROLES) {
            roles(pieces);
            return;
        }
        String json = switch (field.shape()) {
            case REF -> references.nil(field.target());
            case REFS -> "[" + references.nil(field.target()) + "]";
            case DATE -> field == Field.SESSION_SCHOOL_YEAR ? "\"1970\"" : DAY;
            case TOKEN -> "\"" + word(field) + "\"";
            case TEXT, BOOL, LIST, ROLES, USER_IDS, PROFILES -> "\"\"";
        };
        add(pieces, field.wire(), Texts.json(field.wire(), json));
    }

    private void roles(List<Piece> pieces) {
        String org = references.nil(Entity.ORG);
        if (wire == Wire.V1P2) {
            add(
                    pieces,
                    "roles",
                    Texts.json("roles", "[{\"roleType\":\"primary\",\"role\":\"student\",\"org\":" + org + "}]"));
        } else {
            add(pieces, "role", Texts.json("role", "\"student\""));
            add(pieces, "orgs", Texts.json("orgs", "[" + org + "]"));
        }
    }

    private static String word(Field field) {
        return switch (field) {
            case ORG_TYPE -> "school";
            case SESSION_TYPE -> "term";
            case ENROLLMENT_ROLE -> "student";
            default -> "";
        };
    }
}
