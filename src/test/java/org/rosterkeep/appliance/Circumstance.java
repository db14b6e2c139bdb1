package org.rosterkeep.appliance;

import jakarta.json.JsonValue;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.rosterkeep.oracle.Papers;
import org.rosterkeep.rights.Act;
import org.rosterkeep.rights.Entry;
import org.rosterkeep.rights.Giving;
import org.rosterkeep.rights.Taking;
import org.rosterkeep.roster.Entity;
import org.rosterkeep.roster.Field;
import org.rosterkeep.roster.SourcedId;

/// Something that may be the case with one pupil, one class, one vendor or one agreement, and what a client is given
/// then: a column of the decision table. It comes and goes, so that each stands alone.
enum Circumstance {
    NOTHING("no circumstance"),
    OPTED_OUT("opted out") {
        @Override
        void comes(Case one) {
            one.taking().optOut(List.of(one.pupil()), Optional.empty(), one.act());
        }

        @Override
        void goes(Case one) {
            one.giving().withdrawOptOut(one.pupil(), one.act());
        }
    },
    STRICTLY("opted out, strictly") {
        @Override
        void comes(Case one) {
            OPTED_OUT.comes(one);
            one.taking().beStrict(one.act());
        }

        @Override
        void goes(Case one) {
            one.giving().beLoose(one.act());
            OPTED_OUT.goes(one);
        }
    },
    OBJECTED("objected") {
        @Override
        void comes(Case one) {
            var everybody = new Entry.Objection.Against.Everybody();
            one.taking().object(one.pupil(), everybody, "made up", one.act());
        }

        @Override
        void goes(Case one) {
            one.giving().endObjection(one.pupil(), one.newest(), "dismissed", "made up", one.act());
        }
    },
    RESTRICTED("restricted") {
        @Override
        void comes(Case one) {
            one.taking().restrict(one.pupil(), "made up", one.act());
        }

        @Override
        void goes(Case one) {
            one.giving().liftRestriction(one.pupil(), one.newest(), "made up", one.act());
        }
    },
    ERASED("erased") {
        @Override
        void comes(Case one) {
            one.taking().suppress(one.pupil(), Optional.empty(), "made up", one.act());
        }

        @Override
        void goes(Case one) {
            one.giving().liftSuppression(one.pupil(), one.newest(), "made up", one.act());
        }
    },
    PROTECTED("protected") {
        @Override
        void comes(Case one) {
            one.taking().protect(one.pupil(), "made up", Set.of(), one.act());
        }

        @Override
        void goes(Case one) {
            int number = one.newest();
            one.district()
                    .staff()
                    .subList(1, 3)
                    .forEach(signer -> one.giving()
                            .liftProtection(
                                    one.pupil(),
                                    number,
                                    "made up",
                                    signer,
                                    one.act().now()));
        }
    },
    LEFT("has left") {
        @Override
        void comes(Case one) {
            one.taking().leave(one.pupil(), one.act().now(), Optional.of(0), one.act());
        }

        @Override
        void goes(Case one) {
            one.giving().stay(one.pupil(), one.newest(), "made up", one.act());
        }
    },
    CONTESTED("first name contested") {
        @Override
        void comes(Case one) {
            one.taking().contest(one.pupil(), Field.USER_GIVEN_NAME, "made up", one.act());
        }

        @Override
        void goes(Case one) {
            one.giving().endContest(one.pupil(), one.newest(), "withdrawn", "made up", one.act());
        }
    },
    REVEALING("class reveals") {
        @Override
        void comes(Case one) {
            one.taking().reveal(Entity.CLASS, CLASS, "special.services", "made up", one.act());
        }

        @Override
        void goes(Case one) {
            one.giving().conceal(Entity.CLASS, CLASS, one.newest(Entity.CLASS, CLASS), "made up", one.act());
        }
    },
    /// Consent is given to the rule that rests on it ([Case#consent]), and taken back.
    NO_CONSENT("consent withdrawn") {
        @Override
        void comes(Case one) {
            one.taking().withdrawConsents(List.of(one.pupil()), _ -> true, one.act());
        }

        @Override
        void goes(Case one) {
            one.consent();
        }
    },
    /// Of a vendor whose service works without the data.
    UNDER_13("under 13, could do without") {
        @Override
        void comes(Case one) {
            one.deliver(2016);
            one.vendors().forEach(file -> put(one, FloorDistrict.change(file, Map.of("integral", JsonValue.FALSE))));
        }

        @Override
        void goes(Case one) {
            one.deliver(2009);
            one.vendors().forEach(file -> put(one, file));
        }

        private void put(Case one, String file) {
            one.district().rooms().book().papers().putVendor(FloorDistrict.bytes(file), "test");
        }
    },
    HELD("vendor held") {
        @Override
        void comes(Case one) {
            one.district()
                    .rooms()
                    .book()
                    .papers()
                    .vendors()
                    .forEach(vendor -> one.district().hold(vendor.id()));
        }

        @Override
        void goes(Case one) {
            one.district()
                    .rooms()
                    .book()
                    .papers()
                    .vendors()
                    .forEach(vendor -> one.district().letGo(vendor.id()));
        }
    },
    ENDED("agreement ended") {
        @Override
        void comes(Case one) {
            one.agreements()
                    .forEach(file -> put(
                            one,
                            FloorDistrict.change(
                                    file,
                                    Map.of("ends", FloorCases.text(one.act().now())))));
        }

        @Override
        void goes(Case one) {
            one.agreements().forEach(file -> put(one, file));
        }

        private void put(Case one, String file) {
            one.district().rooms().book().papers().putAgreement(FloorDistrict.bytes(file), "test");
        }
    };

