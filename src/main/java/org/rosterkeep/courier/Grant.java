package org.rosterkeep.courier;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.rosterkeep.courier.wire.Code;
import org.rosterkeep.courier.wire.Members;
import org.rosterkeep.courier.wire.Order;
import org.rosterkeep.courier.wire.Papers;
import org.rosterkeep.courier.wire.Signature;
import org.rosterkeep.courier.wire.Target;
import org.rosterkeep.courier.wire.Way;
import org.rosterkeep.courier.wire.WireFault;

/// A text that two people signed, as the courier understands it by itself: from when until when, where to,
/// which fields.
/// There is no other way to one than [#of(Papers, Anchors, Instant)], which has looked at the signatures.
///
/// @param rule the name of what was signed
/// @param hash SHA-256 of the text, hex
/// @param given nothing, for a source
/// @param personsPerDay of how many people a day it may tell, when it says so
record Grant(
        String rule,
        String hash,
        Way way,
        Target target,
        Optional<Target> token,
        Given given,
        Optional<Long> personsPerDay) {
    private static final int TEXT_MAX = 1 << 19;
    /// Clocks of two machines are never quite the same.
    private static final Duration AHEAD = Duration.ofMinutes(5);
    private static final String DESTINATION = "destination";
    private static final String PROPOSE = "propose";
    private static final String APPROVE = "approve";
    /// Whoever has to be independent never approves, whatever the keep says.
    private static final String INDEPENDENT = "data-protection-officer";

    /// @param now by the courier's own clock
    /// @throws Refused when the papers permit nothing now
    static Grant of(Papers papers, Anchors anchors, Instant now) {
        String hash = hash(papers.text());
        signed(papers, anchors, hash, now);
        try {
            Members text = Members.read(papers.text().getBytes(StandardCharsets.UTF_8), TEXT_MAX);
            inForce(text, now);
            return read(text, hash);
        } catch (WireFault e) {
            throw new Refused(Code.GRANT_UNREADABLE, "The signed text is none that the courier understands.", e);
        }
    }

    private static Grant read(Members text, String hash) {
        String rule = text.text("id", Members.SHORT) + " version " + text.number("version", 1, Integer.MAX_VALUE);
        Optional<Members> source = text.optionalPart("source");
        Members place =
                source.isPresent() ? source.get() : text.part(DESTINATION).part("push");
        Way way = place.word("kind", Way::of);
        Optional<Target> token = place.optionalPart("token").map(Target::read);
        Target target = Target.read(place);
        if (way == Way.SMTP) {
            // Two people signed from whom and to whom; that it can be understood is seen before anything is done.
            Envelope.read(text.part("mail"));
        }
        if (way.fetches() != source.isPresent()) {
            throw new Refused(
                    Code.GRANT_TARGET, "A text about a source permits to fetch, one about a destination to send.");
        }
        Map<String, Set<String>> fields = new TreeMap<>();
        if (!way.fetches()) {
            Members given = text.part("fields");
            given.names()
                    .forEach(entity -> fields.put(entity, given.part(entity).names()));
        }
        return new Grant(rule, hash, way, target, token, Given.of(fields), ceiling(text));
    }

    private static Optional<Long> ceiling(Members text) {
        return text.optionalPart("ceiling").map(part -> part.number("personsPerDay", 1, Integer.MAX_VALUE));
    }

    private static void inForce(Members text, Instant now) {
        Instant from = instant(text.text("from", Members.SHORT));
        Instant until = instant(text.text("until", Members.SHORT));
        if (now.isBefore(from) || !now.isBefore(until)) {
            throw new Refused(Code.GRANT_NOT_IN_FORCE, "The signed text is not in force now.");
        }
    }

    private static Instant instant(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeException e) {
            throw new WireFault(WireFault.Code.FORM, e);
        }
    }

    /// Somebody asked for it, and somebody else, with another key, approved. Signatures that do not fit are as
    /// good as not
    /// there: the keep looks after the others, and one that is left over must not stop what two people signed.
    private static void signed(Papers papers, Anchors anchors, String hash, Instant now) {
        List<Anchors.Proven> asked = new ArrayList<>();
        List<Anchors.Proven> approved = new ArrayList<>();
        for (Signature one : papers.endorsements()) {
            if (one.at().isAfter(now.plus(AHEAD))) {
                continue;
            }
            anchors.proven(papers.district(), hash, one).ifPresent(who -> {
                if (one.act().equals(PROPOSE)) {
                    asked.add(who);
                } else if (one.act().equals(APPROVE) && !one.roles().contains(INDEPENDENT)) {
                    approved.add(who);
                }
            });
        }
        boolean two = asked.stream()
                .anyMatch(one -> approved.stream()
                        .anyMatch(other ->
                                !one.anchor().operator().equals(other.anchor().operator())
                                        && !one.key().equals(other.key())));
        if (!two) {
            throw Anchors.unsigned();
        }
    }

    /// Whether the order is what was signed, and no more.
    void cover(Order order) {
        if (order.kind() != way || !within(order.target()) || !order.token().equals(token)) {
            throw new Refused(Code.GRANT_TARGET, "The order goes elsewhere than the signed text says.");
        }
        if (!given.covers(Given.of(order.fields()))) {
            throw new Refused(Code.GRANT_FIELDS, "The order has fields that the signed text does not give.");
        }
    }

    /// The very place; for a service also what lies directly below its path, with a question: a page of a collection.
    private boolean within(Target there) {
        if (there.equals(target)) {
            return true;
        }
        String above = target.path() + "/";
        return way == Way.SIS_GET
                && there.path().startsWith(above)
                && there.path().substring(above.length()).matches("[A-Za-z]+(?:\\?[!-~]*)?")
                && there.equals(target.under(there.path()));
    }

    static String hash(String text) {
        return HexFormat.of().formatHex(sha256().digest(text.getBytes(StandardCharsets.UTF_8)));
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /// What the payload may have: no more than the order says, and the order no more than the text.
    Given within(Order order) {
        return Given.of(order.fields());
    }

    /// The places it names, for the list of addresses.
    List<Target> targets() {
        List<Target> all = new ArrayList<>(List.of(target));
        token.ifPresent(all::add);
        return all;
    }
}
