package org.rosterkeep.log;

import java.util.Locale;

/// Everything that can be said in the log, each by a code that scripts may rely on: a code is never given another
/// meaning, and one that is no longer said is not given again. The list is in the manual, `rosterkeep-events(7)`.
public enum Event {
    // The process.
    APPLIANCE_UP(Loudness.INFO, "The appliance is up and listens."),
    APPLIANCE_DOWN(Loudness.INFO, "The appliance has stopped in order."),
    NOBODY_LET_IN_YET(Loudness.INFO, "Everything is open, and nobody is let in yet: an upgrade looks first."),
    PART_NOT_CLOSED(Loudness.ERROR, "A part did not close in order; nothing that was confirmed is lost."),
    THREAD_DIED(Loudness.ERROR, "A thread ended in a failure nobody had foreseen: report it with its error."),
    LIBRARY(Loudness.WARNING, "A library spoke. Its text is dropped, because it may repeat data."),
    LOUDER(Loudness.INFO, "Somebody had more written for a while; it falls back by itself."),
    QUIETER(Loudness.INFO, "The usual amount is written again."),

    // Steering.
    VERB_DONE(Loudness.DEBUG, "A verb was done."),
    VERB_FAILED(Loudness.ERROR, "A verb ended in a failure nobody had foreseen: report it with its error."),
    CONTROL_STRANGER(Loudness.WARNING, "A user who may not steer the appliance knocked at its socket."),
    CONTROL_HUNG_UP(Loudness.WARNING, "A caller hung up before the answer; what was asked still happened."),
    CONTROL_FAILED(Loudness.ERROR, "The control socket could not take a call."),
    CONTROL_CUT_OFF(Loudness.WARNING, "Verbs that were under way were cut off when the appliance stopped."),

    // Vendors.
    VENDOR_REQUEST_DONE(Loudness.DEBUG, "A vendor's request was answered."),
    VENDOR_REQUEST_FAILED(Loudness.ERROR, "A vendor's request failed; the vendor was told 500 and its request."),
    CERTIFICATE_RENEWED(Loudness.INFO, "The listener shows a renewed certificate."),
    CERTIFICATE_TROUBLE(Loudness.ERROR, "The certificate could not be looked after: see doctor."),

    // Districts.
    DISTRICT_BLOCKED(Loudness.ERROR, "A district could not be opened: see doctor."),
    DISTRICT_DISPOSED(Loudness.WARNING, "A district was disposed of."),
    DISTRICT_NOT_UNSEALED(Loudness.WARNING, "A district does not open by itself as it should: see key status."),
    WAY_REMOVED_UNRECORDED(Loudness.ERROR, "A way of unsealing was removed, and the ledger could not be told of it."),
    DISTRICT_OPENED_BY_KIT(Loudness.WARNING, "A district was opened by its recovery kit."),
    LEDGER_BROKEN(Loudness.WARNING, "The ledger is not what was written: see ledger verify."),
    HOUSEKEEPING_FAILED(Loudness.ERROR, "Housekeeping failed and goes on in a minute."),
    IMPORT_ENDED(Loudness.INFO, "An import ended."),
    IMPORT_EFFECT_UNKNOWN(Loudness.WARNING, "What of the vendors' views would wait could not be told."),
    SOURCE_FAILED(Loudness.ERROR, "What a source brought could not be taken in; it is tried again in a minute."),
    BACKUP_FAILED(Loudness.ERROR, "A backup or its drill failed and is tried again in an hour."),
    REHEARSAL_NOT_RESUMED(Loudness.ERROR, "A rehearsal could not be taken up again."),
    REHEARSAL_MINUTE_LOST(Loudness.ERROR, "What was seen of a rehearsal since the last minute is lost."),
    REHEARSAL_END_LOST(Loudness.ERROR, "A rehearsal ended, and not all of it could be written down."),

    // Sending.
    COURIER_FOLDER_MISSING(Loudness.WARNING, "The folder where the courier is met is not there: nothing is sent."),
    COURIER_UNCONFINED(Loudness.WARNING, "The courier says it is not confined, and gets nothing to send."),
    COURIER_NOT_UNDERSTOOD(Loudness.WARNING, "The courier speaks another language: compare the versions."),
    COURIER_SOCKET_FAILED(Loudness.ERROR, "The courier's socket failed."),
    GRANTS_NOT_PUBLISHED(Loudness.ERROR, "What may be sent could not be published and is tried again."),

    // Notices.
    NOTICE(Loudness.WARNING, "Something a person should know got worse: the facts say what."),
    NOTICE_OVER(Loudness.INFO, "What a notice told of is over."),
    NOTICE_FAILED(Loudness.ERROR, "A notice could not be looked for, kept or handed on; it is tried again."),

    // The courier's own.
    DELIVERY_ENDED(Loudness.INFO, "The courier tells how a delivery ended."),
    DELIVERY_FAILED(Loudness.ERROR, "The courier could not carry a delivery; it is tried again."),
    ORDER_REFUSED(Loudness.WARNING, "The courier refused an order; nothing left."),
    CONFINEMENT_PROVEN(Loudness.INFO, "The courier looked and found itself kept in, or in a trial."),
    CONFINEMENT_MISSING(Loudness.WARNING, "The courier is not kept in, so it sends nothing."),
    KEEP_NOT_UNDERSTOOD(Loudness.WARNING, "The courier did not understand the appliance, or lost it.");

    private final Loudness loudness;
    private final String meaning;

    Event(Loudness loudness, String meaning) {
        this.loudness = loudness;
        this.meaning = meaning;
    }

    /// As it stands in the line: `backup-failed`.
    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public Loudness loudness() {
        return loudness;
    }

    /// One sentence for whoever reads the log.
    public String meaning() {
        return meaning;
    }
}
