package org.rosterkeep.reference;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.rosterkeep.disclosure.Collection;
import org.rosterkeep.disclosure.DoorSettings;
import org.rosterkeep.disclosure.Filter;
import org.rosterkeep.disclosure.Gate;
import org.rosterkeep.disclosure.Inquiry;
import org.rosterkeep.disclosure.Outcome;
import org.rosterkeep.reference.Model.Cause;
import org.rosterkeep.reference.Model.Kind;
import org.rosterkeep.reference.Model.RegimeType;
import org.rosterkeep.reference.Verdict.By;
import org.rosterkeep.roster.Entity;
import org.rosterkeep.rules.Charter;
import org.rosterkeep.rules.Checked;
import org.rosterkeep.rules.Decider;
import org.rosterkeep.rules.Problem;
import org.rosterkeep.rules.Reason;

/// The appliance's answer to a question of the reference: a district is furnished, and the vendor's client asks at the
/// door for the one record.
final class Engine {
    private static final Pattern CODE = Pattern.compile("\\((F\\d\\d)\\)");
    private final Furnished.Ground ground;
    private final Map<String, String> outward;

    Engine(Furnished.Breaking breaking) {
        var law = Worlds.law(Duration.ofDays(30));
        var list = breaking.law().apply(law);
        var charter = new Charter(name -> name.equals("adequacy.json")
                ? new ByteArrayInputStream(Files.bytes(Files.adequacy(list, 0)))
                : shipped(name));
        var street = new Street();
        ground = new Furnished.Ground(street, charter, new Files(charter), Desk.of(list), breaking);
        outward = street.outward("vendor");
    }

    private static InputStream shipped(String name) {
        return Charter.class.getResourceAsStream(name);
    }

    /// Whether a rule can rest on a basis of this kind.
    boolean available(Kind kind) {
        var packs = kind.type() == RegimeType.GDPR ? List.of("EU", "UK", "CH") : List.of("US-FERPA");
        return packs.stream()
                .allMatch(pack -> ground.charter()
                        .regime(pack)
                        .map(regime -> regime.bases().get(Files.word(kind)))
                        .filter(basis -> basis.unavailable().isEmpty())
                        .isPresent());
    }

    /// A district as the world says, with its door open.
    House furnish(Case made) {
        var district = new Furnished(ground, made);
        return new House(district, gate(district));
    }

    /// A furnished district, to be asked for one element after the other.
    final class House {
        private final Furnished district;
        private final Gate gate;

        private House(Furnished district, Gate gate) {
            this.district = district;
            this.gate = gate;
        }

        /// Whether the rule would be kept as a draft in the world as it is.
        boolean savable() {
            return district.book.check(ground.files().rule(district.made), district.now) instanceof Checked.Sound<?>;
        }

        /// @param made the world of this house, with the question
        Verdict ask(Case made) {
            if (district.rule.isEmpty() && !made.world().rules().isEmpty()) {
                return new Verdict(false, drafting(district.problems), By.DESK, "no draft: " + district.problems);
            }
            return switch (gate.ask(inquiry(made, district.pupil))) {
                case Outcome.Refused(var reason) ->
                    new Verdict(false, Set.of(cause(reason, made)), By.DOOR, "the whole question refused: " + reason);
                case Outcome.Mistaken(var mistake) ->
                    mistake == Outcome.Mistake.UNKNOWN_OBJECT
                            ? away(district, made)
                            : new Verdict(false, Set.of(Cause.F22), By.DOOR, "the question mistaken: " + mistake);
                case Outcome.Granted granted ->
                    told(district, made, Doorway.text(granted).orElseThrow());
            };
        }
    }

    /// The clock is the ledger's: what it will not vouch for is not written, and the door can say no more. Of a kind of
    /// record the rule does not give at all, the book says that there is no rule.
    private static Cause cause(Reason reason, Case made) {
        return switch (reason) {
            case LEDGER_UNAVAILABLE -> made.question().ledgerWritable() ? Cause.F24 : Cause.F20;
            case ENTITY_NOT_GIVEN -> Cause.NOT_GRANTED;
            // Without the extra approval a rule with a special element never becomes active.
            case RULE_NOT_ACTIVE -> signedByTooFew(made) ? Cause.F15 : Cause.F02;
            default -> Cause.valueOf(reason.floor());
        };
    }

    private static boolean signedByTooFew(Case made) {
        var life = made.rule().life();
        return life.approved() && !life.suspended() && !life.revoked() && Furnished.signers(made) == 1;
    }

    private Gate gate(Furnished district) {
        var world = ground.street().world();
        var breaking = ground.breaking();
        var slow = breaking.slow();
        Decider decider = (ask, now) -> district.book.decide(ask, now.minus(slow));
        var floors = breaking.floors().apply(district.rights.floors());
        var rooms = new Gate.Rooms(
                decider,
                Doorway.editions(ground.street(), district.shelf, floors),
                world,
                world,
                world,
                district.account,
                breaking.ceiling().apply(district.ceilings));
        return new Gate(rooms, Clock.fixed(district.now, ZoneOffset.UTC), DoorSettings.standard());
    }

