package org.rosterkeep.rules;

import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.rosterkeep.roster.Journal;
import org.rosterkeep.roster.Shelf;

/// The district's list of adequate countries: versions that one person proposes and others sign, and a switch that one
/// person throws (privacy.md section 2.5). Until there is a signed version, the list that comes with the program
/// counts.
///
/// Versions only go forward. One that cannot be read, or whose signatures do not fit, leaves no country adequate until
/// a newer one is signed: nobody knows what it took away.
public final class AdequacyBook {
    static final String KIND = "adequacy";
    static final String STOP = "adequacy-stop";

    private final Shelf shelf;
    private final Journal journal;
    private final Signing signing;
    private final Charter charter;
    private final AdequacyFile files;
    private final Runnable changed;
    private final Stops stops = new Stops();
    private final NavigableMap<Integer, Filed> versions = new TreeMap<>();
    private final NavigableMap<Integer, String> damaged = new TreeMap<>();
    private final Map<String, Integer> disabled = new TreeMap<>();
    private volatile Adequacy list;

    /// @param number 0 for the list that comes with the program
    /// @param state `draft`, `submitted`, `in force`, `superseded`
    public record Listed(int number, String state, String author, Set<String> approvers) {}

    /// @param changed called when [#list()] is another
    AdequacyBook(Shelf shelf, Journal journal, Charter charter, Signing signing, Runnable changed) {
        this.shelf = shelf;
        this.journal = journal;
        this.charter = charter;
        this.signing = signing;
        this.files = new AdequacyFile(charter);
        this.changed = changed;
        shelf.all(KIND).forEach(this::take);
        shelf.all(STOP).forEach((entry, document) -> disabled.put(entry, through(document)));
        list = asItStands();
    }

    private void take(String id, byte[] document) {
        int number = number(id);
        Filed.read(document)
                .filter(filed -> filed.id().equals(id) && filed.version() == number)
                .filter(filed -> filed.genuine(signing))
                .filter(filed -> files.reread(filed.text())
                        .filter(said -> said.version() == number)
                        .isPresent())
                .ifPresentOrElse(filed -> versions.put(number, filed), () -> damaged.put(number, id));
    }

    /// A document under a name nobody gives counts as newer than all.
    private static int number(String id) {
        String digits = id.substring(id.indexOf('@') + 1);
        return digits.matches("\\d{1,9}") ? Integer.parseInt(digits) : Integer.MAX_VALUE - 1;
    }

    /// What counts now.
    Adequacy list() {
        return list;
    }

    /// The list that counts now, what is switched off left in and marked as off.
    public Adequacy current() {
        return list;
    }

    /// The number of the list in force; 0 for the one that comes with the program.
    public synchronized int version() {
        return versions.descendingMap().values().stream()
                .filter(this::approved)
                .findFirst()
                .map(Filed::version)
                .orElse(0);
    }

    public synchronized List<Listed> versions() {
        int now = version();
        List<Listed> all = new ArrayList<>();
        all.add(new Listed(0, now == 0 ? "in force" : "superseded", "", Set.of()));
        versions.values()
                .forEach(one -> all.add(new Listed(
                        one.version(),
                        state(one, now),
                        one.author(),
                        approvals(one).stream().map(Endorsement::operator).collect(Collectors.toSet()))));
        return all;
    }

    private String state(Filed one, int now) {
        if (one.version() == now) {
            return "in force";
        }
        if (one.version() < now) {
            return "superseded";
        }
        return one.submitted() ? "submitted" : "draft";
    }

    /// Entries somebody has switched off since the list in force was drafted.
    public synchronized Set<String> disabled() {
        return new TreeSet<>(disabled.keySet().stream().filter(this::off).toList());
    }

    /// Documents on the shelf that say nothing understandable any more.
    public synchronized List<String> damaged() {
        return List.copyOf(damaged.values());
    }

    /// The file of the list in force, to be edited and handed in again. What is switched off is off in it.
    public synchronized String file() {
        return AdequacyFile.without(disabled(), text());
    }

    private String text() {
        int now = version();
        return now == 0 ? AdequacyFile.shipped(charter) : filed(now).text();
    }

    /// Reads a file and keeps it as a draft of the next version; it takes nothing and gives nothing. A file
    /// that was made
    /// from an older version than the one in force is refused: a list never goes back.
    public synchronized Checked<Listed> draft(byte[] file, String author) {
        Checked<AdequacyFile.Said> read = files.read(file);
        switch (read) {
            case Checked.Flawed<AdequacyFile.Said>(List<Problem> problems) -> {
                return new Checked.Flawed<>(problems);
            }
            case Checked.Sound<AdequacyFile.Said>(AdequacyFile.Said said) -> {
                int now = version();
                if (said.version() != now) {
                    return new Checked.Flawed<>(List.of(new Problem(
                            "/version",
                            "it was made from version " + said.version() + ", and version " + now + " is in force",
                            "edit what `rosterkeep adequacy show --file` prints; an older list does not come back")));
                }
                int number = toDraft();
                String text = said.text(number, Canonical.hash(text()));
                keep("adequacy.drafted", author, new Filed(KIND, number, author, text, List.of()));
                return new Checked.Sound<>(versions().getLast());
            }
        }
    }

