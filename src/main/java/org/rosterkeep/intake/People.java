package org.rosterkeep.intake;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.roaringbitmap.IntConsumer;
import org.rosterkeep.intake.Figure.Trait;
import org.rosterkeep.roster.Entity;
import org.rosterkeep.roster.Field;
import org.rosterkeep.roster.Relations;
import org.rosterkeep.roster.Row;
import org.rosterkeep.roster.SourcedId;

/// The people of the roster and those of a delivery, drawn so that they can be compared.
final class People {
    private final Desk desk;
    private final Prints prints;
    private final Places places;
    private final Unpacked unpacked = new Unpacked();
    private final Map<Integer, Figure> there = new LinkedHashMap<>();
    private final Map<String, Figure> arriving = new LinkedHashMap<>();
    private final Map<String, Integer> classNumbers = new HashMap<>();
    private final Map<Integer, List<Figure>> members = new HashMap<>();

    People(Desk desk, Prints prints, Places places) {
        this.desk = desk;
        this.prints = prints;
        this.places = places;
        desk.before.live(Entity.USER).forEach((IntConsumer) user ->
                desk.batch.row(Entity.USER, user).ifPresent(row -> there.put(user, old(user, row))));
        Cells.of(desk, UserFile.FILE).ifPresent(this::users);
        Cells.of(desk, RolesFile.FILE).ifPresent(this::roles);
        Cells.of(desk, EnrollmentFile.FILE).ifPresent(this::enrollments);
    }

    /// Of the roster, by ordinal.
    Map<Integer, Figure> there() {
        return there;
    }

    /// Of the delivery, by their new ids.
    Iterable<Figure> arriving() {
        return arriving.values();
    }

    /// Ordinals of the people who share a class with somebody of the roster.
    Set<Integer> matesThere(Figure old) {
        Set<Integer> mates = new HashSet<>();
        for (int klass : old.classes) {
            for (int enrollment : desk.before.enrollmentsOfClass(klass)) {
                if (desk.before.live(Entity.ENROLLMENT).contains(enrollment)) {
                    mates.add(desk.before.enrollmentUser(enrollment));
                }
            }
        }
        mates.remove(old.record);
        return mates;
    }

    /// Ordinals of the people, as far as they are recognised, who share a class with somebody of the delivery.
    Set<Integer> matesArriving(Figure now) {
        Set<Integer> mates = new HashSet<>();
        for (int klass : now.classes) {
            for (Figure mate : members.getOrDefault(klass, List.of())) {
                if (mate != now && mate.known()) {
                    mates.add(mate.record);
                }
            }
        }
        return mates;
    }

    private Figure old(int user, Row row) {
        Figure figure = new Figure(unpacked.text(row, Field.USER_SOURCED_ID), user);
        figure.trait(Trait.MASTER, prints.exact(unpacked.text(row, Field.USER_USER_MASTER_IDENTIFIER)));
        figure.trait(Trait.LOCAL, prints.exact(unpacked.text(row, Field.USER_IDENTIFIER)));
        figure.trait(Trait.LOGIN, prints.exact(unpacked.text(row, Field.USER_USERNAME)));
        figure.trait(Trait.MAIL, prints.exact(unpacked.text(row, Field.USER_EMAIL)));
        figure.trait(Trait.GIVEN, prints.name(unpacked.text(row, Field.USER_GIVEN_NAME)));
        figure.trait(Trait.FAMILY, prints.name(unpacked.text(row, Field.USER_FAMILY_NAME)));
        figure.trait(Trait.PREFERRED, prints.name(unpacked.text(row, Field.USER_PREFERRED_FIRST_NAME)));
        figure.trait(Trait.GRADE, grade(unpacked.texts(row, Field.USER_GRADES)));
        List<String> typed = unpacked.texts(row, Field.USER_USER_IDS);
        figure.typed = new long[typed.size() / 2];
        for (int n = 0; n < figure.typed.length; n++) {
            figure.typed[n] = typed(typed.get(2 * n), typed.get(2 * n + 1));
        }
        Relations before = desk.before;
        figure.roles = new HashSet<>();
        figure.orgs = new HashSet<>();
        for (int n = 0; n < before.roleCount(user); n++) {
            figure.roles.add(kind(before.role(user, n)));
            figure.orgs.add(before.roleOrg(user, n));
        }
        figure.classes = new HashSet<>();
        for (int enrollment : before.enrollmentsOfUser(user)) {
            if (before.live(Entity.ENROLLMENT).contains(enrollment)) {
                figure.classes.add(before.enrollmentClass(enrollment));
            }
        }
        return figure;
    }

