package org.rosterkeep.entitlement;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.roaringbitmap.RoaringBitmap;
import org.rosterkeep.roster.Entity;
import org.rosterkeep.roster.Relations;
import org.rosterkeep.rules.Floors;

/// What one rule's client may see, under one number: sets of ordinals, no values. Two askers of the same
/// edition get the
/// same records with the same instants, whatever happened to the roster in between.
///
/// @param kept what is remembered across restarts
/// @param relations the roster's shape as of the edition's batch, with what is held laid over it
/// @param lapsed empty, or what floors took since it was made of what its client was shown ([Editions#now]): a text
///     that is equal for equal losses. Then the views are narrower than what the client was shown
public record Edition(Kept kept, Relations relations, String lapsed) {
    Edition(Kept kept, Relations relations) {
        this(kept, relations, "");
    }

    /// The lasting part of an edition.
    ///
    /// @param stream what the numbers count: the rule's id, whatever its version
    /// @param number counted from 1, moved only by something the client can see; 0 for an edition outside every
    /// stream
    /// @param batch values are read as they stood after this batch, but for what is held
    /// @param at when the number last moved; instants of a stream strictly increase
    /// @param parts members and tombstones of the parts, live or gone
    /// @param hidden values in the views that a floor makes absent
    /// @param families of the views' orgs and sessions; empty in an edition kept by an earlier version of the
    /// program
    /// @param held what of it waits, and is not as the roster has it
    public record Kept(
            String stream,
            int ruleVersion,
            String ruleHash,
            Lens lens,
            long number,
            long batch,
            Instant at,
            Views views,
            Map<Entity, Track> tracks,
            Map<Part, RoaringBitmap> parts,
            Hidden hidden,
            Optional<Families> families,
            Held held) {
        public Kept {
            tracks = Map.copyOf(tracks);
            parts = Map.copyOf(parts);
        }

        long oldest() {
            return held.layers().isEmpty()
                    ? batch
                    : Math.min(batch, held.layers().firstKey());
        }

        public Track track(Entity entity) {
            return tracks.getOrDefault(entity, Track.NONE);
        }

        public RoaringBitmap part(Part part) {
            return parts.getOrDefault(part, new RoaringBitmap());
        }
    }

    public String stream() {
        return kept.stream();
    }

    public long number() {
        return kept.number();
    }

    /// Whether the edition is one of its stream: kept, and to be found again by its number.
    public boolean numbered() {
        return number() > 0;
    }

    Edition throwaway() {
        Kept unnumbered = new Kept(
                kept.stream(),
                kept.ruleVersion(),
                kept.ruleHash(),
                kept.lens(),
                0,
                kept.batch(),
                kept.at(),
                kept.views(),
                kept.tracks(),
                kept.parts(),
                kept.hidden(),
                kept.families(),
                kept.held());
        return new Edition(unnumbered, relations);
    }

    public long batch() {
        return kept.batch();
    }

    /// The oldest batch that anything is read as of; whoever pins it can read the edition.
    public long oldest() {
        return kept.oldest();
    }

    public Lens lens() {
        return kept.lens();
    }

    /// The scope, for judging references.
    public Views views() {
        return kept.views();
    }

    public Track track(Entity entity) {
        return kept.track(entity);
    }

    /// What the client sees of an entity; nothing when the rule does not give the entity.
    public RoaringBitmap live(Entity entity) {
        return track(entity).live().all();
    }

    /// What the client may be given of an entity: what it sees, but for what a floor took since.
    public RoaringBitmap given(Entity entity) {
        return lapsed.isEmpty() ? live(entity) : RoaringBitmap.and(live(entity), views().of(entity));
    }

    /// The same under the same number, but for what floors take from it now. Who is in it, and in which order, stays.
    /// What the client could not see anyway is taken as well, and does not show.
    Edition within(Views allowed, Floors.Withheld now) {
        Views left = views().and(allowed);
        Hidden hidden = kept.hidden().with(Hidden.of(now, left));
        if (views().equals(left) && kept.hidden().fields().equals(hidden.fields())) {
            return this;
        }
        Kept narrower = new Kept(
                kept.stream(),
                kept.ruleVersion(),
                kept.ruleHash(),
                kept.lens(),
                kept.number(),
                kept.batch(),
                kept.at(),
                left,
                kept.tracks(),
                kept.parts(),
                hidden,
                kept.families(),
                kept.held());
        return new Edition(narrower, relations, Lapse.of(this, left, hidden));
    }

    public RoaringBitmap part(Part part) {
        return kept.part(part);
    }

    /// All that decides how the edition's records look.
    public Looks.Sight sight() {
        Families families = kept.families().orElseGet(() -> Families.of(relations, views()));
        return new Looks.Sight(
                lens(), batch(), views(), kept.hidden(), Optional.of(families), Optional.of(relations), kept.held());
    }
}
