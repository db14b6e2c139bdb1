package org.rosterkeep.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.rosterkeep.roster.Entity;
import org.rosterkeep.roster.Field;

class SnapshotTest {
    private static final Ask USERS = ask(Entity.USER, Set.of(), Set.of());
    private final Book book = new Book();

    private static Ask ask(Entity entity, Set<Entity> by, Set<Field> consulted) {
        return new Ask(new Recipient.Vendor("reading"), entity, by, consulted);
    }

    private void refuses(Reason reason) {
        refuses(reason, USERS, Book.NOW);
    }

    private void refuses(Reason reason, Ask ask, Instant now) {
        assertEquals(new Decision.Deny(reason), book.snapshot().decide(ask, now));
    }

    private Decision.Allow allows() {
        return assertInstanceOf(Decision.Allow.class, book.snapshot().decide(USERS, Book.NOW));
    }

    @Test
    @DisplayName("gives exactly the fields of the asked entity, treated as the rule says")
    void gives() {
        assertEquals(
                Map.of(
                        Field.USER_GIVEN_NAME, new Treatment.AsIs(),
                        Field.USER_FAMILY_NAME, new Treatment.Initial(),
                        Field.USER_ROLES, new Treatment.AsIs()),
                allows().fields());
    }

    @Nested
    @DisplayName("refuses when")
    class Refuses {
        @Test
        @DisplayName("no rule names the client")
        void noRule() {
            refuses(Reason.NO_RULE, new Ask(new Recipient.Vendor("other"), Entity.USER, Set.of(), Set.of()), Book.NOW);
        }

        @Test
        @DisplayName("the rule is not approved")
        void notApproved() {
            book.approved = false;
            refuses(Reason.RULE_NOT_ACTIVE);
        }

        @Test
        @DisplayName("the clock stands one millisecond before the start, or at the end")
        void clockEdges() {
            refuses(Reason.RULE_NOT_STARTED, USERS, Book.FROM.minusMillis(1));
            assertInstanceOf(Decision.Allow.class, book.snapshot().decide(USERS, Book.FROM));
            assertInstanceOf(Decision.Allow.class, book.snapshot().decide(USERS, Book.UNTIL.minusMillis(1)));
            refuses(Reason.RULE_EXPIRED, USERS, Book.UNTIL);
        }

        @Test
        @DisplayName("the rule is suspended or revoked")
        void stopped() {
            book.suspended = true;
            refuses(Reason.RULE_NOT_ACTIVE);
            book.suspended = false;
            allows();
            book.revokedThrough = 1;
            refuses(Reason.RULE_NOT_ACTIVE);
        }

        @Test
        @DisplayName("the vendor is unknown, suspended, debarred, sold, or has not acknowledged the terms")
        void vendor() {
            Vendor good = book.vendor;
            for (Vendor.Standing standing : List.of(
                    new Vendor.Standing.Suspended(),
                    new Vendor.Standing.ChangeOfControl(),
                    new Vendor.Standing.Debarred(Book.NOW.plusMillis(1)))) {
                book.vendor = good.standing(standing);
                refuses(Reason.VENDOR_NOT_ACTIVE);
            }
            book.vendor = good.standing(new Vendor.Standing.Debarred(Book.NOW));
            allows();
            book.vendor = new Vendor(
                    good.id(),
                    good.name(),
                    good.standing(),
                    good.countries(),
                    good.subProcessors(),
                    good.securityContact(),
                    new Vendor.Terms(good.terms().version() - 1, "Example Person", Book.FROM));
            refuses(Reason.VENDOR_NOT_ACTIVE);
        }

        @Test
        @DisplayName("the agreement is somebody else's, over, incomplete or narrower than the rule")
        void agreement() {
            Agreement good = book.agreement;
            book.agreement = good.terminated(Book.NOW);
            refuses(Reason.AGREEMENT_NOT_LIVE);
            book.agreement = good.terminated(Book.NOW.plusMillis(1));
            allows();
            book.agreement = with(good, "reading-app", Set.of("purpose_limit"), good.schedule());
            refuses(Reason.AGREEMENT_NOT_LIVE);
            book.agreement = with(good, "reading-app", good.clauses(), Set.of("name.given"));
            refuses(Reason.AGREEMENT_NARROWER);
            book.agreement = with(good, "other", good.clauses(), good.schedule());
            refuses(Reason.AGREEMENT_MISSING);
        }

        @Test
        @DisplayName("preferred names would leave under legal ones and the agreement has only those")
        void preferredNames() {
            book.grants.put(Field.USER_GIVEN_NAME, new Treatment.Preferred());
            refuses(Reason.AGREEMENT_NARROWER);
        }

        @Test
        @DisplayName("the purpose is prohibited, unknown, or lacks what it needs")
        void purpose() {
            for (String purpose : List.of("sale", "marketing", "", "health_safety_emergency")) {
                book.purpose = purpose;
                refuses(Reason.PURPOSE_NOT_ALLOWED);
            }
        }

