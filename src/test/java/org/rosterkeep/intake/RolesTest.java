package org.rosterkeep.intake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.rosterkeep.roster.Entity;
import org.rosterkeep.roster.Field;

@DisplayName("A user's roles")
class RolesTest {
    private static final String THEN = "2026-10-05T06:30:00.000Z";
    private final World world = new World();

    @BeforeEach
    void seed() {
        world.run(World.small());
    }

    private Report delta(String... rows) {
        String[] lines = new String[rows.length + 1];
        lines[0] = World.ROLES;
        System.arraycopy(rows, 0, lines, 1, rows.length);
        return world.run(new World.Files("1.2").with("roles", "delta", lines));
    }

    private String roles(String user) {
        return world.landing.text(Entity.USER, user, Field.USER_ROLES);
    }

    @Test
    @DisplayName("are added to by a delta")
    void added() {
        delta("r8,active," + THEN + ",x1,primary,districtAdministrator,,,o1,");
        assertEquals("primary districtAdministrator o1;primary teacher o2", roles("x1"));
    }

    @Test
    @DisplayName("change by their own id: the old role does not live on beside the new one")
    void changed() {
        delta("r2,active," + THEN + ",x1,primary,aide,,,o2,");
        assertEquals("primary aide o2", roles("x1"));
        assertEquals("Ottilie", world.landing.text(Entity.USER, "x1", Field.USER_GIVEN_NAME));
    }

    @Test
    @DisplayName("end by their own id; a user without any keeps no old one")
    void ended() {
        Report report = delta("r2,tobedeleted," + THEN + ",x1,primary,teacher,,,o2,");
        assertEquals("", roles("x1"));
        assertEquals(1L, report.totals().get(FindingCode.USER_LOST_ROLES));
        assertTrue(world.landing.row(Entity.USER, "x1").isPresent());
    }

    @Test
    @DisplayName("stay when the delta's row about them cannot be used")
    void unusable() {
        delta("r2,active," + THEN + ",x1,primary,wizard,,,o2,");
        assertEquals("primary teacher o2", roles("x1"));
    }

    @Test
    @DisplayName("stay, one by one, when one row of a complete file cannot be used")
    void oneOfTwo() {
        world.run(World.small().plus("roles", "r8,,,x1,primary,principal,,,o1,"));
        world.run(World.small()
                .plus("roles", "r8,,,x1,primary,wizard,,,o1,")
                .changing("roles", "x1,primary,teacher", "x1,primary,aide"));
        assertEquals("primary aide o2;primary principal o1", roles("x1"));
    }

    @Test
    @DisplayName("follow a complete roles.csv even when users.csv does not come")
    void rolesAlone() {
        world.run(new World.Files("1.2")
                .with(
                        "roles",
                        "bulk",
                        World.ROLES,
                        "r1,,,p1,primary,student,,,o2,",
                        "r7,,,x1,primary,proctor,,,o2,",
                        "r3,,,g1,primary,guardian,,,o2,"));
        assertEquals("primary proctor o2", roles("x1"));
    }

    @Test
    @DisplayName("are the same whatever the order of the file")
    void order() {
        World.Files files = World.small().plus("roles", "r8,,,x1,secondary,counselor,,,o2,");
        world.run(files);
        World.Files turned = World.small()
                .with(
                        "roles",
                        "bulk",
                        World.ROLES,
                        "r8,,,x1,secondary,counselor,,,o2,",
                        "r3,,,g1,primary,guardian,,,o2,",
                        "r2,,,x1,primary,teacher,2026-08-24,,o2,",
                        "r1,,,p1,primary,student,2026-08-24,,o2,");
        assertEquals(Report.Outcome.UNCHANGED, world.run(turned).outcome());
    }

    @Test
    @DisplayName("of a 1.1 district are not doubled when it moves to 1.2")
    void from11() {
        World old = new World();
        old.run(World.sample("v1p1-bulk-tiny"));
        old.options = old.options.removing(Options.Removing.HOLD_ALL);
        old.run(new World.Files("1.2")
                .with("roles", "delta", World.ROLES, "rol-t1-1,active," + THEN + ",usr-t1,primary,teacher,,,org-s1,"));
        assertEquals("primary teacher org-s1", old.landing.text(Entity.USER, "usr-t1", Field.USER_ROLES));
    }

    @Test
    @DisplayName("stay when a complete file without users.csv is cut short, until a person has looked at it")
    void cutShort() {
        World.Files many = World.small();
        for (int n = 0; n < 40; n++) {
            many = many.plus("users", "s" + n + ",,,true,s" + n + ",,S,S" + ",".repeat(14))
                    .plus("roles", "q" + n + ",,,s" + n + ",primary,student,,,o2,");
        }
        world.run(many);
        World.Files cut = new World.Files("1.2")
                .with("roles", "bulk", World.ROLES, "q0,,,s0,primary,aide,,,o2,", "q1,,,s1,primary,student,,,o2,");
        Report report = world.run(cut);
        assertEquals(1L, report.totals().get(FindingCode.ROLES_HELD));
        assertEquals("primary student o2", roles("s39"));
        assertEquals("primary teacher o2", roles("x1"));
        assertEquals("primary aide o2", roles("s0"), "what the file does say is used");
        world.options = world.options.removing(Options.Removing.CONFIRMED);
        world.run(cut);
        assertEquals("", roles("s39"));
        assertEquals("primary student o2", roles("s1"));
    }

    @Test
    @DisplayName("are not held when they only have other ids, and single ones go as ever")
    void renumbered() {
        World.Files many = World.small();
        World.Files other = World.small();
        for (int n = 0; n < 40; n++) {
            String user = "s" + n + ",,,true,s" + n + ",,S,S" + ",".repeat(14);
            many = many.plus("users", user).plus("roles", "q" + n + ",,,s" + n + ",primary,student,,,o2,");
            other = other.plus("users", user).plus("roles", "z" + n + ",,,s" + n + ",primary,student,,,o2,");
        }
        world.run(many.plus("roles", "w1,,,s7,secondary,aide,,,o1,"));
        Report report = world.run(other);
        assertEquals(0L, report.totals().getOrDefault(FindingCode.ROLES_HELD, 0L));
        assertEquals("primary student o2", roles("s7"));
    }
}
