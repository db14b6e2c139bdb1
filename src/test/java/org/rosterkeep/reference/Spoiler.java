package org.rosterkeep.reference;

import static org.rosterkeep.reference.Case.with;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.rosterkeep.reference.Model.*;

/// Spoils one thing of a case, so that a cause refuses it; where the cause is a matter of time, often by a second, or
/// not quite.
record Spoiler(Random random) {

    Case spoil(Case old, Cause cause) {
        var now = old.question().now();
        var element = old.question().element();
        return switch (cause) {
            case F01 ->
                old.world().rules().isEmpty()
                        ? old
                        : new Case(old.unmap("rules", "client").world(), old.question(), old.rule());
            case F02 -> old.rule("life", life(old.rule().life(), now));
            case F03 -> agreement(old, now);
            case F04 -> vendor(old, now);
            case F05 -> purpose(old);
            case F06 -> basis(old);
            case F07 -> destination(old, now);
            case F09 -> (chance(2) ? old : directory(old)).person("optedOut", true);
            case F10 ->
                chance(3)
                        ? old.person("restricted", true)
                        : old.person(
                                "objections",
                                List.of(new Objection(
                                        pick(Optional.empty(), Optional.of("vendor"), Optional.of("another")),
                                        pick(State.values()))));
            case F11 -> old.rule("bases", consent(old)).person("consents", consents(now));
            case F12 -> chance(2) ? old.person("erased", true) : old.person("erasedElements", Set.of(element, "x"));
            case F13 -> ask(old, pick("id.ssn", "id.password", "image.av", "tech.usage"));
            case F14 ->
                chance(2)
                        ? old.person("age13plus", false)
                        : ask(old, pick("contact.phone_other", "contact.phone_13plus", "guardian.phone"));
            case F15 ->
                ask(old, pick("special.health", "demo.race"))
                        .rule("special", new Special(chance(2), chance(2), chance(2)));
            case F16 ->
                (chance(2) ? old : ask(old, pick("contact.address", "transport.bus", "sched.class", "image.photo")))
                        .person("guarded", Optional.of(new Guarded(exemption(now))));
            case F17 ->
                old.map(
                        "orgs",
                        pick("north", "district", "south"),
                        new Org(Optional.empty(), Optional.of(pick("special.disability", "special.ell"))));
            case F18 -> old.person("contested", Set.of(element)).rule("carriesStatement", chance(4));
            case F19 ->
                old.person("left", Optional.of(edge(now.minus(old.world().law().grace()))));
            case F20 -> old.question("ledgerWritable", false);
            case F21 -> ask(official(old), "ext.unheard_of");
            case F22 -> old.question("selectors", Set.of(pick("perf.grade", "survey", "name.given"), "id.pairwise"));
            case F23 -> old.vendor("held", true);
            case F24 -> old.question("clockTrusted", false);
            case F25 -> full(old, now);
            case OUT_OF_SCOPE -> scope(old);
            case NOT_GRANTED -> old.rule("granted", Case.minus(old.rule().granted(), element));
        };
    }

    private Case directory(Case old) {
        var element = old.question().element();
        if (!old.world().catalogue().containsKey(element)) {
            return old;
        }
        var regime = new Regime("US-FERPA", RegimeType.US_FEDERAL);
        var regimes = new HashSet<>(old.world().controller().regimes());
        regimes.add(regime);
        var bases = new HashMap<>(old.rule().bases());
        bases.put(regime.name(), Kind.DIRECTORY_INFORMATION);
        var designated = Case.plus(old.world().controller().directory().designated(), element);
        return old.controller("regimes", Set.copyOf(regimes))
                .rule("bases", bases)
                .controller("directory", with(old.world().controller().directory(), "designated", designated));
    }

    /// What the catalogue does not know cannot be directory information either.
    private Case official(Case old) {
        var bases = new HashMap<>(old.rule().bases());
        bases.replaceAll((_, kind) -> kind == Kind.DIRECTORY_INFORMATION ? Kind.SCHOOL_OFFICIAL : kind);
        return old.rule("bases", bases);
    }

    private Case ask(Case old, String element) {
        var agreement = old.world().agreements().get("vendor");
        var asked = old.question("element", element)
                .rule("granted", Case.plus(old.rule().granted(), element));
        return agreement == null
                ? asked
                : asked.map(
                        "agreements", "vendor", with(agreement, "schedule", Case.plus(agreement.schedule(), element)));
    }

    private Life life(Life old, Instant now) {
        return switch (random.nextInt(5)) {
            case 0 -> with(old, "approved", false);
            case 1 -> with(old, "suspended", true);
            case 2 -> with(old, "revoked", true);
            case 3 -> with(old, "from", edge(now));
            default -> with(old, "until", edge(now));
        };
    }

    private Case agreement(Case old, Instant now) {
        var agreement = old.world().agreements().get("vendor");
        if (agreement == null || chance(6)) {
            return old.unmap("agreements", "vendor");
        }
        return old.map(
                "agreements",
                "vendor",
                switch (random.nextInt(7)) {
                    case 0 -> with(agreement, "signed", Optional.empty());
                    case 1 -> with(agreement, "signed", Optional.of(edge(now)));
                    case 2 -> with(agreement, "starts", edge(now));
                    case 3 -> with(agreement, "ends", edge(now));
                    case 4 -> with(agreement, "terminated", true);
                    case 5 -> with(agreement, "needed", Set.of("no_sale", "breach_hours"));
                    default ->
                        with(
                                agreement,
                                "schedule",
                                Case.minus(agreement.schedule(), old.question().element()));
                });
    }

