package org.rosterkeep.reference;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.rosterkeep.disclosure.Ceiling;
import org.rosterkeep.disclosure.Ceilings;
import org.rosterkeep.fixture.Children;
import org.rosterkeep.fixture.FakeAccount;
import org.rosterkeep.fixture.FakeJournal;
import org.rosterkeep.fixture.FakeShelf;
import org.rosterkeep.reference.Model.*;
import org.rosterkeep.rights.Rights;
import org.rosterkeep.rights.Terms;
import org.rosterkeep.roster.Catalogue;
import org.rosterkeep.roster.SourcedId;
import org.rosterkeep.rules.Charter;
import org.rosterkeep.rules.Checked;
import org.rosterkeep.rules.Elements;
import org.rosterkeep.rules.Life;
import org.rosterkeep.rules.Problem;
import org.rosterkeep.rules.Proposal;
import org.rosterkeep.rules.Restraint;
import org.rosterkeep.rules.RuleBook;
import org.rosterkeep.rules.Vendor;

/// A district furnished as a world says, by the files and verbs its people have. The rule is drafted and signed
/// two days before the question where it could be, while nothing stood against it but what it says itself; what
/// the world says
/// of vendor, agreement, profile and catalogue comes after, and finds the rule in force. Where it could not be drafted
/// then, it is tried at the instant of the question, in the world as it is.
final class Furnished {
    private static final String VENDOR = "vendor";
    private static final Duration EARLIER = Duration.ofDays(2);
    private static final Catalogue CATALOGUE = Catalogue.shipped();
    private static final Terms TERMS = Terms.shipped(CATALOGUE);
    private static final Terms PATIENT = patient(TERMS);

    final FakeShelf shelf = new FakeShelf();
    final FakeAccount account = new FakeAccount();
    final Ceilings ceilings = new Ceilings(shelf, new FakeJournal());
    final Ground ground;
    final Case made;
    final Instant now;
    final String pupil;
    final RuleBook book;
    final Rights rights;
    Optional<Proposal> rule = Optional.empty();
    List<Problem> problems = List.of();
    private final Map<String, Elements.Element> elements = new HashMap<>();

    /// What all districts here have in common.
    record Ground(Street street, Charter charter, Files files, Desk desk, Breaking breaking) {}

    /// What is broken on purpose, to see that it is found.
    record Breaking(
            UnaryOperator<org.rosterkeep.rules.Floors> floors,
            UnaryOperator<Law> law,
            UnaryOperator<Ceiling> ceiling,
            Duration slow) {
        static final Breaking NOTHING = new Breaking(
                UnaryOperator.identity(), UnaryOperator.identity(), UnaryOperator.identity(), Duration.ZERO);
    }

    Furnished(Ground ground, Case made) {
        this.ground = ground;
        this.made = made;
        now = made.question().now();
        pupil = Street.name(made.person());
        elements.putAll(Told.asDrafted(made));
        book = new RuleBook(
                shelf,
                new FakeJournal(),
                ground.charter(),
                id -> Optional.ofNullable(elements.get(id)),
                ground.desk().people(),
                Children.FEW);
        rights = new Rights(
                shelf,
                new FakeJournal(),
                made.world().controller().pendingBlocks() ? TERMS : PATIENT,
                ground.charter(),
                ground.street().world(),
                ground.desk().people(),
                asking -> book.snapshot().lookup(asking));
        list();
        papersAsDrafted();
        if (!made.world().rules().isEmpty()) {
            sign(now.minus(EARLIER));
        }
        papersAsTheyAre();
        if (rule.isEmpty() && !made.world().rules().isEmpty()) {
            signNow();
        }
        // No rule is drafted beyond its agreement's end (section 2.2), so the end comes after it was.
        agreementEnds();
        stops();
        new Decisions(rights, made, SourcedId.of(pupil), ground.desk()).write();
        count();
        account.failing(!made.question().ledgerWritable() || !made.question().clockTrusted());
    }

    private static Terms patient(Terms of) {
        return new Terms(
                of.place(),
                of.protectionSigners(),
                of.exceptionMax(),
                of.optOut(),
                of.optOutMax(),
                false,
                of.consentMax(),
                of.grace(),
                of.graceMax(),
                of.textMin(),
                of.textMax(),
                of.bulkMax());
    }

    /// The district's own list of adequate countries, where it is not the one all start with.
    private void list() {
        var law = ground.breaking().law().apply(made.world().law());
        if (law.adequacy().equals(ground.desk().law().adequacy())) {
            return;
        }
        var at = now.minus(EARLIER);
        sound(book.adequacy().draft(Files.bytes(Files.adequacy(law, 0)), "ada"));
        book.adequacy().submit(ground.desk().ada(), at);
        book.adequacy().approve(ground.desk().ben(), at);
    }