    private static final SourcedId CLASS = SourcedId.of(FloorRoster.CLASS);
    private static final Pattern CODE = Pattern.compile("F\\d\\d");

    private final String words;

    Circumstance(String words) {
        this.words = words;
    }

    String words() {
        return words;
    }

    void comes(Case one) {}

    void goes(Case one) {}

    /// Where it happens.
    ///
    /// @param vendors the files as they are in force
    /// @param agreements the same
    /// @param consented the rule that rests on consent
    /// @param deliveries where rosters are written
    record Case(
            LiveDistrict district,
            Clock clock,
            List<String> vendors,
            List<String> agreements,
            String consented,
            Path deliveries) {
        /// Imports the roster.
        ///
        /// @param born the year of the pupil's birth
        void deliver(int born) {
            try {
                var folder = Files.createTempDirectory(deliveries, "delivery");
                FloorRoster.write(folder, born);
                district.take(folder, Set.copyOf(Papers.grantable()));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /// The pupil consents to the rule that rests on it.
        void consent() {
            var to = new Entry.Consent.To.OneRule(consented);
            var end = clock.instant().plus(Duration.ofDays(30));
            var given = new Giving.Given(to, "guardian", "in person", "v1", clock.instant(), end);
            giving().consent(List.of(pupil()), given, act());
        }

        SourcedId pupil() {
            return SourcedId.of(FloorRoster.PUPIL);
        }

        Act act() {
            return new Act("test", clock.instant());
        }

        Taking taking() {
            return district.rights().taking();
        }

        Giving giving() {
            return district.rights().giving();
        }

        int newest() {
            return newest(Entity.USER, pupil());
        }

        int newest(Entity entity, SourcedId id) {
            return district.rights()
                    .dossier(entity, id)
                    .entries()
                    .getLast()
                    .made()
                    .number();
        }

        /// `yes`, or `no, F10`.
        String given(String client, Field field) {
            Instant now = clock.instant();
            var explained = Explained.of(district.rooms(), client, pupil(), field, now);
            if (explained.given()) {
                return "yes";
            }
            var code = CODE.matcher(explained.sentence());
            return code.find() ? "no, " + code.group() : "no";
        }
    }
}
