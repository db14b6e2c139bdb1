package org.rosterkeep.rights;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.rosterkeep.roster.Entity;
import org.rosterkeep.roster.RecordKey;

/// One thing that a dossier takes away, as it is kept outside the database (privacy.md section 8.3): no name,
/// no reason,
/// nobody who decided it.
///
/// @param entry which entry of the dossier says it
/// @param kind a word: `suppress`, `restrict`, `withdraw`
/// @param scope what of the subject, and for how long
public record Mark(Entity entity, RecordKey key, int entry, String kind, String scope) {
    /// Everything a dossier on the shelf takes away; nothing for documents of other kinds. What gives back is not among
    /// it: after a loss it has to be decided again.
    ///
    /// @param kind the document's kind on the shelf
    public static List<Mark> of(String kind, String id, byte[] document) {
        List<Mark> marks = new ArrayList<>();
        for (Entity entity : Book.ABOUT) {
            Optional<Subject> subject =
                    kind.equals("rights-" + entity.one()) ? Subject.of(entity, id) : Optional.empty();
            subject.flatMap(one -> DossierReader.read(one, document))
                    .ifPresent(dossier -> dossier.entries().forEach(entry -> marks(dossier.subject(), entry, marks)));
        }
        return List.copyOf(marks);
    }

    /// The kinds of documents that have marks.
    public static List<String> kinds() {
        return Book.ABOUT.stream().map(entity -> "rights-" + entity.one()).toList();
    }

    private static void marks(Subject subject, Entry entry, List<Mark> into) {
        int number = entry.made().number();
        switch (entry) {
            case Entry.OptOut one -> add(subject, number, "optout", one.until() + (one.stays() ? " stays" : ""), into);
            case Entry.Objection one -> {
                add(subject, number, "object", against(one.against()), into);
                if (one.upheld().isPresent()) {
                    add(subject, number, "uphold", against(one.against()), into);
                }
            }
            case Entry.Restriction one -> add(subject, number, "restrict", "", into);
            case Entry.Protection one -> add(subject, number, "protect", "", into);
            case Entry.Exposure one -> one.end().ifPresent(end -> add(subject, number, "end-exception", "", into));
            case Entry.Consent one -> one.end().ifPresent(end -> add(subject, number, "withdraw", "", into));
            case Entry.Suppression one ->
                add(
                        subject,
                        number,
                        "suppress",
                        one.field().map(field -> field.path()).orElse(""),
                        into);
            case Entry.Contest one -> {
                add(subject, number, "contest", one.field().path(), into);
                if (one.statement()) {
                    add(subject, number, "statement", one.field().path(), into);
                }
            }
            case Entry.Departure one -> add(subject, number, "leave", one.leaves() + " " + one.graceDays(), into);
            case Entry.Revealing one -> add(subject, number, "reveal", one.element(), into);
        }
    }

    private static String against(Entry.Objection.Against against) {
        return switch (against) {
            case Entry.Objection.Against.Everybody all -> "everybody";
            case Entry.Objection.Against.OneVendor(String vendor) -> "vendor " + vendor;
            case Entry.Objection.Against.OneElement(String element) -> "element " + element;
        };
    }

    private static void add(Subject subject, int number, String kind, String scope, List<Mark> into) {
        into.add(new Mark(subject.entity(), subject.key(), number, kind, scope));
    }
}
