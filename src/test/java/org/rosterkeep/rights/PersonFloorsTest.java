package org.rosterkeep.rights;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.rosterkeep.fixture.FakeJournal;
import org.rosterkeep.fixture.FakeShelf;
import org.rosterkeep.fixture.Rules;
import org.rosterkeep.fixture.Town;
import org.rosterkeep.fixture.World;
import org.rosterkeep.roster.Catalogue;
import org.rosterkeep.roster.Entity;
import org.rosterkeep.roster.Field;
import org.rosterkeep.roster.SourcedId;
import org.rosterkeep.rules.Charter;
import org.rosterkeep.rules.Endorsement;
import org.rosterkeep.rules.Floors;
import org.rosterkeep.rules.Lookup;
import org.rosterkeep.rules.Rule;
import org.rosterkeep.rules.Signer;

class PersonFloorsTest {
    private static final Instant NOW = Instant.parse("2026-10-05T06:30:00Z");
    private static final SourcedId ADA = SourcedId.of("ada");
    private static final Act ACT = new Act("anna", NOW);

    private final World world = Town.make();
    private final FakeShelf shelf = new FakeShelf();
    private final FakeJournal journal = new FakeJournal();
    private final Terms terms = Terms.shipped(Catalogue.shipped());
    private Set<Charter.Basis.Person> asked = Set.of();
    private Rights rights = open();
    private final Rule rule = Rules.whole("district").rule();
    private final Rule other =
            Rules.whole("district").domain("b-vendor").named("other").rule();

    private Rights open() {
        return new Rights(shelf, journal, terms, Charter.shipped(), world, PersonFloorsTest::verifies, this::lookup);
    }

    private Lookup lookup(Rule of) {
        return new Lookup(asked, Set.of("teacher"), of.vendor().equals("vendor-b-vendor"));
    }

    private static byte[] seal(String operator, byte[] statement) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(operator.getBytes(StandardCharsets.UTF_8));
            return digest.digest(statement);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    private static boolean verifies(String operator, byte[] statement, byte[] signature) {
        return MessageDigest.isEqual(seal(operator, statement), signature);
    }

    private record Person(String operator) implements Signer {
        @Override
        public boolean may(Endorsement.Act act, Instant now) {
            return true;
        }

        @Override
        public byte[] sign(byte[] statement) {
            return seal(operator, statement);
        }
    }

    private Floors.Withheld held(Rule of, Instant at) {
        return rights.floors().withheld(of, world.relations(), at);
    }

    private boolean absent(Rule of, Instant at) {
        return held(of, at).users().contains(world.ordinal(Entity.USER, "ada"));
    }

    private boolean absent() {
        return absent(rule, NOW);
    }

    @Test
    @DisplayName("where nothing was decided nothing is withheld")
    void nothing() {
        assertTrue(held(rule, NOW).nothing());
    }

    @Test
    @DisplayName(
            "F09: an opt-out leaves other bases alone; counted strictly it is an objection (F10) to all vendors but"
                    + " essential ones")
    void optOut() {
        rights.taking().optOut(List.of(ADA), Optional.empty(), ACT);
        assertFalse(absent());
        rights.taking().beStrict(ACT);
        assertTrue(absent());
        assertEquals(
                List.of("F10"),
                rights.floors().causes(rule, world.relations(), NOW).stream()
                        .map(Floors.Cause::floor)
                        .toList());
        assertFalse(absent(other, NOW));
        Instant end = NOW.plus(terms.optOut());
        assertTrue(absent(rule, end.minusSeconds(1)));
        assertFalse(absent(rule, end));
        rights.giving().beLoose(ACT);
        assertFalse(absent());
    }

    @Test
    @DisplayName("an opt-out in force on leaving stays in force after its year")
    void stays() {
        rights.taking().beStrict(ACT);
        rights.taking().optOut(List.of(ADA), Optional.empty(), ACT);
        world.remove(Entity.USER, "ada").commit();
        rights.settle(NOW);
        rights = open();
        assertTrue(absent(rule, NOW.plus(terms.optOut()).plus(Duration.ofDays(900))));
    }

