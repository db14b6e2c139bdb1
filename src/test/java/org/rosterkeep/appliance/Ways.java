package org.rosterkeep.appliance;

import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.Json;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.rosterkeep.access.Role;
import org.rosterkeep.oracle.Pull;
import org.rosterkeep.rights.RightsFault;
import org.rosterkeep.roster.SourcedId;
import org.rosterkeep.rules.Checked;
import org.rosterkeep.rules.Restraint;
import org.rosterkeep.rules.RulesFault;
import org.rosterkeep.rules.Treatment;

/// The ways by which somebody might try to get past a floor, each tried in a running district. After each the floor is
/// looked at again; what is returned is what was answered to the tries.
final class Ways {
    private static final String LONE = "lone-d";
    private static final SourcedId PUPIL = SourcedId.of(FloorRoster.PUPIL);
    private static final String WHY = "made up";
    private static final List<Treatment> TREATMENTS = List.of(
            new Treatment.AsIs(),
            new Treatment.Initial(),
            new Treatment.Pseudonym(),
            new Treatment.Coarse(),
            new Treatment.Preferred(),
            new Treatment.Constant("x"));

    private final FloorDistrict district;
    private final Lone lone;
    /// The papers as they were when everything was given.
    private final List<Runnable> older = new ArrayList<>();
    private final Map<String, String> texts = new java.util.HashMap<>();
    private Set<String> answers = new TreeSet<>();

    Ways(FloorDistrict district) {
        this.district = district;
        var since = district.clock.instant();
        var password = "correct horse battery lone".toCharArray();
        var operators = district.rooms().operators();
        operators.make(LONE, password, Set.of(Role.ADMINISTRATOR), "test", since);
        lone = new Lone(operators.signIn(LONE, password, since).orElseThrow(), since);
        remember();
    }

    private void remember() {
        var papers = district.rooms().book().papers();
        var controller = papers.text(papers.controller().orElseThrow());
        var vendor = papers.text(papers.vendor(FloorCases.VENDOR).orElseThrow());
        var agreement = papers.text(papers.agreement("an-agreement").orElseThrow());
        older.add(() -> put(papers().putController(FloorDistrict.bytes(controller), LONE)));
        older.add(() -> put(papers().putVendor(FloorDistrict.bytes(vendor), LONE)));
        older.add(() -> put(papers().putAgreement(FloorDistrict.bytes(agreement), LONE)));
    }

    private org.rosterkeep.rules.Papers papers() {
        return district.rooms().book().papers();
    }

    private void put(Checked<?> read) {
        answers.add(
                read instanceof Checked.Flawed<?>(var problems)
                        ? "refused at " + problems.getFirst().pointer()
                        : "taken");
    }

    private String told(Held held) {
        assertTrue(held.holds(), () -> held.floor() + " " + held.cause() + ": " + answers);
        var words = answers.isEmpty() ? "nothing to try" : String.join(", ", answers);
        answers = new TreeSet<>();
        return words;
    }

    private void attempt(Runnable doing) {
        try {
            doing.run();
            answers.add("done, and not enough");
        } catch (RulesFault fault) {
            answers.add(fault.code().name());
        } catch (RightsFault fault) {
            answers.add(fault.code().name());
        } catch (RuntimeException fault) {
            answers.add(fault.getClass().getSimpleName());
        }
    }

    /// One person, who has each role in turn and then all but one of them, signs everything there is to sign.
    String byRoles(Held held) {
        var all = new ArrayList<Set<Role>>();
        Arrays.stream(Role.values()).forEach(role -> all.add(Set.of(role)));
        all.add(java.util.EnumSet.complementOf(java.util.EnumSet.of(Role.DATA_PROTECTION_OFFICER)));
        for (var roles : all) {
            attempt(() -> district.rooms().operators().assign(LONE, roles, "test"));
            signEverything(held);
            assertTrue(held.holds(), () -> held.floor() + " by " + roles);
        }
        answers.remove("done, and not enough");
        return told(held);
    }

    private void signEverything(Held held) {
        var book = district.rooms().book();
        var giving = district.rooms().rights().giving();
        var now = district.clock.instant();
        attempt(() -> book.resume(held.client(), lone, now));
        attempt(() -> book.release(held.client(), lone, now));
        for (var kind : Restraint.Kind.values()) {
            attempt(() -> book.lift(FloorCases.VENDOR, kind, lone, now));
        }
        int entries = district.rooms()
                .rights()
                .dossier(org.rosterkeep.roster.Entity.USER, PUPIL)
                .entries()
                .size();
        for (int n = 1; n <= entries; n++) {
            int number = n;
            attempt(() -> giving.liftProtection(PUPIL, number, WHY, lone, now));
        }
        attempt(() -> {
            int asked = giving.askException(PUPIL, FloorCases.VENDOR, 1, WHY, lone, now)
                    .number();
            giving.signException(PUPIL, asked, lone, now);
        });
        attempt(() -> {
            book.draft(FloorDistrict.bytes(text(held)), LONE, now);
            int version = book.newest(held.client(), now).rule().version();
            book.submit(held.client(), version, lone, now);
            book.approve(held.client(), version, lone, now);
        });
        attempt(() -> {
            book.adequacy().draft(FloorDistrict.bytes(book.adequacy().file()), LONE);
            book.adequacy().submit(lone, now);
            book.adequacy().approve(lone, now);
        });
    }

