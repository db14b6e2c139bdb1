package org.rosterkeep.rights;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.rosterkeep.roster.Entity;
import org.rosterkeep.roster.Shelf;
import org.rosterkeep.roster.SourcedId;

/// All dossiers of a district at one moment. Not to be changed once made.
///
/// @param damaged subjects whose dossier cannot be read or trusted: withheld from everybody
/// @param lost documents that do not even say whose they are: as they might be anybody's, everybody is withheld
/// @param strict whether a directory opt-out counts against every vendor that is not essential
/// @param count grows with every decision
record Book(Map<Subject, Dossier> dossiers, Set<Subject> damaged, List<String> lost, boolean strict, long count) {
    static final String POLICY = "rights-policy";
    static final String THIS = "this";
    static final String STRICT = "strict";
    static final String LOOSE = "loose";

    /// What has dossiers.
    static final List<Entity> ABOUT = List.of(Entity.USER, Entity.CLASS, Entity.ORG);

    /// Reads everything. What was signed by fewer people than it takes is no better than damaged.
    static Book read(Shelf shelf, Signing signing) {
        Map<Subject, Dossier> dossiers = new HashMap<>();
        Set<Subject> damaged = new HashSet<>();
        List<String> lost = new ArrayList<>();
        for (Entity entity : ABOUT) {
            String kind = "rights-" + entity.one();
            shelf.all(kind).forEach((id, document) -> {
                Optional<Subject> subject = Subject.of(entity, id);
                if (subject.isEmpty()) {
                    lost.add(kind + " " + id);
                    return;
                }
                DossierReader.read(subject.get(), document)
                        .filter(signing::sound)
                        .ifPresentOrElse(
                                dossier -> dossiers.put(dossier.subject(), dossier), () -> damaged.add(subject.get()));
            });
        }
        boolean strict = shelf.get(POLICY, THIS)
                .map(text -> !new String(text, java.nio.charset.StandardCharsets.US_ASCII).equals(LOOSE))
                .orElse(false);
        return new Book(dossiers, damaged, lost, strict, 0);
    }

    Dossier dossier(Subject subject, SourcedId named) {
        if (damaged.contains(subject)) {
            throw new RightsFault(RightsFault.Code.DOSSIER_DAMAGED);
        }
        return dossiers.getOrDefault(subject, Dossier.of(subject, named));
    }

    Book with(Collection<Dossier> changed) {
        Map<Subject, Dossier> next = new HashMap<>(dossiers);
        changed.forEach(dossier -> next.put(dossier.subject(), dossier));
        return new Book(next, damaged, lost, strict, count + 1);
    }

    Book strict(boolean now) {
        return new Book(dossiers, damaged, lost, now, count + 1);
    }
}
