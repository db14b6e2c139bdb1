package org.rosterkeep.appliance;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.roaringbitmap.RoaringBitmap;
import org.rosterkeep.roster.Entity;
import org.rosterkeep.roster.Field;
import org.rosterkeep.roster.Relations;
import org.rosterkeep.rules.Floors;
import org.rosterkeep.rules.Rule;

/// What stands against giving one field of one person, cause by cause: an opt-out is not an objection.
///
/// @param direct causes that withhold the person or the field; any one of them decides
/// @param places causes that withhold a class or organisation of the person's: they decide when the person is in view
///     through no other
/// @param classes ordinals of the classes that are withheld from the rule, whoever is in them
/// @param orgs likewise of the organisations
record Against(List<Floors.Cause> direct, List<Floors.Cause> places, RoaringBitmap classes, RoaringBitmap orgs) {
    private static final String AGE_FLOOR = "F14";

    /// @param knownToBe13 users whose telephone number may be given; empty when that is not known of the moment any
    ///     more: then nothing is said against it here, and [#agesMissing] says so
    static Against of(
            Floors floors,
            Rule rule,
            Relations relations,
            Explained.Question question,
            Optional<RoaringBitmap> knownToBe13) {
        var causes = new java.util.ArrayList<>(floors.causes(rule, relations, question.at()));
        knownToBe13
                .filter(_ -> telephone(question.field()))
                .map(of13 -> tooYoung(relations, of13, question.field()))
                .ifPresent(causes::add);
        int user = question.user();
        var classes = new RoaringBitmap();
        var orgs = new RoaringBitmap();
        causes.forEach(cause -> {
            classes.or(cause.withheld().classes());
            orgs.or(cause.withheld().orgs());
        });
        var direct = causes.stream()
                .filter(cause -> user >= 0 && direct(cause.withheld(), question.field(), user))
                .toList();
        var places = causes.stream()
                .filter(cause -> user >= 0 && user < relations.size(Entity.USER))
                .filter(cause -> !direct.contains(cause) && near(cause.withheld(), relations, user))
                .toList();
        return new Against(direct, places, classes, orgs);
    }

    boolean nothing() {
        return direct.isEmpty() && places.isEmpty();
    }

    /// Whether an enrolment is at a place that is withheld.
    boolean takes(Relations relations, int enrollment) {
        return classes.contains(relations.enrollmentClass(enrollment))
                || orgs.contains(relations.enrollmentSchool(enrollment));
    }

    static String words(List<Floors.Cause> causes) {
        return causes.stream()
                .map(cause -> cause.floor().isEmpty() ? cause.words() : cause.floor() + ", " + cause.words())
                .collect(Collectors.joining("; and "));
    }

    /// A user record without a value that no honest record lacks is no record, and neither is what is about the user.
    private static boolean direct(Floors.Withheld withheld, Field field, int user) {
        return withheld.users().contains(user)
                || withheld.fields().entrySet().stream()
                        .anyMatch(one -> one.getValue().contains(user)
                                && (one.getKey() == field
                                        || one.getKey().entity() == Entity.USER
                                                && one.getKey().need() == Field.Need.GRANT));
    }

    private static boolean near(Floors.Withheld withheld, Relations relations, int user) {
        return IntStream.range(0, relations.roleCount(user))
                        .anyMatch(n -> holds(withheld.orgs(), relations.roleOrg(user, n)))
                || Arrays.stream(relations.enrollmentsOfUser(user))
                        .anyMatch(one -> holds(withheld.classes(), relations.enrollmentClass(one))
                                || holds(withheld.orgs(), relations.enrollmentSchool(one)));
    }

    private static boolean holds(RoaringBitmap some, int ordinal) {
        return ordinal >= 0 && some.contains(ordinal);
    }

    /// Whether an answer hangs on an age that nobody knows any more.
    static boolean agesMissing(Field field, Optional<RoaringBitmap> knownToBe13) {
        return telephone(field) && knownToBe13.isEmpty();
    }

    private static boolean telephone(Field field) {
        return field == Field.USER_SMS || field == Field.USER_PHONE;
    }

    private static Floors.Cause tooYoung(Relations relations, RoaringBitmap of13, Field field) {
        var young = RoaringBitmap.bitmapOfRange(0, relations.size(Entity.USER));
        young.andNot(of13);
        var nobody = new RoaringBitmap();
        var withheld = new Floors.Withheld(1, nobody, nobody, nobody, Map.of(field, young));
        return new Floors.Cause(AGE_FLOOR, "phone of a person who is not known to be old enough", withheld);
    }
}
