package org.rosterkeep.vault;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rosterkeep.intake.Landing;
import org.rosterkeep.roster.Entity;
import org.rosterkeep.roster.Field;
import org.rosterkeep.roster.RecordKey;
import org.rosterkeep.roster.Relations;
import org.rosterkeep.roster.RowWriter;

@DisplayName("A record that a later source system calls otherwise")
class RenamesTest {
    @TempDir
    private Path directory;

    private Room room;

    @BeforeEach
    void open() {
        room = new Room(directory);
        room.land(batch -> put(batch, "old-1", "Ada"));
    }

    @AfterEach
    void close() {
        room.close();
    }

    private static Landing.Change put(Landing.Batch batch, String id, String name) {
        int ordinal = batch.reserve(Entity.USER, Rows.id(id));
        return batch.put(Entity.USER, ordinal, Rows.user(id, name, "student", 0, "03"));
    }

    @Test
    @DisplayName("is found by every id, keeps its key, and is told by its first id alone, also after a restart")
    void found() {
        RecordKey key = room.vault.relations().key(Entity.USER, 0);
        assertEquals(2, room.land(batch -> batch.rename(Entity.USER, 0, Rows.id("new-1"))));
        assertEquals(3, room.land(batch -> batch.rename(Entity.USER, 0, Rows.id("newer-1"))));
        for (int pass = 0; pass < 2; pass++) {
            for (String id : new String[] {"old-1", "new-1", "newer-1"}) {
                assertEquals(0, room.vault.find(Entity.USER, Rows.id(id)), id);
            }
            assertEquals(0, room.vault.findFirst(Entity.USER, Rows.id("old-1")));
            assertEquals(Relations.NONE, room.vault.findFirst(Entity.USER, Rows.id("new-1")));
            assertEquals(key, room.vault.relations().key(Entity.USER, 0));
            assertTrue(room.vault.changedSince(Entity.USER, 1).isEmpty());
            room.restart();
        }
    }

    @Test
    @DisplayName(
            "keeps its first id in its row, whatever the delivery calls it, and a row that is otherwise equal is no"
                    + " change")
    void row() {
        room.land(batch -> batch.rename(Entity.USER, 0, Rows.id("new-1")));
        room.restart();
        room.land(batch -> assertEquals(Landing.Change.SAME, put(batch, "new-1", "Ada")));
        room.land(batch -> assertEquals(Landing.Change.CHANGED, put(batch, "new-1", "Adele")));
        assertArrayEquals(
                Rows.user("old-1", "Adele", "student", 0, "03"),
                room.row(Entity.USER, 0, room.vault.relations().batch()));
    }

    @Test
    @DisplayName("keeps its first id also when it left and comes back under another one")
    void returned() {
        room.land(batch -> batch.remove(Entity.USER, 0));
        room.land(batch -> batch.rename(Entity.USER, 0, Rows.id("new-1")));
        room.land(batch -> assertEquals(Landing.Change.RETURNED, put(batch, "new-1", "Adele")));
        assertArrayEquals(
                Rows.user("old-1", "Adele", "student", 0, "03"),
                room.row(Entity.USER, 0, room.vault.relations().batch()));
    }

    @Test
    @DisplayName("has its first id in demographics that only the new system delivers")
    void demographics() {
        room.land(batch -> batch.rename(Entity.USER, 0, Rows.id("new-1")));
        room.land(batch -> batch.put(
                Entity.DEMOGRAPHICS,
                0,
                new RowWriter()
                        .clear()
                        .text(Field.DEMOGRAPHICS_SOURCED_ID, "new-1")
                        .text(Field.DEMOGRAPHICS_SEX, "female")
                        .toBytes()));
        assertArrayEquals(
                new RowWriter()
                        .clear()
                        .text(Field.DEMOGRAPHICS_SOURCED_ID, "old-1")
                        .text(Field.DEMOGRAPHICS_SEX, "female")
                        .toBytes(),
                room.row(Entity.DEMOGRAPHICS, 0, room.vault.relations().batch()));
    }

    @Test
    @DisplayName("is not renamed by a batch that is undone, nor to an id that is taken, nor before it is known")
    void refused() {
        try (Landing.Batch batch = room.vault.open(room.clock.instant())) {
            batch.rename(Entity.USER, 0, Rows.id("new-1"));
            assertEquals(0, batch.find(Entity.USER, Rows.id("new-1")));
        }
        assertEquals(Relations.NONE, room.vault.find(Entity.USER, Rows.id("new-1")));
        room.land(batch -> put(batch, "old-2", "Alan"));
        room.land(batch -> {
            batch.rename(Entity.USER, 0, Rows.id("new-1"));
            assertThrows(IllegalArgumentException.class, () -> batch.rename(Entity.USER, 1, Rows.id("new-1")));
            assertThrows(IllegalArgumentException.class, () -> batch.rename(Entity.USER, 1, Rows.id("old-1")));
            int fresh = batch.reserve(Entity.USER, Rows.id("old-3"));
            assertThrows(IllegalArgumentException.class, () -> batch.rename(Entity.USER, fresh, Rows.id("new-3")));
        });
    }

    @Test
    @DisplayName("is found among more records than a block of names holds, in several batches")
    void many() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        int people = Columns.CHUNK + 500;
        room.land(batch -> IntStream.range(0, people).forEach(i -> put(batch, "u-" + i, "N")));
        for (int round = 0; round < 3; round++) {
            int of = round;
            int from = people * round / 3;
            int to = people * (round + 1) / 3;
            room.land(batch -> IntStream.range(from, to)
                    .forEach(i -> batch.rename(
                            Entity.USER, batch.find(Entity.USER, Rows.id("u-" + i)), Rows.id("v-" + i + "-" + of))));
        }
        room.restart();
        for (int n = 0; n < 2000; n++) {
            int i = random.nextInt(people);
            int round = IntStream.range(0, 3)
                    .filter(r -> i < people * (r + 1) / 3)
                    .findFirst()
                    .orElseThrow();
            assertEquals(
                    room.vault.find(Entity.USER, Rows.id("u-" + i)),
                    room.vault.find(Entity.USER, Rows.id("v-" + i + "-" + round)),
                    "seed " + seed);
        }
    }

    @Test
    @DisplayName("is still found when the keys were renewed")
    void resealed() {
        room.land(batch -> batch.rename(Entity.USER, 0, Rows.id("new-1")));
        room.keys.rotate();
        while (!room.vault.reseal(10)) {
            // Until all is sealed anew.
        }
        room.restart();
        assertEquals(0, room.vault.find(Entity.USER, Rows.id("new-1")));
    }
}
