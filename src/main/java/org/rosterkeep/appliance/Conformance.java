package org.rosterkeep.appliance;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.rosterkeep.ledger.LedgerRecord;
import org.rosterkeep.roster.Entity;
import org.rosterkeep.roster.Field;
import org.rosterkeep.rules.Rule;
import org.rosterkeep.rules.Treatment;
import org.rosterkeep.rules.Vendor;
import org.rosterkeep.vendors.Route;

/// What a rehearsal has shown of a vendor's client: what it fetched, what failed and what to do instead, what
/// it asks for
/// and does not get. Counts and words of the standard; no person, not even a made-up one.
///
/// @param needs what the vendor says it needs
/// @param answered answers in the twin's ledger, refusals not counted
record Conformance(RehearsalScript script, Rule rule, Set<Field> needs, CallSheet sheet, long answered, long refused) {
    /// Fewer calls than this for each token, and tokens are thrown away.
    private static final int CALLS_PER_TOKEN_MIN = 3;

    private static final Map<String, Route> ROUTES =
            Route.all().stream().collect(Collectors.toMap(Route::pattern, route -> route));

    Conformance {
        needs = Set.copyOf(needs);
    }

    static Conformance of(Rehearsal rehearsal) {
        var script = rehearsal.playing();
        var book = rehearsal.of().rooms().book();
        var needs = book.papers().vendor(script.vendor()).map(Vendor::needs).orElse(Set.of());
        var counts = new long[2];
        rehearsal.twin().rooms().ledger().pages().all(record -> {
            if (record instanceof LedgerRecord.Disclosed disclosed) {
                counts[disclosed.entry().reason().isEmpty() ? 0 : 1]++;
            }
        });
        return new Conformance(script, book.read(script.text()), needs, rehearsal.sheet(), counts[0], counts[1]);
    }

    /// How grave a finding is.
    enum Level {
        WRONG,
        LOOK,
        FINE;

        String word() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    /// @param code a word that does not change, for scripts
    /// @param todo what to do about it; empty when there is nothing to do
    record Finding(Level level, String code, String sentence, String todo) {}

    /// What was fetched of one kind of record.
    ///
    /// @param whole runs through all pages that came to their end
    /// @param deltas runs that asked for what changed since
    record Fetched(long runs, long whole, long pages, long deltas, long gone) {}

    List<Finding> findings() {
        var findings = new ArrayList<Finding>();
        tokens(findings);
        collections(findings);
        days(findings);
        fields(findings);
        failures(findings);
        findings.sort(Comparator.comparing(Finding::level));
        return findings;
    }

