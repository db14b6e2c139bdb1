package org.rosterkeep.disclosure;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.roaringbitmap.RoaringBitmap;
import org.rosterkeep.entitlement.Edition;
import org.rosterkeep.entitlement.Lens;
import org.rosterkeep.entitlement.Runs;
import org.rosterkeep.entitlement.Track;
import org.rosterkeep.roster.Entity;
import org.rosterkeep.rules.Ask;
import org.rosterkeep.rules.Decision;
import org.rosterkeep.rules.Reason;
import org.rosterkeep.rules.Rule;

/// The other half of the gate: decides what a push target is sent, of one edition, and packs it. The same decisions,
/// editions, ids and forms as for a client that asks; nothing is read here.
final class Shipping {
    private static final List<Collection> COLLECTIONS = List.of(
            Collection.ORGS,
            Collection.ACADEMIC_SESSIONS,
            Collection.COURSES,
            Collection.CLASSES,
            Collection.USERS,
            Collection.ENROLLMENTS,
            Collection.DEMOGRAPHICS);
    private static final Selection ROLES = Selection.of(Set.of(Selection.ID, "roles"));

    private final Gate.Rooms rooms;
    private final Questions questions;
    private final Clock clock;
    private final OutPool pool;

    Shipping(Gate.Rooms rooms, Questions questions, Clock clock, OutPool pool) {
        this.rooms = rooms;
        this.questions = questions;
        this.clock = clock;
        this.pool = pool;
    }

    Dispatch pack(Consignment consignment) {
        Instant now = clock.instant();
        Map<Entity, Decision.Allow> leave = new EnumMap<>(Entity.class);
        for (Entity entity : Entity.values()) {
            switch (rooms.decider().decide(new Ask(consignment.to(), entity, Set.of(), Set.of()), now)) {
                case Decision.Allow allow -> leave.put(entity, allow);
                case Decision.Deny(Reason reason) -> {
                    if (reason != Reason.ENTITY_NOT_GIVEN) {
                        return refused(consignment, reason, now);
                    }
                }
            }
        }
        List<Rule> rules =
                leave.values().stream().map(Decision.Allow::rule).distinct().toList();
        return rules.size() == 1
                ? packed(consignment, rules.getFirst(), leave, now)
                : refused(consignment, rules.isEmpty() ? Reason.ENTITY_NOT_GIVEN : Reason.RULE_NOT_ACTIVE, now);
    }

    private Dispatch refused(Consignment consignment, Reason reason, Instant now) {
        Ledgering ledgering = new Ledgering(rooms.account(), Ledgering.Asked.of(consignment, ""), now);
        return switch (ledgering.refused(reason)) {
            case Outcome.Refused(Reason told) -> new Dispatch.Refused(told);
            case Outcome.Granted _, Outcome.Mistaken _ -> new Dispatch.Refused(reason);
        };
    }

    private Dispatch packed(Consignment asked, Rule rule, Map<Entity, Decision.Allow> leave, Instant now) {
        Edition edition = rooms.editions().current(rule, now);
        String ids = edition.lens().passThroughIds() ? "" : edition.lens().domain();
        Optional<Cursor> since = asked.since().filter(told -> told.ids().equals(ids));
        List<RoaringBitmap> roles = asked.format() == Consignment.Format.CSV && asked.wire() == Wire.V1P2
                ? RoleCounts.of(edition)
                : List.of();
        Cursor to = new Cursor(edition.number(), edition.kept().at(), ids, roles);
        boolean same = since.filter(told -> told.edition() == to.edition()).isPresent();
        boolean bulk = asked.whole() || since.isEmpty();
        Optional<Cursor> from = bulk ? Optional.empty() : since;
        List<Packed.Sheet> sheets = same ? List.of() : sheets(asked, edition, leave, from);
        return sheets.isEmpty()
                ? new Dispatch.Nothing(to)
                : new Dispatch.Ready(new Packed(
                        new Packed.Desk(rooms, clock, pool, rooms.census().pin(edition.oldest())),
                        asked,
                        rule,
                        edition,
                        to,
                        from,
                        List.copyOf(sheets)));
    }

    private List<Packed.Sheet> sheets(
            Consignment asked, Edition edition, Map<Entity, Decision.Allow> leave, Optional<Cursor> since) {
        List<Packed.Sheet> sheets = new ArrayList<>();
        for (Collection collection : COLLECTIONS) {
            Decision.Allow allow = leave.get(collection.entity());
            if (allow == null) {
                continue;
            }
            int[] ordinals = ordinals(asked, edition, collection, since);
            if (ordinals.length > 0) {
                sheets.add(sheet(asked, edition, allow, collection, ordinals, Selection.ALL));
                if (collection == Collection.USERS
                        && asked.wire() == Wire.V1P2
                        && asked.format() == Consignment.Format.CSV) {
                    sheets.add(sheet(asked, edition, allow, collection, ordinals, ROLES));
                }
            }
        }
        return sheets;
    }

    /// In the order of outward ids: those in view, or those that changed since, tombstones among them.
    private int[] ordinals(Consignment asked, Edition edition, Collection collection, Optional<Cursor> since) {
        int[] all = questions.listing(edition, asked.wire(), collection, asked.base());
        RoaringBitmap wanted = since.map(told -> changed(edition.track(collection.entity()), told.at()))
                .orElseGet(() -> edition.given(collection.entity()));
        return Arrays.stream(all).filter(wanted::contains).toArray();
    }

    private static RoaringBitmap changed(Track track, Instant since) {
        RoaringBitmap changed = new RoaringBitmap();
        for (Runs runs : List.of(track.live(), track.gone())) {
            for (Runs.Run run : runs.runs()) {
                if (run.at().isAfter(since)) {
                    changed.or(run.members());
                }
            }
        }
        return changed;
    }

    private Packed.Sheet sheet(
            Consignment asked,
            Edition edition,
            Decision.Allow allow,
            Collection collection,
            int[] ordinals,
            Selection selection) {
        Entity entity = collection.entity();
        Lens lens = edition.lens().within(entity, allow.fields().keySet());
        Names names = questions.names(edition);
        Form form = new Form(edition.sight().through(lens), asked.wire(), entity, selection, names, asked.base());
        Page page = new Page(edition, entity, ordinals, false, form, names, new byte[0]);
        CsvFile file = selection == ROLES ? CsvFile.ROLES : CsvFile.valueOf(collection.name());
        return new Packed.Sheet(allow, page, file);
    }
}
