package org.rosterkeep.rules;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.rosterkeep.roster.Field;
import org.rosterkeep.roster.SourcedId;

/// A small book of rules in which everything is allowed, for tests that then take one thing away.
final class Book {
    static final Instant FROM = Instant.parse("2026-01-01T00:00:00Z");
    static final Instant UNTIL = Instant.parse("2026-07-01T00:00:00Z");
    static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    static final Charter CHARTER = Charter.shipped();

    Optional<Controller> controller = Optional.of(
            new Controller("Example District", Controller.Kind.PUBLIC_AUTHORITY, "US", Set.of("US-FERPA"), false));
    Vendor vendor = new Vendor(
            "reading-app",
            "Reading App",
            new Vendor.Standing.Active(),
            Set.of("US"),
            List.of(),
            "security@reading.example",
            new Vendor.Terms(CHARTER.termsVersion(), "Example Person", FROM.minusSeconds(86_400)));
    Agreement agreement = new Agreement(
            "reading-2026",
            "reading-app",
            "LOCAL",
            FROM,
            FROM,
            UNTIL,
            CHARTER.clauses(),
            Set.of("name.given", "name.family", "role.role", "org.membership", "org.record", "contact.email"),
            "reading.pdf",
            "00".repeat(32),
            48,
            30);
    Map<Field, Treatment> grants = new HashMap<>(Map.of(
            Field.USER_GIVEN_NAME, new Treatment.AsIs(),
            Field.USER_FAMILY_NAME, new Treatment.Initial(),
            Field.USER_ROLES, new Treatment.AsIs(),
            Field.ORG_TYPE, new Treatment.AsIs()));
    Map<String, String> evidence =
            new HashMap<>(Map.of("annual_notice", "web site, 2025-09-01", "institutional_function", "reading lessons"));
    Map<String, String> basis = new HashMap<>(Map.of("US-FERPA", "school_official"));
    String purpose = "instruction_content";
    String country = "US";
    Set<String> roles = new TreeSet<>(Set.of("student"));
    Optional<Grounds.Safeguard> safeguard = Optional.empty();
    Optional<Grounds.Special> special = Optional.empty();
    Grounds.Found found = Grounds.Found.NOTHING;
    Optional<Grounds.Assessment> assessment = Optional.of(new Grounds.Assessment(
            "assessment 1", java.time.LocalDate.of(2026, 1, 1), Grounds.Consultation.NOT_NEEDED));
    Elements elements = ELEMENTS;
    Charter charter = CHARTER;
    Instant from = FROM;
    Instant until = UNTIL;
    boolean suspended;
    int revokedThrough;
    List<Proposal> more = new ArrayList<>();
    boolean approved = true;

    Rule rule(int version, Instant from, Instant until) {
        return new Rule(
                "reading-names",
                version,
                "hash-" + version,
                "reading-app",
                "reading",
                "reading-2026",
                purpose,
                "Children read books that fit them.",
                basis,
                new Scope(Set.of(SourcedId.of("school-1")), true, roles, Set.of(), Set.of()),
                grants,
                false,
                "reading-app",
                country,
                from,
                until,
                Bounds.NONE);
    }

    Proposal proposal(int version, Instant from, Instant until) {
        return new Proposal(
                rule(version, from, until),
                new Grounds(Map.of(), special, evidence, safeguard, assessment, found),
                "{}");
    }

    Snapshot snapshot() {
        List<Proposal> versions = Stream.concat(
                        approved ? Stream.of(proposal(1, from, until)) : Stream.of(), more.stream())
                .collect(Collectors.toList());
        var stream = org.rosterkeep.rules.Stream.of(
                "reading-names", "reading", "reading-app", versions, suspended, revokedThrough);
        return Snapshot.of(charter, elements, controller, List.of(vendor), List.of(agreement), List.of(stream));
    }

    /// Whom one writes to, as far as any shipped pack asks.
    static final Profile PROFILE =
            profile(Map.of("retention_policy", "web site, retention", "bill_of_rights", "web site, bill of rights"));

    static Profile profile(Map<String, String> statements) {
        var office = Optional.of(new Profile.Contact("Example Office", "office@district.example"));
        return new Profile(
                Optional.of("Example Region"),
                office,
                office,
                office,
                office,
                List.of("en"),
                Set.of(),
                Optional.empty(),
                Optional.empty(),
                statements);
    }

    /// A district that states all it could be asked.
    static Optional<Controller> district(
            Controller.Kind kind, String country, boolean localised, Set<String> regimes, String... overlays) {
        return Optional.of(new Controller(
                "Example District", kind, country, regimes, Set.of(overlays), localised, PROFILE, Optional.empty()));
    }

    /// The catalogue, as far as these tests need it.
    static final Elements ELEMENTS = id -> Optional.of(new Elements.Element(
            id,
            id,
            Set.of("demo.race", "name.pronouns").contains(id)
                    ? Elements.Sensitivity.SPECIAL
                    : Elements.Sensitivity.ORDINARY,
            Elements.Forward.BY_RULE));
}
