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
import org.rosterkeep.roster.Entity;
import org.rosterkeep.roster.Journal;
import org.rosterkeep.roster.Shelf;

/// What of the vendors' views waits, and how much may change before anything does (decision 8). Holding works
/// with a full disk and a
/// broken ledger, and freezing, too; releasing and choosing a profile are recorded first.
public final class Guard {
    /// By stream: what waits of a view.
    public static final String KIND = "guard-hold";
    /// By vendor, or [#DISTRICT]: the profile that was chosen.
    public static final String KIND_PROFILE = "guard-profile";
    /// By vendor, or [#DISTRICT]: the laxer profile that one person has chosen.
    public static final String KIND_LOOSENING = "guard-loosening";
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
        shelf.all(KIND)
                .forEach((stream, document) -> HoldForm.read(document).ifPresent(hold -> holds.put(stream, hold)));
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

    /// The views of which something waits, by stream.
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

    /// Chooses a profile. What waits is judged by it at the vendor's next question. One that does not hold all that the
    /// present one holds takes two people: else it would be a way round the second person that a release takes.
    ///
    /// @return whether it counts from now on; else it waits for another person to choose the same
    public synchronized boolean choose(String of, GuardProfile profile, String actor) {
        GuardProfile present = present(of);
        Optional<Loosening> waiting = shelf.get(KIND_LOOSENING, of).flatMap(Loosening::read);
        boolean second = waiting.filter(one -> one.profile().equals(profile.name())
                        && one.instead().equals(present.name())
                        && !one.by().equals(actor))
                .isPresent();
        Map<String, String> facts = Map.of("of", of, "profile", profile.name());
        if (!second && !profile.holdsAllOf(present)) {
            journal.record("guard.profile.asked", actor, facts);
            shelf.put(KIND_LOOSENING, of, new Loosening(profile.name(), present.name(), actor).document());
            return false;
        }
        journal.record("guard.profile", actor, facts);
        shelf.apply(List.of(
                new Shelf.Change.Put(KIND_PROFILE, of, document(profile)),
                new Shelf.Change.Remove(KIND_LOOSENING, of)));
        chosen.put(of, profile);
        unkept.remove(of);
        turn++;
        return true;
    }

    private GuardProfile present(String of) {
        return of.equals(DISTRICT) ? chosen.getOrDefault(DISTRICT, profiles.standard()) : of(of);
    }

    /// A laxer profile that one person has chosen.
    ///
    /// @param instead what counted when it was chosen; when something else does by now, it is chosen anew
    public record Loosening(String profile, String instead, String by) {
        byte[] document() {
            return Json.createObjectBuilder()
                    .add("profile", profile)
                    .add("instead", instead)
                    .add("by", by)
                    .build()
                    .toString()
                    .getBytes(StandardCharsets.UTF_8);
        }

        static Optional<Loosening> read(byte[] document) {
            try (var reader = Json.createReader(new ByteArrayInputStream(document))) {
                var json = reader.readObject();
                return Optional.of(
                        new Loosening(json.getString("profile"), json.getString("instead"), json.getString("by")));
            } catch (JsonException | NullPointerException | ClassCastException e) {
                return Optional.empty();
            }
        }
    }

    /// What waits for a second person, by vendor or [#DISTRICT].
    public synchronized Map<String, Loosening> loosenings() {
        Map<String, Loosening> waiting = new TreeMap<>();
        shelf.all(KIND_LOOSENING)
                .forEach((of, document) -> Loosening.read(document)
                        .filter(one -> one.instead().equals(present(of).name()))
                        .ifPresent(one -> waiting.put(of, one)));
        return waiting;
    }

    private static byte[] document(GuardProfile profile) {
        return Json.createObjectBuilder()
                .add("profile", profile.name())
                .build()
                .toString()
                .getBytes(StandardCharsets.UTF_8);
    }

    /// Approves of a part of what waits. When enough people have, it passes at the vendor's next question; what is
    /// imported after that is judged by itself.
    ///
    /// @param needed how many different people it takes
    /// @return whether it passes
    public synchronized boolean release(Hold seen, Hold.Choice choice, String actor, int needed, Instant now) {
        if (!seen.equals(holds.get(seen.stream()))) {
            throw new EditionFault(EditionFault.Code.HOLD_CHANGED);
        }
        Hold next = seen.approved(choice, actor, needed, now);
        boolean passes = !next.let().equals(seen.let());
        journal.record(
                passes ? "guard.released" : "guard.approved",
                actor,
                Map.of("rule", seen.stream(), "batch", Long.toString(seen.batch())));
        shelf.put(KIND, seen.stream(), HoldForm.write(next));
        holds.put(seen.stream(), next);
        turn++;
        return passes;
    }

    /// Moves whenever a view that something waits in has to be judged anew.
    synchronized long turn() {
        return turn;
    }

    /// What was let pass of a view, and has not yet.
    synchronized Map<Entity, Hold.Rows> let(String stream) {
        return hold(stream).map(Hold::let).orElse(Map.of());
    }

    /// Something waits from now on, or still does. It does whether this can be written down or not.
    synchronized void keep(Hold found) {
        Optional<Hold> before = hold(found.stream());
        Hold hold = before.map(found::since).orElse(found);
        if (before.filter(hold::equals).isPresent()) {
            return;
        }
        boolean told = before.filter(one -> one.waits().equals(hold.waits())).isPresent();
        holds.put(hold.stream(), hold);
        done(() -> shelf.put(KIND, hold.stream(), HoldForm.write(hold)));
        if (!told) {
            done(() -> journal.record(
                    "guard.held", APPLIANCE, Map.of("rule", hold.stream(), "batch", Long.toString(hold.batch()))));
        }
    }

    /// What the shelf forgets when nothing of a view waits any more.
    synchronized List<Shelf.Change> ending(String stream) {
        return holds.containsKey(stream) ? List.of(new Shelf.Change.Remove(KIND, stream)) : List.of();
    }

    synchronized void ended(String stream) {
        holds.remove(stream);
    }
}
