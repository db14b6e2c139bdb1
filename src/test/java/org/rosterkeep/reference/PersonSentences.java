package org.rosterkeep.reference;

import static org.rosterkeep.reference.Case.with;
import static org.rosterkeep.reference.Sentences.LAW;
import static org.rosterkeep.reference.Sentences.american;
import static org.rosterkeep.reference.Sentences.base;
import static org.rosterkeep.reference.Sentences.says;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.rosterkeep.reference.Model.*;
import org.rosterkeep.reference.Sentences.Sentence;

/// The sentences about single persons, sections 2.1 and 5.
final class PersonSentences {

    private static final Instant NOW = Sentences.NOW;
    private static final Instant AFTER = NOW.plusSeconds(1);

    private PersonSentences() {}

    static Stream<Sentence> persons() {
        var base = base("name.given");
        var consent = base.rule("bases", Map.of("EU", Kind.CONSENT));
        var given = new Consent("client", NOW, Optional.of(AFTER), Optional.empty());
        var directory = american("name.given", Kind.DIRECTORY_INFORMATION);
        var address = american("contact.address", Kind.DIRECTORY_INFORMATION);
        var guarded = new Guarded(Optional.of(new Exemption(NOW.minus(Duration.ofDays(6)), AFTER, true, true)));
        var place = base("contact.address");
        var revealing = new Org(Optional.of("district"), Optional.of("special.disability"));
        return Stream.of(
                says(
                        "opt-out, directory basis",
                        Cause.F09,
                        directory.person("optedOut", true),
                        american("name.given", Kind.SCHOOL_OFFICIAL).person("optedOut", true)),
                says(
                        "strict opt-out but for essential vendors",
                        Cause.F10,
                        base.person("optedOut", true).controller("strictOptOut", true),
                        base.person("optedOut", true)
                                .controller("strictOptOut", true)
                                .vendor("essential", true)),
                says(
                        "unstable housing takes the address",
                        Cause.F06,
                        address.person("unstableHousing", true),
                        directory.person("unstableHousing", true)),
                says("restricted", Cause.F10, base.person("restricted", true), base),
                says(
                        "objection pending",
                        Cause.F10,
                        objects(base, "vendor", State.PENDING),
                        objects(base, "vendor", State.PENDING).controller("pendingBlocks", false)),
                says(
                        "objection upheld, this vendor",
                        Cause.F10,
                        objects(base, "vendor", State.UPHELD),
                        objects(base, "another", State.UPHELD)),
                says("no consent", Cause.F11, consent, consent.person("consents", List.of(given))),
                says(
                        "consent expired",
                        Cause.F11,
                        consent.person("consents", List.of(with(given, "expires", Optional.of(NOW)))),
                        consent.person("consents", List.of(given))),
                says(
                        "withdrawn",
                        Cause.F11,
                        consent.person("consents", List.of(with(given, "withdrawn", Optional.of(NOW)))),
                        consent.person("consents", List.of(with(given, "withdrawn", Optional.of(AFTER))))),
                says("erased", Cause.F12, base.person("erased", true), base),
                says(
                        "field suppressed",
                        Cause.F12,
                        base.person("erasedElements", Set.of("name.given")),
                        base.person("erasedElements", Set.of("name.family"))),
                says(
                        "phone of a young child",
                        Cause.F14,
                        base("contact.phone_13plus").person("age13plus", false),
                        base("contact.phone_13plus")),
                says(
                        "phone for another purpose",
                        Cause.F14,
                        base("contact.phone_other").rule("purpose", "meals"),
                        base("contact.phone_other")),
                says(
                        "protected",
                        Cause.F16,
                        place.person("guarded", Optional.of(new Guarded(Optional.empty()))),
                        base.person("guarded", Optional.of(new Guarded(Optional.empty())))),
                says(
                        "exemption over",
                        Cause.F16,
                        place.person("guarded", Optional.of(guarded)).question("now", AFTER),
                        place.person("guarded", Optional.of(guarded))),
                says(
                        "school reveals",
                        Cause.F17,
                        base.map("orgs", "north", revealing),
                        base.map("orgs", "north", revealing)
                                .rule("granted", Set.of("name.given", "special.disability"))),
                says(
                        "under contest",
                        Cause.F18,
                        base.person("contested", Set.of("name.given")),
                        base.person("contested", Set.of("name.given")).rule("carriesStatement", true)),
                says(
                        "grace ended",
                        Cause.F19,
                        base.person("left", Optional.of(NOW.minus(LAW.grace()))),
                        base.person("left", Optional.of(AFTER.minus(LAW.grace())))),
                says(
                        "not in scope",
                        Cause.OUT_OF_SCOPE,
                        base.rule("scope", new Scope(Set.of("district"), false, Set.of("student"), Set.of())),
                        base));
    }

    private static Case objects(Case base, String vendor, State state) {
        return base.person("objections", List.of(new Objection(Optional.of(vendor), state)));
    }
}
