package org.rosterkeep.oracle;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.rosterkeep.rights.Act;
import org.rosterkeep.rights.Entry;
import org.rosterkeep.rights.Giving;
import org.rosterkeep.rights.Rights;
import org.rosterkeep.rights.Taking;
import org.rosterkeep.roster.Entity;
import org.rosterkeep.roster.Field;
import org.rosterkeep.roster.SourcedId;

/// What the districts of all twins decide about single people, alike and at the same instants: for good about those in
/// whom the twins differ, for a while about anybody.
final class TwinFloors {
    /// Each is kept back for another reason.
    static final List<String> KEPT =
            List.of("kept-restricted", "kept-erased", "kept-objected", "kept-protected", "kept-left", "kept-optout");
    /// A class that reveals something.
    static final String CLASS = "kept-class";
    /// Is in view, all but a contested name.
    static final String CONTESTED = "contested";

    private static final String WHY = "made up";
    private static final SourcedId NORTH = SourcedId.of("north");
    /// People at another school, and people whose role no rule here gives.
    private static final List<String> HIDDEN =
            List.of("elsewhere0", "elsewhere1", "elsewhere4", "elsewhere7", "parent0", "parent1", "parent3", "head");

    private final Random random;
    private final List<Twin> twins;
    private final List<Runnable> back = new ArrayList<>();
    private Instant now = Instant.EPOCH;

    TwinFloors(long seed, Twin... twins) {
        random = new Random(seed);
        this.twins = List.of(twins);
    }

    /// After the first delivery, before anybody asks.
    void keepBack(Instant now) {
        for (Twin twin : twins) {
            var taking = twin.district.rights().taking();
            var act = new Act("test", now);
            taking.restrict(SourcedId.of(KEPT.get(0)), WHY, act);
            taking.suppress(SourcedId.of(KEPT.get(1)), Optional.empty(), WHY, act);
            taking.object(SourcedId.of(KEPT.get(2)), new Entry.Objection.Against.OneVendor("a-vendor"), WHY, act);
            taking.protect(SourcedId.of(KEPT.get(3)), WHY, Set.of(), act);
            taking.leave(SourcedId.of(KEPT.get(4)), now, Optional.of(0), act);
            taking.optOut(List.of(SourcedId.of(KEPT.get(5))), Optional.empty(), act);
            taking.beStrict(act);
            taking.contest(SourcedId.of(CONTESTED), Field.USER_FAMILY_NAME, WHY, act);
            taking.reveal(Entity.CLASS, SourcedId.of(CLASS), "special.services", WHY, act);
        }
        // A school out of sight reveals something, in one of them.
        var first = twins.getFirst().district.rights().taking();
        first.reveal(Entity.ORG, SourcedId.of("south"), "special.services", WHY, new Act("test", now));
    }

    /// The school in view reveals something of everybody in it.
    void reveal(Instant when) {
        for (Twin twin : twins) {
            var act = new Act("test", when);
            twin.district.rights().taking().reveal(Entity.ORG, NORTH, "special.services", WHY, act);
        }
    }

    /// It does not, any more.
    void conceal(Instant when) {
        for (Twin twin : twins) {
            Rights rights = twin.district.rights();
            int number =
                    rights.dossier(Entity.ORG, NORTH).entries().getLast().made().number();
            rights.giving().conceal(Entity.ORG, NORTH, number, WHY, new Act("test", when));
        }
    }

    /// Two in three of those whom all twins know by now have consented, for a while that ends before the last rounds or
    /// after them; some take it back.
    void decide(Instant when) {
        List<SourcedId> shorter = new ArrayList<>();
        List<SourcedId> longer = new ArrayList<>();
        List<SourcedId> never = new ArrayList<>();
        for (int n = 0; n < TwinRoster.MANY; n++) {
            List<List<SourcedId>> fates = List.of(shorter, longer, longer, never);
            List<SourcedId> fate = fates.get(random.nextInt(fates.size()));
            SourcedId id = SourcedId.of("pupil" + n);
            if (known(Entity.USER, id)) {
                fate.add(id);
            }
        }
        longer.add(SourcedId.of(CONTESTED));
        for (Twin twin : twins) {
            var act = new Act("test", when);
            twin.district.rights().taking().withdrawConsents(never, _ -> true, act);
            consent(twin, shorter, Duration.ofMinutes(9), act);
            consent(twin, longer, Duration.ofDays(1), act);
            consent(twin, outOfSight(twin), Duration.ofDays(1), act);
        }
    }

    /// Some of those whom no client may see, other ones in each twin.
    private List<SourcedId> outOfSight(Twin twin) {
        return HIDDEN.stream()
                .filter(_ -> twin.roster.coin())
                .map(SourcedId::of)
                .filter(id -> twin.district.rights().knows(Entity.USER, id))
                .toList();
    }

