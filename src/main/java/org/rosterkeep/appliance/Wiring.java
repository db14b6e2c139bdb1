package org.rosterkeep.appliance;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.rosterkeep.access.AccessSettings;
import org.rosterkeep.access.Clients;
import org.rosterkeep.access.Operators;
import org.rosterkeep.access.Tokens;
import org.rosterkeep.backup.Places;
import org.rosterkeep.backup.Safe;
import org.rosterkeep.breach.Incidents;
import org.rosterkeep.custody.Custody;
import org.rosterkeep.custody.Disposal;
import org.rosterkeep.disclosure.Ceilings;
import org.rosterkeep.disclosure.DoorSettings;
import org.rosterkeep.disclosure.Gate;
import org.rosterkeep.disclosure.Mirror;
import org.rosterkeep.disclosure.Rolls;
import org.rosterkeep.disclosure.Wire;
import org.rosterkeep.entitlement.EditionSettings;
import org.rosterkeep.entitlement.Editions;
import org.rosterkeep.entitlement.Guard;
import org.rosterkeep.entitlement.GuardProfiles;
import org.rosterkeep.intake.Intake;
import org.rosterkeep.intake.Limits;
import org.rosterkeep.keys.DomainAliases;
import org.rosterkeep.keys.KeyRing;
import org.rosterkeep.ledger.Ledger;
import org.rosterkeep.ledger.LedgerRepair;
import org.rosterkeep.ledger.LedgerSettings;
import org.rosterkeep.ledger.Signer;
import org.rosterkeep.log.Log;
import org.rosterkeep.notices.Channels;
import org.rosterkeep.notices.Postbox;
import org.rosterkeep.outbound.Outbox;
import org.rosterkeep.outbound.OutboxSettings;
import org.rosterkeep.outbound.PushSecrets;
import org.rosterkeep.retention.Holds;
import org.rosterkeep.retention.Orders;
import org.rosterkeep.rights.PersonFloors;
import org.rosterkeep.rights.Rights;
import org.rosterkeep.rights.Roll;
import org.rosterkeep.rights.Terms;
import org.rosterkeep.roster.Catalogue;
import org.rosterkeep.roster.Entity;
import org.rosterkeep.roster.Journal;
import org.rosterkeep.roster.Shelf;
import org.rosterkeep.rules.Charter;
import org.rosterkeep.rules.Elements;
import org.rosterkeep.rules.Floors;
import org.rosterkeep.rules.Lookup;
import org.rosterkeep.rules.Population;
import org.rosterkeep.rules.Rule;
import org.rosterkeep.rules.RuleBook;
import org.rosterkeep.sources.SourceSettings;
import org.rosterkeep.sources.Sources;
import org.rosterkeep.vault.Vault;
import org.rosterkeep.vendors.DistrictCredentials;
import org.rosterkeep.vendors.House;

