package org.rosterkeep.rights;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.rosterkeep.roster.Entity;
import org.rosterkeep.roster.RecordKey;
import org.rosterkeep.roster.SourcedId;
import org.rosterkeep.rules.Signer;

/// What gives, or gives back: recorded first, kept second, in force last. Ending a protection and making an
/// exception to
/// one take several signatures.
public final class Giving {
    private final Rights rights;
    private final Terms terms;

    Giving(Rights rights) {
        this.rights = rights;
        this.terms = rights.terms();
    }

    /// The person, or who holds their rights, takes the opt-out back.
    public void withdrawOptOut(SourcedId person, Act act) {
        change("person.optout-withdrawn", Entity.USER, person, act, Map.of(), dossier -> {
            if (dossier.open(Entry.OptOut.class).isEmpty()) {
                throw new RightsFault(RightsFault.Code.ENTRY_UNKNOWN);
            }
            return dossier.ending(Entry.OptOut.class::isInstance, act.end("withdrawn", ""));
        });
    }

    /// @param outcome `dismissed`, or `withdrawn` by the person
    public void endObjection(SourcedId person, int number, String outcome, String reason, Act act) {
        end(Entry.Objection.class, "person.objection-" + outcome, person, number, act.end(outcome, reason), act);
    }

    public void liftRestriction(SourcedId person, int number, String reason, Act act) {
        end(Entry.Restriction.class, "person.restriction-lifted", person, number, act.end("lifted", reason), act);
    }

    /// Lets somebody come back whom nobody wants to erase any more, or who was erased: every suppression of the whole
    /// person ends.
    public void comeBack(RecordKey person, String reason, Act act) {
        Texts.plain("the reason", reason, terms);
        synchronized (rights) {
            rights.known(new Subject(Entity.USER, person))
                    .ifPresent(dossier -> rights.giveBack(
                            "person.suppression-lifted",
                            act.actor(),
                            dossier.ending(Stripping::suppresses, act.end("lifted", reason)),
                            Map.of()));
        }
    }

    public void liftSuppression(SourcedId person, int number, String reason, Act act) {
        end(Entry.Suppression.class, "person.suppression-lifted", person, number, act.end("lifted", reason), act);
    }

    /// @param outcome `corrected`, `refused` (without a statement) or `withdrawn`
    public void endContest(SourcedId person, int number, String outcome, String reason, Act act) {
        end(Entry.Contest.class, "person.contest-" + outcome, person, number, act.end(outcome, reason), act);
    }

    /// The person has not left after all.
    public void stay(SourcedId person, int number, String reason, Act act) {
        end(Entry.Departure.class, "person.departure-undone", person, number, act.end("undone", reason), act);
    }

    /// A class or school reveals nothing any more.
    public void conceal(Entity place, SourcedId id, int number, String reason, Act act) {
        Texts.plain("the reason", reason, terms);
        change(
                "place.revealing-ended",
                place,
                id,
                act,
                entry(number),
                dossier ->
                        dossier.with(dossier.open(Entry.Revealing.class, number).ended(act.end("ended", reason))));
    }

    /// Who may see a protected person in lists from now on.
    public void name(SourcedId person, int number, Set<String> operators, Act act) {
        change(
                "person.protection-named",
                Entity.USER,
                person,
                act,
                entry(number),
                dossier -> dossier.with(
                        dossier.open(Entry.Protection.class, number).naming(operators)));
    }

    /// One person's signature under the end of a protection.
    ///
    /// @return how many more it takes; 0 when the protection has ended with this one
    public int liftProtection(SourcedId person, int number, String reason, Signer signer, Instant now) {
        Texts.plain("the reason", reason, terms);
        synchronized (rights) {
            Act act = new Act(signer.operator(), now);
            Dossier dossier = rights.dossier(Entity.USER, person);
            Entry.Protection one = dossier.open(Entry.Protection.class, number);
            String text = Signing.lifting(dossier.subject(), one);
            Entry.Protection signed = one.signed(Signing.sign(signer, text, one.signatures(), now));
            int missing = rights.signing().missing(text, signed.signatures());
            Entry next = missing > 0 ? signed : signed.ended(act.end("lifted", reason));
            String kind = missing > 0 ? "person.protection-lift-signed" : "person.protection-lifted";
            rights.giveBack(kind, act.actor(), dossier.with(next), entry(number));
            return missing;
        }
    }