    /// Every key of the settings file is known, and none is about a floor; the district's own switches are thrown.
    String bySettings(Held held) {
        for (var word : List.of(held.floor().toLowerCase(java.util.Locale.ROOT), "floors", "strict", "permissive")) {
            attempt(() -> Settings.parse("rosterkeep.conf", List.of(word + " = off")));
        }
        answers.remove("done, and not enough");
        attempt(() -> district.rooms().rights().giving().beLoose(district.act()));
        var papers = papers();
        var profile = Pull.json(papers.text(papers.controller().orElseThrow()));
        var loose = Json.createObjectBuilder(profile)
                .add("localised", JsonValue.FALSE)
                .build();
        attempt(() -> papers.putController(FloorDistrict.bytes(loose.toString()), LONE));
        assertTrue(held.holds(), held::floor);
        attempt(() -> papers.putController(FloorDistrict.bytes(profile.toString()), LONE));
        return told(held);
    }

    /// Each pack by itself, each with the district's own, and none.
    String byPacks(Held held) {
        var papers = papers();
        var profile = Pull.json(papers.text(papers.controller().orElseThrow()));
        var own = papers.controller().orElseThrow().packs();
        var all = new ArrayList<Set<String>>();
        all.add(Set.of());
        for (var pack : district.rooms().book().charter().packs()) {
            all.add(Set.of(pack));
            var more = new TreeSet<>(own);
            more.add(pack);
            all.add(more);
        }
        for (var packs : all) {
            var list = Json.createArrayBuilder(packs).build();
            var other = Json.createObjectBuilder(profile)
                    .remove("regimes")
                    .add("packs", list)
                    .build();
            attempt(() -> put(papers.putController(FloorDistrict.bytes(other.toString()), LONE)));
            assertTrue(held.holds(), () -> held.floor() + " under " + packs);
        }
        answers.remove("done, and not enough");
        attempt(() -> papers.putController(FloorDistrict.bytes(profile.toString()), LONE));
        answers.remove("done, and not enough");
        return told(held);
    }

    /// The papers as they were before, an older list of countries, an older version of the rule.
    String byOlder(Held held) {
        older.forEach(this::attempt);
        var book = district.rooms().book();
        var now = district.clock.instant();
        attempt(() -> {
            var list = Json.createObjectBuilder(Pull.json(book.adequacy().file()))
                    .add("version", book.adequacy().version() - 1)
                    .build();
            put(book.adequacy().draft(FloorDistrict.bytes(list.toString()), LONE));
        });
        attempt(() -> book.approve(held.client(), 1, lone, now));
        answers.remove("done, and not enough");
        return told(held);
    }

    /// A further version of the rule that names the field, treated in each way there is, and one that names the person;
    /// two people sign.
    String byRule(Held held) {
        for (var treatment : TREATMENTS) {
            attempt(() -> further(held, treated(held, treatment)));
            assertTrue(held.holds(), () -> held.floor() + " with " + treatment);
        }
        var file = text(held);
        attempt(() -> further(held, file));
        var scope = Json.createObjectBuilder(Pull.json(file).getJsonObject("scope"))
                .add("persons", FloorCases.list(FloorRoster.PUPIL))
                .build();
        undrafted(FloorDistrict.change(file, Map.of("scope", scope)));
        held.file().ifPresent(this::undrafted);
        answers.remove("done, and not enough");
        return told(held);
    }

    private boolean undrafted(String file) {
        var problems = district.problems(file);
        problems.stream().findFirst().ifPresent(one -> answers.add("no draft: " + one.pointer()));
        return !problems.isEmpty();
    }

    private void further(Held held, String file) {
        if (held.unruled()) {
            answers.add("a rule that two people sign is what it lacks");
        } else if (!undrafted(file)) {
            district.further(held.client(), file);
            answers.add("approved, and given nothing by it");
        }
    }

    /// The rule's file; made once, for that takes long.
    private String text(Held held) {
        return texts.computeIfAbsent(held.client(), _ -> district.file(held.rules(), held.keys()));
    }

    private String treated(Held held, Treatment treatment) {
        var file = Pull.json(text(held));
        var entity = held.asked().entity().one();
        var fields = file.getJsonObject("fields");
        var of = Json.createObjectBuilder(fields.getJsonObject(entity))
                .add(held.asked().wire(), word(treatment));
        var more = Json.createObjectBuilder(fields).add(entity, of).build();
        return FloorDistrict.change(file.toString(), Map.of("fields", more));
    }

    private static JsonValue word(Treatment treatment) {
        return switch (treatment) {
            case Treatment.AsIs() -> Json.createValue("as-is");
            case Treatment.Initial() -> Json.createValue("initial");
            case Treatment.Pseudonym() -> Json.createValue("pseudonym");
            case Treatment.Coarse() -> Json.createValue("coarse");
            case Treatment.Preferred() -> Json.createValue("preferred");
            case Treatment.Constant(String text) ->
                Json.createObjectBuilder().add("constant", text).build();
        };
    }

    static String legitimate(String floor) {
        return PACKS.getOrDefault(floor, "nothing of it");
    }

    /// What of a floor is a number or a word that packs carry, and so changes with them.
    private static final Map<String, String> PACKS = Map.of(
            "F03", "the clauses and statements an agreement needs",
            "F04", "the statements a vendor needs",
            "F06", "the bases of a law and what they need",
            "F07", "whose list of adequate countries counts",
            "F11", "whether children need a consent of their own",
            "F13", "further elements that never leave",
            "F15", "when an assessment is needed");
}