    private static void consent(Twin twin, List<SourcedId> people, Duration life, Act act) {
        var to = new Entry.Consent.To.OneRule("consented");
        Instant end = act.now().plus(life);
        if (!people.isEmpty()) {
            twin.district.rights().giving().consent(people, new Giving.Given(to, WHY, WHY, "1", act.now(), end), act);
        }
    }

    private boolean known(Entity entity, SourcedId id) {
        return twins.stream().allMatch(twin -> twin.district.rights().knows(entity, id));
    }

    /// What was decided the last time is taken back, and something else is decided about somebody, or a class, whom all
    /// twins know.
    ///
    /// @return whether anybody was
    boolean comeAndGo(Instant when) {
        now = when;
        back.forEach(Runnable::run);
        back.clear();
        List<Passing> ways = List.of(Passing.values());
        for (Passing way : List.of(ways.get(random.nextInt(ways.size())), ways.get(random.nextInt(ways.size())))) {
            SourcedId of = SourcedId.of(
                    way.entity() == Entity.CLASS
                            ? "class" + random.nextInt(4)
                            : "pupil" + random.nextInt(TwinRoster.MANY));
            if (known(way.entity(), of)) {
                twins.forEach(twin -> take(way, twin.district.rights(), of));
            }
        }
        return !back.isEmpty();
    }

    private void take(Passing way, Rights rights, SourcedId of) {
        way.come(rights.taking(), of, new Act("test", now));
        int number = rights.dossier(way.entity(), of).entries().getLast().made().number();
        back.addFirst(() -> way.go(rights.giving(), of, number, new Act("test", now)));
    }

    /// What is decided for a while.
    private enum Passing {
        RESTRICTED {
            @Override
            void come(Taking taking, SourcedId of, Act act) {
                taking.restrict(of, WHY, act);
            }

            @Override
            void go(Giving giving, SourcedId of, int number, Act act) {
                giving.liftRestriction(of, number, WHY, act);
            }
        },
        OPTED_OUT {
            @Override
            void come(Taking taking, SourcedId of, Act act) {
                taking.optOut(List.of(of), Optional.empty(), act);
            }

            @Override
            void go(Giving giving, SourcedId of, int number, Act act) {
                giving.withdrawOptOut(of, act);
            }
        },
        OBJECTED {
            @Override
            void come(Taking taking, SourcedId of, Act act) {
                taking.object(of, new Entry.Objection.Against.Everybody(), WHY, act);
            }

            @Override
            void go(Giving giving, SourcedId of, int number, Act act) {
                giving.endObjection(of, number, "dismissed", WHY, act);
            }
        },
        ERASED {
            @Override
            void come(Taking taking, SourcedId of, Act act) {
                taking.suppress(of, Optional.empty(), WHY, act);
            }

            @Override
            void go(Giving giving, SourcedId of, int number, Act act) {
                giving.liftSuppression(of, number, WHY, act);
            }
        },
        LEFT {
            @Override
            void come(Taking taking, SourcedId of, Act act) {
                taking.leave(of, act.now(), Optional.of(0), act);
            }

            @Override
            void go(Giving giving, SourcedId of, int number, Act act) {
                giving.stay(of, number, WHY, act);
            }
        },
        /// A field that some rules give, and others do not.
        CONTESTED {
            @Override
            void come(Taking taking, SourcedId of, Act act) {
                taking.contest(of, Field.USER_GIVEN_NAME, WHY, act);
            }

            @Override
            void go(Giving giving, SourcedId of, int number, Act act) {
                giving.endContest(of, number, "withdrawn", WHY, act);
            }
        },
        /// A field that no rule here gives, and that the twins know differently.
        CONTESTED_UNSEEN {
            @Override
            void come(Taking taking, SourcedId of, Act act) {
                taking.contest(of, Field.USER_EMAIL, WHY, act);
            }

            @Override
            void go(Giving giving, SourcedId of, int number, Act act) {
                giving.endContest(of, number, "withdrawn", WHY, act);
            }
        },
        REVEALING {
            @Override
            void come(Taking taking, SourcedId of, Act act) {
                taking.reveal(Entity.CLASS, of, "special.services", WHY, act);
            }

            @Override
            void go(Giving giving, SourcedId of, int number, Act act) {
                giving.conceal(Entity.CLASS, of, number, WHY, act);
            }
        };

        abstract void come(Taking taking, SourcedId of, Act act);

        abstract void go(Giving giving, SourcedId of, int number, Act act);

        Entity entity() {
            return this == REVEALING ? Entity.CLASS : Entity.USER;
        }
    }
}
