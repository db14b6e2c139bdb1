package org.rosterkeep.appliance;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.roaringbitmap.RoaringBitmap;
import org.rosterkeep.intake.Options;
import org.rosterkeep.intake.Progress;
import org.rosterkeep.intake.Source;
import org.rosterkeep.keys.UnsealingFile;
import org.rosterkeep.log.Log;
import org.rosterkeep.roster.Entity;
import org.rosterkeep.roster.Field;
import org.rosterkeep.roster.Relations;
import org.rosterkeep.roster.SourcedId;
import org.rosterkeep.rules.Bounds;
import org.rosterkeep.rules.Floors;
import org.rosterkeep.rules.Rule;
import org.rosterkeep.rules.Scope;
import org.rosterkeep.rules.Treatment;

/// How a preview counts whom the floors keep out, with floors of the test's over a made-up roster in a real vault.
@DisplayName("A preview's count of the withheld")
class WithholdingsTest {
    private static final Instant NOW = Instant.parse("2026-10-05T06:45:00Z");
    private static final Population NORTH =
            new Population(Set.of("north"), false, Set.of("student", "teacher"), Set.of(), Set.of());
    static final MadeUpCast CAST = new MadeUpCast(RehearsalScale.shipped(), NORTH, 7, 1);

    private District district;

    @BeforeEach
    void make(@TempDir Path directory) throws IOException {
        var clock = Clock.fixed(NOW, ZoneOffset.UTC);
        var random = new SecureRandom();
        var home = directory.resolve("d");
        Home.makePrivate(home);
        var log = new Log(new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8), clock);
        district = District.make(
                new DistrictName("town"),
                home,
                UnsealingFile.create(District.unsealingFile(home), random),
                new Wiring(clock, random, log));
        var zip = new MadeUpRoster(RehearsalScale.shipped(), CAST, LocalDate.ofInstant(NOW, ZoneOffset.UTC)).zip();
        district.rooms().intake().run(new Source.Held(zip), Options.of("test"), Progress.unwatched());
    }

    @AfterEach
    void close() {
        district.close();
    }

    private int ordinal(Entity entity, String id) {
        return district.rooms().vault().find(entity, SourcedId.of(id));
    }

    private RoaringBitmap users(String... ids) {
        var users = new RoaringBitmap();
        Arrays.stream(ids).forEach(id -> users.add(ordinal(Entity.USER, id)));
        return users;
    }

    private static Rule rule() {
        var grants = new java.util.EnumMap<Field, Treatment>(Field.class);
        for (var field : Field.given().values()) {
            if (field.need() == Field.Need.GRANT || field == Field.USER_EMAIL) {
                grants.put(field, new Treatment.AsIs());
            }
        }
        return new Rule(
                "r",
                1,
                "0".repeat(64),
                "v",
                "c",
                "a",
                "library",
                "A sentence long enough to be one.",
                Map.of(),
                new Scope(Set.of(SourcedId.of("north")), false, NORTH.roles(), Set.of(), Set.of()),
                grants,
                false,
                "v",
                "US",
                NOW,
                NOW.plusSeconds(1),
                Bounds.NONE);
    }

    private List<Withholdings.Kept> kept(Floors.Cause... causes) {
        var floors = new Floors() {
            @Override
            public Withheld withheld(Rule rule, Relations relations, Instant now) {
                return Withheld.NOTHING;
            }

            @Override
            public List<Cause> causes(Rule rule, Relations relations, Instant now) {
                return List.of(causes);
            }
        };
        return new Withholdings(floors, district.rooms().withholdings().unhindered()).of(rule(), NOW);
    }

    private static Floors.Cause cause(String floor, RoaringBitmap users, RoaringBitmap classes, Field field) {
        return new Floors.Cause(
                floor, "a cause", new Floors.Withheld(1, users, new RoaringBitmap(), classes, Map.of(field, users)));
    }

    private static long enrolled(java.util.function.Predicate<MadeUpCast.Enrolment> which) {
        return CAST.enrolments().stream()
                .filter(one -> one.group().school().equals("north"))
                .filter(which)
                .count();
    }

    @Test
    @DisplayName("tells causes apart, counts enrolments along, and leaves out who is outside the scope anyway")
    void counts() {
        var two = users("rehearsal-student-0", "rehearsal-student-1", "rehearsal-outside-0");
        var group = CAST.groups().getFirst();
        var classes = RoaringBitmap.bitmapOf(ordinal(Entity.CLASS, group.id()));
        var kept = kept(
                cause("F09", two, new RoaringBitmap(), Field.USER_EMAIL),
                cause("F17", new RoaringBitmap(), classes, Field.USER_PHONE));
        assertEquals(2, kept.size());
        assertEquals("F09", kept.getFirst().floor());
        assertEquals(2, kept.getFirst().users());
        assertEquals(
                enrolled(one ->
                        Set.of("rehearsal-student-0", "rehearsal-student-1").contains(one.user())),
                kept.getFirst().enrolments());
        assertEquals(Map.of(Field.USER_EMAIL, 2), kept.getFirst().fields());
        assertEquals(1, kept.getLast().classes());
        assertEquals(0, kept.getLast().users());
        assertEquals(enrolled(one -> one.group().equals(group)), kept.getLast().enrolments());
    }

    @Test
    @DisplayName("says nothing of causes that concern nobody the rule would give, and of fields it does not give")
    void nothing() {
        assertEquals(
                List.of(), kept(cause("F10", users("rehearsal-outside-0"), new RoaringBitmap(), Field.USER_EMAIL)));
        var one = kept(cause("F18", users("rehearsal-student-2"), new RoaringBitmap(), Field.USER_PHONE));
        assertEquals(Map.of(), one.getFirst().fields());
    }
}
