package org.rosterkeep.disclosure;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.rosterkeep.entitlement.EditionSettings;
import org.rosterkeep.entitlement.Editions;
import org.rosterkeep.fixture.FakeAccount;
import org.rosterkeep.fixture.FakeShelf;
import org.rosterkeep.fixture.Rules;
import org.rosterkeep.fixture.World;
import org.rosterkeep.roster.Entity;
import org.rosterkeep.roster.Row;
import org.rosterkeep.rules.Decision;
import org.rosterkeep.rules.Floors;
import org.rosterkeep.rules.Recipient;
import org.rosterkeep.rules.Rule;

/// What the door itself costs: decision, listing, outward ids, form. Rows come from packed arrays on the heap,
/// the account
/// is a list, nothing is encrypted but the ids; the rest of an answer's price is the vault's, the ledger's and the
/// listener's. Prints nanoseconds of the thread's CPU per row, and the time of editions and listings.
///
/// `DoorBench [students]`
final class DoorBench {
    private static final String BASE = "https://roster.example/ims/oneroster/rostering/v1p2";

    private final World world = new World();
    private final Gate gate;

    public static void main(String[] args) throws IOException {
        new DoorBench(args.length > 0 ? Integer.parseInt(args[0]) : 5000).run();
    }

    private DoorBench(int students) {
        world.org("district", "District", "district", "").org("north", "North", "school", "district");
        world.session("year", "2026-27", "schoolYear", "").session("fall", "Fall", "term", "year");
        world.course("math", "Mathematics", "district", "year");
        for (int n = 0; n < students / 25; n++) {
            world.klass("class-" + n, "Class " + n, "math", "north", "fall");
        }
        for (int n = 0; n < students; n++) {
            world.student("student-" + n, "Given" + n, "Family" + n, "north", "05");
            for (int c = 0; c < 8; c++) {
                String klass = "class-" + (n + c * 7) % (students / 25);
                world.enroll("e-" + n + "-" + c, "student-" + n, klass, "north", "student");
            }
        }
        world.commit();
        Rule rule = Rules.whole("district").rule();
        Packed records = new Packed();
        Editions editions = new Editions(
                world, new FakeShelf(), new Mirror(records, world), Floors.NONE, EditionSettings.standard());
        gate = new Gate(
                new Gate.Rooms(
                        (ask, _) -> new Decision.Allow(rule, rule.grantsOf(ask.entity())),
                        editions,
                        records,
                        world,
                        world,
                        new FakeAccount()),
                Clock.systemUTC(),
                DoorSettings.standard());
    }

    private void run() throws IOException {
        for (Collection collection : List.of(Collection.USERS, Collection.ENROLLMENTS)) {
            long began = cpu();
            long total = ask(collection, 0, 1).total();
            System.out.printf(
                    "%s: first answer, edition and order of %,d: %,d ms%n",
                    collection, total, (cpu() - began) / 1_000_000);
            for (int limit : new int[] {100, 1000, 10000}) {
                measure(collection, limit, total);
            }
        }
    }

    private void measure(Collection collection, int limit, long total) throws IOException {
        long best = Long.MAX_VALUE;
        long last = Long.MAX_VALUE;
        for (int round = 0; round < 30; round++) {
            best = Math.min(best, pages(collection, 0, limit));
            last = Math.min(last, pages(collection, Math.max(0, total - limit), limit));
        }
        System.out.printf(
                "%s limit %,6d: first page %,5d ns/row, last page %,5d ns/row%n", collection, limit, best, last);
    }

    private long pages(Collection collection, long offset, int limit) throws IOException {
        long rows = 0;
        long began = cpu();
        while (rows < 10_000) {
            Disclosure page = ask(collection, offset, limit);
            page.writeTo(OutputStream.nullOutputStream());
            rows += page.count();
        }
        return (cpu() - began) / rows;
    }

    private Disclosure ask(Collection collection, long offset, long limit) {
        Outcome outcome = gate.ask(new Inquiry(
                new Recipient.Vendor("bench"),
                Wire.V1P2,
                "/" + collection.segment(),
                List.of(),
                collection,
                Optional.empty(),
                Optional.empty(),
                List.of(),
                Optional.empty(),
                false,
                offset,
                limit,
                BASE,
                List.of(),
                "127.0.0.1"));
        return outcome instanceof Outcome.Granted(Disclosure disclosure) ? disclosure : fail(outcome);
    }

    private static Disclosure fail(Outcome outcome) {
        throw new IllegalStateException(outcome.toString());
    }

    private static long cpu() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    /// Rows packed once for each set of fields.
    private final class Packed implements Records {
        private record Projection(Entity entity, long fields) {}

        private final Map<Projection, Row[]> packed = new HashMap<>();

        @Override
        public void read(Permit permit, Visitor visitor) {
            Row[] rows = packed.computeIfAbsent(new Projection(permit.entity(), permit.fields()), this::pack);
            for (int n = 0; n < permit.size(); n++) {
                visitor.row(n, permit.ordinal(n), rows[permit.ordinal(n)]);
            }
        }

        private Row[] pack(Projection of) {
            int[] ordinals =
                    IntStream.range(0, world.relations().size(of.entity())).toArray();
            Row[] rows = new Row[ordinals.length];
            world.read(Permit.glance(of.entity(), 1, of.fields(), ordinals), (n, _, row) -> {
                if (row != null) {
                    rows[n] = row.copy();
                }
            });
            return rows;
        }
    }
}
