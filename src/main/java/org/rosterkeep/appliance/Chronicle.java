package org.rosterkeep.appliance;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.rosterkeep.roster.Shelf;

/// A shelf that remembers: whatever decides what leaves, and was replaced or removed, stays readable as it stood, with
/// the instant at which it ceased to hold. It grows with the edits people make, never with the traffic of vendors.
///
/// The memory of a document lies on the same shelf, sealed as it was, in one change with what took its place, under the
/// kind `history/KIND` and the id `ID@INSTANT.N` (see src/docs/decisions/0039).
final class Chronicle implements Shelf {
    private static final String PREFIX = "history/";

    private final Shelf shelf;
    private final Clock clock;
    private final Map<String, UnaryOperator<byte[]>> kinds;

    /// @param kinds the kinds that are remembered, each with what may be remembered of a document: a secret that was
    ///     replaced must not live on
    Chronicle(Shelf shelf, Clock clock, Map<String, UnaryOperator<byte[]>> kinds) {
        this.shelf = shelf;
        this.clock = clock;
        this.kinds = Map.copyOf(kinds);
    }

    @Override
    public Optional<byte[]> get(String kind, String id) {
        return shelf.get(kind, id);
    }

    @Override
    public List<String> ids(String kind) {
        return shelf.ids(kind);
    }

    @Override
    public Map<String, byte[]> all(String kind) {
        return shelf.all(kind);
    }

    @Override
    public void apply(List<Change> changes) {
        apply(changes, clock.instant());
    }

    /// A stop acts before it is written: what it replaced held until it acted.
    @Override
    public Shelf dated() {
        Instant since = clock.instant();
        return new Shelf() {
            @Override
            public Optional<byte[]> get(String kind, String id) {
                return shelf.get(kind, id);
            }

            @Override
            public List<String> ids(String kind) {
                return shelf.ids(kind);
            }

            @Override
            public Map<String, byte[]> all(String kind) {
                return shelf.all(kind);
            }

            @Override
            public void apply(List<Change> changes) {
                Chronicle.this.apply(changes, since);
            }
        };
    }

    private synchronized void apply(List<Change> changes, Instant since) {
        List<Change> more = new ArrayList<>();
        Map<String, Optional<byte[]>> standing = new HashMap<>();
        for (Change change : changes) {
            String kind = kind(change);
            UnaryOperator<byte[]> part = kinds.get(kind);
            if (part != null) {
                String key = kind + "\0" + id(change);
                Optional<byte[]> before = standing.getOrDefault(key, shelf.get(kind, id(change)));
                Optional<byte[]> after = document(change);
                if (!same(before, after)) {
                    more.add(remembered(kind, id(change), before.map(part), since, more));
                }
                standing.put(key, after);
            }
            more.add(change);
        }
        shelf.apply(more);
    }

    private Change remembered(String kind, String id, Optional<byte[]> before, Instant since, List<Change> pending) {
        String history = PREFIX + kind;
        // A change that was written late must not come before one that was written meanwhile and replaced the same.
        boolean late = since.isBefore(clock.instant());
        Instant at = late
                ? memories(history, id).stream()
                        .map(Memory::at)
                        .reduce(since, (one, other) -> one.isAfter(other) ? one : other)
                : since;
        int place = 0;
        while (taken(history, Memory.id(id, at, place), pending)) {
            place++;
        }
        return new Change.Put(history, Memory.id(id, at, place), new Memory(at, before).document());
    }

    private boolean taken(String history, String place, List<Change> pending) {
        return shelf.get(history, place).isPresent()
                || pending.stream().anyMatch(one -> kind(one).equals(history) && id(one).equals(place));
    }

    private List<Memory> memories(String history, String id) {
        return shelf.all(history).entrySet().stream()
                .filter(one -> Memory.of(one.getKey()).equals(id))
                .map(one -> Memory.read(one.getValue()))
                .toList();
    }

    /// The shelf as it stood at an instant; a change of that very instant has taken effect. Read only.
    Shelf asOf(Instant at) {
        return new AsOf(at);
    }

    /// Forgets how a document stood before: for one that tells of a person who is erased.
    void forget(String kind, String id) {
        String history = PREFIX + kind;
        shelf.apply(shelf.ids(history).stream()
                .filter(one -> Memory.of(one).equals(id))
                .<Change>map(one -> new Change.Remove(history, one))
                .toList());
    }

    private final class AsOf implements Shelf {
        private final Instant at;

        AsOf(Instant at) {
            this.at = at;
        }

        @Override
        public Optional<byte[]> get(String kind, String id) {
            return Optional.ofNullable(all(kind).get(id));
        }

        @Override
        public List<String> ids(String kind) {
            return List.copyOf(all(kind).keySet());
        }

        /// What was replaced later stood then: of several such, what was replaced first.
        @Override
        public Map<String, byte[]> all(String kind) {
            Map<String, byte[]> then = new TreeMap<>(shelf.all(kind));
            Map<String, Memory> first = new HashMap<>();
            new TreeMap<>(shelf.all(PREFIX + kind)).forEach((id, document) -> {
                Memory memory = Memory.read(document);
                if (memory.at().isAfter(at)) {
                    first.putIfAbsent(Memory.of(id), memory);
                }
            });
            first.forEach((id, memory) ->
                    memory.before().ifPresentOrElse(document -> then.put(id, document), () -> then.remove(id)));
            return then;
        }

        @Override
        public void apply(List<Change> changes) {
            throw new UnsupportedOperationException("what was is not changed");
        }
    }

    /// One document as it stood until an instant.
    ///
    /// @param before empty when there was none
    private record Memory(Instant at, Optional<byte[]> before) {
        private static final int TAIL = 27;

        /// Sorts by document, then by time, then by order.
        static String id(String of, Instant at, int n) {
            return String.format(Locale.ROOT, "%s@%012d%09d.%04d", of, at.getEpochSecond(), at.getNano(), n);
        }

        /// The id of the document that is remembered.
        static String of(String id) {
            return id.substring(0, id.length() - TAIL);
        }

        byte[] document() {
            byte[] text = before.orElse(new byte[0]);
            return java.nio.ByteBuffer.allocate(1 + 8 + 4 + 1 + text.length)
                    .put((byte) 1)
                    .putLong(at.getEpochSecond())
                    .putInt(at.getNano())
                    .put((byte) (before.isPresent() ? 1 : 0))
                    .put(text)
                    .array();
        }

        static Memory read(byte[] document) {
            var in = java.nio.ByteBuffer.wrap(document);
            if (in.get() != 1) {
                throw new IllegalStateException("a memory in a form of a later version of the program");
            }
            Instant at = Instant.ofEpochSecond(in.getLong(), in.getInt());
            boolean present = in.get() == 1;
            byte[] text = new byte[in.remaining()];
            in.get(text);
            return new Memory(at, present ? Optional.of(text) : Optional.empty());
        }
    }

    private static boolean same(Optional<byte[]> one, Optional<byte[]> other) {
        return one.isPresent() == other.isPresent()
                && Objects.deepEquals(one.orElse(new byte[0]), other.orElse(new byte[0]));
    }

    private static String kind(Change change) {
        return switch (change) {
            case Change.Put put -> put.kind();
            case Change.Remove remove -> remove.kind();
        };
    }

    private static String id(Change change) {
        return switch (change) {
            case Change.Put put -> put.id();
            case Change.Remove remove -> remove.id();
        };
    }

    private static Optional<byte[]> document(Change change) {
        return switch (change) {
            case Change.Put put -> Optional.of(put.document());
            case Change.Remove remove -> Optional.empty();
        };
    }
}