    /// One record, by its id; or, where the question looks at fields, in one of three ways.
    private Inquiry inquiry(Case made, String pupil) {
        var collection =
                Expressible.ofDemographics(made.question().element()) ? Collection.DEMOGRAPHICS : Collection.USERS;
        var id = outward.get(pupil);
        var looks = new ArrayList<String>();
        made.question().selectors().stream().sorted().forEach(element -> looks.add(name(element)));
        if (looks.isEmpty()) {
            return Doorway.inquiry(collection, Optional.of(id), Optional.empty(), List.of(), Optional.empty());
        }
        var this_ = new Filter.Clause("sourcedId", Filter.Op.EQ, id);
        // To select what the rule does not give would be to look at it.
        var given = made.rule().granted().contains(made.question().element());
        int way = Math.floorMod(made.question().now().hashCode() + looks.hashCode(), 3);
        return switch (given ? way : Math.max(1, way)) {
            case 0 -> {
                looks.add(name(made.question().element()));
                yield Doorway.inquiry(collection, Optional.of(id), Optional.empty(), looks, Optional.empty());
            }
            case 1 -> {
                var parts = new ArrayList<Filter>(List.of(this_));
                looks.forEach(name -> parts.add(clause(name)));
                yield Doorway.inquiry(
                        collection, Optional.empty(), Optional.of(new Filter.And(parts)), List.of(), Optional.empty());
            }
            default -> {
                // One can sort by one field only: the others are filtered by.
                var parts = new ArrayList<Filter>(List.of(this_));
                looks.subList(1, looks.size()).forEach(name -> parts.add(clause(name)));
                yield Doorway.inquiry(
                        collection,
                        Optional.empty(),
                        Optional.of(new Filter.And(parts)),
                        List.of(),
                        Optional.of(looks.getFirst()));
            }
        };
    }

    /// Something that holds of every pupil here, in a value of the field's own shape.
    private static Filter.Clause clause(String name) {
        return switch (name) {
            case "asian", "enabledUser" -> new Filter.Clause(name, Filter.Op.EQ, "true");
            case "birthDate" -> new Filter.Clause(name, Filter.Op.GT, "1999-12-31");
            default -> new Filter.Clause(name, Filter.Op.NE, "nothing like it");
        };
    }

    /// A field that carries the element, or the record's own id.
    private static String name(String element) {
        return element.equals("demo.race")
                ? "asian"
                : Files.carrying(Set.of(element)).stream()
                        .map(org.rosterkeep.roster.Field::wire)
                        .findFirst()
                        .orElse("sourcedId");
    }

    private Verdict told(Furnished district, Case made, String text) {
        var element = made.question().element();
        var traces = Street.traces(element, district.pupil, outward.get(district.pupil));
        if (!text.contains(outward.get(district.pupil)) || text.contains("tobedeleted")) {
            return away(district, made);
        }
        if (traces.stream().anyMatch(text::contains)) {
            return new Verdict(true, Set.of(), By.NOBODY, "given");
        }
        var causes = standing(district, made);
        if (causes.isEmpty()) {
            var granted = made.rule().granted().contains(element);
            var known = Optional.ofNullable(made.world().catalogue().get(element));
            var phone = known.filter(Model.Element::phone).isPresent();
            causes.add(granted && phone ? Cause.F14 : Cause.NOT_GRANTED);
        }
        return new Verdict(false, causes, By.DOSSIERS, "the record without the value: " + causes);
    }

    private Verdict away(Furnished district, Case made) {
        var causes = standing(district, made);
        if (causes.isEmpty()) {
            causes.add(Cause.OUT_OF_SCOPE);
        }
        return new Verdict(false, causes, By.DOSSIERS, "no such record for this client: " + causes);
    }

    /// What the dossiers say against the person, their places or the field.
    private Set<Cause> standing(Furnished district, Case made) {
        var causes = EnumSet.noneOf(Cause.class);
        var world = ground.street().world();
        var user = ground.street().ordinal(district.pupil);
        var element = made.question().element();
        district.rule.ifPresent(rule -> district.rights
                .floors()
                .causes(rule.rule(), world.relations(), district.now)
                .forEach(cause -> {
                    var withheld = cause.withheld();
                    var hit = withheld.users().contains(user)
                            || List.of("district", "north").stream()
                                    .anyMatch(org -> withheld.orgs().contains(world.ordinal(Entity.ORG, org)))
                            || Files.carrying(Expressible.standing(element)).stream()
                                    .anyMatch(field -> Optional.ofNullable(
                                                    withheld.fields().get(field))
                                            .filter(of -> of.contains(user))
                                            .isPresent());
                    if (hit) {
                        causes.add(Cause.valueOf(cause.floor()));
                    }
                }));
        return causes;
    }

    private static Set<Cause> drafting(List<Problem> problems) {
        var causes = EnumSet.noneOf(Cause.class);
        problems.forEach(problem -> causes.add(cause(problem)));
        return causes;
    }

    /// The code a problem names; of those that name none, what its place is about.
    private static Cause cause(Problem problem) {
        var code = CODE.matcher(problem.what());
        if (code.find()) {
            return Cause.valueOf(code.group(1));
        }
        var place = problem.pointer();
        if (place.startsWith("/vendor")) {
            return Cause.F04;
        }
        if (place.equals("/evidence/threat") || place.startsWith("/purpose")) {
            return Cause.F05;
        }
        if (place.startsWith("/evidence") || place.startsWith("/basis")) {
            return Cause.F06;
        }
        if (place.startsWith("/destination")) {
            return Cause.F07;
        }
        if (place.startsWith("/until")) {
            return problem.what().contains("too long") ? Cause.F05 : Cause.F02;
        }
        return problem.what().contains("element_schedule") ? Cause.F03 : Cause.NOT_GRANTED;
    }
}