    /// Asks for an exception to a protection, with the asker's own signature under it.
    ///
    /// @param days how long it lasts from the last signature on
    /// @return its number, and how many more must sign
    public Asked askException(SourcedId person, String vendor, int days, String reason, Signer signer, Instant now) {
        Texts.plain("the reason", reason, terms);
        Texts.within(now, now.plus(Duration.ofDays(days)), terms.exceptionMax());
        synchronized (rights) {
            Act act = new Act(signer.operator(), now);
            Dossier dossier = rights.dossier(Entity.USER, person);
            if (!dossier.protectedAt(now)) {
                throw new RightsFault(RightsFault.Code.NOT_PROTECTED);
            }
            Entry.Exposure one = new Entry.Exposure(
                    act.made(dossier), vendor, days, reason, List.of(), Optional.empty(), Optional.empty());
            return signed(dossier.plus(one), one, signer, act);
        }
    }

    /// The next person's signature under an exception; with the last one it begins.
    public Asked signException(SourcedId person, int number, Signer signer, Instant now) {
        synchronized (rights) {
            Dossier dossier = rights.dossier(Entity.USER, person);
            Entry.Exposure one = dossier.open(Entry.Exposure.class, number);
            if (one.granted().isPresent()) {
                throw new RightsFault(RightsFault.Code.ENTRY_UNKNOWN);
            }
            return signed(dossier, one, signer, new Act(signer.operator(), now));
        }
    }

    /// @param until when it ends; empty while signatures are missing
    public record Asked(int number, int missing, Optional<Instant> until) {}

    private Asked signed(Dossier dossier, Entry.Exposure one, Signer signer, Act act) {
        String text = Signing.exception(dossier.subject(), one);
        Entry.Exposure signed = one.signed(Signing.sign(signer, text, one.signatures(), act.now()));
        int missing = rights.signing().missing(text, signed.signatures());
        Entry.Exposure next = missing > 0 ? signed : signed.granted(act.now());
        String kind = missing > 0 ? "person.exception-signed" : "person.exception-granted";
        Map<String, String> facts = Map.of(
                "entry", String.valueOf(one.made().number()),
                "vendor", one.vendor(),
                "days", String.valueOf(one.days()));
        rights.giveBack(kind, act.actor(), dossier.with(next), facts);
        return new Asked(one.made().number(), missing, next.until());
    }

    /// How a consent was given.
    ///
    /// @param givenBy the person, or who holds their rights
    /// @param identity how it was made sure that it was they
    /// @param textVersion which text they were shown
    public record Given(
            Entry.Consent.To to, String givenBy, String identity, String textVersion, Instant given, Instant expires) {}

    /// Consents, of all these people or of none.
    public void consent(List<SourcedId> people, Given given, Act act) {
        Texts.plain("who gave it", given.givenBy(), terms);
        Texts.plain("how their identity was checked", given.identity(), terms);
        if (given.textVersion().isBlank() || given.given().isAfter(act.now())) {
            throw new RightsFault(RightsFault.Code.TEXT_WRONG, "the version of the text, and a day it was given on,");
        }
        Texts.within(given.given(), given.expires(), terms.consentMax());
        Map<String, String> facts = switch (given.to()) {
            case Entry.Consent.To.OneRule(String rule) -> Map.of("rule", rule);
            case Entry.Consent.To.VendorFor(String vendor, String purpose) ->
                Map.of("vendor", vendor, "purpose", purpose);
        };
        synchronized (rights) {
            Map<Subject, Dossier> changed = new LinkedHashMap<>();
            for (SourcedId id : people) {
                Dossier dossier = rights.dossier(Entity.USER, id);
                changed.put(
                        dossier.subject(),
                        dossier.plus(new Entry.Consent(
                                act.made(dossier),
                                given.to(),
                                given.givenBy(),
                                given.identity(),
                                given.textVersion(),
                                given.given(),
                                given.expires(),
                                Optional.empty())));
            }
            rights.giveBack("person.consent", act.actor(), List.copyOf(changed.values()), facts);
        }
    }

    /// A directory opt-out counts again only against rules that rest on directory information.
    public void beLoose(Act act) {
        rights.beLoose(act.actor());
    }

    private <E extends Entry> void end(
            Class<E> type, String kind, SourcedId person, int number, Entry.End end, Act act) {
        Texts.plain("the reason", end.reason(), terms);
        change(
                kind,
                Entity.USER,
                person,
                act,
                entry(number),
                dossier -> dossier.with(dossier.open(type, number).ended(end)));
    }

    private static Map<String, String> entry(int number) {
        return Map.of("entry", String.valueOf(number));
    }

    private void change(
            String kind, Entity of, SourcedId id, Act act, Map<String, String> facts, Function<Dossier, Dossier> how) {
        synchronized (rights) {
            rights.giveBack(kind, act.actor(), how.apply(rights.dossier(of, id)), facts);
        }
    }
}
