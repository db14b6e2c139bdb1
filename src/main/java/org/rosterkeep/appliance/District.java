package org.rosterkeep.appliance;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.rosterkeep.keys.HostSecret;
import org.rosterkeep.keys.KeyFault;
import org.rosterkeep.keys.KeyRing;
import org.rosterkeep.keys.KitCode;
import org.rosterkeep.keys.Unsealing;
import org.rosterkeep.log.Event;
import org.rosterkeep.log.Fact;

/// One district of this appliance: sealed, open, or blocked until a person has looked. Opening goes keys,
/// vault, ledger,
/// rules, editions, gate; each step needs the one before, so a district that is not whole cannot answer.
public final class District implements AutoCloseable {
    /// What a district that was made before has in its directory.
    private static final List<String> STORES = List.of("roster.db", "house.db");

    /// What no other way of unsealing helps against.
    private static final Set<KeyFault.Code> KEYS_DAMAGED = Set.of(KeyFault.Code.DAMAGED, KeyFault.Code.NEWER_FORMAT);

    private final DistrictName name;
    private final Path directory;
    private final Wiring wiring;
    private volatile State state;
    private volatile Optional<Restored> restored;

    /// How it stands.
    public sealed interface State {
        /// Waits for what unseals it.
        ///
        /// @param method what that may be
        /// @param why it did not open by itself, when it should have
        record Sealed(String method, Optional<String> why) implements State {
            Sealed(String method) {
                this(method, Optional.empty());
            }
        }

        record Open(Rooms rooms) implements State {}

        /// Something is wrong with its keys, its store or its ledger.
        ///
        /// @param sentence what, without any personal value
        record Blocked(String code, String sentence) implements State {}

        public default String word() {
            return switch (this) {
                case Sealed sealed -> "sealed";
                case Open open -> "open";
                case Blocked blocked -> "blocked";
            };
        }
    }

    private District(DistrictName name, Path directory, Wiring wiring, State state) {
        this.name = name;
        this.directory = directory;
        this.wiring = wiring;
        this.state = state;
        this.restored = Restored.read(directory);
    }

    public static Path keys(Path directory) {
        return directory.resolve("keys");
    }

    static Path unsealingFile(Path directory) {
        return keys(directory).resolve("unseal.key");
    }

    /// Makes the keys of a new district and opens it.
    static District make(DistrictName name, Path directory, Unsealing unsealing, Wiring wiring) {
        var ring = KeyRing.create(keys(directory), unsealing, wiring.random());
        return new District(name, directory, wiring, new State.Open(wiring.open(name, directory, ring)));
    }

    /// Finds a district that is there; one with a key file or this machine's credential opens by itself.
    /// Whatever is wrong
    /// with it is its state, so that the others still start.
    static District find(DistrictName name, Path directory, Wiring wiring) {
        var district = new District(name, directory, wiring, new State.Sealed("passphrase"));
        try {
            var methods = KeyRing.sealedBy(keys(directory));
            if (methods.isEmpty()) {
                district.state = new State.Blocked("MISSING", "its key file is not there");
            } else {
                district.state = new State.Sealed(String.join(", ", methods));
                district.byItself(methods);
            }
        } catch (RuntimeException e) {
            district.state = Faults.blocked(e, wiring.log(), name);
        }
        return district;
    }

    /// Tries what needs nobody, one after another. What does not open it leaves it sealed, and says why.
    private void byItself(List<String> methods) {
        var whys = new ArrayList<String>();
        for (var one : wiring.unsealers().byThemselves(directory, methods)) {
            try {
                var unsealing = one.unsealing();
                try {
                    unseal(unsealing);
                } finally {
                    if (unsealing instanceof HostSecret secret) {
                        secret.close();
                    }
                }
                return;
            } catch (KeyFault fault) {
                if (KEYS_DAMAGED.contains(fault.code()) || !(state instanceof State.Sealed)) {
                    throw fault;
                }
                whys.add(fault.getMessage());
                wiring.log().say(Event.DISTRICT_NOT_UNSEALED, new Fact.In(name.text()));
            }
        }
        if (!whys.isEmpty()) {
            state = new State.Sealed(String.join(", ", methods), Optional.of(String.join("; ", whys)));
        }
    }