        @Test
        @DisplayName(
                "the basis is missing, unknown or lacks what it needs, as directory information nobody designated does")
        void basis() {
            for (Map<String, String> basis : List.of(
                    Map.of("US-FERPA", ""),
                    Map.of("US-FERPA", "public_task"),
                    Map.of("US-FERPA", "directory_information"),
                    Map.of("EU", "public_task"))) {
                book.basis = basis;
                refuses(Reason.BASIS_NOT_ALLOWED);
            }
            book.basis = Map.of("US-FERPA", "school_official");
            book.evidence.remove("annual_notice");
            refuses(Reason.BASIS_NOT_ALLOWED);
        }

        @Test
        @DisplayName("a public authority rests on legitimate interests")
        void publicAuthority() {
            book.controller = Book.district(Controller.Kind.PUBLIC_AUTHORITY, "US", false, Set.of("EU"));
            book.basis = Map.of("EU", "legitimate_interests");
            book.evidence.put("balancing_test", "2026-01-02 reference 7");
            refuses(Reason.BASIS_NOT_ALLOWED);
            book.controller = Book.district(Controller.Kind.PRIVATE, "US", false, Set.of("EU"));
            allows();
        }

        @Test
        @DisplayName("nobody has said who the district is")
        void nobody() {
            book.controller = Optional.empty();
            refuses(Reason.AGREEMENT_NOT_LIVE);
        }

        @Test
        @DisplayName("an entity is asked for, or gone by, that the rule does not give")
        void entity() {
            refuses(Reason.ENTITY_NOT_GIVEN, ask(Entity.CLASS, Set.of(), Set.of()), Book.NOW);
            refuses(Reason.ENTITY_NOT_GIVEN, ask(Entity.USER, Set.of(Entity.CLASS), Set.of()), Book.NOW);
        }

        @Test
        @DisplayName("a filter, a sort or a selection looks at a field the rule does not give")
        void consulted() {
            refuses(Reason.FIELD_NOT_GIVEN, ask(Entity.USER, Set.of(), Set.of(Field.USER_EMAIL)), Book.NOW);
            refuses(Reason.FIELD_NOT_GIVEN, ask(Entity.USER, Set.of(), Set.of(Field.ORG_TYPE)), Book.NOW);
            var fine = ask(Entity.USER, Set.of(Entity.ORG), Set.of(Field.USER_GIVEN_NAME, Field.USER_SOURCED_ID));
            assertInstanceOf(Decision.Allow.class, book.snapshot().decide(fine, Book.NOW));
        }

        @Test
        @DisplayName("a telephone number is given for anything but the security of accounts")
        void telephone() {
            book.grants.put(Field.USER_SMS, new Treatment.AsIs());
            book.agreement = with(
                    book.agreement,
                    "reading-app",
                    book.agreement.clauses(),
                    Set.of(
                            "contact.phone_13plus",
                            "name.given",
                            "name.family",
                            "role.role",
                            "org.membership",
                            "org.record"));
            refuses(Reason.ELEMENT_FOR_OTHER_PURPOSE);
            book.purpose = "account_security";
            allows();
        }

        @Test
        @DisplayName("a special element is given and nobody has named the condition")
        void special() {
            book.grants.put(Field.USER_PRONOUNS, new Treatment.AsIs());
            book.agreement = with(
                    book.agreement,
                    "reading-app",
                    book.agreement.clauses(),
                    Set.of("name.pronouns", "name.given", "name.family", "role.role", "org.membership", "org.record"));
            refuses(Reason.ASSESSMENT_MISSING);
            book.special = Optional.of(new Grounds.Special("condition", "assessment 7"));
            allows();
        }

        @Test
        @DisplayName("the catalogue says since the signing that an element never leaves, or has dropped it")
        void barred() {
            book.elements = id -> Book.ELEMENTS
                    .element(id)
                    .map(one -> new Elements.Element(
                            id,
                            id,
                            one.sensitivity(),
                            id.equals("name.family") ? Elements.Forward.NEVER : one.forward()));
            refuses(Reason.ELEMENT_BARRED);
            book.elements = id -> Optional.empty();
            refuses(Reason.ELEMENT_UNKNOWN);
        }

        @Test
        @DisplayName("guardians are in the scope and the schedule knows only students' names")
        void guardians() {
            book.roles.add("guardian");
            refuses(Reason.AGREEMENT_NARROWER);
        }

        @Test
        @DisplayName("two rules claim one client")
        void claimedTwice() {
            var one = Stream.of("a", "reading", "reading-app", List.of(), false, 0);
            var two = Stream.of("b", "reading", "reading-app", List.of(), false, 0);
            var snapshot =
                    Snapshot.of(Book.CHARTER, Book.ELEMENTS, book.controller, List.of(), List.of(), List.of(one, two));
            assertEquals(new Decision.Deny(Reason.NO_RULE), snapshot.decide(USERS, Book.NOW));
        }

