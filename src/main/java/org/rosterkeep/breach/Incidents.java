package org.rosterkeep.breach;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.rosterkeep.roster.Journal;
import org.rosterkeep.roster.Shelf;
import org.rosterkeep.rules.Pack;

/// The district's incidents. Each step is an entry of the ledger, which tells that it was taken and by whom, and never
/// what was said: a summary is free text.
///
/// Promise: an incident that is closed leaves no duty open, and what was told late says why.
public final class Incidents {
    private static final String KIND = "incident";
    private static final int TEXT_MIN = 3;
    private static final int TEXT_MAX = 2000;
    /// Clocks of two machines differ; what lies further ahead has not happened.
    private static final Duration AHEAD = Duration.ofMinutes(5);

    private final Shelf shelf;
    private final Journal journal;
    private final Map<String, Incident> incidents = new TreeMap<>();
    private final Set<String> damaged = new TreeSet<>();

    public Incidents(Shelf shelf, Journal journal) {
        this.shelf = shelf;
        this.journal = journal;
        shelf.all(KIND).forEach(this::take);
    }

    /// One that cannot be read keeps nobody from the others.
    private void take(String id, byte[] document) {
        try {
            incidents.put(id, IncidentForm.read(document));
        } catch (BreachFault unreadable) {
            damaged.add(id);
        }
    }

    /// The law an incident is judged by.
    ///
    /// @param active the district's packs
    public record Law(Collection<Pack> active, Term term) {
        public Law {
            active = List.copyOf(active);
        }
    }

    /// All there are, the newest last.
    public synchronized List<Incident> all() {
        return List.copyOf(incidents.values());
    }

    /// Those that were stored and cannot be read.
    public synchronized Set<String> damaged() {
        return Set.copyOf(damaged);
    }

    /// @throws BreachFault `UNKNOWN`, `DAMAGED`
    public synchronized Incident of(String id) {
        Incident incident = incidents.get(id);
        if (incident == null) {
            throw new BreachFault(damaged.contains(id) ? BreachFault.Code.DAMAGED : BreachFault.Code.UNKNOWN);
        }
        return incident;
    }

    /// @throws BreachFault `TEXT`, `FUTURE`
    public synchronized Incident open(Step.Opened opened, String actor, Instant now) {
        texts(opened).forEach(Incidents::sound);
        opened.occurred().ifPresent(at -> past(at, now));
        String year = now.atZone(ZoneOffset.UTC).getYear() + "-";
        long before = Stream.concat(incidents.keySet().stream(), damaged.stream())
                .filter(id -> id.startsWith(year))
                .count();
        String id = year + String.format("%03d", before + 1);
        return keep(new Incident(id, List.of(new Incident.Said(now, actor, opened))), "opened", actor);
    }

    /// Says one more thing.
    ///
    /// @throws BreachFault `UNKNOWN`, `CLOSED`, `TEXT`, `FUTURE`, `DUTY_UNKNOWN`, `DUTY_OPEN`, `LATE`, `EVIDENCE`
    public synchronized Incident say(String id, Step step, Law law, String actor, Instant now) {
        Incident incident = of(id);
        if (incident.closed()) {
            throw new BreachFault(BreachFault.Code.CLOSED);
        }
        texts(step).forEach(Incidents::sound);
        check(incident, step, law, now);
        List<Incident.Said> said = new ArrayList<>(incident.said());
        said.add(new Incident.Said(now, actor, step));
        return keep(new Incident(id, said), word(step), actor);
    }

