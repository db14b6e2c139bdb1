package org.rosterkeep.notices;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.rosterkeep.courier.wire.Members;
import org.rosterkeep.courier.wire.Papers;
import org.rosterkeep.courier.wire.Signature;
import org.rosterkeep.courier.wire.Target;
import org.rosterkeep.courier.wire.Way;
import org.rosterkeep.courier.wire.WireFault;

/// A way out for notices, as two people sign it. Its text has the members the courier looks for in every text that
/// permits something; it gives no field of anybody.
///
/// @param text what is signed
/// @param stopped somebody ended it; it does not come back
public record Channel(
        String id,
        int version,
        Way way,
        Target target,
        Instant until,
        String text,
        List<Signature> signatures,
        boolean stopped) {
    private static final int TEXT_MAX = 1 << 14;
    static final String PROPOSE = "propose";
    static final String APPROVE = "approve";

    public Channel {
        signatures = List.copyOf(signatures);
    }

    /// Makes one of the file somebody wrote: `id`, `kind` (`smtp` or `webhook`), `until`, `host`, `port`,
    /// `country`, and
    /// perhaps `path`, `internal`, `pin`, `user`; for mail `sender`, `recipients`, `tls` (`starttls` or
    /// `implicit`).
    static Channel of(byte[] file, int version, Instant now) {
        try {
            Members said = Members.read(file, TEXT_MAX);
            String id = said.text("id", Members.SHORT);
            Way way = said.word("kind", word -> Way.of(word).filter(Channel::tells));
            Target target = new Target(
                    said.text("host", Members.SHORT),
                    (int) said.number("port", 1, 65_535),
                    said.optionalText("path", Members.SHORT).orElse("/"),
                    said.text("country", 2),
                    said.value("internal").isPresent() && said.flag("internal"),
                    said.optionalText("pin", Members.SHORT),
                    said.optionalText("user", Members.SHORT),
                    Optional.empty());
            Instant until = Instant.parse(said.text("until", Members.SHORT));
            if (!id.matches("[a-z0-9][a-z0-9-]{0,39}") || !until.isAfter(now)) {
                throw new NoticeFault(NoticeFault.Code.FILE_WRONG);
            }
            var text = Json.createObjectBuilder()
                    .add("id", id)
                    .add("version", version)
                    .add("from", now.toString())
                    .add("until", until.toString())
                    .add(
                            "destination",
                            Json.createObjectBuilder()
                                    .add("country", target.country())
                                    .add(
                                            "push",
                                            Json.createObjectBuilder(target.json())
                                                    .add("kind", way.word())))
                    .add("fields", Json.createObjectBuilder());
            if (way == Way.SMTP) {
                JsonArrayBuilder to = Json.createArrayBuilder(new TreeSet<>(said.texts("recipients")));
                text.add(
                        "mail",
                        Json.createObjectBuilder()
                                .add("sender", said.text("sender", Members.SHORT))
                                .add("recipients", to)
                                .add("tls", said.text("tls", Members.SHORT)));
            }
            said.close();
            return read(text.build().toString(), List.of(), false);
        } catch (WireFault | DateTimeException e) {
            throw new NoticeFault(NoticeFault.Code.FILE_WRONG);
        }
    }

    private static boolean tells(Way way) {
        return way == Way.SMTP || way == Way.WEBHOOK;
    }

    /// The same, out of the text.
    static Channel read(String text, List<Signature> signatures, boolean stopped) {
        Members said = Members.read(text.getBytes(StandardCharsets.UTF_8), TEXT_MAX);
        Members push = said.part("destination").part("push");
        Way way = push.word("kind", Way::of);
        return new Channel(
                said.text("id", Members.SHORT),
                (int) said.number("version", 1, Integer.MAX_VALUE),
                way,
                Target.read(push),
                Instant.parse(said.text("until", Members.SHORT)),
                text,
                signatures,
                stopped);
    }

    Channel with(Signature one) {
        var more = new java.util.ArrayList<>(signatures);
        more.add(one);
        return new Channel(id, version, way, target, until, text, more, stopped);
    }

    Channel ended() {
        return new Channel(id, version, way, target, until, text, signatures, true);
    }

    Optional<String> signer(String act) {
        return signatures.stream()
                .filter(one -> one.act().equals(act))
                .map(Signature::operator)
                .findFirst();
    }

    /// Whether it may be used: asked for by one, approved by another, not stopped, not over.
    public boolean open(Instant now) {
        return !stopped && signer(APPROVE).isPresent() && now.isBefore(until);
    }

    /// For a list: `waits for approval`.
    public String state(Instant now) {
        if (stopped) {
            return "stopped";
        }
        if (!now.isBefore(until)) {
            return "over";
        }
        return open(now) ? "in force" : "waits for approval";
    }

    Papers papers(String district) {
        return new Papers(district, text, signatures, java.util.Map.of());
    }
}
