package org.rosterkeep.appliance;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.roaringbitmap.RoaringBitmap;
import org.rosterkeep.backup.Erasure;
import org.rosterkeep.custody.Directive;
import org.rosterkeep.custody.What;
import org.rosterkeep.intake.Landing;
import org.rosterkeep.keys.KeyRing;
import org.rosterkeep.retention.Order;
import org.rosterkeep.rights.Act;
import org.rosterkeep.roster.Entity;
import org.rosterkeep.roster.RecordKey;
import org.rosterkeep.roster.Relations;

/// Carries out what was decided about somebody's erasure. Every step may be done again, so whatever stops it in
/// between,
/// the next start goes on: the erasure ledger first, that no backup brings the person back; then what people
/// wrote about
/// them, what vendors are asked, the rows, and last what the engine still has of all that.
///
/// @param rooms of one district
record Erasing(Rooms rooms) {
    /// What the erasure ledger calls it.
    static final String KIND = "erase-person";

    static final String WHY = "erasure";
    private static final String ABOUT = "user ";
    private static final int SETTLING_TRIES = 20;
    private static final long SETTLING_PAUSE_MILLIS = 100;

    /// Goes on with whatever is decided and not done. What cannot be done now is tried again at the next call.
    ///
    /// @return whether nothing is left to do
    boolean goOn(Instant now) {
        boolean done = true;
        for (var order : rooms.orders().open()) {
            try {
                carryOut(order, now);
            } catch (RuntimeException later) {
                done = false;
            }
        }
        return done;
    }

    /// @throws Landing.LandingBusy when an import is running; then it is done once that has ended
    Order carryOut(Order order, Instant now) {
        var decided = order.decided().orElse(now);
        int user = rooms.vault().find(Entity.USER, order.key());
        var counts = new TreeMap<String, Long>();
        for (var key : names(order.key(), user)) {
            rooms.safe().add(decided, KIND, tag(rooms.keys(), key), ABOUT + decided);
        }
        strip(order, decided);
        if (user != Relations.NONE) {
            counts.put("directives", (long) directives(user, decided).size());
            counts.put("rows", rooms.vault().blot(user, now));
        }
        if (!settled()) {
            throw new Trouble(
                    Exit.FAILED,
                    "The erasure is not done yet.",
                    "Somebody is reading the store, and its log still holds what was taken out.",
                    "It is done within minutes by itself; see: rosterkeep erase list");
        }
        return rooms.orders().done(order, counts, now);
    }

    /// Every key under which the person is known: a backup may know only the first name of somebody who has several.
    private List<RecordKey> names(RecordKey key, int user) {
        return user == Relations.NONE ? List.of(key) : rooms.vault().keys(Entity.USER, user);
    }

    static String tag(KeyRing keys, RecordKey key) {
        return keys.tags().of(key.high(), key.low());
    }

    private void strip(Order order, Instant decided) {
        var stopped = rooms.rights().taking().strip(order.key(), new Act("appliance", decided));
        if (!stopped.kept()) {
            throw new Trouble(
                    Exit.FAILED,
                    "The erasure is not done yet.",
                    "What was decided about the person could not be written to the disk.",
                    "Make room on the disk; it goes on by itself.");
        }
        rooms.timeMachine().chronicle().forget("rights-user", rooms.rights().shelved(order.key()));
    }

    /// Asks every vendor that holds something of the person to delete it, by each of its agreements.
    private List<Directive> directives(int user, Instant now) {
        var made = new ArrayList<Directive>();
        var agreements = rooms.book().papers().agreements();
        for (var vendor : holding(user)) {
            agreements.stream()
                    .filter(agreement -> agreement.vendor().equals(vendor))
                    .forEach(agreement -> made.add(rooms.custody()
                            .direct(
                                    vendor,
                                    agreement.id(),
                                    WHY,
                                    new What(Optional.empty(), Optional.of(RoaringBitmap.bitmapOf(user))),
                                    agreement.disposalDays(),
                                    "appliance",
                                    now)));
        }
        return made;
    }

    /// The vendors that hold something of a person.
    List<String> holding(int user) {
        return rooms.custody().vendors().stream()
                .filter(vendor -> rooms.custody().users(vendor).contains(user))
                .toList();
    }

    /// Whether nothing is left in any log; who reads just now may hold on to it for a moment.
    private boolean settled() {
        for (int n = 0; n < SETTLING_TRIES; n++) {
            if (rooms.vault().settle()) {
                return true;
            }
            try {
                Thread.sleep(SETTLING_PAUSE_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
        return false;
    }

    /// Whether a line of the erasure ledger says that somebody was erased.
    static boolean says(Erasure line) {
        return line.kind().equals(KIND);
    }

    /// Erases again, after a restore, whom a line of the erasure ledger names: whether the backup has them or not.
    ///
    /// @return false when the backup knew it already, and nothing of them was there
    boolean again(Erasure line, Instant now) {
        var halves = rooms.keys().tags().key(line.tag());
        var key = new RecordKey(halves[0], halves[1]);
        int user = rooms.vault().find(Entity.USER, key);
        var lasting = user == Relations.NONE ? key : rooms.vault().relations().key(Entity.USER, user);
        var order = rooms.orders().again(lasting, line.at());
        if (order.state() == Order.State.DONE) {
            return false;
        }
        carryOut(order, now);
        return true;
    }

    /// In numbers, for people: how many backups may still hold the person, and until when.
    Map<String, String> backups() {
        var open = Kept.all(rooms.vault()).stream()
                .filter(kept -> kept.destroyed().isEmpty())
                .toList();
        return open.stream()
                .map(Kept::until)
                .max(Instant::compareTo)
                .map(until -> Map.of("count", Integer.toString(open.size()), "until", until.toString()))
                .orElse(Map.of());
    }
}