    @Test
    @DisplayName("F10: an objection blocks its vendor alone while pending and upheld, and no more when dismissed")
    void objection() {
        var against = new Entry.Objection.Against.OneVendor(rule.vendor());
        rights.taking().object(ADA, against, "their own reasons", ACT);
        assertTrue(absent());
        assertFalse(absent(other, NOW));
        rights.taking().uphold(ADA, 1, "well founded", ACT);
        assertTrue(absent());
        rights.giving().endObjection(ADA, 1, "dismissed", "after a hearing", ACT);
        assertFalse(absent());
    }

    @Test
    @DisplayName("F10: a restriction blocks every vendor until it is lifted, and survives a restart")
    void restriction() {
        rights.taking().restrict(ADA, "accuracy is being checked", ACT);
        rights = open();
        assertTrue(absent() && absent(other, NOW));
        rights.giving().liftRestriction(ADA, 1, "it was accurate", ACT);
        rights = open();
        assertFalse(absent());
    }

    @Test
    @DisplayName("F12, F18: a suppressed or contested field is withheld, the person is not")
    void fields() {
        int ada = world.ordinal(Entity.USER, "ada");
        rights.taking().contest(ADA, Field.USER_EMAIL, "it is not mine", ACT);
        rights.taking().suppress(ADA, Optional.of(Field.USER_USERNAME), "erased on request", ACT);
        assertTrue(held(rule, NOW).fields().get(Field.USER_EMAIL).contains(ada));
        assertTrue(held(rule, NOW).fields().get(Field.USER_USERNAME).contains(ada));
        assertFalse(absent());
        rights.giving().endContest(ADA, 1, "corrected", "the feed was mended", ACT);
        rights.giving().liftSuppression(ADA, 2, "asked for it back", ACT);
        assertTrue(held(rule, NOW).nothing());
    }

    @Test
    @DisplayName("F16: a protected person is absent, but for an exception that two people sign, to the second it ends")
    void protection() {
        rights.taking().protect(ADA, "a court order", Set.of("anna"), ACT);
        assertTrue(absent() && absent(other, NOW));
        int number = rights.giving()
                .askException(ADA, rule.vendor(), 2, "one examination", new Person("anna"), NOW)
                .number();
        assertTrue(absent());
        assertEquals(
                RightsFault.Code.SAME_PERSON,
                assertThrows(
                                RightsFault.class,
                                () -> rights.giving().signException(ADA, number, new Person("anna"), NOW))
                        .code());
        rights.giving().signException(ADA, number, new Person("ben"), NOW);
        rights = open();
        assertFalse(absent());
        assertTrue(absent(other, NOW));
        Instant end = NOW.plus(Duration.ofDays(2));
        assertFalse(absent(rule, end.minusSeconds(1)));
        assertTrue(absent(rule, end));
        assertThrows(
                RightsFault.class,
                () -> rights.giving().askException(ADA, rule.vendor(), 8, "far too long", new Person("anna"), NOW));
        assertEquals(1, rights.giving().liftProtection(ADA, 1, "order ended", new Person("anna"), NOW));
        assertTrue(absent(other, NOW));
        assertEquals(0, rights.giving().liftProtection(ADA, 1, "order ended", new Person("ben"), NOW));
        assertFalse(absent(other, NOW));
    }

    @Test
    @DisplayName("F17: a revealing class is absent from a rule that does not give what it reveals")
    void revealing() {
        SourcedId math = SourcedId.of("math-n");
        rights.taking().reveal(Entity.CLASS, math, "special.services", "its title tells", ACT);
        assertTrue(held(rule, NOW).classes().contains(world.ordinal(Entity.CLASS, "math-n")));
        rights.giving().conceal(Entity.CLASS, math, 1, "renamed", ACT);
        assertTrue(held(rule, NOW).nothing());
        rights.taking().reveal(Entity.CLASS, math, "demo.race", "its title tells", ACT);
        assertTrue(held(rule, NOW).nothing(), "the rule gives that element");
    }

