package org.rosterkeep.rules;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.rosterkeep.roster.Journal;
import org.rosterkeep.roster.Shelf;

/// What rules rest on: who the district is, its vendors, its agreements. Every change is recorded first, kept
/// second and
/// in force last; only taking away goes the other way round.
public final class Papers {
    private static final String CONTROLLER = "controller";
    private static final String THIS = "this";
    private static final String VENDOR = "vendor";
    private static final String AGREEMENT = "agreement";

    private final Shelf shelf;
    private final Journal journal;
    private final PaperFile files;
    private final Stops stops = new Stops();
    private final Restraints restraints;
    private final Terminations terminations;
    private final Runnable changed;
    private final List<String> damaged = new ArrayList<>();
    private volatile Bench bench;

    /// @param changed called after each change, when [#bench()] is new
    Papers(Shelf shelf, Journal journal, Charter charter, Elements elements, Runnable changed) {
        this.shelf = shelf;
        this.journal = journal;
        this.files = new PaperFile(charter, elements);
        this.changed = changed;
        Map<String, Vendor> vendors = new HashMap<>();
        shelf.all(VENDOR)
                .forEach((id, text) -> sound(VENDOR, id, files.vendor(text))
                        .filter(one -> one.id().equals(id))
                        .ifPresent(one -> vendors.put(id, one)));
        Map<String, Agreement> agreements = new HashMap<>();
        shelf.all(AGREEMENT)
                .forEach((id, text) -> sound(AGREEMENT, id, files.agreement(text))
                        .filter(one -> one.id().equals(id))
                        .ifPresent(one -> agreements.put(id, one)));
        Optional<Controller> controller =
                shelf.get(CONTROLLER, THIS).flatMap(text -> sound(CONTROLLER, THIS, files.controller(text)));
        restraints = new Restraints(shelf, journal, stops);
        terminations = new Terminations(shelf);
        bench = new Bench(charter, elements, controller, vendors, agreements).restraining(restraints.all());
    }

    Bench bench() {
        return bench;
    }

    /// Documents on the shelf that say nothing understandable any more, as `vendor reading-app`; they permit nothing.
    public List<String> damaged() {
        return List.copyOf(damaged);
    }

    public Optional<Controller> controller() {
        return bench.controller();
    }

    public Optional<Vendor> vendor(String id) {
        return Optional.ofNullable(bench.vendors().get(id));
    }

    public List<Vendor> vendors() {
        return bench.vendors().values().stream()
                .sorted(Comparator.comparing(Vendor::id))
                .toList();
    }

    public Optional<Agreement> agreement(String id) {
        return Optional.ofNullable(bench.agreements().get(id));
    }

    public List<Agreement> agreements() {
        return bench.agreements().values().stream()
                .sorted(Comparator.comparing(Agreement::id))
                .toList();
    }

    /// The clauses an agreement should have in this district, and has not; while any is missing it is not in force.
    public List<String> clausesMissing(Agreement agreement) {
        return List.copyOf(bench.clausesMissing(agreement));
    }

    /// The file of a paper, as it would be handed in again; JSON in UTF-8.
    public String text(Controller one) {
        return new String(files.write(one), StandardCharsets.UTF_8);
    }

    public String text(Vendor one) {
        return new String(files.write(one), StandardCharsets.UTF_8);
    }

    public String text(Agreement one) {
        return new String(files.write(one), StandardCharsets.UTF_8);
    }

    /// What a profile says, without any effect.
    public Checked<Controller> read(byte[] file) {
        return files.controller(file);
    }

    /// Everything there is, under another profile.
    Bench under(Controller other) {
        return new Bench(
                bench.charter(),
                bench.elements(),
                Optional.of(other),
                bench.vendors(),
                bench.agreements(),
                bench.adequacy(),
                bench.restraints());
    }

    /// How far an agreement has come.
    public Agreement.Status status(Agreement agreement, Instant now) {
        return agreement.status(bench.complete(agreement), now);
    }

    /// What the active packs ask of the profile, a vendor, and an agreement, and is not stated there.
    public List<Demands.Lack> lacks() {
        return bench.packs().ofDistrict();
    }

    public List<Demands.Lack> lacks(Vendor vendor) {
        return bench.packs().of(vendor);
    }

    public List<Demands.Lack> lacks(Agreement agreement) {
        return bench.packs().of(agreement);
    }

    /// Says who the district is.
    public synchronized Checked<Controller> putController(byte[] file, String actor) {
        Checked<Controller> read = files.controller(file);
        if (read instanceof Checked.Sound<Controller>(Controller one)) {
            journal.record("controller.put", actor, Map.of("hash", hash(files.write(one))));
            shelf.put(CONTROLLER, THIS, files.write(one));
            become(under(one));
        }
        return read;
    }

