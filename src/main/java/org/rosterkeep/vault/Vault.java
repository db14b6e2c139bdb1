package org.rosterkeep.vault;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.roaringbitmap.RoaringBitmap;
import org.rosterkeep.disclosure.Permit;
import org.rosterkeep.disclosure.Records;
import org.rosterkeep.entitlement.Census;
import org.rosterkeep.intake.Landing;
import org.rosterkeep.keys.KeyFault;
import org.rosterkeep.keys.KeyRing;
import org.rosterkeep.rights.Roll;
import org.rosterkeep.roster.Entity;
import org.rosterkeep.roster.RecordKey;
import org.rosterkeep.roster.Relations;
import org.rosterkeep.roster.Shelf;
import org.rosterkeep.roster.SourcedId;

/// One district's strong room: rows for a permit, relations and changes for the editions, a landing place for
/// imports, a
/// shelf for documents. Two databases lie in its directory: `roster.db` and `house.db`.
public final class Vault implements Records, Census, Landing, Shelf, Roll, AutoCloseable {
    private static final byte[] PROOF = "rosterkeep".getBytes(StandardCharsets.US_ASCII);
    private static final Duration IDLE = Duration.ofSeconds(60);

    private final Clock clock;
    private final KeyRing keys;
    private final Occupancy occupancy;
    private final Store rosterStore;
    private final Store houseStore;
    private final Blocks blocks;
    private final BlockCache cache;
    private final RowReader reader;
    private final SealedShelf shelf;
    private final RecordKeys recordKeys;
    private final Retention retention = new Retention();
    private final Resealing resealing;
    private final Sweep sweep;
    private final AtomicBoolean landing = new AtomicBoolean();
    private final List<Store.BatchRecord> batches;
    private volatile Roster roster;
    private volatile Moves moves;
    private volatile Instant lastRead;

    /// Sizes of one vault.
    ///
    /// @param cacheBytes how much opened rows may take in memory
    /// @param readers how many readings may go on at once, about as many as cores
    /// @param rosterPagesMax how large `roster.db` may grow, in pages of 16 KiB
    public record Settings(long cacheBytes, int readers, long rosterPagesMax) {
        public static Settings defaults() {
            return new Settings(
                    48L << 20, Runtime.getRuntime().availableProcessors(), SqliteStore.Settings.PAGES_UNBOUNDED);
        }
    }

    /// Opens the vault in `directory`, which exists; makes an empty one when there is none. The keys stay the
    /// caller's to
    /// close, after the vault.
    ///
    /// @throws VaultFault `WRONG_KEY`, `REPAIR_NEEDED`, `IN_USE`, `NEWER_FORMAT`
    public static Vault open(Path directory, KeyRing keys, Clock clock) {
        return open(directory, keys, clock, Settings.defaults());
    }

    /// Opens the vault with sizes of its own.
    public static Vault open(Path directory, KeyRing keys, Clock clock, Settings settings) {
        Occupancy occupancy = Occupancy.of(directory);
        List<Store> opened = new ArrayList<>();
        try {
            opened.add(SqliteStore.open(
                    directory.resolve("roster.db"),
                    new SqliteStore.Settings(16384, settings.rosterPagesMax, settings.readers)));
            opened.add(SqliteStore.open(
                    directory.resolve("house.db"),
                    new SqliteStore.Settings(4096, SqliteStore.Settings.PAGES_UNBOUNDED, settings.readers)));
            if (occupancy.afterUncleanStop() && !opened.stream().allMatch(Store::sound)) {
                throw new VaultFault(VaultFault.Code.REPAIR_NEEDED, "the database is damaged");
            }
            return new Vault(occupancy, opened.get(0), opened.get(1), keys, clock, settings);
        } catch (RuntimeException e) {
            opened.forEach(Store::close);
            occupancy.abandon();
            throw e;
        }
    }

