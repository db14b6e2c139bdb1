package org.rosterkeep.vault;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.roaringbitmap.RoaringBitmap;
import org.rosterkeep.entitlement.Census;
import org.rosterkeep.intake.Landing;
import org.rosterkeep.roster.Entity;
import org.rosterkeep.roster.Relations;

/// Random batches against a map: whatever was imported in whatever order, the vault shows what a naive model shows.
class VaultPropertyTest {
    private static final String[] GRADES = {"", "01", "02", "03"};
    private static final String[] ROLES = {"student", "teacher", "aide"};

    private final long seed = System.nanoTime();
    private final Random random = new Random(seed);

    @TempDir
    private Path directory;

    /// What a roster looks like to somebody without blocks, versions or columns.
    private static final class Model {
        final Map<String, Integer> ordinals = new HashMap<>();
        final Map<Integer, byte[]> users = new HashMap<>();
        final Map<Integer, String> grades = new HashMap<>();
        final Map<Integer, byte[]> enrollments = new HashMap<>();
        final Map<Integer, Integer> enrolled = new HashMap<>();
        final Set<Integer> liveUsers = new HashSet<>();
        final Set<Integer> liveEnrollments = new HashSet<>();

        Model copy() {
            Model copy = new Model();
            copy.ordinals.putAll(ordinals);
            copy.users.putAll(users);
            copy.grades.putAll(grades);
            copy.enrollments.putAll(enrollments);
            copy.enrolled.putAll(enrolled);
            copy.liveUsers.addAll(liveUsers);
            copy.liveEnrollments.addAll(liveEnrollments);
            return copy;
        }
    }

    @Test
    @DisplayName("random batches, repeats, dry runs, removals and restarts end where a naive map ends")
    void random() {
        Model model = new Model();
        Map<Long, Model> pinned = new HashMap<>();
        List<Census.Pin> pins = new ArrayList<>();
        try (Room room = new Room(directory)) {
            for (int round = 0; round < 40; round++) {
                long before = room.vault.relations().batch();
                Model next = model.copy();
                boolean commit = random.nextInt(5) > 0;
                try (Landing.Batch batch = room.vault.open(room.clock.instant())) {
                    fill(batch, next);
                    if (commit) {
                        long number = batch.commit();
                        assertTrue(number == before || number == before + 1, hint());
                        model = next;
                    }
                }
                room.clock.forward(Duration.ofMinutes(25));
                room.vault.idle(room.clock.instant());
                if (random.nextInt(6) == 0) {
                    pins.forEach(Census.Pin::close);
                    pins.clear();
                    room.restart();
                    // Who held on to rows takes hold of them again before anything is given up.
                    pinned.keySet().forEach(batch -> pins.add(room.vault.pin(batch)));
                    if (random.nextInt(2) == 0) {
                        pins.forEach(Census.Pin::close);
                        pins.clear();
                        pinned.clear();
                    }
                }
                long now = room.vault.relations().batch();
                if (random.nextInt(3) == 0) {
                    pins.add(room.vault.pin(now));
                    pinned.put(now, model);
                }
                check(room, model, now);
                pinned.forEach((batch, old) -> {
                    checkRows(room, old, batch);
                    checkShape(room.vault.relations(batch), old);
                });
            }
        }
    }

    private void fill(Landing.Batch batch, Model model) {
        int people = 1 + random.nextInt(120);
        for (int i = 0; i < people; i++) {
            String id = "u" + random.nextInt(400);
            int ordinal = batch.reserve(Entity.USER, Rows.id(id));
            if (random.nextInt(20) == 0) {
                continue;
            }
            String grade = GRADES[random.nextInt(GRADES.length)];
            String role = ROLES[random.nextInt(ROLES.length)];
            byte[] row = Rows.user(id, "Name" + random.nextInt(3), role, 0, grade);
            batch.put(Entity.USER, ordinal, row);
            model.ordinals.put(id, ordinal);
            model.users.put(ordinal, row);
            model.grades.put(ordinal, grade);
            model.liveUsers.add(ordinal);
        }
        List<Integer> users = new ArrayList<>(model.users.keySet());
        int enrolments = users.isEmpty() ? 0 : random.nextInt(600);
        for (int i = 0; i < enrolments; i++) {
            String id = "e" + random.nextInt(2000);
            int user = users.get(random.nextInt(users.size()));
            int ordinal = batch.reserve(Entity.ENROLLMENT, Rows.id(id));
            byte[] row = Rows.enrollment(id, user, 0, 0, ROLES[random.nextInt(ROLES.length)]);
            batch.put(Entity.ENROLLMENT, ordinal, row);
            model.ordinals.put(id, ordinal);
            model.enrollments.put(ordinal, row);
            model.enrolled.put(ordinal, user);
            model.liveEnrollments.add(ordinal);
        }
        for (int i = random.nextInt(30); i > 0 && !users.isEmpty(); i--) {
            int user = users.get(random.nextInt(users.size()));
            batch.remove(Entity.USER, user);
            model.liveUsers.remove(user);
        }
        List<Integer> enrollments = new ArrayList<>(model.enrollments.keySet());
        for (int i = random.nextInt(30); i > 0 && !enrollments.isEmpty(); i--) {
            int enrollment = enrollments.get(random.nextInt(enrollments.size()));
            batch.remove(Entity.ENROLLMENT, enrollment);
            model.liveEnrollments.remove(enrollment);
        }
    }

    private void check(Room room, Model model, long batch) {
        checkShape(room.vault.relations(), model);
        model.ordinals.forEach((id, ordinal) -> assertEquals(
                ordinal, room.vault.find(id.startsWith("u") ? Entity.USER : Entity.ENROLLMENT, Rows.id(id)), hint()));
        checkRows(room, model, batch);
    }

    private void checkShape(Relations relations, Model model) {
        assertEquals(bitmap(model.liveUsers), relations.live(Entity.USER), hint());
        assertEquals(bitmap(model.liveEnrollments), relations.live(Entity.ENROLLMENT), hint());
        model.enrolled.forEach((enrollment, user) -> assertEquals(user, relations.enrollmentUser(enrollment), hint()));
        for (String grade : GRADES) {
            Set<Integer> users = new HashSet<>(model.liveUsers);
            users.removeIf(user -> grade.isEmpty() || !grade.equals(model.grades.get(user)));
            assertEquals(bitmap(users), relations.usersInGrade(grade), hint());
        }
    }

    private void checkRows(Room room, Model model, long batch) {
        checkRows(room, Entity.USER, model.users, batch);
        checkRows(room, Entity.ENROLLMENT, model.enrollments, batch);
    }

    private void checkRows(Room room, Entity entity, Map<Integer, byte[]> rows, long batch) {
        int[] ordinals = rows.keySet().stream().mapToInt(Integer::intValue).toArray();
        List<byte[]> read = room.rows(entity, batch, ordinals);
        for (int i = 0; i < ordinals.length; i++) {
            assertArrayEquals(rows.get(ordinals[i]), read.get(i), hint());
        }
    }

    private static RoaringBitmap bitmap(Set<Integer> ordinals) {
        RoaringBitmap bitmap = new RoaringBitmap();
        ordinals.forEach(bitmap::add);
        return bitmap;
    }

    private String hint() {
        return "seed " + seed;
    }
}
