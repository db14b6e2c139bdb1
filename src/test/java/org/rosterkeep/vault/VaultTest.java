package org.rosterkeep.vault;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.roaringbitmap.RoaringBitmap;
import org.rosterkeep.disclosure.Permits;
import org.rosterkeep.entitlement.Census;
import org.rosterkeep.intake.Landing;
import org.rosterkeep.roster.Entity;
import org.rosterkeep.roster.Field;
import org.rosterkeep.roster.Relations;
import org.rosterkeep.roster.Shelf;

class VaultTest {
    @TempDir
    private Path directory;

    private Room room;

    @BeforeEach
    void open() {
        room = new Room(directory);
    }

    @AfterEach
    void close() {
        room.close();
    }

    private Vault vault() {
        return room.vault;
    }

    private static int user(Landing.Batch batch, String id, String name) {
        int ordinal = batch.reserve(Entity.USER, Rows.id(id));
        batch.put(Entity.USER, ordinal, Rows.user(id, name, "student", 0, "03"));
        return ordinal;
    }

    private long small() {
        return room.land(batch -> {
            int school = batch.reserve(Entity.ORG, Rows.id("school"));
            batch.put(Entity.ORG, school, Rows.org("school", "School", "school"));
            int klass = batch.reserve(Entity.CLASS, Rows.id("c-1"));
            batch.put(Entity.CLASS, klass, Rows.klass("c-1", "Music", 0, school, 3, 1));
            user(batch, "u-0", "Ada");
            user(batch, "u-1", "Alan");
            int enrollment = batch.reserve(Entity.ENROLLMENT, Rows.id("e-0"));
            batch.put(Entity.ENROLLMENT, enrollment, Rows.enrollment("e-0", 1, klass, school, "student"));
        });
    }

    @Test
    @DisplayName("shows a landed batch: rows, references, sets and ways to find, also after a restart")
    void lands() {
        assertEquals(0, vault().relations().batch());
        assertEquals(1, small());
        for (int pass = 0; pass < 2; pass++) {
            Relations relations = vault().relations();
            assertEquals(1, relations.batch());
            assertEquals(2, relations.size(Entity.USER));
            assertEquals(RoaringBitmap.bitmapOf(0, 1), relations.live(Entity.USER));
            assertEquals("student", relations.role(1, 0));
            assertEquals(0, relations.roleOrg(1, 0));
            assertEquals(1, relations.enrollmentUser(0));
            assertEquals(0, relations.enrollmentClass(0));
            assertArrayEquals(new int[] {3, 1}, relations.classTerms(0));
            assertEquals(RoaringBitmap.bitmapOf(0), relations.schools());
            assertEquals(RoaringBitmap.bitmapOf(0, 1), relations.usersInGrade("03"));
            assertEquals(RoaringBitmap.bitmapOf(1), relations.age13Plus());
            assertEquals(1, vault().find(Entity.USER, Rows.id("u-1")));
            assertEquals(1, vault().find(Entity.DEMOGRAPHICS, Rows.id("u-1")));
            assertEquals(Relations.NONE, vault().find(Entity.ORG, Rows.id("u-1")));
            assertEquals(1, vault().find(Entity.USER, relations.key(Entity.USER, 1)));
            assertArrayEquals(Rows.user("u-1", "Alan", "student", 0, "03"), room.row(Entity.USER, 1, 1));
            assertEquals(Room.START, vault().takenOver(1).orElseThrow());
            room.restart();
        }
    }

    @Test
    @DisplayName("gives only the fields the permit names, in the permit's order, and null where there is no row")
    void projects() {
        small();
        StringBuilder seen = new StringBuilder();
        vault().read(
                        Permits.of(Entity.USER, 1, Field.USER_FAMILY_NAME.mask(), 1, 31, 0, 4000),
                        (position, ordinal, row) -> {
                            seen.append(position).append(':').append(ordinal).append(' ');
                            if (row != null) {
                                assertEquals(Field.USER_FAMILY_NAME.mask(), row.mask());
                            } else {
                                seen.append("none ");
                            }
                        });
        assertEquals("0:1 1:31 none 2:0 3:4000 none ", seen.toString());
    }

    @Test
    @DisplayName("a repeated file writes nothing and makes no batch")
    void repeats() {
        small();
        assertEquals(1, small());
        assertEquals(1, vault().relations().batch());
    }

    @Test
    @DisplayName("a batch that is closed without a commit leaves no trace")
    void dryRun() {
        small();
        try (Landing.Batch batch = vault().open(Room.START)) {
            user(batch, "u-9", "Grace");
            batch.put(Entity.USER, 0, Rows.user("u-0", "Augusta", "student", 0, "03"));
            batch.remove(Entity.USER, 1);
            Landing.Tally tally = batch.tally().get(Entity.USER);
            assertEquals(RoaringBitmap.bitmapOf(2), tally.added());
            assertEquals(RoaringBitmap.bitmapOf(0), tally.changed());
            assertEquals(RoaringBitmap.bitmapOf(1), tally.removed());
        }
        assertEquals(1, vault().relations().batch());
        assertEquals(Relations.NONE, vault().find(Entity.USER, Rows.id("u-9")));
        assertArrayEquals(Rows.user("u-0", "Ada", "student", 0, "03"), room.row(Entity.USER, 0, 1));
    }

