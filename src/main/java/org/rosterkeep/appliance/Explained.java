package org.rosterkeep.appliance;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.roaringbitmap.RoaringBitmap;
import org.rosterkeep.access.Client;
import org.rosterkeep.access.OAuthScope;
import org.rosterkeep.entitlement.Edition;
import org.rosterkeep.entitlement.Editions;
import org.rosterkeep.entitlement.Standing;
import org.rosterkeep.roster.Entity;
import org.rosterkeep.roster.Field;
import org.rosterkeep.roster.SourcedId;
import org.rosterkeep.rules.Ask;
import org.rosterkeep.rules.Decision;
import org.rosterkeep.rules.Floors;
import org.rosterkeep.rules.Life;
import org.rosterkeep.rules.Reason;
import org.rosterkeep.rules.Recipient;
import org.rosterkeep.rules.Rule;
import org.rosterkeep.rules.Treatment;
import org.rosterkeep.rules.Version;

/// Whether a client is given a field of a person, and why: the rule's part, the scope's part, and what stands against
/// the person. Of the past it says what the interface did then.
///
/// @param verdict whether the value leaves when the client asks, as far as the roster has one
/// @param sentence the answer in one sentence
/// @param rule the version that decided, if the client has any
/// @param scope how the person stands to its scope; empty when the rule's part decided already, and for the past, whose
///     roster is not kept
/// @param edition the number of the edition looked at; 0 for one that no vendor has asked for yet
/// @param floors what stands against the person or the field, each by itself: an opt-out is not an objection
record Explained(
        Verdict verdict,
        String sentence,
        Optional<Version> rule,
        Optional<Standing> scope,
        Optional<Long> edition,
        List<Floors.Cause> floors) {

    enum Verdict {
        YES,
        NO,
        /// What it hangs on is not kept any more.
        UNKNOWN;

        static Verdict of(boolean given) {
            return given ? YES : NO;
        }
    }

    boolean given() {
        return verdict == Verdict.YES;
    }

    /// What is asked.
    ///
    /// @param user ordinal of the person, or [org.rosterkeep.roster.Relations#NONE]
    record Question(String client, int user, Field field, Instant at) {}

    static Explained of(Rooms rooms, String client, SourcedId person, Field field, Instant now) {
        var question = new Question(client, rooms.vault().find(Entity.USER, person), field, now);
        var decided = new Then(rooms.book(), rooms.clients(), rooms.floors());
        if (!rooms.ledger().clockTrusted(now)) {
            return no(Reasons.sentence(Reason.CLOCK_UNTRUSTED), ruleOf(decided, question));
        }
        return decided(decided, question, rule -> seen(rooms, rule, question));
    }

    /// As it was at an instant that is past.
    static Explained then(Rooms rooms, Then then, Question question) {
        return decided(then, question, rule -> seenThen(rooms, then, rule, question));
    }

    private static Explained decided(Then then, Question question, Function<Rule, Explained> seen) {
        var client = then.clients().live(question.client());
        if (client.isEmpty()) {
            return no("there is no client of this name, or it is revoked", Optional.empty());
        }
        if (!reaches(client.get(), question.field().entity())) {
            return no("the client has no scope for such records", ruleOf(then, question));
        }
        var field = question.field();
        var ask = new Ask(new Recipient.Vendor(question.client()), field.entity(), Set.of(), Set.of(field));
        return switch (then.book().decide(ask, question.at())) {
            case Decision.Deny deny -> no(Reasons.sentence(deny.reason()), ruleOf(then, question));
            case Decision.Allow allow -> seen.apply(allow.rule());
        };
    }

    private static boolean reaches(Client client, Entity entity) {
        return switch (entity) {
            case DEMOGRAPHICS -> client.scopes().contains(OAuthScope.ROSTER_DEMOGRAPHICS);
            case USER, ENROLLMENT, ORG, ACADEMIC_SESSION, COURSE, CLASS ->
                client.scopes().contains(OAuthScope.ROSTER) || client.scopes().contains(OAuthScope.ROSTER_CORE);
        };
    }

    private static Explained seen(Rooms rooms, Rule rule, Question question) {
        var field = question.field();
        int user = question.user();
        var version = rooms.book().version(rule.id(), rule.version(), question.at());
        var edition = rooms.editions().expected(rule, question.at());
        var against = Against.of(
                rooms.floors(),
                rule,
                edition.relations(),
                question,
                Optional.of(edition.relations().age13Plus()));
        boolean inView = inView(edition, field.entity(), user);
        // How the person stands to the scope has nothing to do with what stands against them.
        var bare =
                against.nothing() ? edition : rooms.withholdings().unhindered().preview(rule, question.at());
        var standing = Standing.of(rule.scope(), bare, user);
        boolean byPlace = !inView && inView(bare, field.entity(), user);
        var floors = decisive(against, byPlace);
        boolean shown = inView && floors.isEmpty();
        var sentence = shown
                ? yes(rule, field)
                : floors.isEmpty()
                        ? "No: " + outside(standing, rule, field.entity()) + "."
                        : "No: " + Against.words(floors) + ".";
        return new Explained(
                Verdict.of(shown), sentence, version, Optional.of(standing), Optional.of(edition.number()), floors);
    }

    private static Explained seenThen(Rooms rooms, Then then, Rule rule, Question question) {
        var field = question.field();
        var version = then.book().version(rule.id(), rule.version(), question.at());
        var ages = rooms.vault().knownToBe13(question.at());
        var against = Against.of(then.floors(), rule, rooms.vault().relations(), question, ages);
        var sighted = rooms.editions().liveAt(rule.id(), question.at());
        if (sighted.isEmpty()) {
            return new Explained(
                    Verdict.NO,
                    "No: the client had not been given any edition of the roster yet.",
                    version,
                    Optional.empty(),
                    Optional.empty(),
                    against.direct());
        }
        boolean inView = inView(rooms, sighted.get(), against, field.entity(), question.user());
        var floors = decisive(against, !inView);
        boolean shown = inView && floors.isEmpty();
        if (shown && Against.agesMissing(field, ages)) {
            return new Explained(
                    Verdict.UNKNOWN,
                    "Not known any more: all but the age allowed it, and whether the person was known to be 13 then"
                            + " (F14) is no longer kept.",
                    version,
                    Optional.empty(),
                    Optional.of(sighted.get().number()),
                    List.of());
        }
        var sentence = shown
                ? yes(rule, field)
                : floors.isEmpty()
                        ? "No: edition " + sighted.get().number() + ", which the client was given then, had no such "
                                + "record of the person among its "
                                + field.entity().many() + "."
                        : "No: " + Against.words(floors) + ".";
        return new Explained(
                Verdict.of(shown),
                sentence,
                version,
                Optional.empty(),
                Optional.of(sighted.get().number()),
                floors);
    }

    private static List<Floors.Cause> decisive(Against against, boolean byPlace) {
        return byPlace && against.direct().isEmpty() ? against.places() : against.direct();
    }

    private static String yes(Rule rule, Field field) {
        return "Yes: " + field.path() + ", " + RuleWords.done(rule.grants().getOrDefault(field, new Treatment.AsIs()))
                + ".";
    }

    private static boolean inView(Rooms rooms, Editions.Stood sighted, Against against, Entity entity, int user) {
        return switch (entity) {
            case USER, DEMOGRAPHICS ->
                user >= 0
                        && sighted.live()
                                .getOrDefault(entity, new RoaringBitmap())
                                .contains(user);
            case ENROLLMENT ->
                sighted.live().getOrDefault(entity, new RoaringBitmap()).stream()
                        .anyMatch(one -> rooms.vault().enrollmentUserAsOf(one, sighted.batchOf(one)) == user
                                && !against.takes(rooms.vault().relations(), one));
            case ORG, ACADEMIC_SESSION, COURSE, CLASS -> throw new IllegalArgumentException(entity.one());
        };
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
    private static Optional<Version> ruleOf(Then then, Question question) {
        return then.book().versions(question.at()).stream()
                .filter(version -> version.rule().client().equals(question.client()))
                .max(Comparator.comparing((Version version) -> version.life() == Life.ACTIVE)
                        .thenComparing(version -> version.rule().version()));
    }

    private static Explained no(String why, Optional<Version> rule) {
        return new Explained(Verdict.NO, "No: " + why + ".", rule, Optional.empty(), Optional.empty(), List.of());
    }
}
