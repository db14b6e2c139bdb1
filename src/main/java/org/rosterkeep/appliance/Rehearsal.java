package org.rosterkeep.appliance;

import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.rosterkeep.access.Client;
import org.rosterkeep.access.Secret;
import org.rosterkeep.disclosure.DoorSettings;
import org.rosterkeep.disclosure.Gate;
import org.rosterkeep.intake.Options;
import org.rosterkeep.intake.Progress;
import org.rosterkeep.intake.Report;
import org.rosterkeep.intake.Source;
import org.rosterkeep.keys.UnsealingFile;
import org.rosterkeep.log.Event;
import org.rosterkeep.log.Fact;
import org.rosterkeep.rights.Act;
import org.rosterkeep.roster.Catalogue;
import org.rosterkeep.rules.Decider;
import org.rosterkeep.rules.Decision;
import org.rosterkeep.rules.Lookup;
import org.rosterkeep.rules.Reason;
import org.rosterkeep.rules.Rule;
import org.rosterkeep.rules.RuleBook;
import org.rosterkeep.vendors.House;

/// One rule's rehearsal: a twin of the district, filled with made-up people, in which exactly the proposed version
/// decides. The twin is a district of its own, with its own keys, store and ledger, and the same door; of the real
/// district it gets the rule's text and, question by question, what that district's papers say to it. No row of the
/// real roster can come into it, because nothing here can read one.
final class Rehearsal implements AutoCloseable {
    private static final String ACTOR = "appliance";

    private final District of;
    private final String rule;
    private final District twin;
    private final Wiring wiring;
    private final RehearsalScale scale;
    private Optional<Stage> stage = Optional.empty();

    /// The twin while it is open: what it plays, what was seen of its client, and its house.
    private record Stage(RehearsalScript script, CallSheet sheet, Gate gate, House.Open house) {
        Stage with(RehearsalScript next) {
            return new Stage(next, sheet, gate, house);
        }
    }

    private Rehearsal(District of, String rule, District twin, Wiring wiring, RehearsalScale scale) {
        this.of = of;
        this.rule = rule;
        this.twin = twin;
        this.wiring = wiring;
        this.scale = scale;
    }

    /// A fresh one, on its first day, and its client's secret.
    record Begun(Rehearsal rehearsal, Secret secret) {}

    static Begun begin(Path directory, District of, RehearsalScript script, Wiring wiring, RehearsalScale scale) {
        var name = DistrictName.twin(of.name(), script.rule());
        var asking = wiring.asking(rule -> lookup(of, rule));
        var unsealing = UnsealingFile.create(District.unsealingFile(directory), wiring.random());
        var twin = District.make(name, directory, unsealing, asking);
        var rehearsal = new Rehearsal(of, script.rule(), twin, wiring, scale);
        try {
            var secret = rehearsal.furnish(script);
            rehearsal.open();
            return new Begun(rehearsal, secret);
        } catch (RuntimeException e) {
            twin.close();
            throw e;
        }
    }

    /// The one that is in this directory.
    static Rehearsal find(Path directory, District of, String rule, Wiring wiring, RehearsalScale scale) {
        var asking = wiring.asking(one -> lookup(of, one));
        var twin = District.find(DistrictName.twin(of.name(), rule), directory, asking);
        var rehearsal = new Rehearsal(of, rule, twin, wiring, scale);
        if (twin.state() instanceof District.State.Open) {
            try {
                rehearsal.open();
            } catch (RuntimeException e) {
                // It plays nothing and can be ended; the real districts start all the same.
                wiring.log()
                        .say(
                                Event.REHEARSAL_NOT_RESUMED,
                                e,
                                new Fact.In(twin.name().text()));
            }
        }
        return rehearsal;
    }

    /// What the rule asks of each person is for the real district's law and papers to say.
    private static Lookup lookup(District of, Rule rule) {
        return of.state() instanceof District.State.Open open
                ? open.rooms().book().snapshot().lookup(rule)
                : Lookup.EVERYTHING;
    }

    private Secret furnish(RehearsalScript script) {
        var rooms = twin.rooms();
        rooms.vault().put(RehearsalScript.KIND, RehearsalScript.THIS, script.document());
        take(script);
        var wanted = Client.Wanted.everything(script.client(), script.vendor(), script.rule());
        return rooms.clients().make(wanted, ACTOR, wiring.clock().instant()).secret();
    }

    /// A twin that was made only by half has no script, and plays nothing.
    private void open() {
        var rooms = twin.rooms();
        stage = rooms.vault().get(RehearsalScript.KIND, RehearsalScript.THIS).map(document -> {
            var script = RehearsalScript.read(document);
            var sheet = rooms.vault()
                    .get(CallSheet.KIND, RehearsalScript.THIS)
                    .map(CallSheet::read)
                    .orElseGet(() -> new CallSheet(script.day()));
            sheet.day(script.day());
            var gate = new Gate(rooms.behindGate(new Prompter(script)), wiring.clock(), DoorSettings.standard());
            var real = rooms.house();
            return new Stage(
                    script,
                    sheet,
                    gate,
                    new House.Open(real.name(), gate::ask, real.credentials(), real.refreshed(), sheet));
        });
    }