    /// Adds a vendor, or takes the new file in place of the old.
    public synchronized Checked<Vendor> putVendor(byte[] file, String actor) {
        Checked<Vendor> read = files.vendor(file);
        if (read instanceof Checked.Sound<Vendor>(Vendor one)) {
            Optional<Problem> loosened = vendor(one.id()).flatMap(before -> loosened(before, one));
            if (loosened.isPresent()) {
                return new Checked.Flawed<>(List.of(loosened.get()));
            }
            byte[] text = files.write(one);
            journal.record("vendor.put", actor, Map.of("vendor", one.id(), "hash", hash(text)));
            shelf.put(VENDOR, one.id(), text);
            become(with(one));
        }
        return read;
    }

    /// Adds an agreement, or takes the new file in place of the old. It may lack clauses; it is not in force then.
    public synchronized Checked<Agreement> putAgreement(byte[] file, String actor) {
        Checked<Agreement> read = files.agreement(file);
        if (!(read instanceof Checked.Sound<Agreement>(Agreement one))) {
            return read;
        }
        if (!bench.vendors().containsKey(one.vendor())) {
            return new Checked.Flawed<>(List.of(new Problem(
                    "/vendor", "there is no vendor `" + one.vendor() + "`", "`rosterkeep vendor put` it first")));
        }
        Agreement before = bench.agreements().getOrDefault(one.id(), one);
        if (!before.vendor().equals(one.vendor())) {
            return new Checked.Flawed<>(List.of(new Problem(
                    "/vendor", "this agreement was made with `" + before.vendor() + "`", "give it another id")));
        }
        Optional<Problem> over = terminations.against(one);
        if (over.isPresent()) {
            return new Checked.Flawed<>(List.of(over.get()));
        }
        byte[] text = files.write(one);
        journal.record(
                "agreement.put", actor, Map.of("agreement", one.id(), "vendor", one.vendor(), "hash", hash(text)));
        shelf.put(AGREEMENT, one.id(), text);
        become(with(one));
        return read;
    }

    /// Stops a vendor, with all its rules, at once.
    public synchronized Stopped suspendVendor(String id, String actor) {
        Vendor stopped = known(id).standing(new Vendor.Standing.Suspended());
        become(with(stopped));
        Shelf from = shelf.dated();
        return stops.write(
                "vendor " + id,
                () -> from.put(VENDOR, id, files.write(known(id))),
                () -> journal.record("vendor.suspended", actor, Map.of("vendor", id)));
    }

    /// A file may stop a vendor. Going on takes a verb of its own, and for misuse and a new owner two people.
    private static Optional<Problem> loosened(Vendor before, Vendor after) {
        boolean kept = before.standing() instanceof Vendor.Standing.Active
                || before.standing().equals(after.standing());
        return kept
                ? Optional.empty()
                : Optional.of(new Problem(
                        "/standing",
                        "this vendor was stopped, and handing in its file again does not let it go on",
                        "leave the standing as it is, and use `rosterkeep vendor resume` or `rosterkeep vendor lift`"));
    }

    /// Deals with a suspended vendor again. Its rules still need their own approvals. What else keeps it from
    /// everything
    /// stays.
    public synchronized Vendor resumeVendor(String id, String actor) {
        if (inFile(known(id)).isPresent()) {
            throw new RulesFault(RulesFault.Code.LIFTING_TAKES_TWO);
        }
        return active(id, "vendor.resumed", actor);
    }

    private Vendor active(String id, String kind, String actor) {
        Vendor resumed = known(id).standing(new Vendor.Standing.Active());
        journal.record(kind, actor, Map.of("vendor", id));
        shelf.put(VENDOR, id, files.write(resumed));
        become(with(resumed));
        return resumed;
    }

    /// Keeps a vendor from everything at once. A later one of the same kind takes the place of the earlier when
    /// it lasts
    /// longer: a restraint is never shortened like this.
    public synchronized Stopped restrain(String vendor, Restraint.Kind kind, Instant until, String actor, Instant now) {
        known(vendor);
        Restraint one = restraints
                .find(vendor, kind)
                .filter(known -> known.inForce(now) && !known.until().isBefore(until))
                .orElse(Restraint.of(vendor, kind, now, until));
        restraints.put(one);
        become(bench);
        return restraints.written(one, actor);
    }

    /// The first instant at which a vendor that is debarred now may be free, as the district's packs have it;
    /// now itself
    /// when none says.
    public synchronized Instant debarredAtLeast(Instant now) {
        return bench.controller()
                .flatMap(one -> bench.charter().demands(one).debarredYearsMin())
                .map(years ->
                        now.atZone(java.time.ZoneOffset.UTC).plusYears(years).toInstant())
                .orElse(now);
    }

    /// What keeps a vendor from everything now, its own file included, the most pressing first.
    public synchronized List<Restraint> restraints(String vendor, Instant now) {
        List<Restraint> all = new ArrayList<>(restraints.all());
        vendor(vendor)
                .flatMap(Papers::inFile)
                .filter(one -> all.stream().noneMatch(known -> known.id().equals(one.id())))
                .ifPresent(all::add);
        return Restraints.of(all, vendor, now);
    }