/// How the rooms of a district are joined: a list of constructors, in the order in which each needs the one before.
///
/// @param lookups what a rule asks of each person, when it is not the district's own book that says so
/// @param places where backups and the copy of the safe are
/// @param folders below which folders may be watched
/// @param unsealers what unseals without a person
/// @param origin what links in what is sent begin with; known once the street side is open
public record Wiring(
        Clock clock,
        SecureRandom random,
        Log log,
        Optional<Function<Rule, Lookup>> lookups,
        Places places,
        Optional<Path> folders,
        AtomicReference<String> origin,
        Unsealers unsealers) {
    private static final String NOWHERE_YET = "https://localhost";

    /// What one try of an operator's password costs.
    private static final int PASSWORD_MEMORY_KIB = 65_536;

    private static final int PASSWORD_PASSES = 3;

    /// The same where only approved algorithms are permitted: rounds of PBKDF2.
    private static final int PASSWORD_ROUNDS = 600_000;
    /// How many people it takes to erase somebody, and to lift a legal hold.
    private static final int SIGNERS = 2;

    private static final Duration TOKEN_LIFE = Duration.ofMinutes(15);

    /// The kinds of documents that decide what leaves: each is remembered as it stood, so that a decision can be
    /// explained later. Whoever adds such a kind adds it here.
    ///
    /// Operators are not among them: of their documents only the keys count that prove what they signed, and a
    /// key is
    /// never taken away, whatever becomes of its owner.
    static final Map<String, UnaryOperator<byte[]>> DECIDING = Map.ofEntries(
            Map.entry("controller", UnaryOperator.identity()),
            Map.entry("vendor", UnaryOperator.identity()),
            Map.entry("vendor-restraint", UnaryOperator.identity()),
            Map.entry("agreement", UnaryOperator.identity()),
            Map.entry("adequacy", UnaryOperator.identity()),
            Map.entry("adequacy-stop", UnaryOperator.identity()),
            Map.entry("rule", UnaryOperator.identity()),
            Map.entry("rule-stop", UnaryOperator.identity()),
            Map.entry("rule-clearing", UnaryOperator.identity()),
            Map.entry("rule-opinion", UnaryOperator.identity()),
            Map.entry("rights-user", UnaryOperator.identity()),
            Map.entry("rights-class", UnaryOperator.identity()),
            Map.entry("rights-org", UnaryOperator.identity()),
            Map.entry("rights-policy", UnaryOperator.identity()),
            Map.entry("client", Clients::remembered));

    public Wiring(Clock clock, SecureRandom random, Log log) {
        this(
                clock,
                random,
                log,
                Optional.empty(),
                Places.NONE,
                Optional.empty(),
                new AtomicReference<>(NOWHERE_YET),
                Unsealers.NONE);
    }

    /// The same, with places besides the home.
    Wiring keeping(Places elsewhere) {
        return new Wiring(clock, random, log, lookups, elsewhere, folders, origin, unsealers);
    }

    /// The same, where folders may be watched.
    Wiring watching(Optional<Path> below) {
        return new Wiring(clock, random, log, lookups, places, below, origin, unsealers);
    }

    /// The same, unsealing by what there is here.
    Wiring unsealing(Unsealers here) {
        return new Wiring(clock, random, log, lookups, places, folders, origin, here);
    }

    /// The same, for a district whose rules are another's.
    Wiring asking(Function<Rule, Lookup> others) {
        return new Wiring(clock, random, log, Optional.of(others), Places.NONE, Optional.empty(), origin, unsealers);
    }

    /// Opens every room of a district whose keys are open. When one does not open, those before it are closed again.
    Rooms open(DistrictName name, Path directory, KeyRing keys) {
        Deque<AutoCloseable> opened = new ArrayDeque<>();
        try {
            var vault = Vault.open(directory, keys, clock);
            opened.push(vault);
            var ledger = Ledger.open(
                    directory.resolve("ledger"), Signer.of(keys.ledgerSigner()), clock, LedgerSettings.standard());
            opened.push(ledger);
            var safe = Safe.open(name.text(), directory, places, keys.ledgerSigner());
            return furnished(name, directory, keys, vault, ledger, safe);
        } catch (RuntimeException | Error e) {
            opened.forEach(room -> closeQuietly(room, e));
            throw e;
        }
    }

    /// Sets a damaged ledger aside and begins a new one in its place; the district's rooms are closed.
    void setAside(Path directory, KeyRing keys, String actor, String reason) {
        LedgerRepair.setAside(
                        directory.resolve("ledger"),
                        Signer.of(keys.ledgerSigner()),
                        clock,
                        LedgerSettings.standard(),
                        actor,
                        reason)
                .close();
    }

    private Rooms furnished(DistrictName name, Path directory, KeyRing keys, Vault vault, Ledger ledger, Safe safe) {
        var catalogue = Catalogue.shipped();
        var shelf = new Chronicle(vault, clock, DECIDING);
        var operators = new Operators(
                shelf,
                ledger,
                random,
                unsealers.approved() ? 0 : PASSWORD_MEMORY_KIB,
                unsealers.approved() ? PASSWORD_ROUNDS : PASSWORD_PASSES);
        var profiles = GuardProfiles.shipped();
        var noted = new Noted(ledger, safe, clock, profiles.strictest().name());
        var elements = Elements.of(catalogue);
        var charter = Charter.shipped();
        // The book comes after what it counts with; until it is there, everything is asked of everybody.
        var later = new AtomicReference<Optional<RuleBook>>(Optional.empty());
        var terms = Terms.shipped(catalogue);
        var rights = new Rights(
                new Remembered(shelf, safe, keys.tags(), clock).catchUp(),
                noted,
                terms,
                charter,
                vault,
                operators,
                lookups.orElse(rule -> Objects.requireNonNull(later.get())
                        .map(papers -> papers.snapshot().lookup(rule))
                        .orElse(Lookup.EVERYTHING)));
        var floors = rights.floors();
        var domainKeys = new DomainDocuments(vault);
        var aliases = new DomainAliases(keys, domainKeys);
        var guard = new Guard(vault, noted, profiles);
        var editions = new Editions(
                vault, vault, new Mirror(vault, aliases), floors, EditionSettings.standard(), Optional.of(guard));
        var headcount = new Headcount(editions, charter.life().childRole());
        var book = new RuleBook(shelf, noted, charter, elements, operators, headcount);
        later.set(Optional.of(book));
        keys.takeOver(everyDomain(book, editions, clock.instant()), domainKeys);
        // What a power cut left of an end that was decided.
        book.domains().ended().forEach(aliases::forget);
        var clients =
                new Clients(shelf, noted, random, AccessSettings.standard().changeover());
        var tokens = new Tokens(vault, clients, random, TOKEN_LIFE, clock.instant());
        var holds = new Holds(vault, ledger, operators, SIGNERS);
        var orders = new Orders(vault, ledger, operators, SIGNERS, holds);
        var intake = new Intake(
                catalogue,
                Limits.shipped(),
                vault,
                vault,
                ledger,
                clock,
                id -> orders.barsAnybody() && orders.bars(vault.key(Entity.USER, id)));
        var ceilings = new Ceilings(vault, ledger);
        var behind = new Gate.Rooms(book, editions, vault, vault, aliases, ledger, ceilings);
        var gate = new Gate(behind, clock, DoorSettings.standard());
        var pushSecrets = new PushSecrets(vault, ledger);
        var outbox = new Outbox(
                name.text(),
                new Outbox.Rooms(vault, ledger, book, gate::push, pushSecrets, wire -> base(name, wire)),
                OutboxSettings.standard(EditionSettings.standard().tombstonesKept()),
                clock,
                random);
        var sourceSecrets = PushSecrets.ofSources(vault, ledger);
        var sources = new Sources(
                name.text(),
                new Sources.Rooms(
                        vault,
                        ledger,
                        book.sources(),
                        sourceSecrets,
                        new Unattended(name, intake, book, editions, vault, clock, log),
                        directory.resolve("spool"),
                        folders),
                SourceSettings.shipped(),
                clock,
                random);
        var channels = new Channels(name.text(), shelf, ledger, operators);
        var postbox = new Postbox(channels, vault, ledger, clock, random);
        var rolls = new Rolls(editions, vault, vault, aliases, DoorSettings.standard());
        var custody = new Custody(
                vault,
                ledger,
                new Handbook(ledger, vault, rolls),
                (slot, field) -> book.elements(slot.rule(), slot.version(), field),
                Disposal.shipped());
        var withholdings = new Withholdings(
                floors,
                // Without any floor, in every district.
                new Editions(
                        vault, new BareShelf(), new Mirror(vault, aliases), Floors.NONE, EditionSettings.standard()));
        var refusals = new Refusals(log);
        var house = new House.Open(
                name.text(),
                gate::ask,
                new DistrictCredentials(clients, tokens, new Whereabouts(book, ledger, clock), clock),
                () -> vault.takenOver(vault.relations().batch()),
                refusals);
        var rooms = new Rooms(
                name,
                keys,
                vault,
                ledger,
                safe,
                operators,
                book,
                clients,
                tokens,
                editions,
                guard,
                intake,
                behind,
                gate,
                ceilings,
                outbox,
                pushSecrets,
                sources,
                sourceSecrets,
                channels,
                postbox,
                refusals,
                rolls,
                custody,
                new Incidents(vault, ledger),
                withholdings,
                rights,
                house,
                floors,
                aliases,
                new TimeMachine(shelf, past -> then(past, charter, elements, terms, vault)),
                orders,
                holds,
                Checkup.begin(name, ledger, log),
                clock);
        new Erasing(rooms).goOn(clock.instant());
        return rooms;
    }

    /// Where the district's service would be asked for what is sent.
    private String base(DistrictName name, Wire wire) {
        return origin.get() + "/" + name.text()
                + (wire == Wire.V1P1 ? "/ims/oneroster/v1p1" : "/ims/oneroster/rostering/v1p2");
    }

    /// Every pseudonym domain in which an id may ever have been given.
    private static Set<String> everyDomain(RuleBook book, Editions editions, Instant now) {
        Set<String> domains = new TreeSet<>(editions.domains());
        book.versions(now).forEach(version -> domains.add(version.rule().domain()));
        return domains;
    }

    /// The rooms that decide, opened on a shelf as it once stood; nothing they do is recorded, for they do nothing.
    private Then then(Shelf past, Charter charter, Elements elements, Terms terms, Roll roll) {
        Journal silent = (kind, actor, facts) -> {
            throw new UnsupportedOperationException("what was is not changed");
        };
        var operators = new Operators(past, silent, random, PASSWORD_MEMORY_KIB, PASSWORD_PASSES);
        var book = new RuleBook(past, silent, charter, elements, operators, Population.UNKNOWN);
        return new Then(
                book,
                new Clients(past, silent, random, AccessSettings.standard().changeover()),
                PersonFloors.of(
                        past,
                        terms,
                        charter,
                        roll,
                        operators,
                        rule -> book.snapshot().lookup(rule)));
    }

    private static void closeQuietly(AutoCloseable room, Throwable first) {
        try {
            room.close();
        } catch (Exception e) {
            first.addSuppressed(e);
        }
    }
}