    @Test
    @DisplayName("F17: what being in a place reveals is told by every part of the place, not by what it is a part of")
    void revealingPlace() {
        var north = SourcedId.of("north");
        world.org("wing", "East Wing", "department", "north")
                .org("room", "Room", "department", "wing")
                .commit();
        rights.taking().reveal(Entity.ORG, north, "special.services", "its name tells", ACT);
        assertEquals(Set.of("north", "wing", "room"), orgsHeld());
        rights.giving().conceal(Entity.ORG, north, 1, "renamed", ACT);
        assertEquals(Set.of(), orgsHeld());
        // A circle of parents is somebody's mistake, and no reason to hang.
        world.org("wing", "East Wing", "department", "room").commit();
        rights.taking().reveal(Entity.ORG, north, "special.services", "its name tells", ACT);
        assertEquals(Set.of("north"), orgsHeld());
    }

    private Set<String> orgsHeld() {
        return held(rule, NOW).orgs().stream()
                .mapToObj(org -> world.id(Entity.ORG, org))
                .collect(Collectors.toSet());
    }

    @Test
    @DisplayName("F19: a leaver is absent from the second the grace ends")
    void leaver() {
        rights.taking().leave(ADA, NOW, Optional.of(3), ACT);
        Instant end = NOW.plus(Duration.ofDays(3));
        assertFalse(absent(rule, end.minusSeconds(1)));
        assertTrue(absent(rule, end));
        rights.giving().stay(ADA, 1, "came back", new Act("anna", NOW));
        assertFalse(absent(rule, end));
    }

    @Test
    @DisplayName("taking away works with a full disk and a broken ledger, and is written when it can be")
    void stops() {
        shelf.full(true);
        journal.blocked(true);
        assertFalse(rights.taking().restrict(ADA, "at once", ACT).settled());
        assertTrue(absent());
        assertThrows(
                IllegalStateException.class,
                () -> rights.giving().liftRestriction(ADA, 1, "not without a record", ACT));
        assertTrue(absent());
        shelf.full(false);
        journal.blocked(false);
        assertTrue(rights.settle(NOW));
        rights = open();
        assertTrue(absent());
    }

    @Test
    @DisplayName("a damaged dossier withholds its person everywhere and is named; nobody unknown is taken")
    void damaged() {
        rights.taking().optOut(List.of(ADA), Optional.empty(), ACT);
        String id = shelf.ids("rights-user").getFirst();
        shelf.put("rights-user", id, "{}".getBytes(StandardCharsets.UTF_8));
        rights = open();
        assertTrue(absent() && absent(other, NOW));
        assertEquals(1, rights.damaged().size());
        assertThrows(RightsFault.class, () -> rights.taking().restrict(SourcedId.of("nobody"), "at once", ACT));
        assertTrue(journal.acts().stream().noneMatch(act -> act.toString().contains("ada")));
    }

    @Test
    @DisplayName("protected persons are listed to the people who are named only")
    void listed() {
        rights.taking().protect(ADA, "a court order", Set.of("anna"), ACT);
        assertEquals(1, rights.list(entry -> true, "anna", NOW).size());
        assertEquals(0, rights.list(entry -> true, "ben", NOW).size());
        assertThrows(RightsFault.class, () -> rights.show(Entity.USER, ADA, "ben", NOW));
    }

    private static final Duration YEAR = Duration.ofDays(300);

    private void consent(Entry.Consent.To to) {
        rights.giving()
                .consent(List.of(ADA), new Giving.Given(to, "guardian", "in person", "v1", NOW, NOW.plus(YEAR)), ACT);
    }

    private long absentUsers(Rule of, Instant at) {
        return held(of, at).users().getLongCardinality();
    }

    @Test
    @DisplayName("F09: a directory rule is without who opted out, for the year; another rule is not")
    void directory() {
        rights.taking().optOut(List.of(ADA), Optional.empty(), ACT);
        assertFalse(absent());
        asked = Set.of(Charter.Basis.Person.DIRECTORY);
        assertTrue(absent() && absent(other, NOW), "no vendor is too essential for a directory opt-out");
        assertFalse(absent(rule, NOW.plus(terms.optOut())));
        rights.giving().withdrawOptOut(ADA, ACT);
        assertFalse(absent());
    }

