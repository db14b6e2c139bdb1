package org.rosterkeep.intake;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.rosterkeep.roster.Catalogue;
import org.rosterkeep.roster.Entity;
import org.rosterkeep.roster.Journal;

/// Proposes which records of a new source system's first delivery are which of the roster's. It works in a batch that
/// is never committed, so it changes nothing; and it compares salted fingerprints, so no value leaves the row
/// it was in.
public final class Matching {
    private static final int SALT_BYTES = 16;

    private final Catalogue catalogue;
    private final Limits limits;
    private final Landing landing;
    private final Journal journal;
    private final Clock clock;

    Matching(Catalogue catalogue, Limits limits, Landing landing, Journal journal, Clock clock) {
        this.catalogue = catalogue;
        this.limits = limits;
        this.landing = landing;
        this.journal = journal;
        this.clock = clock;
    }

    /// @param options its mapping, if there is one, is taken as given
    /// @throws IntakeFault when the delivery or the mapping cannot be used
    /// @throws Landing.LandingBusy when an import is running
    /// @throws Progress.Cancelled when it was asked to end
    public Proposals propose(Source source, Options options, Progress progress) {
        Instant at = clock.instant();
        try (Landing.Batch batch = landing.open(at);
                Delivery delivery = source.open(limits)) {
            Findings findings = new Findings(limits.findingsPerCode());
            Desk desk = new Desk(
                    delivery,
                    Manifest.read(delivery, limits, findings),
                    limits,
                    findings,
                    new Keeping(catalogue.kept(Set.of())),
                    batch,
                    progress,
                    LocalDate.ofInstant(at, clock.getZone()),
                    options.nineDigitsAreLocal());
            if (desk.manifest.mode(UserFile.FILE) != Mode.BULK) {
                throw new IntakeFault(FindingCode.MAPPING_NEEDS_BULK, UserFile.FILE);
            }
            Optional<Mapping> mapping = options.mapping().map(file -> Mapping.read(file, limits, findings));
            new Handover(mapping, Waiting.nobody(), options, nobody -> false).apply(desk);
            Proposals proposals = propose(desk, mapping);
            journal.record(
                    "intake.matched",
                    options.actor(),
                    Map.of(
                            "proposed",
                            Integer.toString(proposals.pairs().size()),
                            "unsure",
                            Integer.toString(proposals.unsure().size())));
            return proposals;
        }
    }

    private static Proposals propose(Desk desk, Optional<Mapping> mapping) {
        byte[] salt = new byte[SALT_BYTES];
        new SecureRandom().nextBytes(salt);
        Prints prints = new Prints(salt);
        Places places = new Places(desk, prints);
        PeopleMatch people = new PeopleMatch(new People(desk, prints, places), prints);
        people.run();
        List<Proposals.Pair> pairs = new ArrayList<>(places.pairs());
        pairs.addAll(people.pairs());
        List<Proposals.Unsure> unsure = new ArrayList<>(places.unsure());
        unsure.addAll(people.unsure());
        Map<Entity, Long> nobody = Proposals.none();
        nobody.putAll(places.nobody());
        if (people.nobody() > 0) {
            nobody.put(Entity.USER, people.nobody());
        }
        List<Proposals.Pair> given = mapping.map(Mapping::pairs).orElse(List.of()).stream()
                .map(pair -> new Proposals.Pair(pair.entity(), pair.old(), pair.now(), Confidence.EXACT, List.of()))
                .toList();
        return new Proposals(given, pairs, unsure, nobody);
    }
}
