package org.rosterkeep.disclosure;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.rosterkeep.entitlement.EditionSettings;
import org.rosterkeep.entitlement.Editions;
import org.rosterkeep.entitlement.Guard;
import org.rosterkeep.entitlement.GuardProfiles;
import org.rosterkeep.fixture.FakeAccount;
import org.rosterkeep.fixture.FakeFloors;
import org.rosterkeep.fixture.FakeJournal;
import org.rosterkeep.fixture.FakeShelf;
import org.rosterkeep.fixture.World;
import org.rosterkeep.roster.Entity;
import org.rosterkeep.roster.Field;
import org.rosterkeep.rules.Ask;
import org.rosterkeep.rules.Decider;
import org.rosterkeep.rules.Decision;
import org.rosterkeep.rules.Reason;
import org.rosterkeep.rules.Recipient;
import org.rosterkeep.rules.Rule;
import org.rosterkeep.rules.Treatment;

/// A gate with a made-up world behind it, for tests.
final class House {
    static final String BASE = "https://h.example/ims/oneroster/rostering/v1p2";

    final World world;
    final FakeShelf shelf = new FakeShelf();
    final FakeAccount account = new FakeAccount();
    final FakeJournal journal = new FakeJournal();
    final Ticking clock = new Ticking();
    final FakeFloors floors;
    Rule rule;
    boolean inForce = true;
    Gate gate;
    Editions editions;
    Guard guard;
    boolean guarded;
    GuardProfiles profiles = GuardProfiles.shipped();
    Ceilings ceilings;

    House(World world, Rule rule) {
        this.world = world;
        this.rule = rule;
        floors = new FakeFloors(world);
        restart();
    }

    /// A clock that stands still until it is told.
    static final class Ticking extends Clock {
        private Instant now = Instant.parse("2026-10-05T06:30:00Z");

        void forward(Duration by) {
            now = now.plus(by);
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    }

    /// As a new process would: everything but the shelf is made anew.
    void restart() {
        Mirror mirror = new Mirror(world, world);
        guard = new Guard(shelf, journal, profiles);
        editions = new Editions(
                world,
                shelf,
                mirror,
                floors::withheld,
                EditionSettings.standard(),
                Optional.of(guard).filter(_ -> guarded));
        Decider decider = new Decider() {
            @Override
            public Decision decide(Ask ask, Instant now) {
                return House.decide(rule, ask.entity(), ask.by(), ask.consulted());
            }

            @Override
            public boolean stands(String id, Instant now) {
                return inForce && rule.id().equals(id);
            }
        };
        ceilings = new Ceilings(shelf, journal);
        gate = new Gate(
                new Gate.Rooms(decider, editions, world, world, world, account, ceilings),
                clock,
                DoorSettings.standard());
    }

    private static Decision decide(Rule rule, Entity entity, Set<Entity> by, Set<Field> consulted) {
        Map<Field, Treatment> fields = rule.grantsOf(entity);
        if (fields.isEmpty() || by.stream().anyMatch(each -> rule.grantsOf(each).isEmpty())) {
            return new Decision.Deny(Reason.ENTITY_NOT_GIVEN);
        }
        if (!rule.grants().keySet().containsAll(consulted)) {
            return new Decision.Deny(Reason.FIELD_NOT_GIVEN);
        }
        return new Decision.Allow(rule, fields);
    }

    Question ask(Collection collection) {
        return new Question(this, collection);
    }

    /// An inquiry in the making.
    static final class Question {
        private final House house;
        private final Collection collection;
        private Wire wire = Wire.V1P2;
        private List<Inquiry.Parent> parents = List.of();
        private Optional<String> id = Optional.empty();
        private Optional<Filter> filter = Optional.empty();
        private List<String> selection = List.of();
        private Optional<String> sort = Optional.empty();
        private boolean descending;
        private long offset;
        private long limit = 100;
        private List<String> tags = List.of();
        private Recipient recipient = new Recipient.Vendor("client-1");
        private String source = "127.0.0.1";

        Question(House house, Collection collection) {
            this.house = house;
            this.collection = collection;
        }

        Question in(Wire version) {
            wire = version;
            return this;
        }

        Question under(Collection parent, String parentId) {
            parents = Stream.concat(parents.stream(), Stream.of(new Inquiry.Parent(parent, parentId)))
                    .toList();
            return this;
        }

        Question one(String outwardId) {
            id = Optional.of(outwardId);
            return this;
        }

        Question where(Filter condition) {
            filter = Optional.of(condition);
            return this;
        }

        Question where(String field, Filter.Op op, String value) {
            return where(new Filter.Clause(field, op, value));
        }

        Question fields(String... names) {
            selection = List.of(names);
            return this;
        }

        Question sorted(String property, boolean down) {
            sort = Optional.of(property);
            descending = down;
            return this;
        }

        Question page(long from, long most) {
            offset = from;
            limit = most;
            return this;
        }

        Question having(String... etags) {
            tags = List.of(etags);
            return this;
        }

        Question by(Recipient who) {
            recipient = who;
            return this;
        }

        Question from(String address) {
            source = address;
            return this;
        }

        Outcome outcome() {
            return house.gate.ask(new Inquiry(
                    recipient,
                    wire,
                    "/" + collection.segment(),
                    parents,
                    collection,
                    id,
                    filter,
                    selection,
                    sort,
                    descending,
                    offset,
                    limit,
                    BASE,
                    tags,
                    source));
        }

        Disclosure disclosure() {
            return switch (outcome()) {
                case Outcome.Granted(Disclosure disclosure) -> disclosure;
                case Outcome.Refused(Reason reason) -> throw new AssertionError("refused: " + reason);
                case Outcome.Mistaken(Outcome.Mistake mistake) -> throw new AssertionError("mistaken: " + mistake);
            };
        }

        String text() {
            return text(disclosure());
        }

        /// The records of a collection.
        List<Map<String, Json.Node>> records() {
            return House.records(text());
        }

        static String text(Disclosure disclosure) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            try {
                disclosure.writeTo(out);
            } catch (IOException impossible) {
                throw new AssertionError(impossible);
            }
            return out.toString(StandardCharsets.UTF_8);
        }

        /// Everything a stranger can tell of an outcome.
        String appearance() {
            return switch (outcome()) {
                case Outcome.Granted(Disclosure disclosure) ->
                    disclosure.total() + " " + disclosure.count() + " " + disclosure.etag() + " "
                            + disclosure.reference() + " " + text(disclosure);
                case Outcome.Refused _ -> "refused";
                case Outcome.Mistaken(Outcome.Mistake mistake) -> mistake.name();
            };
        }
    }

    static List<Map<String, Json.Node>> records(String text) {
        Json.Node.Properties body = (Json.Node.Properties) Json.read(text.getBytes(StandardCharsets.UTF_8));
        Json.Node.Items items =
                (Json.Node.Items) body.properties().values().iterator().next();
        return items.items().stream()
                .map(item -> ((Json.Node.Properties) item).properties())
                .toList();
    }

    static String text(Map<String, Json.Node> record, String property) {
        return record.get(property) instanceof Json.Node.Text(String value) ? value : "";
    }
}