    @Test
    @DisplayName("F11: a rule on consent begins with nobody, and gives exactly who has consented to it, while they do")
    void consents() {
        asked = Set.of(Charter.Basis.Person.CONSENT);
        int all = world.relations().size(Entity.USER);
        assertEquals(all, absentUsers(rule, NOW));
        consent(new Entry.Consent.To.OneRule("another"));
        consent(new Entry.Consent.To.VendorFor("another", rule.purpose()));
        consent(new Entry.Consent.To.VendorFor(rule.vendor(), "another"));
        assertEquals(all, absentUsers(rule, NOW));
        consent(new Entry.Consent.To.OneRule(rule.id()));
        assertEquals(all - 1, absentUsers(rule, NOW));
        assertFalse(absent());
        assertTrue(absent(other, NOW));
        assertTrue(absent(rule, NOW.minusSeconds(1)), "not yet given");
        assertFalse(absent(rule, NOW.plus(YEAR).minusSeconds(1)));
        assertTrue(absent(rule, NOW.plus(YEAR)), "expired");
        rights = open();
        assertFalse(absent());
        rights.taking().withdrawConsents(List.of(ADA), any -> true, ACT);
        assertTrue(absent());
        consent(new Entry.Consent.To.VendorFor(rule.vendor(), rule.purpose()));
        assertFalse(absent());
        shelf.full(true);
        journal.blocked(true);
        rights.taking().withdrawConsents(List.of(ADA), any -> true, ACT);
        assertTrue(absent(), "taking back waits for nothing");
    }

    @Test
    @DisplayName("one step takes back all that was given to the same thing, and nothing else")
    void withdrawal() {
        asked = Set.of(Charter.Basis.Person.CONSENT);
        consent(new Entry.Consent.To.OneRule(rule.id()));
        consent(new Entry.Consent.To.OneRule(rule.id()));
        consent(new Entry.Consent.To.OneRule(other.id()));
        var to = new Entry.Consent.To.OneRule(rule.id());
        assertEquals(
                1,
                rights.taking().withdrawConsents(List.of(ADA), to::equals, ACT).people());
        assertTrue(absent());
        assertFalse(absent(other, NOW));
        assertEquals(
                0,
                rights.taking().withdrawConsents(List.of(ADA), to::equals, ACT).people());
    }

    @Test
    @DisplayName("several laws at once: consent of one and directory information of another must both be met")
    void both() {
        asked = Set.of(Charter.Basis.Person.CONSENT, Charter.Basis.Person.DIRECTORY);
        consent(new Entry.Consent.To.OneRule(rule.id()));
        assertFalse(absent());
        rights.taking().optOut(List.of(ADA), Optional.empty(), ACT);
        assertTrue(absent());
        var floors = rights.floors().causes(rule, world.relations(), NOW).stream()
                .map(Floors.Cause::floor)
                .toList();
        assertEquals(List.of("F09", "F11"), floors);
    }

    @Test
    @DisplayName("F11: of a vendor that could do without, who may be a child is given with consent only; adults always")
    void children() {
        asked = Set.of(Charter.Basis.Person.CHILD_CONSENT);
        var relations = world.relations();
        var withheld = held(rule, NOW).users();
        for (int user = 0; user < relations.size(Entity.USER); user++) {
            boolean teacher = relations.roleCount(user) > 0;
            for (int n = 0; n < relations.roleCount(user); n++) {
                teacher &= relations.role(user, n).equals("teacher");
            }
            assertEquals(!teacher && !relations.age13Plus().contains(user), withheld.contains(user));
        }
        assertFalse(withheld.isEmpty());
        assertTrue(withheld.getLongCardinality() < relations.size(Entity.USER));
        assertTrue(absent());
        consent(new Entry.Consent.To.OneRule(rule.id()));
        assertFalse(absent());
    }
}