    /// Imports the made-up delivery of a day. Everything the house can store is kept: what a client misses, its rule
    /// does not give.
    private Report take(RehearsalScript script) {
        var cast = cast(script, script.day());
        var today = LocalDate.ofInstant(script.started(), wiring.clock().getZone());
        var elements = Catalogue.shipped().elements().stream()
                .map(Catalogue.Element::id)
                .collect(Collectors.toSet());
        elements.add("id.state.local");
        var options = Options.of(ACTOR).keeping(elements).removing(Options.Removing.CONFIRMED);
        var zip = new MadeUpRoster(scale, cast, today).zip();
        var report = twin.rooms().intake().run(new Source.Held(zip), options, Progress.unwatched());
        var strict = of.state() instanceof District.State.Open open
                && open.rooms().rights().strict();
        var before = script.day() == 1
                ? Set.<String>of()
                : cast(script, script.day() - 1).people().stream()
                        .map(MadeUpCast.Person::id)
                        .collect(Collectors.toSet());
        new MadeUpDecisions(scale, cast, before, twin.rooms().rights())
                .of(script, strict, new Act(ACTOR, wiring.clock().instant()));
        return report;
    }

    private MadeUpCast cast(RehearsalScript script, int day) {
        return new MadeUpCast(scale, script.population(), script.seed(), day);
    }

    /// Goes on to the next made-up day.
    synchronized Report nextDay() {
        var now = onStage();
        if (now.script().day() >= scale.scriptDaysMax()) {
            throw new Trouble(
                    Exit.REFUSED,
                    "There is no further day.",
                    "A rehearsal is written for " + scale.scriptDaysMax() + " days.",
                    "Begin anew: rosterkeep rehearsal end " + rule + ", then rosterkeep rehearsal start " + rule);
        }
        var next = now.script().nextDay();
        var report = take(next);
        twin.rooms().vault().put(RehearsalScript.KIND, RehearsalScript.THIS, next.document());
        now.sheet().day(next.day());
        stage = Optional.of(now.with(next));
        return report;
    }

    String rule() {
        return rule;
    }

    District of() {
        return of;
    }

    District twin() {
        return twin;
    }

    synchronized Optional<RehearsalScript> script() {
        return stage.map(Stage::script);
    }

    RehearsalScript playing() {
        return onStage().script();
    }

    CallSheet sheet() {
        return onStage().sheet();
    }

    private synchronized Stage onStage() {
        return stage.orElseThrow(() -> new Trouble(
                Exit.FAILED,
                "The rehearsal of " + rule + " cannot go on.",
                "Its made-up district is " + twin.state().word() + ".",
                "End it and begin anew: rosterkeep rehearsal end " + rule));
    }

    /// As vendors meet it: closed while the real district is, because that one's papers cannot be asked then.
    House house() {
        return script().isPresent() && of.state() instanceof District.State.Open
                ? onStage().house()
                : new House.Closed(twin.name().text());
    }

    boolean over(Instant now) {
        return script().filter(script -> !now.isBefore(script.until())).isPresent();
    }

    /// Writes down what was seen so far.
    void note() {
        if (script().isPresent()) {
            twin.rooms().vault().put(CallSheet.KIND, RehearsalScript.THIS, sheet().document());
        }
    }

    void tidy(Instant now) {
        if (script().isPresent()) {
            note();
            var rooms = twin.rooms();
            rooms.tokens().sweep(now);
            // Not the rooms' own gate: its book knows no rule, and would let go of the rows a delta is made with.
            onStage().gate().idle(now);
            rooms.ceilings().idle(now);
            rooms.vault().idle(now);
        }
    }

    @Override
    public void close() {
        try {
            note();
        } catch (RuntimeException e) {
            wiring.log()
                    .say(Event.REHEARSAL_MINUTE_LOST, e, new Fact.In(twin.name().text()));
        } finally {
            twin.close();
        }
    }

    /// Asks the real district's book what it says to the script's text, as its papers stand.
    private final class Prompter implements Decider {
        private final RehearsalScript script;
        private volatile Optional<Bound> bound = Optional.empty();

        /// A district that was sealed and opened again has another book.
        private record Bound(RuleBook book, Decider decider) {}

        Prompter(RehearsalScript script) {
            this.script = script;
        }

        @Override
        public Decision decide(org.rosterkeep.rules.Ask ask, Instant now) {
            return of.state() instanceof District.State.Open open
                    ? by(open.rooms().book()).decide(ask, now)
                    : new Decision.Deny(Reason.RULE_NOT_ACTIVE);
        }

        private Decider by(RuleBook book) {
            var known = bound.filter(one -> one.book() == book);
            if (known.isPresent()) {
                return known.get().decider();
            }
            var decider = book.rehearsed(script.text(), script.client());
            bound = Optional.of(new Bound(book, decider));
            return decider;
        }
    }
}