    @Test
    @DisplayName("one batch at a time; the next may come when it is closed")
    void busy() {
        try (Landing.Batch batch = vault().open(Room.START)) {
            assertThrows(Landing.LandingBusy.class, () -> vault().open(Room.START));
            assertEquals(0, batch.commit());
        }
        vault().open(Room.START).close();
    }

    @Test
    @DisplayName("says what each row did: added, same, changed, removed, returned")
    void changes() {
        small();
        byte[] ada = Rows.user("u-0", "Ada", "student", 0, "03");
        room.land(batch -> {
            assertEquals(Landing.Change.SAME, batch.put(Entity.USER, 0, ada));
            assertEquals(
                    Landing.Change.CHANGED, batch.put(Entity.USER, 1, Rows.user("u-1", "Alan", "student", 0, "04")));
            batch.remove(Entity.ENROLLMENT, 0);
            assertFalse(batch.present(Entity.ENROLLMENT, 0));
        });
        assertEquals(RoaringBitmap.bitmapOf(0), vault().relations().usersInGrade("03"));
        assertEquals(RoaringBitmap.bitmapOf(1), vault().relations().usersInGrade("04"));
        assertTrue(vault().relations().live(Entity.ENROLLMENT).isEmpty());
        assertEquals(RoaringBitmap.bitmapOf(1), vault().changedSince(Entity.USER, 1));
        assertEquals(RoaringBitmap.bitmapOf(0), vault().changedSince(Entity.ENROLLMENT, 1));
        room.land(batch -> assertEquals(
                Landing.Change.RETURNED, batch.put(Entity.ENROLLMENT, 0, Rows.enrollment("e-0", 1, 0, 0, "student"))));
        assertEquals(RoaringBitmap.bitmapOf(0), vault().relations().live(Entity.ENROLLMENT));
        assertEquals(RoaringBitmap.bitmapOf(0, 1), vault().changedSince(Entity.USER, 0));
        assertTrue(vault().changedSince(Entity.USER, 2).isEmpty());
    }

    @Test
    @DisplayName("shows a batch its own rows before the roster's")
    void showsRows() {
        small();
        try (Landing.Batch batch = vault().open(Room.START)) {
            assertArrayEquals(Rows.user("u-0", "Ada", "student", 0, "03"), bytes(batch, 0));
            batch.put(Entity.USER, 0, Rows.user("u-0", "Augusta", "student", 0, "03"));
            assertArrayEquals(Rows.user("u-0", "Augusta", "student", 0, "03"), bytes(batch, 0));
            batch.remove(Entity.USER, 0);
            assertTrue(batch.row(Entity.USER, 0).isEmpty());
            assertTrue(batch.row(Entity.USER, 77).isEmpty());
        }
    }

    private static byte[] bytes(Landing.Batch batch, int ordinal) {
        var row = batch.row(Entity.USER, ordinal).orElseThrow();
        byte[] bytes = new byte[row.length()];
        row.project(-1L, bytes, 0);
        return bytes;
    }

    @Test
    @DisplayName("reserving alone keeps nothing: not at the end of the ordinals, and no key in a gap")
    void reservations() {
        small();
        room.land(batch -> {
            assertEquals(2, batch.reserve(Entity.USER, Rows.id("quarantined")));
            assertEquals(3, user(batch, "u-3", "Grace"));
            assertEquals(4, batch.reserve(Entity.USER, Rows.id("too")));
            assertFalse(batch.present(Entity.USER, 2));
            assertEquals(2, batch.find(Entity.USER, Rows.id("quarantined")));
        });
        for (int pass = 0; pass < 2; pass++) {
            assertEquals(4, vault().relations().size(Entity.USER));
            assertEquals(Relations.NONE, vault().find(Entity.USER, Rows.id("quarantined")));
            assertEquals(Relations.NONE, vault().find(Entity.USER, Rows.id("too")));
            assertEquals(3, vault().find(Entity.USER, Rows.id("u-3")));
            assertNull(room.row(Entity.USER, 2, 2));
            room.restart();
        }
        room.land(batch -> assertEquals(4, user(batch, "quarantined", "Hedy")));
    }

