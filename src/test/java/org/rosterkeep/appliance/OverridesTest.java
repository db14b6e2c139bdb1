package org.rosterkeep.appliance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.Json;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rosterkeep.fixture.Rules;
import org.rosterkeep.oracle.Papers;
import org.rosterkeep.rights.RightsFault;
import org.rosterkeep.roster.Entity;
import org.rosterkeep.roster.Field;
import org.rosterkeep.rules.RulesFault;
import org.rosterkeep.rules.Treatment;
import org.rosterkeep.vendors.Golden;

/// Each floor while its cause holds, and every way there is to try to get past it: none does. `overrides.txt`
/// is what was
/// answered.
@DisplayName("Nothing overrides a floor")
class OverridesTest {
    private static final int FLOORS = 25;
    private static final String HEAD = """
        Each floor while its cause holds, and what came of trying to get past it in a running district. After every
        try the floor was looked at from outside, and held. To take a cause itself away, with the people and the
        signatures that takes, is no way past it; those ways are in floors.txt.

        roles     one person alone, in each of the roles in turn and in all at once, signs all there is to sign
        settings  keys of that name in the settings file; the district's own switches
        packs     each pack by itself, each added to the district's own, and none; and what packs say of the floor
        older     the profile, the vendor's file and the agreement's as they were before; an older list of
                  adequate countries; the first version of the rule
        rule      a further version that names the field, in each treatment, and one that names the person

        In capitals, and by the names of faults: how the desk refused. "taken", "approved", "done": it went in, and
        nothing was given by it. "no draft": the rule's file was refused, and at which place.

        """;

    private static final Map<String, JsonValue> DIRECTORY = Map.of(
            "basis",
            Json.createObjectBuilder().add("US-FERPA", "directory_information").build());

    @TempDir
    Path directory;

    private final Map<String, String> seen = new TreeMap<>();
    private final Map<FloorDistrict, Ways> ways = new IdentityHashMap<>();

    /// The provider is looked up anew for each text otherwise, in every archive there is.
    @BeforeAll
    static void provider() {
        System.setProperty("jakarta.json.provider", "org.eclipse.parsson.JsonProviderImpl");
    }

    @Test
    @DisplayName("by role, setting, pack, older document or a rule that names what is withheld")
    void overrides() throws IOException {
        var papers = Map.of("district", Papers.DISTRICT, "vendor", Papers.VENDOR, "agreement", Papers.agreement());
        try (var town = new FloorDistrict(directory.resolve("town"), papers, UnaryOperator.identity());
                var abroad = AbroadCases.district(directory.resolve("abroad"));
                var listing = listing()) {
            town.activate(FloorDistrict.everything(FloorDistrict.VENDOR), Map.of());
            for (var held : Held.passing(town)) {
                tried(held);
            }
            tried(Held.guarded(town));
            for (var held : Held.lasting(town)) {
                tried(held);
            }
            tried(Held.optedOut(listing, listed(), DIRECTORY));
            for (var held : Held.abroad(abroad)) {
                tried(held);
            }
            for (var held : Held.closing(town, abroad)) {
                tried(held);
            }
        }
        var all = new TreeSet<String>();
        IntStream.rangeClosed(1, FLOORS).forEach(n -> all.add("F%02d".formatted(n)));
        assertEquals(all, seen.keySet());
        Golden.check("overrides.txt", HEAD + String.join("\n", seen.values()));
    }

    @Test
    @DisplayName("no room that decides is furnished with a setting")
    void settings() {
        var parts = Arrays.stream(Wiring.class.getRecordComponents())
                .map(part -> part.getType())
                .toList();
        assertTrue(!parts.contains(Settings.class), parts::toString);
    }

    private FloorDistrict listing() throws IOException {
        var papers =
                Map.of("district", EveryFloorTest.LISTING, "vendor", Papers.VENDOR, "agreement", Papers.agreement());
        var listing = new FloorDistrict(directory.resolve("listing"), papers, UnaryOperator.identity());
        listing.activate(listed(), DIRECTORY);
        return listing;
    }

    private static Rules listed() {
        var rules = Rules.least("north").roles("student", "teacher").named("listed");
        for (var entity : Entity.values()) {
            rules = entity == Entity.USER || entity == Entity.ORG ? rules : rules.without(entity);
        }
        return rules.with(Field.USER_FAMILY_NAME, new Treatment.AsIs());
    }

    private void tried(Held held) throws IOException {
        var tries = ways.computeIfAbsent(held.district(), Ways::new);
        held.set().in(held.district());
        assertTrue(held.holds(), () -> held.floor() + " " + held.cause());
        var text = new StringBuilder("%s  %s%n".formatted(held.floor(), held.cause()));
        line(text, "roles", tries.byRoles(held));
        line(text, "settings", tries.bySettings(held));
        line(text, "packs", tries.byPacks(held) + "; packs say: " + Ways.legitimate(held.floor()));
        line(text, "older", tries.byOlder(held));
        line(text, "rule", tries.byRule(held));
        cleared(held);
        seen.put(held.floor(), text.toString());
    }

    /// One of the two whose signatures it takes may be the one person who tried alone.
    private static void cleared(Held held) throws IOException {
        try {
            held.clear().in(held.district());
        } catch (RulesFault | RightsFault enough) {
            assertTrue(held.passes(), enough::toString);
        }
        assertEquals(held.passes(), !held.holds(), () -> held.floor() + " afterwards");
    }

    private static void line(StringBuilder text, String way, String words) {
        text.append("     %-9s %s%n".formatted(way, words));
    }
}