    private long calls(java.util.function.Predicate<CallSheet.Call> which) {
        return sheet.calls().entrySet().stream()
                .filter(one -> which.test(one.getKey()))
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    private static boolean roster(CallSheet.Call call) {
        return ROUTES.containsKey(call.place());
    }

    private void tokens(List<Finding> findings) {
        long issued = calls(call -> call.place().equals("token") && !call.failed());
        long roster = calls(call -> roster(call) && !call.failed());
        if (roster == 0) {
            findings.add(new Finding(
                    Level.WRONG,
                    "nothing-fetched",
                    issued == 0 ? "The client has not even fetched a token." : "The client has fetched no record.",
                    "Point it at the rehearsal's base URL and let it run."));
        } else if (issued > 1 && roster < issued * CALLS_PER_TOKEN_MIN) {
            findings.add(new Finding(
                    Level.LOOK,
                    "tokens-not-reused",
                    "It fetched " + issued + " tokens for " + roster + " calls.",
                    "Use one token until it expires; expires_in says when."));
        } else {
            findings.add(new Finding(
                    Level.FINE, "tokens-reused", "It fetched " + issued + " tokens for " + roster + " calls.", ""));
        }
    }

    Map<Entity, Fetched> fetched() {
        var fetched = new EnumMap<Entity, Fetched>(Entity.class);
        sheet.pulls().forEach((pull, how) -> {
            var entity = entity(pull.route());
            var one = new Fetched(how.runs(), how.whole(), how.pages(), pull.delta() ? how.runs() : 0, how.gone());
            entity.ifPresent(of -> fetched.merge(of, one, Conformance::plus));
        });
        return fetched;
    }

    private static Fetched plus(Fetched a, Fetched b) {
        return new Fetched(
                a.runs() + b.runs(),
                a.whole() + b.whole(),
                a.pages() + b.pages(),
                a.deltas() + b.deltas(),
                a.gone() + b.gone());
    }

    private void collections(List<Finding> findings) {
        var fetched = fetched();
        for (var entity : new TreeSet<>(rule.entities())) {
            if (!fetched.containsKey(entity) && !asked(entity)) {
                findings.add(new Finding(
                        Level.LOOK,
                        "never-fetched",
                        "It never fetched " + entity.many() + ", which the rule gives.",
                        "If it does not need them, the rule should not give them."));
            }
        }
        sheet.pulls().entrySet().stream()
                .filter(one -> one.getValue().whole() == 0)
                .map(one -> one.getKey().route() + " (" + one.getKey().wire() + ")")
                .sorted()
                .forEach(place -> findings.add(new Finding(
                        Level.WRONG,
                        "paging-incomplete",
                        "It never came to the last page of " + place + ".",
                        "Follow the Link header with rel=next until there is none.")));
        if (sheet.pulls().values().stream().anyMatch(one -> one.whole() > 0 && one.pages() > one.runs())) {
            findings.add(new Finding(Level.FINE, "paging-complete", "It pages to the end.", ""));
        }
    }

    /// Fetched one by one, or through something else.
    boolean asked(Entity entity) {
        return calls(call -> !call.failed() && entity(call.place()).equals(Optional.of(entity))) > 0;
    }

    /// Of what a place is a collection; empty when it is none.
    private static Optional<Entity> entity(String place) {
        return Optional.ofNullable(ROUTES.get(place))
                .map(route -> route.collection().entity());
    }

    private void days(List<Finding> findings) {
        if (script.day() < 2) {
            findings.add(new Finding(
                    Level.LOOK,
                    "second-day-missing",
                    "The made-up district is still on its first day, so changes and departures were not tried.",
                    "Go on to the next day: rosterkeep rehearsal day " + rule.id()));
            return;
        }
        var fetched = fetched().values();
        if (fetched.stream().noneMatch(one -> one.deltas() > 0)) {
            findings.add(new Finding(
                    Level.LOOK,
                    "no-delta",
                    "It never asked for what has changed since its last visit.",
                    "Ask with filter=dateLastModified>='...', with the newest dateLastModified seen before."));
        } else {
            findings.add(new Finding(Level.FINE, "delta", "It asks for what has changed since its last visit.", ""));
        }
        if (fetched.stream().noneMatch(one -> one.gone() > 0)) {
            findings.add(new Finding(
                    Level.WRONG,
                    "no-tombstones",
                    "It saw nobody leave, although some did: it fetched no record with the status tobedeleted.",
                    "Fetch again after the next day, and delete what is tobedeleted."));
        } else {
            findings.add(new Finding(
                    Level.FINE, "tombstones", "It fetched the records of those who left; it has to delete them.", ""));
        }
    }

    private void fields(List<Finding> findings) {
        refusedFields()
                .forEach((asked, times) -> findings.add(new Finding(
                        Level.WRONG,
                        "field-refused",
                        "It names " + asked.field() + " in " + asked.how() + "=, which the rule does not give (F22); "
                                + times + (times == 1 ? " request" : " requests") + " refused.",
                        "Leave it away, or ask the district for it.")));
        missing()
                .forEach(field -> findings.add(new Finding(
                        Level.WRONG,
                        "needed-not-given",
                        "The vendor says it needs " + field.path() + ", and the rule does not give it.",
                        "Find out whether it works without; else the rule has to change.")));
        treated()
                .forEach((field, treatment) -> findings.add(new Finding(
                        Level.LOOK,
                        "needed-treated",
                        "The vendor says it needs " + field.path() + ", and gets it "
                                + (treatment instanceof Treatment.Initial ? "cut: " : "changed: ")
                                + RuleWords.done(treatment) + ".",
                        "Find out whether it works with that.")));
    }

    /// Of the names in refused questions, those that are not given.
    Map<CallSheet.Asked, Long> refusedFields() {
        var given = rule.grants().keySet().stream().map(Field::path).collect(Collectors.toSet());
        var refusals = new TreeMap<CallSheet.Asked, Long>(
                Comparator.comparing(CallSheet.Asked::field).thenComparing(CallSheet.Asked::how));
        sheet.refused().forEach((asked, times) -> {
            if (!given.contains(asked.field())) {
                refusals.put(asked, times);
            }
        });
        return refusals;
    }

    Set<Field> missing() {
        var missing = new TreeSet<>(needs);
        missing.removeAll(rule.grants().keySet());
        return missing;
    }

    Map<Field, Treatment> treated() {
        var treated = new TreeMap<Field, Treatment>();
        rule.grants().forEach((field, treatment) -> {
            if (needs.contains(field) && !(treatment instanceof Treatment.AsIs)) {
                treated.put(field, treatment);
            }
        });
        return treated;
    }

    private void failures(List<Finding> findings) {
        var failed = new TreeMap<String, Long>();
        sheet.calls().forEach((call, times) -> {
            if (call.failed()) {
                failed.merge(call.trouble(), times, Long::sum);
            }
        });
        failed.forEach((trouble, times) -> {
            var instead = Instead.of(trouble);
            findings.add(new Finding(
                    Level.LOOK,
                    "calls-failed",
                    times + (times == 1 ? " call" : " calls") + " failed: " + instead.meaning(),
                    instead.todo()));
        });
    }

    Level verdict() {
        return findings().getFirst().level();
    }
}
