package org.rosterkeep.appliance;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.rosterkeep.keys.KeyRing;
import org.rosterkeep.keys.KitCode;
import org.rosterkeep.keys.Unsealing;
import org.rosterkeep.keys.UnsealingFile;

/// One district of this appliance: sealed, open, or blocked until a person has looked. Opening goes keys,
/// vault, ledger,
/// rules, editions, gate; each step needs the one before, so a district that is not whole cannot answer.
final class District implements AutoCloseable {
    /// What a district that was made before has in its directory.
    private static final List<String> STORES = List.of("roster.db", "house.db");

    private final DistrictName name;
    private final Path directory;
    private final Wiring wiring;
    private volatile State state;
    private volatile Optional<Restored> restored;

    /// How it stands.
    sealed interface State {
        /// Waits for a person who knows the passphrase.
        record Sealed(String method) implements State {}

        record Open(Rooms rooms) implements State {}

        /// Something is wrong with its keys, its store or its ledger.
        ///
        /// @param sentence what, without any personal value
        record Blocked(String code, String sentence) implements State {}

        default String word() {
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

    static Path keys(Path directory) {
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

    /// Finds a district that is there; one with a key file opens by itself. Whatever is wrong with it is its state, so
    /// that the others still start.
    static District find(DistrictName name, Path directory, Wiring wiring) {
        var district = new District(name, directory, wiring, new State.Sealed("passphrase"));
        try {
            var method = KeyRing.sealedBy(keys(directory));
            if (method.isEmpty()) {
                district.state = new State.Blocked("MISSING", "its key file is not there");
            } else {
                district.state = new State.Sealed(method.get());
                if (method.get().equals("file")) {
                    district.unseal(new UnsealingFile(unsealingFile(directory)));
                }
            }
        } catch (RuntimeException e) {
            district.state = Faults.blocked(e, wiring.log(), name);
        }
        return district;
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
    synchronized Rooms setAside(Unsealing unsealing, String actor, String reason) {
        var ring = KeyRing.open(keys(directory), unsealing, wiring.random());
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

    /// By what it is unsealed: `passphrase`, `file`.
    String method() {
        return KeyRing.sealedBy(keys(directory)).orElse("nothing");
    }

    /// Its rooms, if it is open.
    Rooms rooms() {
        return switch (state) {
            case State.Open open -> open.rooms();
            case State.Sealed sealed ->
                throw new Trouble(
                        Exit.SEALED,
                        "The district " + name + " is sealed.",
                        "Nobody has given its passphrase since the appliance started.",
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
