package org.rosterkeep.vault;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Which versions of which blocks exist: asked before the store is, so that finding the version that was
/// current as of a
/// batch costs no search. Immutable; a commit or a sweep makes the next one.
final class Directory {
    private static final Versions NOTHING = new Versions(new long[0], Map.of());

    private final Versions[] spaces;

    private Directory(Versions[] spaces) {
        this.spaces = spaces;
    }

    /// @param newest the newest version by block; 0 where there is none
    /// @param older superseded versions that are still kept, newest first
    private record Versions(long[] newest, Map<Integer, long[]> older) {}

    /// A place of a block in the store.
    record Place(int space, int block, long version) {}

    static Directory of(Store.Reading reading) {
        Draft draft = new Draft(new Directory(new Versions[Space.LIMIT]));
        reading.places(draft::add);
        return draft.done();
    }

    /// The newest version of a block; 0 when there is none.
    long newest(int space, int block) {
        Versions versions = versions(space);
        return block < versions.newest.length ? versions.newest[block] : 0;
    }

    /// The version of a block that was the newest after `batch`; 0 when there was none.
    long asOf(int space, int block, long batch) {
        Versions versions = versions(space);
        long newest = block < versions.newest.length ? versions.newest[block] : 0;
        if (newest <= batch) {
            return newest;
        }
        long[] older = versions.older.get(block);
        if (older != null) {
            for (long version : older) {
                if (version <= batch) {
                    return version;
                }
            }
        }
        return 0;
    }

    /// Every version of a block that is kept, newest first.
    long[] versions(int space, int block) {
        Versions versions = versions(space);
        long newest = newest(space, block);
        if (newest == 0) {
            return new long[0];
        }
        long[] older = versions.older.getOrDefault(block, new long[0]);
        long[] all = new long[older.length + 1];
        all[0] = newest;
        System.arraycopy(older, 0, all, 1, older.length);
        return all;
    }

    /// One more than the highest block of a space.
    int blocks(int space) {
        return versions(space).newest.length;
    }

    /// Versions that nobody needs who reads as of `floor` or later.
    List<Place> superseded(long floor) {
        List<Place> places = new ArrayList<>();
        for (int space = 0; space < spaces.length; space++) {
            Versions versions = versions(space);
            for (Map.Entry<Integer, long[]> entry : versions.older.entrySet()) {
                long next = versions.newest[entry.getKey()];
                for (long version : entry.getValue()) {
                    if (next <= floor) {
                        places.add(new Place(space, entry.getKey(), version));
                    }
                    next = version;
                }
            }
        }
        return places;
    }

    /// Every place, in order of space and block.
    List<Place> places() {
        List<Place> places = new ArrayList<>();
        for (int space = 0; space < spaces.length; space++) {
            Versions versions = versions(space);
            for (int block = 0; block < versions.newest.length; block++) {
                if (versions.newest[block] != 0) {
                    places.add(new Place(space, block, versions.newest[block]));
                    for (long version : versions.older.getOrDefault(block, new long[0])) {
                        places.add(new Place(space, block, version));
                    }
                }
            }
        }
        return places;
    }

    Draft change() {
        return new Draft(this);
    }

    private Versions versions(int space) {
        Versions versions = spaces[space];
        return versions == null ? NOTHING : versions;
    }

    /// The next directory in the making.
    static final class Draft {
        private final Versions[] spaces;
        private final @Nullable Versions[] owned = new Versions[Space.LIMIT];

        private Draft(Directory before) {
            spaces = before.spaces.clone();
        }

        /// Adds a version; it may come in any order.
        void add(int space, int block, long version) {
            Versions versions = own(space, block);
            long newest = versions.newest[block];
            if (newest == 0 || newest == version) {
                versions.newest[block] = version;
                return;
            }
            versions.newest[block] = Math.max(newest, version);
            long[] older = versions.older.getOrDefault(block, new long[0]);
            long[] more = new long[older.length + 1];
            long carried = Math.min(newest, version);
            int at = 0;
            for (long each : older) {
                if (each < carried) {
                    more[at++] = carried;
                    carried = each;
                } else {
                    more[at++] = each;
                }
            }
            more[at] = carried;
            versions.older.put(block, more);
        }

        void drop(Place place) {
            Versions versions = own(place.space, place.block);
            if (versions.newest[place.block] == place.version) {
                versions.newest[place.block] = 0;
                return;
            }
            long[] left = Arrays.stream(versions.older.getOrDefault(place.block, new long[0]))
                    .filter(version -> version != place.version)
                    .toArray();
            if (left.length == 0) {
                versions.older.remove(place.block);
            } else {
                versions.older.put(place.block, left);
            }
        }

        Directory done() {
            for (int space = 0; space < owned.length; space++) {
                Versions versions = owned[space];
                if (versions != null) {
                    int length = versions.newest.length;
                    while (length > 0 && versions.newest[length - 1] == 0) {
                        length--;
                    }
                    spaces[space] = new Versions(Arrays.copyOf(versions.newest, length), Map.copyOf(versions.older));
                }
            }
            return new Directory(spaces);
        }

        private Versions own(int space, int block) {
            Versions versions = owned[space];
            if (versions == null) {
                Versions before = spaces[space];
                versions = before == null
                        ? new Versions(new long[0], new HashMap<>())
                        : new Versions(before.newest.clone(), new HashMap<>(before.older));
            }
            if (block >= versions.newest.length) {
                int length = Math.max(block + 1, versions.newest.length * 3 / 2);
                versions = new Versions(Arrays.copyOf(versions.newest, length), versions.older);
            }
            owned[space] = versions;
            return versions;
        }
    }
}