    /// Opens a sealed district. A wrong passphrase leaves it sealed and harms nothing.
    void unseal(Unsealing unsealing) {
        unseal(keys -> KeyRing.open(keys, unsealing, wiring.random()));
    }

    /// Opens a sealed district by its recovery kit. Words of another kit leave it sealed and harm nothing.
    void unseal(KitCode code) {
        unseal(keys -> KeyRing.openByKit(keys, code, wiring.random()));
    }

    private synchronized void unseal(Function<Path, KeyRing> opening) {
        if (state instanceof State.Open) {
            return;
        }
        var gone = STORES.stream()
                .filter(store -> !Files.exists(directory.resolve(store)))
                .findFirst();
        if (gone.isPresent()) {
            // Opening would make a new one: an empty district under the old one's name.
            state = new State.Blocked("MISSING", "its file " + gone.get() + " was not there; restore it");
            return;
        }
        var ring = opening.apply(keys(directory));
        try {
            state = new State.Open(wiring.open(name, directory, ring));
        } catch (RuntimeException e) {
            ring.close();
            state = Faults.blocked(e, wiring.log(), name);
            throw e;
        }
    }

    /// Sets the damaged ledger aside, whole, and opens the district with a new one.
    ///
    /// @param actor who decided it
    synchronized Rooms setAside(Function<Path, KeyRing> opening, String actor, String reason) {
        var ring = opening.apply(keys(directory));
        try {
            close();
            wiring.setAside(directory, ring, actor, reason);
            var rooms = wiring.open(name, directory, ring);
            state = new State.Open(rooms);
            return rooms;
        } catch (RuntimeException e) {
            ring.close();
            state = Faults.blocked(e, wiring.log(), name);
            throw e;
        }
    }

    DistrictName name() {
        return name;
    }

    Path directory() {
        return directory;
    }

    State state() {
        return state;
    }

    /// That it came out of a backup and nobody has looked yet: no vendor is answered.
    Optional<Restored> restored() {
        return restored;
    }

    /// One more has looked.
    synchronized Restored accept(String operator) throws java.io.IOException {
        var next = restored.orElseThrow().accepted(operator);
        next.write(directory);
        restored = Optional.of(next);
        return next;
    }

    /// Enough people have looked.
    synchronized void accept() {
        Restored.accept(directory);
        restored = Optional.empty();
    }

    /// By what it is unsealed: `passphrase`, `file`; several with commas between.
    String method() {
        var methods = KeyRing.sealedBy(keys(directory));
        return methods.isEmpty() ? "nothing" : String.join(", ", new LinkedHashSet<>(methods));
    }

    /// Its rooms, if it is open.
    Rooms rooms() {
        return switch (state) {
            case State.Open open -> open.rooms();
            case State.Sealed sealed ->
                throw new Trouble(
                        Exit.SEALED,
                        "The district " + name + " is sealed.",
                        sealed.why()
                                .map(why -> "It did not open by itself: " + why + ".")
                                .orElse("Nobody has unsealed it since the appliance started."),
                        "Open it with: rosterkeep key unseal --district " + name);
            case State.Blocked blocked ->
                throw new Trouble(
                        Exit.FAILED,
                        "The district " + name + " is blocked (" + blocked.code() + ").",
                        "When it was opened, " + blocked.sentence() + ".",
                        "Nothing is released until this is repaired; see the appliance's log.");
        };
    }

    @Override
    public synchronized void close() {
        if (state instanceof State.Open open) {
            state = new State.Sealed("closed");
            open.rooms().close();
        }
    }
}
