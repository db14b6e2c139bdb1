package org.rosterkeep.rights;

import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.rosterkeep.roster.SourcedId;

/// What is left of an erased person's dossier: that they are suppressed, and whatever else keeps them away should they
/// come back, without a word that anybody wrote and without their id. What was given (consents, exceptions) goes.
final class Stripping {
    private static final String ERASED = "Erased.";
    private static final String PREFIX = "erased-";

    private Stripping() {}

    static Dossier strip(Dossier dossier, Act act) {
        Dossier left = Dossier.of(dossier.subject(), nameless(dossier.subject(), PREFIX));
        for (Entry entry : dossier.entries()) {
            Optional<Entry> bare = entry.open() ? bare(entry, act.made(left)) : Optional.empty();
            if (bare.isPresent()) {
                left = left.plus(bare.get());
            }
        }
        return left.plus(new Entry.Suppression(act.made(left), Optional.empty(), ERASED, Optional.empty()));
    }

    private static Optional<Entry> bare(Entry entry, Entry.Made made) {
        return switch (entry) {
            case Entry.OptOut one -> Optional.of(new Entry.OptOut(made, one.until(), one.stays(), Optional.empty()));
            case Entry.Objection one ->
                Optional.of(new Entry.Objection(
                        made,
                        one.against(),
                        ERASED,
                        one.upheld().map(end -> new Entry.End(end.at(), end.by(), end.outcome(), ERASED)),
                        Optional.empty()));
            case Entry.Restriction one -> Optional.of(new Entry.Restriction(made, ERASED, Optional.empty()));
            case Entry.Protection one ->
                Optional.of(new Entry.Protection(made, ERASED, Set.copyOf(one.named()), List.of(), Optional.empty()));
            case Entry.Contest one ->
                Optional.of(new Entry.Contest(made, one.field(), ERASED, one.statement(), Optional.empty()));
            case Entry.Departure one ->
                Optional.of(new Entry.Departure(made, one.leaves(), one.graceDays(), Optional.empty()));
            case Entry.Suppression gone -> Optional.empty();
            case Entry.Exposure gone -> Optional.empty();
            case Entry.Consent gone -> Optional.empty();
            case Entry.Revealing gone -> Optional.empty();
        };
    }

    /// A name for a dossier whose person nobody calls by name any more.
    static SourcedId nameless(Subject subject, String prefix) {
        byte[] key = new byte[16];
        subject.key().write(key, 0);
        return SourcedId.of(prefix + HexFormat.of().formatHex(key, 0, 6));
    }

    /// Whether an entry keeps the whole person from everybody.
    static boolean suppresses(Entry entry) {
        return entry instanceof Entry.Suppression one
                && one.open()
                && one.field().isEmpty();
    }
}
