package org.rosterkeep.entitlement;

import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.roaringbitmap.RoaringBitmap;
import org.rosterkeep.roster.Entity;
import org.rosterkeep.roster.Relations;
import org.rosterkeep.rules.Floors;
import org.rosterkeep.rules.Rule;

/// Makes the edition that follows another: applies the rule to the roster, compares with what the client saw, and moves
/// the number only if the client can see a difference.
final class Succession {
    private final Census census;
    private final Looks looks;
    private final EditionSettings settings;
    private final Pointing pointing;
    private final Drawings drawings;

    Succession(Census census, Looks looks, EditionSettings settings) {
        this.census = census;
        this.looks = looks;
        this.settings = settings;
        pointing = new Pointing(census, looks);
        drawings = new Drawings(census, looks);
    }

    /// A successor, and what each entity's track went through on the way.
    record Made(Edition edition, Map<Entity, Track.Step> steps) {
        boolean moved() {
            return steps.values().stream().anyMatch(step -> !step.isEmpty());
        }
    }

    /// Under what an edition is made.
    record Asked(Rule rule, Floors.Withheld withheld, Instant now) {}

    /// The first edition of a rule, or a throwaway one.
    Edition first(String stream, Asked asked) {
        return next(new Before(nothing(stream, asked), Optional.empty(), false), asked)
                .edition();
    }

    /// A throwaway one, of the roster that another edition is made of, what is held included.
    Edition first(String stream, Asked asked, Edition like) {
        Laid laid = new Laid(
                like.relations(),
                views(asked.rule(), like.relations(), asked.withheld()),
                like.kept().held());
        return next(new Before(nothing(stream, asked), Optional.empty(), false), asked, laid)
                .edition();
    }

    private static Edition.Kept nothing(String stream, Asked asked) {
        return new Edition.Kept(
                stream,
                0,
                "",
                Lens.of(asked.rule()),
                0,
                0,
                Instant.EPOCH,
                Views.EMPTY,
                Map.of(),
                Map.of(),
                Hidden.NOTHING,
                Optional.empty(),
                Held.NOTHING);
    }

    /// What an edition follows on.
    ///
    /// @param then the roster's shape that it was made from, if it is still known
    /// @param readable whether the rows it speaks of are still held
    record Before(Edition.Kept kept, Optional<Relations> then, boolean readable) {
        Looks.Sight sight() {
            Optional<Families> families =
                    kept.families().or(() -> then.map(relations -> Families.of(relations, kept.views())));
            return new Looks.Sight(kept.lens(), kept.batch(), kept.views(), kept.hidden(), families, then, kept.held());
        }
    }

    /// What an edition is made of.
    ///
    /// @param relations the roster, with what is held laid over it
    /// @param views what the rule gives of that
    record Laid(Relations relations, Views views, Held held) {}

    /// The roster as it stands, and nothing held.
    Laid present(Asked asked) {
        Relations relations = census.relations();
        return new Laid(relations, views(asked.rule(), relations, asked.withheld()), Held.NOTHING);
    }

    /// The edition after another.
    Made next(Before from, Asked asked) {
        return next(from, asked, present(asked));
    }

    /// The edition after another, of what the guard lets pass.
    Made next(Before from, Asked asked, Laid laid) {
        Rule rule = asked.rule();
        Instant now = asked.now();
        Edition.Kept before = from.kept();
        Relations relations = laid.relations();
        Lens lens = Lens.of(rule);
        Views views = laid.views();
        Hidden hidden = Hidden.of(asked.withheld(), views);
        Families families = Families.of(relations, views);
        Looks.Sight was = from.sight();
        Looks.Sight is = new Looks.Sight(
                lens, relations.batch(), views, hidden, Optional.of(families), Optional.of(relations), laid.held());
        Instant limit = now.minus(settings.tombstonesKept());
        Map<Entity, Track.Step> steps = new EnumMap<>(Entity.class);
        for (Entity entity : Entity.values()) {
            steps.put(entity, step(entity, before.track(entity), was, is, limit, from.readable()));
        }
        boolean moved = before.number() == 0 || steps.values().stream().anyMatch(step -> !step.isEmpty());
        Instant at = moved ? later(now, before.at()) : before.at();
        Map<Entity, Track> tracks = new EnumMap<>(Entity.class);
        steps.forEach((entity, step) -> tracks.put(entity, before.track(entity).after(step, at)));
        Edition.Kept kept = new Edition.Kept(
                before.stream(),
                rule.version(),
                rule.hash(),
                lens,
                moved ? before.number() + 1 : before.number(),
                relations.batch(),
                at,
                views,
                tracks,
                parts(before, views, tracks),
                hidden,
                Optional.of(families),
                laid.held());
        return new Made(new Edition(kept, relations), steps);
    }