    private Case vendor(Case old, Instant now) {
        return switch (random.nextInt(6)) {
            case 0 -> old.vendor("suspended", true);
            case 1, 2 -> old.vendor("debarredUntil", Optional.of(edge(now)));
            case 3 -> old.vendor("changeOfControlOpen", true);
            case 4 -> old.vendor("termsAcknowledged", false);
            default -> old.unmap("vendors", "vendor");
        };
    }

    private Case purpose(Case old) {
        if (chance(2)) {
            return old.rule("purpose", pick("sale", "targeted_advertising", "marketing", "model_training"));
        }
        var law = old.world().law();
        var from = old.rule().life().from();
        var until = from.plus(law.emergencyMost()).plusSeconds(random.nextInt(3) - 1L);
        return old.rule("purpose", law.emergencyPurpose())
                .rule("threatStated", !chance(3))
                .rule("life", with(old.rule().life(), "until", until));
    }

    private Case basis(Case old) {
        var regime = old.world().controller().regimes().stream().min(Comparator.comparing(Regime::name));
        if (regime.isEmpty() || chance(8)) {
            return old.controller("regimes", Set.of());
        }
        var bases = new HashMap<>(old.rule().bases());
        switch (random.nextInt(4)) {
            case 0 -> bases.remove(regime.get().name());
            case 1 -> bases.put(regime.get().name(), Kind.LEGITIMATE_INTERESTS);
            case 2 -> {
                var one = pick("board_designation", "public_notice", "opt_out_window_closed");
                return old.rule(
                        "stated", chance(2) ? Set.of() : Case.minus(old.rule().stated(), one));
            }
            default -> {
                return old.person("unstableHousing", true)
                        .controller(
                                "directory",
                                new Directory(
                                        Set.of("name.given", "contact.address"),
                                        Set.of(),
                                        Optional.of(new Limit(
                                                Set.of(pick("vendor", "another")),
                                                Case.plus(
                                                        old.world().law().purposes(),
                                                        old.rule().purpose())))));
            }
        }
        return old.rule("bases", bases);
    }

    private Case destination(Case old, Instant now) {
        var away = pick("DE", "FR", "GB", "CH", "JP", "US", "CA", "XX");
        var approved = Case.plus(Set.of(away), old.world().controller().home());
        var age = old.world().law().evidenceAge();
        var dated = Map.of(
                "recipient_in_scope_statement",
                edge(now.minus(age)),
                "dpf_list_entry",
                edge(now.minus(age)),
                "dpf_scope",
                now.minusSeconds(5),
                "dpf_checked_on",
                now.minusSeconds(5));
        var safeguard = chance(2)
                ? Optional.<Safeguard>empty()
                : Optional.of(new Safeguard(
                        now.minusSeconds(5),
                        chance(4)
                                ? Optional.empty()
                                : Optional.of(edge(now.minus(old.world().law().assessmentAge()))),
                        chance(2) ? Set.of() : Set.of(old.question().element())));
        var there = old.rule(
                "transfer",
                new Transfer(
                        chance(6) ? Optional.empty() : Optional.of(away),
                        chance(6) ? Set.of(away) : approved,
                        dated,
                        safeguard));
        return chance(2) || !old.world().vendors().containsKey("vendor")
                ? there
                : there.vendor(pick("storage", "remoteAccess", "subProcessors"), Set.of(pick("US", "FR", away)));
    }

    private Map<String, Kind> consent(Case old) {
        var bases = new HashMap<>(old.rule().bases());
        bases.replaceAll((_, kind) -> kind == Kind.DIRECTORY_INFORMATION
                ? kind
                : kind.type() == RegimeType.GDPR ? Kind.CONSENT : Kind.WRITTEN_CONSENT);
        return bases;
    }

    private List<Consent> consents(Instant now) {
        var past = now.minus(Duration.ofDays(9));
        var none = Optional.<Instant>empty();
        return switch (random.nextInt(6)) {
            case 0 -> List.of();
            case 1 -> List.of(new Consent("client", edge(now), none, none));
            case 2 -> List.of(new Consent("client", past, Optional.of(edge(now)), none));
            case 3 -> List.of(new Consent("client", past, none, Optional.of(edge(now))));
            case 4 -> List.of(new Consent("another", past, none, none));
            default ->
                List.of(
                        new Consent("client", past, none, Optional.of(now.minusSeconds(9))),
                        new Consent("client", now.minusSeconds(8L + random.nextInt(3)), none, none));
        };
    }

    private Optional<Exemption> exemption(Instant now) {
        var from = now.minus(Duration.ofDays(random.nextInt(7)));
        return chance(2)
                ? Optional.empty()
                : Optional.of(new Exemption(
                        from, chance(2) ? edge(now) : edge(from.plus(Duration.ofDays(7))), !chance(5), !chance(5)));
    }

    private Case full(Case old, Instant now) {
        var today = LocalDate.ofInstant(now, ZoneOffset.UTC);
        return old.rule("released", Map.of(today, chance(4) ? Set.of("person", "other") : Set.of("other", "third")));
    }

    private Case scope(Case old) {
        return old.rule(
                "scope",
                pick(
                        new Scope(Set.of("south"), true, Set.of("student"), Set.of()),
                        new Scope(Set.of("district"), false, Set.of("student"), Set.of()),
                        new Scope(Set.of("north"), false, Set.of("teacher"), Set.of()),
                        new Scope(Set.of("north"), false, Set.of("student"), Set.of(pick("03", "04")))));
    }

    /// A second before, at, or a second after.
    private Instant edge(Instant at) {
        return at.plusSeconds(random.nextInt(3) - 1L);
    }

    private boolean chance(int oneIn) {
        return random.nextInt(oneIn) == 0;
    }

    @SafeVarargs
    private <T> T pick(T... from) {
        return from[random.nextInt(from.length)];
    }
}