    private static void check(Incident incident, Step step, Law law, Instant now) {
        List<Duty> duties = incident.duties(law.active(), law.term(), now);
        switch (step) {
            case Step.Opened again -> throw new IllegalArgumentException("an incident is opened once");
            case Step.Reached reached -> past(reached.at(), now);
            case Step.Told told -> {
                past(told.at(), now);
                if (!told.evidence().matches("[0-9a-f]{64}")) {
                    throw new BreachFault(BreachFault.Code.EVIDENCE);
                }
                Duty duty = duty(duties, told.duty());
                boolean late = duty.due()
                        .filter(due -> !told.at().isBefore(due.legal()))
                        .filter(due ->
                                duty.delayed().filter(told.at()::isBefore).isEmpty())
                        .isPresent();
                if (late && told.late().isEmpty()) {
                    throw new BreachFault(BreachFault.Code.LATE);
                }
            }
            case Step.Decided decided -> duty(duties, decided.duty());
            case Step.Delayed delayed -> duty(duties, delayed.duty());
            case Step.Closed closed -> {
                if (duties.stream().anyMatch(duty -> duty.state().open())) {
                    throw new BreachFault(BreachFault.Code.DUTY_OPEN);
                }
            }
            case Step.Counted counted -> {
                if (counted.people() < 0) {
                    throw new BreachFault(BreachFault.Code.TEXT);
                }
            }
            case Step.Weighed weighed -> {}
            case Step.Noted noted -> {}
        }
    }

    private static Duty duty(List<Duty> duties, String name) {
        return duties.stream()
                .filter(duty -> duty.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new BreachFault(BreachFault.Code.DUTY_UNKNOWN));
    }

    private static void past(Instant at, Instant now) {
        if (at.isAfter(now.plus(AHEAD))) {
            throw new BreachFault(BreachFault.Code.FUTURE);
        }
    }

    private static Stream<String> texts(Step step) {
        return switch (step) {
            case Step.Opened opened -> Stream.of(opened.summary());
            case Step.Reached reached -> Stream.of(reached.why());
            case Step.Counted counted -> Stream.of(counted.how());
            case Step.Weighed weighed -> Stream.of(weighed.reasons());
            case Step.Decided decided -> Stream.of(decided.reasons());
            case Step.Told told -> Stream.concat(Stream.of(told.how()), told.late().stream());
            case Step.Delayed delayed -> Stream.of(delayed.authority(), delayed.reason());
            case Step.Noted noted -> Stream.of(noted.what());
            case Step.Closed closed -> Stream.of(closed.lessons());
        };
    }

    private static void sound(String text) {
        if (text.strip().length() < TEXT_MIN
                || text.length() > TEXT_MAX
                || text.codePoints().anyMatch(Character::isISOControl)) {
            throw new BreachFault(BreachFault.Code.TEXT);
        }
    }

    private static String word(Step step) {
        return switch (step) {
            case Step.Opened opened -> "opened";
            case Step.Reached reached -> "reached";
            case Step.Counted counted -> "counted";
            case Step.Weighed weighed -> "weighed";
            case Step.Decided decided -> "decided";
            case Step.Told told -> "told";
            case Step.Delayed delayed -> "delayed";
            case Step.Noted noted -> "noted";
            case Step.Closed closed -> "closed";
        };
    }

    private Incident keep(Incident incident, String step, String actor) {
        shelf.put(KIND, incident.id(), IncidentForm.document(incident));
        incidents.put(incident.id(), incident);
        journal.record("incident." + step, actor, facts(incident));
        return incident;
    }

    /// What the ledger tells: which incident, and of which duty or milestone a step was.
    private static Map<String, String> facts(Incident incident) {
        Map<String, String> facts = new TreeMap<>(Map.of("incident", incident.id()));
        switch (incident.said().getLast().step()) {
            case Step.Reached reached -> {
                facts.put("milestone", reached.milestone().word());
                facts.put("at", reached.at().toString());
            }
            case Step.Told told -> facts.putAll(Map.of("duty", told.duty(), "evidence", told.evidence()));
            case Step.Decided decided ->
                facts.putAll(Map.of("duty", decided.duty(), "tell", Boolean.toString(decided.tell())));
            case Step.Delayed delayed -> facts.put("duty", delayed.duty());
            case Step.Counted counted -> facts.put("people", Integer.toString(counted.people()));
            case Step.Weighed weighed -> facts.put("risk", weighed.risk().name());
            case Step.Opened opened -> facts.put("kind", opened.kind().name());
            case Step.Noted noted -> {}
            case Step.Closed closed -> {}
        }
        return facts;
    }
}
