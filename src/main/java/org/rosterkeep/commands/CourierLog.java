package org.rosterkeep.commands;

import org.rosterkeep.courier.Confinement;
import org.rosterkeep.courier.Journal;
import org.rosterkeep.courier.wire.Code;
import org.rosterkeep.log.Event;
import org.rosterkeep.log.Fact;
import org.rosterkeep.log.Log;

/// The courier's own record, as lines of the log.
public record CourierLog(Log log) implements Journal {
    @Override
    public void delivery(Line line) {
        log.say(
                Event.DELIVERY_ENDED,
                new Fact.Digest("rule", line.rule()),
                new Fact.Place("target", line.host(), line.port()),
                new Fact.Size("bytes", line.bytes()),
                new Fact.Code("outcome", line.outcome()),
                new Fact.Code("code", line.code()),
                new Fact.Took("took", line.took()));
    }

    @Override
    public void refused(Code code) {
        log.say(Event.ORDER_REFUSED, new Fact.Code("code", code));
    }

    @Override
    public void confinement(Confinement.Finding finding) {
        switch (finding) {
            case KEPT_IN, TRIAL -> log.say(Event.CONFINEMENT_PROVEN, new Fact.Code("found", finding));
            case NOT_LOOKED, GOT_THROUGH, NO_CANARY, CANARY_SILENT ->
                log.say(Event.CONFINEMENT_MISSING, new Fact.Code("found", finding));
        }
    }

    @Override
    public void line(Enum<?> code) {
        log.say(Event.KEEP_NOT_UNDERSTOOD, new Fact.Code("code", code));
    }

    @Override
    public void failure(RuntimeException failure) {
        log.say(Event.DELIVERY_FAILED, failure);
    }
}
