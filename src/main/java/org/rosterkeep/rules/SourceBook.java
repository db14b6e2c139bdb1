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
import java.util.TreeMap;
import org.rosterkeep.roster.Journal;
import org.rosterkeep.roster.Shelf;

/// The district's sources. One person describes and signs, another one approves exactly this text; for a folder of this
/// machine one is enough, because nobody outside is asked. One person pauses or retires, at once.
///
/// What is believed of a source is only what the signatures under it prove.
public final class SourceBook {
    static final String KIND = "source";
    static final String STOP = "source-stop";

    private final Shelf shelf;
    private final Journal journal;
    private final Signing signing;
    private final Charter charter;
    private final SourceFile files;
    private final Map<String, NavigableMap<Integer, Kept>> kept = new TreeMap<>();
    private final Map<String, Stop> stopped = new TreeMap<>();

    private record Kept(Filed filed, RosterSource source) {}

    /// @param through the last version that was retired; 0 when none was
    private record Stop(boolean paused, int through) {
        static final Stop NONE = new Stop(false, 0);
    }

    /// How one version stands.
    ///
    /// @param state `in force`, `waits` for another person, `superseded`, `retired`, `over` or `to come`
    public record Listed(RosterSource source, String author, List<String> approvers, String state, boolean paused) {
        public Listed {
            approvers = List.copyOf(approvers);
        }
    }

    SourceBook(Shelf shelf, Journal journal, Signing signing, Charter charter) {
        this.shelf = shelf;
        this.journal = journal;
        this.signing = signing;
        this.charter = charter;
        files = new SourceFile(charter.documentBytesMax());
        shelf.all(KIND).forEach(this::take);
        shelf.all(STOP).forEach((id, document) -> stopped.put(id, stop(document)));
    }

    /// A document that was changed, or has a signature that does not fit, is no source.
    private void take(String id, byte[] document) {
        Filed.read(document)
                .filter(filed -> filed.id().equals(id) && filed.genuine(signing))
                .ifPresent(filed -> files.reread(filed.text())
                        .filter(one -> one.id().equals(filed.rule()) && one.version() == filed.version())
                        .ifPresent(one -> hold(new Kept(filed, one))));
    }

    private void hold(Kept one) {
        kept.computeIfAbsent(one.source().id(), _ -> new TreeMap<>())
                .put(one.source().version(), one);
    }

    /// Reads a file, and keeps it as the next version, signed by who brought it.
    public synchronized Checked<Listed> put(byte[] file, Signer author, Instant now) {
        return switch (files.read(file, this::next)) {
            case Checked.Flawed<SourceFile.Said>(List<Problem> problems) -> new Checked.Flawed<>(problems);
            case Checked.Sound<SourceFile.Said>(SourceFile.Said said) -> {
                Filed plain = new Filed(
                        said.source().id(), said.source().version(), author.operator(), said.text(), List.of());
                sign("source.put", new Kept(plain, said.source()), Endorsement.Act.PROPOSE, author, now);
                yield new Checked.Sound<>(newest(said.source().id(), now));
            }
        };
    }

    private int next(String id) {
        NavigableMap<Integer, Kept> mine = kept.get(id);
        int newest = mine == null ? 0 : mine.lastKey();
        return Math.max(newest, stopped.getOrDefault(id, Stop.NONE).through()) + 1;
    }

    /// Another person says yes to the newest version.
    public synchronized Listed approve(String id, Signer approver, Instant now) {
        Kept newest = newestKept(id);
        if (approved(newest)) {
            throw new RulesFault(RulesFault.Code.NOTHING_WAITS);
        }
        if (newest.filed().author().equals(approver.operator())) {
            throw new RulesFault(RulesFault.Code.SAME_PERSON);
        }
        if (approver.capacities().stream().anyMatch(charter.life().neverApproves()::contains)) {
            throw new RulesFault(RulesFault.Code.OPINION_ONLY);
        }
        sign("source.approved", newest, Endorsement.Act.APPROVE, approver, now);
        return newest(id, now);
    }

    private void sign(String kind, Kept one, Endorsement.Act act, Signer signer, Instant now) {
        String hash = Canonical.hash(one.filed().text());
        Filed signed = one.filed().with(signing.endorse(act, hash, signer, now));
        journal.record(
                kind,
                signer.operator(),
                Map.of(
                        "source", signed.rule(),
                        "version", Integer.toString(signed.version()),
                        "hash", hash,
                        "place", one.source().origin().text()));
        shelf.put(KIND, signed.id(), signed.document());
        hold(new Kept(signed, one.source()));
    }