    private void papersAsDrafted() {
        if (!made.world().controller().regimes().isEmpty()) {
            sound(book.papers().putController(new ProfileFile(made).asDrafted(), "ada"));
        }
        if (!made.world().vendors().containsKey(VENDOR)) {
            return;
        }
        var seen = made.rule().transfer().approved();
        sound(book.papers()
                .putVendor(Files.vendor(seen, Set.of(), Set.of(), made.vendor().essential()), "ada"));
        if (made.world().agreements().containsKey(VENDOR)) {
            var since = now.minus(Duration.ofDays(90));
            var granted = made.rule().granted();
            agreement(new Agreement(Optional.of(since), since, now, false, Set.of(), Set.of(), granted), true);
        }
    }

    private void agreement(Agreement of, boolean complete) {
        var schedule = new java.util.TreeSet<>(of.schedule());
        schedule.removeIf(id -> !elements.containsKey(id));
        var ends = now.plus(Duration.ofDays(400));
        sound(book.papers()
                .putAgreement(
                        ground.files().agreement(Case.with(of, "schedule", Set.copyOf(schedule)), ends, complete),
                        "ada"));
    }

    private void papersAsTheyAre() {
        var world = made.world();
        if (!world.controller().regimes().isEmpty()) {
            sound(book.papers().putController(new ProfileFile(made).asItIs(), "ada"));
        }
        if (world.vendors().containsKey(VENDOR)) {
            vendor(made.vendor());
            Optional.ofNullable(world.agreements().get(VENDOR)).ifPresent(this::agreementAsItIs);
        }
        elements.clear();
        elements.putAll(Told.asItIs(made));
    }

    private void agreementAsItIs(Agreement of) {
        agreement(of, of.ticked().containsAll(of.needed()));
    }

    private void agreementEnds() {
        if (book.papers().agreement("agreement").isEmpty()) {
            return;
        }
        var of = made.world().agreements().get(VENDOR);
        if (of.terminated()) {
            book.papers().terminate("agreement", "ada", now);
        }
        book.papers().terminate("agreement", "ada", of.ends());
    }

    private void vendor(Model.Vendor of) {
        var papers = book.papers();
        sound(papers.putVendor(
                Files.vendor(of.storage(), of.remoteAccess(), of.subProcessors(), of.essential()), "ada"));
        if (of.suspended()) {
            papers.suspendVendor(VENDOR, "ada");
        }
        var since = now.minus(EARLIER);
        of.debarredUntil().ifPresent(until -> papers.restrain(VENDOR, Restraint.Kind.DEBARMENT, until, "ada", since));
        if (of.changeOfControlOpen()) {
            papers.restrain(VENDOR, Restraint.Kind.CHANGE_OF_CONTROL, Instant.MAX, "ada", since);
        }
        if (of.held()) {
            papers.restrain(VENDOR, Restraint.Kind.HOLD, Instant.MAX, "ada", since);
        }
        if (!of.termsAcknowledged()) {
            papers.acknowledge(VENDOR, new Vendor.Terms(papers.termsVersion() + 1, "somebody", since), "ada");
        }
    }

    /// Who signs at the last moment signs for the countries the world says, and finds the rest of it as it is.
    private void signNow() {
        var movable =
                made.world().vendors().containsKey(VENDOR) && !made.vendor().suspended();
        if (movable) {
            var seen = made.rule().transfer().approved();
            sound(book.papers()
                    .putVendor(
                            Files.vendor(seen, Set.of(), Set.of(), made.vendor().essential()), "ada"));
        }
        sign(now);
        if (movable) {
            vendor(made.vendor());
        }
    }

    private void sign(Instant at) {
        switch (book.draft(ground.files().rule(made), "ada", at)) {
            case Checked.Flawed<Proposal>(var wrong) -> problems = wrong;
            case Checked.Sound<Proposal>(var drafted) -> {
                rule = Optional.of(drafted);
                int version = drafted.rule().version();
                book.submit(Files.RULE, version, ground.desk().ada(), at);
                for (var signer : ground.desk().approvers(signers(made))) {
                    if (book.newest(Files.RULE, at).life() == Life.SUBMITTED) {
                        book.approve(Files.RULE, version, signer, at);
                    }
                }
            }
        }
    }

    /// Nobody where the rule is not approved; one where a special element lacks the extra approval.
    static int signers(Case made) {
        var special = made.rule().granted().stream()
                .map(made.world().catalogue()::get)
                .anyMatch(e -> e != null && e.special());
        if (!made.rule().life().approved()) {
            return 0;
        }
        return special && !made.rule().special().extraApproval() ? 1 : 2;
    }

    private void stops() {
        var life = made.rule().life();
        if (rule.isPresent() && life.suspended()) {
            book.suspend(Files.RULE, "ada", now);
        }
        if (rule.isPresent() && life.revoked()) {
            book.revoke(Files.RULE, "ada");
        }
    }

    private void count() {
        rule.ifPresent(one -> made.rule()
                .released()
                .forEach((day, names) -> ceilings.take(
                        one.rule(),
                        ground.street().ordinals(names, pupil),
                        day.atStartOfDay().toInstant(ZoneOffset.UTC))));
    }

    private static void sound(Checked<?> read) {
        if (read instanceof Checked.Flawed<?>(var wrong)) {
            throw new AssertionError("a paper was refused: " + wrong);
        }
    }
}