    private Vault(
            Occupancy occupancy, Store rosterStore, Store houseStore, KeyRing keys, Clock clock, Settings settings) {
        this.occupancy = occupancy;
        this.rosterStore = rosterStore;
        this.houseStore = houseStore;
        this.keys = keys;
        this.clock = clock;
        Seal seal = new Seal(keys, new SecureRandom());
        blocks = new Blocks(rosterStore, seal);
        cache = new BlockCache(settings.cacheBytes);
        shelf = new SealedShelf(houseStore, seal, keys.shelfNames());
        recordKeys = new RecordKeys(keys.records());
        Directory directory = proven(rosterStore.read(Directory::of));
        batches = new ArrayList<>(rosterStore.read(Store.Reading::batches));
        long batch = batches.isEmpty() ? 0 : batches.getLast().number();
        roster = new Roster(
                new RosterFile(blocks).load(directory, batch), directory, Map.of(), OtherNames.load(directory, blocks));
        moves = Moves.load(directory, blocks);
        // Nothing is given up before the first housekeeping: whoever held on to old rows when the last process ended
        // takes hold of them again first.
        lastRead = clock.instant();
        reader = new RowReader(() -> roster, blocks, cache);
        resealing = new Resealing(rosterStore, seal, shelf);
        sweep = new Sweep(rosterStore, cache);
    }

    /// Opens the block that only the right keys open; writes it into a new store.
    private Directory proven(Directory directory) {
        if (directory.newest(Space.PROOF, 0) != 0) {
            try {
                blocks.open(Space.PROOF, 0, 1);
            } catch (VaultFault | KeyFault e) {
                throw new VaultFault(VaultFault.Code.WRONG_KEY, "these keys do not open this store", e);
            }
            return directory;
        }
        Directory.Draft draft = directory.change();
        draft.add(Space.PROOF, 0, 1);
        try (Store.Transaction transaction = rosterStore.begin()) {
            blocks.put(transaction, Space.PROOF, 0, 1, PROOF);
            transaction.commit();
        }
        return draft.done();
    }

    @Override
    public void read(Permit permit, Visitor visitor) {
        lastRead = clock.instant();
        try (Pin pinned = retention.pin(permit.batch())) {
            reader.read(permit, visitor);
        }
    }

    @Override
    public Relations relations() {
        return roster.relations();
    }

    @Override
    public Relations relations(long batch) {
        try (Pin pinned = retention.pin(batch)) {
            Roster now = roster;
            return now.relations().batch() == batch
                    ? now.relations()
                    : new RosterFile(blocks).load(now.directory(), batch);
        }
    }

    @Override
    public int find(Entity entity, SourcedId id) {
        return roster.find(entity.identity(), recordKeys.of(entity, id));
    }

    @Override
    public int findFirst(Entity entity, SourcedId id) {
        return find(entity, recordKeys.of(entity, id));
    }

    @Override
    public int find(Entity entity, RecordKey key) {
        return roster.index(entity.identity()).find(key);
    }

    @Override
    public RoaringBitmap changedSince(Entity entity, long batch) {
        return new BatchHistory(blocks).changedSince(roster, entity, batch);
    }

    @Override
    public Pin pin(long batch) {
        return retention.pin(batch);
    }

    /// The user an enrolment had after `batch`: an old answer named that one, even if the source system has given the
    /// enrolment's id to somebody else since.
    public int enrollmentUserAsOf(int ordinal, long batch) {
        return moves.asOf(ordinal, batch, roster.relations().enrollmentUser(ordinal));
    }

    /// Whether an enrolment is this user's or ever was.
    public boolean everEnrolled(int enrollment, int user) {
        return roster.relations().enrollmentUser(enrollment) == user || moves.wasOf(enrollment, user);
    }

    /// Whose an enrolment was before it was handed on.
    public IntStream formerUsers(int enrollment) {
        return moves.former(enrollment);
    }

    /// When a batch was taken over, by the importer's word; empty if there is no such batch.
    public Optional<Instant> takenOver(long batch) {
        synchronized (batches) {
            return batches.stream()
                    .filter(each -> each.number() == batch)
                    .map(Store.BatchRecord::at)
                    .findFirst();
        }
    }

    /// Who was known to be 13 at an instant that is past; empty when that is not kept any more.
    public Optional<RoaringBitmap> knownToBe13(Instant at) {
        synchronized (batches) {
            return AgeFlags.after(roster, blocks, AgeFlags.newest(batches, at));
        }
    }

    @Override
    public Batch open(Instant at) {
        if (!landing.compareAndSet(false, true)) {
            throw new LandingBusy();
        }
        try {
            return new LandedBatch(new Shore(), roster, at, rosterStore.begin());
        } catch (RuntimeException e) {
            landing.set(false);
            throw e;
        }
    }

