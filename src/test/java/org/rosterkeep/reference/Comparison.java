package org.rosterkeep.reference;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.rosterkeep.reference.Model.Cause;

/// Asks the reference and the appliance the same questions: of each world one, and where the question looks at no
/// field, one more for everything the rule gives and for something it may not give. Of three worlds two are random, and
/// in one a single cause refuses, each in its turn.
final class Comparison {
    private static final List<String> MORE = List.of("contact.email", "demo.sex");
    private static final int DIRECTED = 3;
    /// Causes that follow from the dossiers. Where the answer does, all of them are named, and no other.
    private static final Set<Cause> PERSONAL =
            EnumSet.of(Cause.F09, Cause.F10, Cause.F11, Cause.F12, Cause.F16, Cause.F17, Cause.F18, Cause.F19);
    private final Engine engine;
    private final Expected expected = new Expected(new Reference());
    private final Worlds worlds;
    private final Edges edges;
    private final Directed directed;
    private final long seed;
    private final Predicate<Set<Cause>> causing;
    private final Predicate<Case> telling;
    private int turn;

    /// @param breaking what is broken on purpose
    /// @param seed the same seed asks the same questions
    /// @param telling worlds in which what is broken can show; the others are counted and not furnished
    /// @param causing the same by what refuses the first question of a world
    Comparison(Furnished.Breaking breaking, long seed, Predicate<Case> telling, Predicate<Set<Cause>> causing) {
        this.seed = seed;
        this.telling = telling;
        this.causing = causing;
        engine = new Engine(breaking);
        worlds = new Worlds(seed);
        edges = new Edges(new Random(seed));
        directed = new Directed(seed, expected, engine::available);
    }

    /// A question the two answer differently.
    record Difference(Case made, Set<Cause> causes, Verdict verdict, String what) {
        String words() {
            var rule = made.rule();
            var world = made.world();
            return String.join(
                    "\n  ",
                    what,
                    "reference: " + (causes.isEmpty() ? "given" : "refused because of " + causes),
                    "appliance: " + verdict.words(),
                    "asked:     " + made.question(),
                    "person:    " + made.person(),
                    "rule:      " + (world.rules().isEmpty() ? "none" : rule),
                    "vendor:    " + world.vendors().get(rule.vendor()),
                    "agreement: " + world.agreements().get(rule.vendor()),
                    "district:  " + world.controller(),
                    "places:    " + world.orgs(),
                    "adequate:  " + world.law().adequacy());
        }
    }

    /// What came of some questions.
    record Run(long seed, int worlds, int cases, int given, Map<Cause, Integer> alone, List<Difference> differences) {
        String figures() {
            return "seed %d: %d questions in %d worlds, %d given, %d differ; refused for one cause alone: %s"
                    .formatted(seed, cases, worlds, given, differences.size(), alone);
        }

        /// The difference with the fewest causes in it, in words.
        Optional<String> smallest() {
            return differences.stream()
                    .min(Comparator.comparingInt(d -> d.causes().size()))
                    .map(d -> figures() + "\n" + kinds() + "\n" + d.words());
        }

        /// Every kind of difference, and how often.
        private Map<String, Integer> kinds() {
            var kinds = new TreeMap<String, Integer>();
            differences.forEach(d -> kinds.merge(
                    d.what() + ": " + d.causes() + " against " + d.verdict().words(), 1, Integer::sum));
            return kinds;
        }
    }

    /// @param cases so many questions, and as many more as their last world has
    /// @param enough so many differences end the run
    Run run(int cases, int enough) {
        var differences = new ArrayList<Difference>();
        var alone = new EnumMap<Cause, Integer>(Cause.class);
        int given = 0;
        int asked = 0;
        int furnished = 0;
        while (asked < cases && differences.size() < enough) {
            var world = next();
            var whole = expected.whole(world);
            if (!telling.test(world) || !causing.test(expected.causes(world, whole))) {
                asked += questions(world).size();
                continue;
            }
            var house = engine.furnish(world);
            furnished++;
            unsaved(world, house, whole).ifPresent(differences::add);
            for (var made : questions(world)) {
                var causes = expected.causes(made, whole);
                var verdict = house.ask(made);
                asked++;
                given += verdict.given() ? 1 : 0;
                if (causes.size() == 1) {
                    alone.merge(causes.iterator().next(), 1, Integer::sum);
                }
                difference(made, causes, verdict)
                        .ifPresent(what -> differences.add(reduced(made, causes, verdict, what)));
            }
        }
        return new Run(seed, furnished, asked, given, alone, differences);
    }

    private Case next() {
        return turn++ % DIRECTED == 0 ? directed.next() : Expressible.of(edges.next(worlds), engine::available);
    }

    private static List<Case> questions(Case world) {
        if (!world.question().selectors().isEmpty()) {
            return List.of(world);
        }
        var elements = new ArrayList<>(Expressible.given(world));
        elements.remove(world.question().element());
        elements.addFirst(world.question().element());
        MORE.stream().filter(one -> !elements.contains(one)).forEach(elements::add);
        return elements.stream().map(one -> world.question("element", one)).toList();
    }

    private static Optional<String> difference(Case made, Set<Cause> causes, Verdict verdict) {
        if (causes.isEmpty() != verdict.given()) {
            return Optional.of(verdict.given() ? "given, and should not be" : "not given, and should be");
        }
        if (verdict.given()) {
            return Optional.empty();
        }
        // Each cause that is named must be one; so where there is one only, it is that one.
        if (verdict.causes().isEmpty() || !causes.containsAll(verdict.causes())) {
            return Optional.of("refused for another cause");
        }
        if (verdict.by() == Verdict.By.DOOR && !Steps.first(causes, verdict.causes())) {
            return Optional.of("refused for a cause of a later step");
        }
        var given = !causes.contains(Cause.NOT_GRANTED) && !made.world().rules().isEmpty();
        return verdict.by() == Verdict.By.DOSSIERS && given && !personal(causes).equals(personal(verdict.causes()))
                ? Optional.of("not every cause that the dossiers have was named")
                : Optional.empty();
    }

    private static Set<Cause> personal(Set<Cause> causes) {
        var personal = EnumSet.copyOf(PERSONAL);
        personal.retainAll(causes);
        return personal;
    }

    /// "Cannot be saved" is said of the file: in the world as it is, nobody can draft it.
    private Optional<Difference> unsaved(Case world, Engine.House house, Set<Cause> whole) {
        var causes = EnumSet.copyOf(Expected.UNSAVED);
        var all = EnumSet.noneOf(Cause.class);
        all.addAll(expected.causes(world, whole));
        // What the asked element lacks stands against the rule only where the rule gives it.
        all.removeIf(cause -> cause != Cause.F05 && !whole.contains(cause));
        causes.retainAll(all);
        return !world.world().rules().isEmpty() && !causes.isEmpty() && house.savable()
                ? Optional.of(new Difference(
                        world,
                        causes,
                        new Verdict(true, Set.of(), Verdict.By.NOBODY, "drafted"),
                        "a rule that cannot be saved was"))
                : Optional.empty();
    }

    /// The same difference in a world with fewer causes.
    private Difference reduced(Case made, Set<Cause> causes, Verdict verdict, String what) {
        for (var cause : causes) {
            var less = Expressible.of(made.without(cause), engine::available);
            var left = expected.causes(less, expected.whole(less));
            var answer = engine.furnish(less).ask(less);
            var still = difference(less, left, answer);
            if (left.size() < causes.size() && still.equals(Optional.of(what))) {
                return reduced(less, left, answer, what);
            }
        }
        return new Difference(made, causes, verdict, what);
    }
}