    private boolean approved(Kept one) {
        return one.filed().submitted()
                && (!one.source().origin().outward()
                        || !one.filed()
                                .approvals(charter.life().neverApproves())
                                .isEmpty());
    }

    private Kept newestKept(String id) {
        return Optional.ofNullable(kept.get(id))
                .map(mine -> mine.lastEntry().getValue())
                .orElseThrow(() -> new RulesFault(RulesFault.Code.SOURCE_UNKNOWN));
    }

    /// The newest version of each source, whatever became of it.
    public synchronized List<Listed> list(Instant now) {
        List<Listed> all = new ArrayList<>();
        kept.keySet().forEach(id -> all.add(newest(id, now)));
        return all;
    }

    public synchronized Optional<Listed> find(String id, Instant now) {
        return kept.containsKey(id) ? Optional.of(newest(id, now)) : Optional.empty();
    }

    /// The version in force, or the newest when none is.
    private Listed newest(String id, Instant now) {
        Kept newest = newestKept(id);
        Stop stop = stopped.getOrDefault(id, Stop.NONE);
        String state;
        if (newest.source().version() <= stop.through()) {
            state = "retired";
        } else if (!approved(newest)) {
            state = "waits";
        } else if (newest.source().covers(now)) {
            state = "in force";
        } else {
            state = now.isBefore(newest.source().from()) ? "to come" : "over";
        }
        return new Listed(
                newest.source(),
                newest.filed().author(),
                newest.filed().approvals(charter.life().neverApproves()).stream()
                        .map(Endorsement::operator)
                        .toList(),
                state,
                stop.paused());
    }

    /// The sources that may be asked now: in force, and not paused.
    public synchronized List<SignedSource> active(Instant now) {
        return kept.keySet().stream()
                .filter(id -> !stopped.getOrDefault(id, Stop.NONE).paused())
                .flatMap(id -> inForce(id, now).stream())
                .toList();
    }

    /// Whether exactly this version may be asked now.
    public synchronized boolean stands(RosterSource one, Instant now) {
        return !stopped.getOrDefault(one.id(), Stop.NONE).paused()
                && inForce(one.id(), now)
                        .filter(signed -> signed.source().equals(one))
                        .isPresent();
    }

    /// The newest version that enough people signed, if its time has come and is not over.
    private Optional<SignedSource> inForce(String id, Instant now) {
        int through = stopped.getOrDefault(id, Stop.NONE).through();
        return kept.getOrDefault(id, new TreeMap<>()).descendingMap().values().stream()
                .filter(one -> one.source().version() > through && approved(one))
                .filter(one -> !now.isBefore(one.source().from()))
                .findFirst()
                .filter(one -> one.source().covers(now))
                .map(one -> new SignedSource(
                        one.source(), one.filed().text(), one.filed().endorsements()));
    }

    /// Nobody asks it any more until somebody says so.
    public synchronized void pause(String id, String actor) {
        halt(id, new Stop(true, stopped.getOrDefault(id, Stop.NONE).through()), "source.paused", actor);
    }

    public synchronized void resume(String id, String actor) {
        if (!stopped.getOrDefault(id, Stop.NONE).paused()) {
            throw new RulesFault(RulesFault.Code.SOURCE_NOT_PAUSED);
        }
        Stop next = new Stop(false, stopped.getOrDefault(id, Stop.NONE).through());
        journal.record("source.resumed", actor, Map.of("source", id));
        shelf.put(STOP, id, document(next));
        stopped.put(id, next);
    }

    /// No version there is so far is in force any more; a new one takes signatures anew.
    public synchronized void retire(String id, String actor) {
        int newest = newestKept(id).source().version();
        halt(id, new Stop(stopped.getOrDefault(id, Stop.NONE).paused(), newest), "source.retired", actor);
    }

    /// In force first, written second: a full disk does not keep anything going.
    private void halt(String id, Stop next, String kind, String actor) {
        newestKept(id);
        stopped.put(id, next);
        shelf.put(STOP, id, document(next));
        journal.record(kind, actor, Map.of("source", id));
    }

    private static byte[] document(Stop stop) {
        return Json.createObjectBuilder()
                .add("paused", stop.paused())
                .add("through", stop.through())
                .build()
                .toString()
                .getBytes(StandardCharsets.UTF_8);
    }

    /// A stop that cannot be read any more stops for good.
    private static Stop stop(byte[] document) {
        try (var reader = Json.createReader(new ByteArrayInputStream(document))) {
            JsonObject json = reader.readObject();
            return new Stop(json.getBoolean("paused"), json.getInt("through"));
        } catch (JsonException | NullPointerException | ClassCastException e) {
            return new Stop(true, Integer.MAX_VALUE - 1);
        }
    }
}
