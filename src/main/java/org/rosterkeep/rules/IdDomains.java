package org.rosterkeep.rules;

import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.rosterkeep.roster.Journal;
import org.rosterkeep.roster.Shelf;

/// The pseudonym domains of a district: which rules name them, who may name which, and which have come to their end.
public final class IdDomains {
    /// A version that gives something, or will without anybody being asked again, or may after two people let it go on.
    private static final Set<Life> LIVING =
            EnumSet.of(Life.APPROVED, Life.NOTICE, Life.HELD, Life.ACTIVE, Life.SUSPENDED);

    private final Shelf shelf;
    private final Journal journal;
    private final Signing signing;
    private final int signers;
    private final Function<Instant, List<Version>> versions;
    private final Map<String, DomainEnd> ends = new TreeMap<>();

    /// @param signers how many people it takes to end a domain
    IdDomains(Shelf shelf, Journal journal, Signing signing, int signers, Function<Instant, List<Version>> versions) {
        this.shelf = shelf;
        this.journal = journal;
        this.signing = signing;
        this.signers = signers;
        this.versions = versions;
        shelf.all(DomainEnd.KIND)
                .forEach((id, document) -> DomainEnd.read(document)
                        .filter(end -> end.domain().equals(id))
                        .ifPresent(end -> ends.put(id, end)));
    }

    /// The domains whose end is decided.
    public synchronized Set<String> ended() {
        return ends.values().stream()
                .filter(DomainEnd::decided)
                .map(DomainEnd::domain)
                .collect(Collectors.toUnmodifiableSet());
    }

    /// What was decided or asked for about a domain.
    public synchronized Optional<DomainEnd> end(String domain) {
        return Optional.ofNullable(ends.get(domain));
    }

    /// Every version of every vendor that names a domain.
    public List<Version> naming(String domain, Instant now) {
        return versions.apply(now).stream()
                .filter(version -> version.rule().domain().equals(domain))
                .toList();
    }

    /// Those of them that still give something or may again.
    public List<Version> using(String domain, Instant now) {
        return naming(domain, now).stream()
                .filter(version -> LIVING.contains(version.life()))
                .toList();
    }

    /// One more person signs that a domain comes to its end. Returns how many more signatures it takes; at 0 it is
    /// decided, recorded and cannot be taken back.
    synchronized int sign(String domain, String reason, Signer signer, Instant now) {
        if (!using(domain, now).isEmpty()) {
            throw new RulesFault(RulesFault.Code.DOMAIN_IN_USE);
        }
        DomainEnd asked = ends.getOrDefault(domain, DomainEnd.asked(domain, reason, now));
        if (asked.decided()) {
            return 0;
        }
        if (asked.signedBy(signer.operator())) {
            throw new RulesFault(RulesFault.Code.SAME_PERSON);
        }
        DomainEnd signed = asked.with(signing.endorse(Endorsement.Act.FORGET, asked.hash(), signer, now));
        int missing = signers - signed.genuine(signing);
        DomainEnd next = missing <= 0 ? signed.decide() : signed;
        journal.record(
                missing <= 0 ? "ids.forgetting-decided" : "ids.forgetting-signed",
                signer.operator(),
                Map.of("domain", domain));
        shelf.put(DomainEnd.KIND, domain, next.document());
        ends.put(domain, next);
        return Math.max(0, missing);
    }

    /// What stands against a rule's domain: its own vendor's, or its vendor's group's, and one that has not ended.
    List<Problem> problems(Bench bench, Rule rule) {
        String domain = rule.domain();
        if (ended().contains(domain)) {
            return problem(
                    "the ids of this domain were forgotten, and its name is never used again",
                    "name another one, as `\"domain\": \"" + successor(bench, rule.vendor()) + "\"`");
        }
        Optional<String> group = Optional.ofNullable(bench.vendors().get(rule.vendor()))
                .flatMap(vendor -> vendor.particulars().idGroup());
        boolean ours = own(rule.vendor(), domain);
        boolean others = bench.vendors().values().stream()
                .filter(vendor -> !vendor.id().equals(rule.vendor()))
                .anyMatch(vendor -> own(vendor.id(), domain)
                        || ours && vendor.particulars().idGroup().equals(Optional.of(domain)));
        if (others) {
            return problem(
                    "these are the ids of another vendor or of a group",
                    "leave it out, and the ids are this vendor's alone; or let the files of all the vendors concerned"
                            + " name one group as `idGroup`");
        }
        return ours || group.equals(Optional.of(domain))
                ? List.of()
                : problem(
                        "this vendor is not in the group `" + domain
                                + "`, so that it would share ids nobody let it share",
                        "leave it out, and the ids are this vendor's alone; or name the group in the vendor's file, as"
                                + " `\"idGroup\": \"" + domain + "\"`");
    }

    private static List<Problem> problem(String what, String remedy) {
        return List.of(new Problem("/domain", what, remedy));
    }

    /// A vendor's own domains: its name, and its name with a number, for when the ids of the one before were forgotten.
    static boolean own(String vendor, String domain) {
        return domain.equals(vendor)
                || domain.startsWith(vendor + ".")
                        && domain.substring(vendor.length() + 1).matches("[1-9][0-9]{0,5}");
    }

    private String successor(Bench bench, String vendor) {
        int number = 2;
        while (ended().contains(vendor + "." + number) || bench.vendors().containsKey(vendor + "." + number)) {
            number++;
        }
        return vendor + "." + number;
    }
}
