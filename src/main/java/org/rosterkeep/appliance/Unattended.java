package org.rosterkeep.appliance;

import java.time.Clock;
import java.time.Duration;
import org.rosterkeep.entitlement.Editions;
import org.rosterkeep.intake.Intake;
import org.rosterkeep.intake.Options;
import org.rosterkeep.intake.Progress;
import org.rosterkeep.intake.Report;
import org.rosterkeep.intake.Source;
import org.rosterkeep.log.Event;
import org.rosterkeep.log.Fact;
import org.rosterkeep.log.Log;
import org.rosterkeep.rules.Life;
import org.rosterkeep.rules.RuleBook;
import org.rosterkeep.sources.Taking;
import org.rosterkeep.vault.Vault;

/// Imports nobody watches: of what sources brought. Nobody is there who could confirm anything, so what would
/// remove too
/// much is held, always.
record Unattended(DistrictName name, Intake intake, RuleBook book, Editions editions, Vault vault, Clock clock, Log log)
        implements Taking {
    @Override
    public Report take(Source delivery, String actor) {
        var options = Options.of(actor).keeping(book.profile().keeps().keySet());
        var began = clock.instant();
        var report = intake.run(delivery, options, Progress.unwatched());
        if (report.outcome() == Report.Outcome.BUSY) {
            return report;
        }
        log.say(
                Event.IMPORT_ENDED,
                new Fact.In(name.text()),
                new Fact.Code("outcome", report.outcome()),
                new Fact.Number("batch", report.batch()),
                new Fact.Count("quarantined", report.quarantined()),
                new Fact.Took("ms", Duration.between(began, clock.instant())));
        if (report.outcome() == Report.Outcome.APPLIED) {
            foresee();
        }
        return report;
    }

    /// The roster is in already: that it could not be found out what waits does not undo it.
    private void foresee() {
        try {
            var now = clock.instant();
            book.versions(now).stream()
                    .filter(version -> version.life() == Life.ACTIVE)
                    .forEach(version -> editions.foresee(version.rule(), now));
        } catch (RuntimeException untold) {
            log.say(Event.IMPORT_EFFECT_UNKNOWN, new Fact.In(name.text()));
        }
    }

    @Override
    public long batch() {
        return vault.relations().batch();
    }
}