    private int toDraft() {
        boolean replace = !versions.isEmpty()
                && newestNumber() == versions.lastKey()
                && !disabled.containsValue(versions.lastKey())
                && !versions.lastEntry().getValue().submitted();
        return replace ? versions.lastKey() : newestNumber() + 1;
    }

    private int newestNumber() {
        return Math.max(versions.isEmpty() ? 0 : versions.lastKey(), damaged.isEmpty() ? 0 : damaged.lastKey());
    }

    /// The author asks for approval and signs.
    public synchronized Listed submit(Signer author, Instant now) {
        Filed filed = newest();
        if (filed.submitted()) {
            throw new RulesFault(RulesFault.Code.NOT_A_DRAFT);
        }
        if (!filed.author().equals(author.operator())) {
            throw new RulesFault(RulesFault.Code.NOT_THE_AUTHOR);
        }
        sign("adequacy.submitted", filed, Endorsement.Act.PROPOSE, author, now);
        return versions().getLast();
    }

    /// Somebody else signs; with enough signatures the list is in force.
    public synchronized Listed approve(Signer approver, Instant now) {
        Filed filed = newest();
        if (!filed.submitted() || approved(filed)) {
            throw new RulesFault(RulesFault.Code.NOT_SUBMITTED);
        }
        if (approver.capacities().stream().anyMatch(charter.life().neverApproves()::contains)) {
            throw new RulesFault(RulesFault.Code.OPINION_ONLY);
        }
        if (filed.author().equals(approver.operator()) || filed.signed(Endorsement.Act.APPROVE, approver.operator())) {
            throw new RulesFault(RulesFault.Code.SAME_PERSON);
        }
        if (!files.reread(filed.text()).orElseThrow().replaces().equals(Canonical.hash(text()))) {
            throw new RulesFault(RulesFault.Code.NO_LONGER_ALLOWED);
        }
        sign("adequacy.approved", filed, Endorsement.Act.APPROVE, approver, now);
        return versions().getLast();
    }

    /// Switches one entry off, at once. Only a newer version of the list, drafted after this, switches it on again.
    ///
    /// @param entry exporter and country, `EEA:US`
    public synchronized Stopped disable(String entry, String actor) {
        if (list.entries().stream().noneMatch(one -> one.id().equals(entry))) {
            throw new RulesFault(RulesFault.Code.ENTRY_UNKNOWN);
        }
        disabled.put(entry, newestNumber());
        become();
        return stops.write(
                entry,
                () -> shelf.put(STOP, entry, stop(disabled.get(entry))),
                () -> journal.record("adequacy.disabled", actor, Map.of("entry", entry)));
    }

    synchronized boolean settle() {
        return stops.settle();
    }

    private Filed newest() {
        if (versions.isEmpty()) {
            throw new RulesFault(RulesFault.Code.LIST_UNKNOWN);
        }
        return versions.lastEntry().getValue();
    }

    private boolean approved(Filed filed) {
        return filed.submitted() && approvals(filed).size() >= charter.life().adequacyApprovers();
    }

    private List<Endorsement> approvals(Filed filed) {
        return filed.approvals(charter.life().neverApproves());
    }

    private Filed filed(int number) {
        return Optional.ofNullable(versions.get(number))
                .orElseThrow(() -> new RulesFault(RulesFault.Code.LIST_UNKNOWN));
    }

    private boolean off(String entry) {
        return disabled.getOrDefault(entry, -1) >= version();
    }

    private Adequacy asItStands() {
        int now = version();
        if (!damaged.isEmpty() && damaged.lastKey() > now) {
            return Adequacy.empty();
        }
        Adequacy said = now == 0
                ? charter.adequacy()
                : files.reread(filed(now).text()).orElseThrow().list();
        Set<String> off = disabled();
        return off.isEmpty() ? said : said.without(off);
    }

    private void become() {
        list = asItStands();
        changed.run();
    }

    private void sign(String kind, Filed filed, Endorsement.Act act, Signer signer, Instant now) {
        Endorsement signature = signing.endorse(act, Canonical.hash(filed.text()), signer, now);
        keep(kind, signer.operator(), filed.with(signature));
    }

    /// Recorded first, kept second, in force last.
    private void keep(String kind, String actor, Filed filed) {
        journal.record(
                kind,
                actor,
                Map.of("version", Integer.toString(filed.version()), "hash", Canonical.hash(filed.text())));
        shelf.put(KIND, filed.id(), filed.document());
        versions.put(filed.version(), filed);
        become();
    }

    private static byte[] stop(int through) {
        return Json.createObjectBuilder()
                .add("through", through)
                .build()
                .toString()
                .getBytes(StandardCharsets.UTF_8);
    }

    /// A stop that cannot be read any more stops for good.
    private static int through(byte[] document) {
        try (var reader = Json.createReader(new ByteArrayInputStream(document))) {
            JsonObject json = reader.readObject();
            return json.getInt("through");
        } catch (JsonException | NullPointerException | ClassCastException e) {
            return Integer.MAX_VALUE;
        }
    }
}
