package org.rosterkeep.notices;

import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.rosterkeep.courier.wire.Members;
import org.rosterkeep.courier.wire.Papers;
import org.rosterkeep.courier.wire.Secret;
import org.rosterkeep.courier.wire.Signature;
import org.rosterkeep.courier.wire.WireFault;
import org.rosterkeep.roster.Journal;
import org.rosterkeep.roster.Shelf;
import org.rosterkeep.rules.Endorsement;
import org.rosterkeep.rules.Signer;
import org.rosterkeep.rules.Signers;
import org.rosterkeep.rules.Stops;

/// A district's ways out for notices. One person asks for a channel, another approves, and each signs the very text;
/// the courier looks at both signatures by itself. Anybody who may can end one, at once and alone.
public final class Channels {
    static final String KIND = "notice-channel";
    static final String SECRET = "notice-secret";

    private final String district;
    private final Shelf shelf;
    private final Journal journal;
    private final Signers signers;
    private final Stops stops = new Stops();
    private final Map<String, Channel> channels = new TreeMap<>();

    public Channels(String district, Shelf shelf, Journal journal, Signers signers) {
        this.district = district;
        this.shelf = shelf;
        this.journal = journal;
        this.signers = signers;
        shelf.all(KIND)
                .forEach((id, document) ->
                        read(document).filter(one -> one.id().equals(id)).ifPresent(one -> channels.put(id, one)));
    }

    public synchronized List<Channel> list() {
        return List.copyOf(channels.values());
    }

    synchronized Optional<Channel> open(String id, Instant now) {
        return Optional.ofNullable(channels.get(id)).filter(one -> one.open(now));
    }

    /// Those that may be used now.
    public synchronized List<Channel> open(Instant now) {
        return channels.values().stream().filter(one -> one.open(now)).toList();
    }

    /// The papers of those, by a name for their file.
    public Map<String, Papers> papers(Instant now) {
        Map<String, Papers> papers = new TreeMap<>();
        open(now).forEach(one -> papers.put("notice-" + one.id(), one.papers(district)));
        return papers;
    }

    /// Asks for a channel, in the place of one of the same name: a name has one text, and a new text begins without the
    /// signatures of others.
    public synchronized Channel put(byte[] file, Signer author, Instant now) {
        var fresh = Channel.of(file, 1, now);
        var before = Optional.ofNullable(channels.get(fresh.id()));
        if (before.isPresent()) {
            fresh = Channel.of(file, before.get().version() + 1, now);
        }
        return keep(
                "notice.channel-asked",
                author.operator(),
                fresh.with(signed(Endorsement.Act.PROPOSE, fresh.text(), author, now)));
    }

    public synchronized Channel approve(String id, Signer approver, Instant now) {
        var one = known(id);
        if (!one.state(now).equals("waits for approval")) {
            throw new NoticeFault(NoticeFault.Code.NOT_WAITING);
        }
        if (one.signer(Channel.PROPOSE).filter(approver.operator()::equals).isPresent()) {
            throw new NoticeFault(NoticeFault.Code.SAME_PERSON);
        }
        return keep(
                "notice.channel-approved",
                approver.operator(),
                one.with(signed(Endorsement.Act.APPROVE, one.text(), approver, now)));
    }

    /// Ends it, first in memory: that it cannot be written down is no reason to go on.
    public synchronized Channel stop(String id, String actor) {
        var ended = known(id).ended();
        channels.put(id, ended);
        stops.write(
                id,
                () -> {
                    shelf.put(KIND, id, document(ended));
                    shelf.remove(SECRET, id);
                },
                () -> journal.record("notice.channel-stopped", actor, Map.of("channel", id)));
        return ended;
    }

    /// Tries again to write down the stops that could not be.
    public boolean settle() {
        return stops.settle();
    }

    /// Keeps one part of what the other side wants to see.
    public synchronized void secret(String id, Secret.Part part, String text, String actor) {
        known(id);
        Map<Secret.Part, String> parts = new EnumMap<>(Secret.Part.class);
        parts.putAll(secret(id).parts());
        parts.put(part, text);
        journal.record("notice.secret", actor, Map.of("channel", id, "part", part.name()));
        var json = Json.createObjectBuilder();
        parts.forEach((one, value) -> json.add(one.name(), value));
        shelf.put(SECRET, id, json.build().toString().getBytes(StandardCharsets.UTF_8));
    }

    Secret secret(String id) {
        var document = shelf.get(SECRET, id);
        if (document.isEmpty()) {
            return Secret.NONE;
        }
        try (var reader = Json.createReader(new ByteArrayInputStream(document.get()))) {
            JsonObject json = reader.readObject();
            Map<Secret.Part, String> parts = new EnumMap<>(Secret.Part.class);
            json.keySet().forEach(part -> parts.put(Secret.Part.valueOf(part), json.getString(part)));
            return new Secret(parts);
        }
    }

    String district() {
        return district;
    }

    private Channel known(String id) {
        return Optional.ofNullable(channels.get(id)).orElseThrow(() -> new NoticeFault(NoticeFault.Code.UNKNOWN));
    }

    /// Recorded first, kept second, in force last.
    private Channel keep(String act, String actor, Channel one) {
        journal.record(
                act, actor, Map.of("channel", one.id(), "version", "" + one.version(), "hash", hash(one.text())));
        shelf.put(KIND, one.id(), document(one));
        channels.put(one.id(), one);
        return one;
    }

    private Signature signed(Endorsement.Act act, String text, Signer signer, Instant now) {
        if (!signer.may(act, now)) {
            throw new NoticeFault(NoticeFault.Code.ROLE_MISSING);
        }
        byte[] statement = Endorsement.statement(act, hash(text), signer.operator(), now, signer.capacities());
        return new Signature(
                signer.operator(),
                act == Endorsement.Act.PROPOSE ? Channel.PROPOSE : Channel.APPROVE,
                now,
                signer.capacities(),
                Base64.getEncoder().encodeToString(signer.sign(statement)));
    }

    private static byte[] document(Channel one) {
        var signatures = Json.createArrayBuilder();
        one.signatures().forEach(signature -> signatures.add(signature.json()));
        return Json.createObjectBuilder()
                .add("text", one.text())
                .add("signatures", signatures)
                .add("stopped", one.stopped())
                .build()
                .toString()
                .getBytes(StandardCharsets.UTF_8);
    }

    /// One whose signatures do not fit is none.
    private Optional<Channel> read(byte[] document) {
        try {
            Members members = Members.read(document, 1 << 16);
            var signatures =
                    members.parts("signatures").stream().map(Signature::read).toList();
            var one = Channel.read(members.lines("text", 1 << 15), signatures, members.flag("stopped"));
            boolean two = one.signer(Channel.PROPOSE).isPresent()
                    && !one.signer(Channel.PROPOSE).equals(one.signer(Channel.APPROVE));
            return two && signatures.stream().allMatch(signature -> genuine(signature, one.text()))
                    ? Optional.of(one)
                    : Optional.empty();
        } catch (WireFault | JsonException | DateTimeException e) {
            return Optional.empty();
        }
    }

    private boolean genuine(Signature one, String text) {
        try {
            var act = one.act().equals(Channel.PROPOSE) ? Endorsement.Act.PROPOSE : Endorsement.Act.APPROVE;
            byte[] statement = Endorsement.statement(act, hash(text), one.operator(), one.at(), one.roles());
            return signers.verifies(
                    one.operator(), statement, Base64.getDecoder().decode(one.signature()));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static String hash(String text) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
