package org.rosterkeep.entitlement;

import jakarta.json.Json;
import jakarta.json.JsonException;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.rosterkeep.roster.Journal;
import org.rosterkeep.roster.Shelf;

/// Which views stand still, and how much may change before one does (decision 8). Holding works with a full disk and a
/// broken ledger, and freezing, too; releasing and choosing a profile are recorded first.
public final class Guard {
    /// By stream: why a view stands still.
    public static final String KIND = "guard-hold";
    /// By vendor, or [#DISTRICT]: the profile that was chosen.
    public static final String KIND_PROFILE = "guard-profile";
    /// Every vendor that has no choice of its own. No vendor can be called so.
    public static final String DISTRICT = "*";

    private static final String APPLIANCE = "appliance";

    private final Shelf shelf;
    private final Journal journal;
    private final GuardProfiles profiles;
    private final Map<String, Hold> holds = new TreeMap<>();
    private final Map<String, GuardProfile> chosen = new TreeMap<>();
    private final Set<String> unkept = new HashSet<>();
    private final Map<String, String> unrecorded = new HashMap<>();
    private long turn;

    public Guard(Shelf shelf, Journal journal, GuardProfiles profiles) {
        this.shelf = shelf;
        this.journal = journal;
        this.profiles = profiles;
        shelf.all(KIND).forEach((stream, document) -> Hold.read(document).ifPresent(hold -> holds.put(stream, hold)));
        shelf.all(KIND_PROFILE).forEach((of, document) -> chosen.put(of, read(document)));
    }

    /// A choice that cannot be read lets nothing move.
    private GuardProfile read(byte[] document) {
        try (var reader = Json.createReader(new ByteArrayInputStream(document))) {
            String name = reader.readObject().getString("profile");
            return profiles.named().getOrDefault(name, profiles.strictest());
        } catch (JsonException | NullPointerException | ClassCastException e) {
            return profiles.strictest();
        }
    }

    public GuardProfiles profiles() {
        return profiles;
    }

    /// The views that stand still, by stream.
    public synchronized List<Hold> holds() {
        return List.copyOf(holds.values());
    }

    public synchronized Optional<Hold> hold(String stream) {
        return Optional.ofNullable(holds.get(stream));
    }

    /// What was chosen, by vendor or [#DISTRICT].
    public synchronized Map<String, GuardProfile> chosen() {
        return Map.copyOf(chosen);
    }

    /// What counts for a vendor now. Who freezes the district freezes every vendor, whatever was chosen for it.
    public synchronized GuardProfile of(String vendor) {
        GuardProfile district = chosen.getOrDefault(DISTRICT, profiles.standard());
        return district.everything() ? district : chosen.getOrDefault(vendor, district);
    }

    /// Lets nothing move any more, at once; written down as soon as it can be.
    ///
    /// @param of a vendor, or [#DISTRICT]
    /// @return whether it is written down already
    public synchronized boolean freeze(String of, String actor) {
        chosen.put(of, profiles.strictest());
        turn++;
        unkept.add(of);
        unrecorded.put(of, actor);
        return settle();
    }

    /// Writes down what could not be written before; true when nothing is left.
    public synchronized boolean settle() {
        unkept.removeIf(of ->
                done(() -> shelf.put(KIND_PROFILE, of, document(chosen.getOrDefault(of, profiles.strictest())))));
        unrecorded
                .entrySet()
                .removeIf(one -> done(() -> journal.record(
                        "guard.profile",
                        one.getValue(),
                        Map.of(
                                "of",
                                one.getKey(),
                                "profile",
                                profiles.strictest().name()))));
        return unkept.isEmpty() && unrecorded.isEmpty();
    }

    private static boolean done(Runnable attempt) {
        try {
            attempt.run();
            return true;
        } catch (RuntimeException later) {
            return false;
        }
    }

    /// Chooses a profile. Views that stand still are judged by it at their next question.
    public synchronized void choose(String of, GuardProfile profile, String actor) {
        journal.record("guard.profile", actor, Map.of("of", of, "profile", profile.name()));
        shelf.put(KIND_PROFILE, of, document(profile));
        chosen.put(of, profile);
        unkept.remove(of);
        turn++;
    }

    private static byte[] document(GuardProfile profile) {
        return Json.createObjectBuilder()
                .add("profile", profile.name())
                .build()
                .toString()
                .getBytes(StandardCharsets.UTF_8);
    }

    /// Lets the batch pass that a view waits with; at the vendor's next question. An import after it is judged anew.
    public synchronized void release(Hold seen, String actor, Instant now) {
        if (!seen.equals(holds.get(seen.stream()))) {
            throw new EditionFault(EditionFault.Code.HOLD_CHANGED);
        }
        journal.record("guard.released", actor, Map.of("rule", seen.stream(), "batch", Long.toString(seen.batch())));
        Hold released = seen.releasedBy(actor, now);
        shelf.put(KIND, seen.stream(), released.document());
        holds.put(seen.stream(), released);
        turn++;
    }

    /// Moves whenever a view that stands still has to be judged anew.
    synchronized long turn() {
        return turn;
    }

    /// The batch that somebody let a view go to from where it stands.
    synchronized Optional<Long> released(String stream, long from) {
        return hold(stream)
                .filter(hold -> hold.from() == from && hold.released().isPresent())
                .map(Hold::batch);
    }

    /// A view stands still from now on, or still does. It does whether this can be written down or not.
    synchronized void keep(Hold found) {
        Optional<Hold> before = hold(found.stream()).filter(one -> one.from() == found.from());
        Instant since = before.map(Hold::at).orElse(found.at());
        Hold hold = new Hold(
                found.stream(),
                found.vendor(),
                found.profile(),
                since,
                found.from(),
                found.batch(),
                found.counts(),
                Optional.empty());
        if (before.filter(hold::equals).isPresent()) {
            return;
        }
        holds.put(hold.stream(), hold);
        done(() -> shelf.put(KIND, hold.stream(), hold.document()));
        done(() -> journal.record(
                "guard.held", APPLIANCE, Map.of("rule", hold.stream(), "batch", Long.toString(hold.batch()))));
    }

    /// What the shelf forgets together with a view's moving on.
    synchronized List<Shelf.Change> ending(String stream) {
        return holds.containsKey(stream) ? List.of(new Shelf.Change.Remove(KIND, stream)) : List.of();
    }

    synchronized void ended(String stream) {
        holds.remove(stream);
    }
}