    /// Misuse and change of control may also stand in the vendor's file.
    private static Optional<Restraint> inFile(Vendor vendor) {
        return switch (vendor.standing()) {
            case Vendor.Standing.Active(), Vendor.Standing.Suspended() -> Optional.empty();
            case Vendor.Standing.Debarred(Instant until) ->
                Optional.of(Restraint.of(vendor.id(), Restraint.Kind.DEBARMENT, Instant.EPOCH, until));
            case Vendor.Standing.ChangeOfControl() ->
                Optional.of(Restraint.of(vendor.id(), Restraint.Kind.CHANGE_OF_CONTROL, Instant.EPOCH, Instant.MAX));
        };
    }

    /// The restraint that somebody wants to lift. After a change of control the new owner has to have accepted
    /// the terms
    /// first.
    synchronized Restraint toLift(String vendor, Restraint.Kind kind, Instant now) {
        Restraint one = restraints
                .find(vendor, kind)
                .or(() -> inFile(known(vendor)).filter(found -> found.kind() == kind))
                .filter(found -> found.inForce(now))
                .orElseThrow(() -> new RulesFault(RulesFault.Code.NOT_RESTRAINED));
        Vendor.Terms terms = known(vendor).terms();
        boolean accepted =
                terms.version() == bench.charter().termsVersion() && terms.on().isAfter(one.since());
        if (kind == Restraint.Kind.CHANGE_OF_CONTROL && !accepted) {
            throw new RulesFault(RulesFault.Code.TERMS_NOT_ACCEPTED);
        }
        return one;
    }

    /// Puts a signed restraint back, or takes it away with the standing in the file when it is signed enough.
    synchronized void lifting(Restraint signed, boolean enough, String actor) {
        restraints.signed(signed, enough, actor);
        boolean inFile = inFile(known(signed.vendor()))
                .filter(one -> one.kind() == signed.kind())
                .isPresent();
        if (enough && inFile) {
            active(signed.vendor(), "vendor.resumed", actor);
        }
        become(bench);
    }

    /// Notes that a vendor has acknowledged a version of the redisclosure terms.
    public synchronized Vendor acknowledge(String id, Vendor.Terms terms, String actor) {
        Vendor known = known(id);
        Vendor told = known.acknowledging(terms);
        journal.record(
                "vendor.terms-acknowledged",
                actor,
                Map.of(
                        "vendor",
                        id,
                        "version",
                        Integer.toString(terms.version()),
                        "on",
                        terms.on().toString()));
        shelf.put(VENDOR, id, files.write(told));
        become(with(told));
        return told;
    }

    /// Which version of the redisclosure terms counts now.
    public int termsVersion() {
        return bench.charter().termsVersion();
    }

    /// Ends an agreement, with all rules under it, from `at` on.
    public synchronized Stopped terminate(String id, String actor, Instant at) {
        Agreement ended = agreement(id)
                .orElseThrow(() -> new RulesFault(RulesFault.Code.AGREEMENT_UNKNOWN))
                .terminated(at);
        Shelf.Change mark = terminations.end(id, ended.ends());
        become(with(ended));
        Shelf from = shelf.dated();
        return stops.write(
                "agreement " + id,
                () -> from.apply(List.of(
                        new Shelf.Change.Put(
                                AGREEMENT, id, files.write(agreement(id).orElse(ended))),
                        mark)),
                () -> journal.record("agreement.terminated", actor, Map.of("agreement", id, "at", at.toString())));
    }

    synchronized boolean settle() {
        return stops.settle();
    }

    private Vendor known(String id) {
        return vendor(id).orElseThrow(() -> new RulesFault(RulesFault.Code.VENDOR_UNKNOWN));
    }

    private Bench with(Vendor one) {
        Map<String, Vendor> vendors = new TreeMap<>(bench.vendors());
        vendors.put(one.id(), one);
        return new Bench(bench.charter(), bench.elements(), bench.controller(), vendors, bench.agreements());
    }

    private Bench with(Agreement one) {
        Map<String, Agreement> agreements = new TreeMap<>(bench.agreements());
        agreements.put(one.id(), one);
        return new Bench(bench.charter(), bench.elements(), bench.controller(), bench.vendors(), agreements);
    }

    private void become(Bench next) {
        bench = next.restraining(restraints.all());
        changed.run();
    }

    private <T> Optional<T> sound(String kind, String id, Checked<T> read) {
        return switch (read) {
            case Checked.Sound<T>(T value) -> Optional.of(value);
            case Checked.Flawed<T> flawed -> {
                damaged.add(kind + " " + id);
                yield Optional.empty();
            }
        };
    }

    private static String hash(byte[] text) {
        return Canonical.hash(new String(text, StandardCharsets.UTF_8));
    }
}