        private static Agreement with(Agreement from, String vendor, Set<String> clauses, Set<String> schedule) {
            return new Agreement(
                    from.id(),
                    vendor,
                    from.type(),
                    from.signed().orElseThrow(),
                    from.starts(),
                    from.ends(),
                    clauses,
                    schedule,
                    from.document(),
                    from.documentHash(),
                    from.breachNoticeHours(),
                    from.disposalDays());
        }
    }

    @Test
    @DisplayName("a new version takes over when it starts, not before; the old one does not come back")
    void versions() {
        Instant change = Book.NOW.plusSeconds(60);
        book.more.add(book.proposal(2, change, change.plusSeconds(60)));
        var snapshot = book.snapshot();
        assertEquals(
                1,
                snapshot.inForce("reading", change.minusMillis(1)).orElseThrow().version());
        assertEquals(2, snapshot.inForce("reading", change).orElseThrow().version());
        assertEquals(new Decision.Deny(Reason.RULE_EXPIRED), snapshot.decide(USERS, change.plusSeconds(60)));
        book.revokedThrough = 1;
        refuses(Reason.RULE_NOT_ACTIVE);
        assertEquals(2, book.snapshot().inForce("reading", change).orElseThrow().version());
    }

    @Test
    @DisplayName("a preview answers the district's people before approval, and nobody else")
    void rehearses() {
        book.approved = false;
        var rehearsal = book.snapshot().rehearsing(book.proposal(1, Book.UNTIL, Book.UNTIL.plusSeconds(1)));
        var official = new Ask(new Recipient.Official("ada", "reading"), Entity.USER, Set.of(), Set.of());
        assertInstanceOf(Decision.Allow.class, rehearsal.decide(official, Book.NOW));
        assertEquals(new Decision.Deny(Reason.RULE_NOT_ACTIVE), rehearsal.decide(USERS, Book.NOW));
        book.agreement = book.agreement.terminated(Book.NOW);
        assertEquals(
                new Decision.Deny(Reason.AGREEMENT_NOT_LIVE),
                book.snapshot()
                        .rehearsing(book.proposal(1, Book.UNTIL, Book.UNTIL.plusSeconds(1)))
                        .decide(official, Book.NOW));
    }

    @Test
    @DisplayName("whatever is taken away from a book, it never gives more; and a book that lacks a part gives nothing")
    void narrowing() {
        for (long seed = 1; seed <= 300; seed++) {
            Random random = new Random(seed);
            Book narrowed = new Book();
            boolean partMissing = takeAway(narrowed, random);
            for (Entity entity : Entity.values()) {
                for (Instant now : List.of(Book.FROM.minusMillis(1), Book.NOW, Book.UNTIL)) {
                    Map<Field, Treatment> before = fields(new Book().snapshot(), entity, now);
                    Map<Field, Treatment> after = fields(narrowed.snapshot(), entity, now);
                    assertEquals(Map.of(), minus(after, before), "seed " + seed + ", " + entity + " at " + now);
                    if (partMissing) {
                        assertEquals(Map.of(), after, "seed " + seed);
                    }
                }
            }
        }
    }

    /// Takes one to three things away; true when one of them is a part without which nothing may be given.
    private static boolean takeAway(Book book, Random random) {
        boolean partMissing = false;
        for (int i = random.nextInt(1, 4); i > 0; i--) {
            switch (random.nextInt(9)) {
                case 0 -> {
                    var some = List.copyOf(book.grants.keySet());
                    if (some.size() > 1) {
                        book.grants.remove(some.get(random.nextInt(some.size())));
                    }
                }
                case 1 -> book.roles.add(random.nextBoolean() ? "guardian" : "student");
                case 2 -> partMissing |= missing(() -> book.approved = false);
                case 3 -> partMissing |= missing(() -> book.suspended = true);
                case 4 -> partMissing |= missing(() -> book.revokedThrough = 1);
                case 5 -> partMissing |= missing(() -> book.controller = Optional.empty());
                case 6 -> partMissing |= missing(() -> book.evidence.clear());
                case 7 -> partMissing |= missing(() -> book.agreement = book.agreement.terminated(Book.FROM));
                default ->
                    partMissing |= missing(() -> book.vendor = book.vendor.standing(new Vendor.Standing.Suspended()));
            }
        }
        return partMissing;
    }

    private static boolean missing(Runnable act) {
        act.run();
        return true;
    }

    private static Map<Field, Treatment> fields(Snapshot snapshot, Entity entity, Instant now) {
        return switch (snapshot.decide(ask(entity, Set.of(), Set.of()), now)) {
            case Decision.Allow allow -> allow.fields();
            case Decision.Deny deny -> Map.of();
        };
    }

    private static Map<Field, Treatment> minus(Map<Field, Treatment> some, Map<Field, Treatment> others) {
        var rest = new java.util.HashMap<>(some);
        rest.entrySet().removeAll(others.entrySet());
        return rest;
    }
}