    private long grade(List<String> grades) {
        return prints.exact(String.join(",", grades.stream().sorted().toList()));
    }

    private long typed(String type, String id) {
        return prints.all(prints.exact("{" + type + "}"), prints.exact(id));
    }

    /// Words for one role: what OneRoster 1.1 calls administrator, 1.2 tells apart; guardians have three words.
    private static String kind(String role) {
        return switch (role.toLowerCase(Locale.ROOT)) {
            case "administrator", "siteadministrator", "districtadministrator" -> "administrator";
            case "guardian", "parent", "relative" -> "guardian";
            default -> role.toLowerCase(Locale.ROOT);
        };
    }

    private void users(Cells cells) {
        boolean old = desk.manifest.version().equals("1.1");
        try (cells) {
            while (cells.next()) {
                String id = cells.text("sourcedId");
                Figure figure = new Figure(id, desk.batch.find(Entity.USER, SourcedId.of(id)));
                figure.trait(Trait.MASTER, prints.exact(cells.text("userMasterIdentifier")));
                figure.trait(Trait.LOCAL, prints.exact(cells.text("identifier")));
                figure.trait(Trait.LOGIN, prints.exact(cells.text("username")));
                figure.trait(Trait.MAIL, prints.exact(cells.text("email")));
                figure.trait(Trait.GIVEN, prints.name(cells.text("givenName")));
                figure.trait(Trait.FAMILY, prints.name(cells.text("familyName")));
                figure.trait(Trait.PREFERRED, prints.name(cells.text("preferredGivenName")));
                figure.trait(Trait.GRADE, grade(cells.list("grades")));
                figure.typed = typed(cells.list("userIds"));
                figure.roles = new HashSet<>();
                figure.orgs = new HashSet<>();
                figure.classes = new HashSet<>();
                if (old) {
                    cells.list("orgSourcedIds").forEach(org -> role(figure, cells.text("role"), org));
                }
                arriving.put(id, figure);
            }
        }
    }

    private long[] typed(List<String> members) {
        try {
            return Ids.read(members).stream()
                    .mapToLong(one -> typed(one.type(), one.id()))
                    .toArray();
        } catch (IllegalArgumentException e) {
            // Told by the import; it is no sign for anybody.
            return new long[0];
        }
    }

    private void roles(Cells cells) {
        try (cells) {
            while (cells.next()) {
                Figure figure = arriving.get(cells.text("userSourcedId"));
                if (figure != null) {
                    role(figure, cells.text("role"), cells.text("orgSourcedId"));
                }
            }
        }
    }

    private void role(Figure figure, String role, String org) {
        figure.roles.add(kind(role));
        int record = places.record(Entity.ORG, org);
        if (record != Relations.NONE) {
            figure.orgs.add(record);
        }
    }

    private void enrollments(Cells cells) {
        try (cells) {
            while (cells.next()) {
                Figure figure = arriving.get(cells.text("userSourcedId"));
                if (figure != null) {
                    int klass = classNumbers.computeIfAbsent(cells.text("classSourcedId"), c -> classNumbers.size());
                    if (figure.classes.add(klass)) {
                        members.computeIfAbsent(klass, c -> new ArrayList<>()).add(figure);
                    }
                }
            }
        }
    }
}
