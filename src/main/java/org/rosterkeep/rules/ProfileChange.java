package org.rosterkeep.rules;

import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.rosterkeep.roster.Journal;
import org.rosterkeep.roster.Shelf;

/// How the district's profile changes. What only tightens takes one person; what loosens waits until another person has
/// said yes to exactly the same text.
public final class ProfileChange {
    private static final String KIND = "controller-proposed";
    private static final String THIS = "this";

    private final Shelf shelf;
    private final Journal journal;
    private final Papers papers;

    ProfileChange(Shelf shelf, Journal journal, Papers papers) {
        this.shelf = shelf;
        this.journal = journal;
        this.papers = papers;
    }

    /// A profile that waits for another person.
    ///
    /// @param by who proposed it
    public record Waiting(String by, Controller profile) {}

    /// The profile with one pack more.
    public Controller with(String pack) {
        Controller now = current();
        Set<String> regimes = new TreeSet<>(now.regimes());
        Set<String> overlays = new TreeSet<>(now.overlays());
        boolean regime = papers.bench().charter().regimes().contains(pack);
        (regime ? regimes : overlays).add(pack);
        return now.under(regimes, overlays);
    }

    /// The profile with one pack less; empty when none with a lawful basis would be left.
    public Optional<Controller> without(String pack) {
        Controller now = current();
        Set<String> regimes = new TreeSet<>(now.regimes());
        Set<String> overlays = new TreeSet<>(now.overlays());
        regimes.remove(pack);
        overlays.remove(pack);
        return regimes.isEmpty() ? Optional.empty() : Optional.of(now.under(regimes, overlays));
    }

    /// The elements an import keeps besides the ordinary ones, and why.
    public Map<String, String> keeps() {
        return papers.controller().map(Controller::keeps).orElse(Map.of());
    }

    /// The profile of a district that also keeps this element.
    public Controller keeping(String element, String why) {
        Map<String, String> keeps = new TreeMap<>(current().keeps());
        keeps.put(element, why);
        return current().keeping(keeps);
    }

    /// The profile of a district that does not keep this element any more.
    public Controller notKeeping(String element) {
        Map<String, String> keeps = new TreeMap<>(current().keeps());
        keeps.remove(element);
        return current().keeping(keeps);
    }

    private Controller current() {
        return papers.controller().orElseThrow(() -> new RulesFault(RulesFault.Code.PROFILE_MISSING));
    }

    /// Whether anything may be given by the next profile that may not be given by the present one. Whatever is not
    /// plainly tighter counts as looser.
    public boolean loosens(Controller next) {
        return papers.controller().filter(now -> !tighter(now, next)).isPresent();
    }

    private static boolean tighter(Controller now, Controller next) {
        return next.packs().containsAll(now.packs())
                && (next.localised() || !now.localised())
                && next.kind() == now.kind()
                && next.country().equals(now.country())
                && now.keeps().keySet().containsAll(next.keeps().keySet())
                && (next.directory().isEmpty() || next.directory().equals(now.directory()));
    }

    /// Puts a profile in force that only tightens, or the first there is.
    public synchronized Controller make(Controller next, String actor) {
        if (loosens(next)) {
            throw new RulesFault(RulesFault.Code.SAME_PERSON);
        }
        return put(next, actor);
    }

    /// Keeps a profile until another person agrees. Somebody who proposes anew takes the place of the one before.
    public synchronized void propose(Controller next, String actor) {
        String text = papers.text(next);
        journal.record("controller.proposed", actor, Map.of("hash", Canonical.hash(text)));
        shelf.put(
                KIND,
                THIS,
                Json.createObjectBuilder()
                        .add("by", actor)
                        .add("profile", text)
                        .build()
                        .toString()
                        .getBytes(StandardCharsets.UTF_8));
    }

    /// What waits; a damaged document is nobody's proposal.
    public synchronized Optional<Waiting> waiting() {
        return shelf.get(KIND, THIS).flatMap(document -> {
            try (var reader = Json.createReader(new ByteArrayInputStream(document))) {
                JsonObject json = reader.readObject();
                byte[] profile = json.getString("profile").getBytes(StandardCharsets.UTF_8);
                return papers.read(profile) instanceof Checked.Sound<Controller>(Controller one)
                        ? Optional.of(new Waiting(json.getString("by"), one))
                        : Optional.empty();
            } catch (JsonException | NullPointerException | ClassCastException e) {
                return Optional.empty();
            }
        });
    }

    /// Says yes to what waits, if it is this text and somebody else's.
    public synchronized Controller approve(Controller next, String actor) {
        Waiting waiting = waiting()
                .filter(one -> papers.text(one.profile()).equals(papers.text(next)))
                .orElseThrow(() -> new RulesFault(RulesFault.Code.NOTHING_WAITS));
        if (waiting.by().equals(actor)) {
            throw new RulesFault(RulesFault.Code.SAME_PERSON);
        }
        return put(next, actor);
    }

    private Controller put(Controller next, String actor) {
        byte[] text = papers.text(next).getBytes(StandardCharsets.UTF_8);
        return switch (papers.putController(text, actor)) {
            case Checked.Sound<Controller>(Controller one) -> {
                shelf.remove(KIND, THIS);
                yield one;
            }
            case Checked.Flawed<Controller> flawed -> throw new RulesFault(RulesFault.Code.DOCUMENT_DAMAGED);
        };
    }
}
