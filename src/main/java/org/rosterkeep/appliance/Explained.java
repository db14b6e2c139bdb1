package org.rosterkeep.appliance;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.rosterkeep.entitlement.Edition;
import org.rosterkeep.entitlement.Standing;
import org.rosterkeep.roster.Entity;
import org.rosterkeep.roster.Field;
import org.rosterkeep.roster.SourcedId;
import org.rosterkeep.rules.Ask;
import org.rosterkeep.rules.Decision;
import org.rosterkeep.rules.Life;
import org.rosterkeep.rules.Reason;
import org.rosterkeep.rules.Recipient;
import org.rosterkeep.rules.Rule;
import org.rosterkeep.rules.Treatment;
import org.rosterkeep.rules.Version;

/// Whether a client is given a field of a person, and why: the rule's part and the scope's part.
///
/// @param given whether the value leaves when the client asks, as far as the roster has one
/// @param sentence the answer in one sentence
/// @param rule the version that decided, if the client has any
/// @param scope how the person stands to its scope; empty when the rule's part decided already
/// @param edition the number of the edition looked at; 0 for one that no vendor has asked for yet
record Explained(
        boolean given, String sentence, Optional<Version> rule, Optional<Standing> scope, Optional<Long> edition) {

    static Explained of(Rooms rooms, String client, SourcedId person, Field field, Instant now) {
        if (rooms.clients().live(client).isEmpty()) {
            return no("there is no client of this name, or it is revoked", Optional.empty());
        }
        if (!rooms.ledger().clockTrusted(now)) {
            return no(Reasons.sentence(Reason.CLOCK_UNTRUSTED), ruleOf(rooms, client, now));
        }
        var ask = new Ask(new Recipient.Vendor(client), field.entity(), Set.of(), Set.of(field));
        return switch (rooms.book().decide(ask, now)) {
            case Decision.Deny deny -> no(Reasons.sentence(deny.reason()), ruleOf(rooms, client, now));
            case Decision.Allow allow -> seen(rooms, allow.rule(), person, field, now);
        };
    }

    private static Explained seen(Rooms rooms, Rule rule, SourcedId person, Field field, Instant now) {
        var version = rooms.book().version(rule.id(), rule.version(), now);
        var edition = rooms.editions().preview(rule, now);
        int user = rooms.vault().find(Entity.USER, person);
        var standing = Standing.of(rule.scope(), edition, user);
        boolean shown = standing == Standing.INSIDE && inView(edition, field.entity(), user);
        var sentence = shown
                ? "Yes: " + field.path() + ", "
                        + RuleWords.done(rule.grants().getOrDefault(field, new Treatment.AsIs())) + "."
                : "No: " + outside(standing, rule, field.entity()) + ".";
        return new Explained(shown, sentence, version, Optional.of(standing), Optional.of(edition.number()));
    }

    private static boolean inView(Edition edition, Entity entity, int user) {
        var live = edition.live(entity);
        return switch (entity) {
            case USER, DEMOGRAPHICS -> live.contains(user);
            case ENROLLMENT ->
                IntStream.range(0, edition.relations().size(entity))
                        .anyMatch(one -> edition.relations().enrollmentUser(one) == user && live.contains(one));
            case ORG, ACADEMIC_SESSION, COURSE, CLASS -> throw new IllegalArgumentException(entity.one());
        };
    }

    private static String outside(Standing standing, Rule rule, Entity entity) {
        var scope = rule.scope();
        return switch (standing) {
            case INSIDE ->
                "the person is in the scope of " + rule.id() + ", but no record of theirs among its " + entity.many();
            case NOT_IN_ROSTER -> "the person is not in the roster";
            case ROLE -> "the person has no role of the scope's (" + words(scope.roles()) + ")";
            case ORG ->
                "the person has no role of the scope's (" + words(scope.roles()) + ") at one of its " + "organisations";
            case GRADE -> "the person is a student in none of the scope's grades (" + words(scope.grades()) + ")";
            case CLASS -> "the person is enrolled in none of the scope's classes";
        };
    }

    private static String words(Set<String> words) {
        return String.join(", ", words.stream().sorted().toList());
    }

    /// The version people would look at first: the one in force, else the newest.
    private static Optional<Version> ruleOf(Rooms rooms, String client, Instant now) {
        return rooms.book().versions(now).stream()
                .filter(version -> version.rule().client().equals(client))
                .max(Comparator.comparing((Version version) -> version.life() == Life.ACTIVE)
                        .thenComparing(version -> version.rule().version()));
    }

    private static Explained no(String why, Optional<Version> rule) {
        return new Explained(false, "No: " + why + ".", rule, Optional.empty(), Optional.empty());
    }

    /// What may be asked: a field of a record about one person.
    static Field field(String path) {
        var known = java.util.Arrays.stream(Field.values())
                .filter(field -> switch (field.need()) {
                    case OPTIONAL, STAND_IN, ALIAS, GRANT -> true;
                    case ENVELOPE, INTERNAL -> false;
                })
                .filter(field -> switch (field.entity()) {
                    case USER, DEMOGRAPHICS, ENROLLMENT -> true;
                    case ORG, ACADEMIC_SESSION, COURSE, CLASS -> false;
                })
                .toList();
        return known.stream()
                .filter(field -> field.path().equals(path))
                .findFirst()
                .orElseThrow(() -> Trouble.wrongUse(
                        "There is no such field of a person.",
                        "A field is named like user.givenName, demographics.sex or enrollment.role.",
                        Nearest.to(path, known.stream().map(Field::path).toList())
                                .map(near -> "Did you mean " + near + "?")
                                .orElse("See: rosterkeep rule schema")));
    }

    /// The reasons behind the sentence, one by one.
    List<String> reasons(Rooms rooms, Field field, Instant now) {
        var lines = new java.util.ArrayList<String>();
        rule.ifPresent(version -> lines.addAll(
                rooms.book().explain(version.rule().id(), version.rule().version(), field, now)));
        edition.ifPresent(number -> lines.add(
                number == 0
                        ? "Looked at the roster as it is; nobody has asked for an edition of it yet."
                        : "Looked at edition " + number + "."));
        return lines;
    }
}