    /// Takes a person's rows out of every version, with their enrolments' and demographics', in one transaction. Where
    /// they were and whose the enrolments were stays, in numbers.
    ///
    /// @return how many rows that were, all versions counted
    /// @throws Landing.LandingBusy when an import is running
    public long blot(int user, Instant at) {
        try (LandedBatch batch = (LandedBatch) open(at)) {
            Relations relations = roster.relations();
            batch.blot(Entity.USER, user);
            batch.blot(Entity.DEMOGRAPHICS, user);
            IntStream.range(0, relations.size(Entity.ENROLLMENT))
                    .filter(one -> relations.enrollmentUser(one) == user)
                    .forEach(one -> batch.blot(Entity.ENROLLMENT, one));
            batch.commit();
            return batch.blotted();
        }
    }

    /// By which key a record of this id is known, or would be at first sight.
    public RecordKey key(Entity entity, SourcedId id) {
        int known = find(entity, id);
        return known == Relations.NONE
                ? recordKeys.of(entity, id)
                : roster.relations().key(entity.identity(), known);
    }

    /// Every key under which a record is known: its lasting one, and those of the names it was given later.
    public List<RecordKey> keys(Entity entity, int ordinal) {
        List<RecordKey> keys = new ArrayList<>();
        keys.add(roster.relations().key(entity.identity(), ordinal));
        keys.addAll(roster.names(entity.identity()).of(ordinal));
        return keys;
    }

    /// Empties both write-ahead logs, so that nothing that was taken out is left in any file. Returns false when
    /// somebody reads or writes just now.
    public boolean settle() {
        cache.clear();
        boolean rows = sweep.settle();
        return shelf.settle() && rows;
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
    public void apply(List<Shelf.Change> changes) {
        shelf.apply(changes);
    }

    /// Housekeeping, to be called every minute or so: lets superseded versions go that nobody may read any more, and
    /// empties the cache when nobody has read for a minute.
    public void idle(Instant now) {
        if (lastRead.plus(IDLE).isBefore(now)) {
            cache.clear();
        }
        long floor;
        synchronized (batches) {
            floor = retention.advance(batches, now);
        }
        sweep.run(() -> roster, floor, swept -> roster = swept);
        sweep.settle();
        shelf.settle();
    }

    /// Empties the write-ahead log of the documents' store, so that nothing of a dropped document is left in its files.
    /// Returns false when somebody reads or writes just now; housekeeping tries it again.
    public boolean settleShelf() {
        return shelf.settle();
    }

    /// Whether every page of both databases is as SQLite wants it. Reads all of them: seconds for a large district, and
    /// nothing is written meanwhile.
    public boolean sound() {
        return rosterStore.sound() && houseStore.sound();
    }

    /// How many bytes of opened rows are in memory now.
    public long cachedBytes() {
        return cache.bytes();
    }

    /// Seals up to `limit` more blocks and documents in the newest epoch of the keys; returns whether all are.
    /// When they
    /// are, the older epochs' keys are dropped. May be interrupted and called again at any time, also after a
    /// restart.
    public boolean reseal(int limit) {
        if (keys.epochs().size() == 1) {
            return true;
        }
        if (!resealing.step(() -> roster.directory(), limit)) {
            return false;
        }
        keys.retire();
        return true;
    }

    @Override
    public void close() {
        cache.clear();
        rosterStore.close();
        houseStore.close();
        occupancy.close();
    }

    private final class Shore implements LandedBatch.Shore {
        @Override
        public RecordKeys recordKeys() {
            return recordKeys;
        }

        @Override
        public Blocks blocks() {
            return blocks;
        }

        @Override
        public Instant now() {
            return clock.instant();
        }

        @Override
        public void forgotten(List<Directory.Place> places) {
            if (!places.isEmpty()) {
                places.forEach(place -> cache.remove(BlockCache.key(place.space(), place.block(), place.version())));
                sweep.unsettle();
            }
        }

        @Override
        public void landed(Roster after, Store.BatchRecord batch, Map<Integer, Integer> formerUsers) {
            moves = moves.with(batch.number(), formerUsers);
            synchronized (batches) {
                batches.add(batch);
            }
            roster = after;
        }

        @Override
        public void cleared() {
            landing.set(false);
        }
    }
}