    @Test
    @DisplayName("reads as of a batch while it is pinned, and says so when that batch is gone")
    void asOf() {
        small();
        Census.Pin pin = vault().pin(1);
        room.land(batch -> batch.put(Entity.USER, 0, Rows.user("u-0", "Augusta", "student", 0, "03")));
        room.clock.forward(Duration.ofHours(2));
        vault().idle(room.clock.instant());
        assertArrayEquals(Rows.user("u-0", "Ada", "student", 0, "03"), room.row(Entity.USER, 0, 1));
        assertArrayEquals(Rows.user("u-0", "Augusta", "student", 0, "03"), room.row(Entity.USER, 0, 2));
        pin.close();
        pin.close();
        assertArrayEquals(Rows.user("u-0", "Ada", "student", 0, "03"), room.row(Entity.USER, 0, 1));
        vault().idle(room.clock.instant());
        VaultFault fault = assertThrows(VaultFault.class, () -> room.row(Entity.USER, 0, 1));
        assertEquals(VaultFault.Code.BATCH_GONE, fault.code());
        assertArrayEquals(Rows.user("u-0", "Augusta", "student", 0, "03"), room.row(Entity.USER, 0, 2));
    }

    @Test
    @DisplayName("lets what was held before a restart be held again after it, with its rows")
    void heldAcrossRestart() {
        small();
        Census.Pin before = vault().pin(1);
        room.land(batch -> batch.put(Entity.USER, 0, Rows.user("u-0", "Augusta", "student", 0, "03")));
        room.clock.forward(Duration.ofHours(2));
        vault().idle(room.clock.instant());
        room.restart();
        Census.Pin after = vault().pin(1);
        vault().idle(room.clock.instant());
        assertArrayEquals(Rows.user("u-0", "Ada", "student", 0, "03"), room.row(Entity.USER, 0, 1));
        after.close();
        before.close();
    }

    @Test
    @DisplayName("keeps superseded rows for forty minutes even when nobody pinned them")
    void afterlife() {
        small();
        room.land(batch -> batch.put(Entity.USER, 0, Rows.user("u-0", "Augusta", "student", 0, "03")));
        room.clock.forward(Duration.ofMinutes(39));
        vault().idle(room.clock.instant());
        assertArrayEquals(Rows.user("u-0", "Ada", "student", 0, "03"), room.row(Entity.USER, 0, 1));
        room.clock.forward(Duration.ofMinutes(2));
        vault().idle(room.clock.instant());
        assertThrows(VaultFault.class, () -> room.row(Entity.USER, 0, 1));
    }

    @Test
    @DisplayName("remembers whose enrolment it was when its id is handed to somebody else")
    void moves() {
        small();
        room.land(batch -> batch.put(Entity.ENROLLMENT, 0, Rows.enrollment("e-0", 0, 0, 0, "student")));
        room.land(batch -> batch.put(Entity.USER, 0, Rows.user("u-0", "Augusta", "student", 0, "03")));
        room.land(batch -> batch.put(Entity.ENROLLMENT, 0, Rows.enrollment("e-0", 1, 0, 0, "student")));
        for (int pass = 0; pass < 2; pass++) {
            assertEquals(1, vault().enrollmentUserAsOf(0, 1));
            assertEquals(0, vault().enrollmentUserAsOf(0, 2));
            assertEquals(0, vault().enrollmentUserAsOf(0, 3));
            assertEquals(1, vault().enrollmentUserAsOf(0, 4));
            assertTrue(vault().everEnrolled(0, 0), "an earlier answer told of this user");
            assertTrue(vault().everEnrolled(0, 1));
            assertFalse(vault().everEnrolled(0, 2));
            room.restart();
        }
    }

    @Test
    @DisplayName("files documents, all of a change or nothing")
    void shelf() {
        byte[] one = "one".getBytes(StandardCharsets.UTF_8);
        vault().put("rule", "b", one);
        vault().apply(List.of(
                new Shelf.Change.Put("rule", "a", new byte[0]),
                new Shelf.Change.Put("vendor", "a", one),
                new Shelf.Change.Remove("rule", "b")));
        room.restart();
        assertEquals(List.of("a"), vault().ids("rule"));
        assertEquals(0, vault().get("rule", "a").orElseThrow().length);
        assertTrue(vault().get("rule", "b").isEmpty());
        Map<String, byte[]> vendors = vault().all("vendor");
        assertTrue(Arrays.equals(one, vendors.get("a")));
    }

    @Test
    @DisplayName("files a document while an import is open")
    void shelfDuringImport() {
        try (Landing.Batch batch = vault().open(Room.START)) {
            user(batch, "u-0", "Ada");
            vault().put("token", "t", new byte[] {1});
            assertEquals(1, vault().get("token", "t").orElseThrow()[0]);
        }
    }

    @Test
    @DisplayName("reads from virtual threads")
    void virtualThreads() throws InterruptedException {
        small();
        room.restart();
        byte[][] row = new byte[1][];
        Thread.ofVirtual().start(() -> row[0] = room.row(Entity.USER, 0, 1)).join();
        assertArrayEquals(Rows.user("u-0", "Ada", "student", 0, "03"), row[0]);
    }
}