    /// Whether tombstones have come to their end since.
    boolean aged(Edition.Kept kept, Instant now) {
        Instant limit = now.minus(settings.tombstonesKept());
        return kept.tracks().values().stream()
                .anyMatch(track -> !track.gone().runs().isEmpty()
                        && track.gone().runs().getFirst().at().isBefore(limit));
    }

    /// What the rule gives of a roster under these floors.
    Views views(Rule rule, Relations relations, Floors.Withheld withheld) {
        return drawings.views(rule, relations, withheld);
    }

    private Track.Step step(
            Entity entity, Track track, Looks.Sight was, Looks.Sight is, Instant limit, boolean readable) {
        RoaringBitmap now = is.lens().gives(entity) ? is.views().of(entity) : new RoaringBitmap();
        RoaringBitmap seen = track.live().all();
        RoaringBitmap stayed = RoaringBitmap.and(now, seen);
        RoaringBitmap left = RoaringBitmap.andNot(seen, now);
        RoaringBitmap dropped = was.lens().sameIds(is.lens())
                ? track.gone().before(limit)
                // A tombstone under another id than the client ever saw tells it nothing but that id.
                : RoaringBitmap.or(track.gone().all(), left);
        dropped.andNot(now);
        return new Track.Step(
                RoaringBitmap.andNot(now, seen),
                left,
                stayed.isEmpty() ? stayed : moved(entity, stayed, was, is, readable),
                dropped);
    }

    private RoaringBitmap moved(
            Entity entity, RoaringBitmap stayed, Looks.Sight was, Looks.Sight is, boolean readable) {
        // What is read as of another batch than before may be another row, whatever was imported since.
        RoaringBitmap changed = RoaringBitmap.or(
                census.changedSince(entity, was.batch()),
                was.held().differing(entity, was.batch(), is.held(), is.batch()));
        boolean family = entity == Entity.ORG || entity == Entity.ACADEMIC_SESSION;
        boolean orphaned = family && was.families().isEmpty();
        if (orphaned && !changed.isEmpty()) {
            // Who was whose child is not known any more: rather one change too many than one too few.
            return stayed;
        }
        boolean all = !was.lens().sameLook(entity, is.lens())
                || orphaned && !Pointing.differing(entity, was, is).isEmpty();
        RoaringBitmap candidates = all ? stayed : RoaringBitmap.and(stayed, changed);
        if (!all) {
            candidates.or(RoaringBitmap.and(stayed, is.hidden().differing(entity, was.hidden())));
            candidates.or(pointing.of(entity, was, is, stayed, changed));
        }
        if (entity == Entity.USER && !all) {
            // Other grades in the scope show or hide a role of whoever is in view for another one.
            RoaringBitmap students =
                    RoaringBitmap.xor(was.views().of(Part.STUDENTS), is.views().of(Part.STUDENTS));
            candidates.or(RoaringBitmap.and(stayed, students));
        }
        if (candidates.isEmpty() || readable) {
            return candidates.isEmpty() ? candidates : looks.moved(entity, was, is, candidates);
        }
        // What was stored before is gone: rather one change too many than one too few. A row that nobody changed since
        // is read as it is now.
        RoaringBitmap moved = RoaringBitmap.and(candidates, changed);
        moved.or(looks.moved(entity, was.asOf(is.batch()), is, RoaringBitmap.andNot(candidates, changed)));
        return moved;
    }

    /// Members of now, and tombstones with the parts they had.
    private static Map<Part, RoaringBitmap> parts(Edition.Kept before, Views views, Map<Entity, Track> tracks) {
        Map<Part, RoaringBitmap> parts = new EnumMap<>(Part.class);
        for (Part part : Part.values()) {
            Track track = tracks.getOrDefault(part.entity(), Track.NONE);
            RoaringBitmap members =
                    RoaringBitmap.and(views.of(part), track.live().all());
            members.or(RoaringBitmap.and(before.part(part), track.gone().all()));
            parts.put(part, members);
        }
        return parts;
    }

    private static Instant later(Instant now, Instant before) {
        Instant whole = Instant.ofEpochMilli(now.toEpochMilli());
        return whole.isAfter(before) ? whole : before.plusMillis(1);
    }
}
