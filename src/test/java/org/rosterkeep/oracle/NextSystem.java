package org.rosterkeep.oracle;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What becomes of a district on its way into another system, besides the new ids: identifiers get lost, siblings'
/// logins change places, people marry, leave and come, a class is split, and a number is given out anew.
final class NextSystem {
    private static final List<String> KEYS =
            List.of("identifier", "userIds", "userMasterIdentifier", "username", "email");

    private final Random random;

    NextSystem(long seed) {
        random = new Random(seed);
    }

    /// A table by its columns, held whole.
    private static final class Sheet {
        private final Path file;
        private final List<String> header;
        private final List<List<String>> rows = new ArrayList<>();

        Sheet(Path folder, String name) throws IOException {
            file = folder.resolve(name + ".csv");
            List<List<String>> all = Renaming.rows(file);
            header = all.getFirst();
            all.subList(1, all.size()).forEach(row -> rows.add(new ArrayList<>(row)));
        }

        String get(List<String> row, String column) {
            return row.get(header.indexOf(column));
        }

        void set(List<String> row, String column, String value) {
            row.set(header.indexOf(column), value);
        }

        void write() throws IOException {
            Files.writeString(
                    file,
                    Stream.concat(Stream.of(header), rows.stream())
                            .map(Renaming::line)
                            .collect(Collectors.joining("\r\n", "", "\r\n")));
        }
    }

    /// Makes twins in the first delivery: pairs of pupils of one grade get one family name, and their first classes in
    /// common. Values with quotation marks are none of this test's business.
    List<List<String>> twins(Path folder) throws IOException {
        Sheet users = new Sheet(folder, "users");
        List<List<String>> twins = new ArrayList<>();
        Map<String, List<String>> waiting = new HashMap<>();
        for (List<String> user : users.rows) {
            String grade = users.get(user, "grades") + users.get(user, "primaryOrgSourcedId");
            if (users.get(user, "grades").isEmpty() || random.nextInt(4) > 0) {
                continue;
            }
            List<String> other = waiting.remove(grade);
            if (other == null) {
                waiting.put(grade, user);
            } else {
                users.set(user, "familyName", users.get(other, "familyName"));
                twins.add(List.of(other.getFirst(), user.getFirst()));
            }
        }
        users.write();
        Sheet enrollments = new Sheet(folder, "enrollments");
        Map<String, String> classes = new HashMap<>();
        for (List<String> pair : twins) {
            classes.put(pair.get(1), pair.get(0));
        }
        Map<String, List<String>> of = new HashMap<>();
        enrollments.rows.forEach(
                row -> of.computeIfAbsent(enrollments.get(row, "userSourcedId"), u -> new ArrayList<>())
                        .add(enrollments.get(row, "classSourcedId")));
        for (Map.Entry<String, String> pair : classes.entrySet()) {
            int n = 0;
            for (List<String> row : enrollments.rows) {
                if (enrollments.get(row, "userSourcedId").equals(pair.getKey())) {
                    enrollments.set(
                            row, "classSourcedId", of.get(pair.getValue()).get(n++));
                }
            }
        }
        enrollments.write();
        return twins;
    }

    /// The same district as the next system delivers it, still under the old ids.
    void change(Path folder, List<List<String>> twins) throws IOException {
        Sheet users = new Sheet(folder, "users");
        Sheet roles = new Sheet(folder, "roles");
        Sheet enrollments = new Sheet(folder, "enrollments");
        Map<String, List<String>> byId = new HashMap<>();
        users.rows.forEach(row -> byId.put(row.getFirst(), row));
        for (List<String> row : users.rows) {
            if (random.nextInt(4) == 0) {
                for (String key : KEYS.subList(0, random.nextBoolean() ? 3 : 5)) {
                    users.set(row, key, "");
                }
            }
        }
        for (List<String> pair : twins) {
            swap(users, byId.get(pair.get(0)), byId.get(pair.get(1)));
        }
        for (List<String> row : users.rows) {
            rename(users, row);
        }
        leaveAndCome(users, roles, enrollments);
        split(folder, enrollments);
        java.util.Collections.shuffle(users.rows, random);
        users.write();
        roles.write();
        enrollments.write();
    }

    private void swap(Sheet users, List<String> one, List<String> other) {
        for (String key : List.of("username", "email", "identifier")) {
            if (random.nextInt(3) == 0) {
                String was = users.get(one, key);
                users.set(one, key, users.get(other, key));
                users.set(other, key, was);
            }
        }
    }

    private void rename(Sheet users, List<String> row) {
        int fate = random.nextInt(20);
        if (fate == 0) {
            users.set(row, "familyName", "Wed" + random.nextInt(1000));
        }
        if (fate == 1) {
            users.set(row, "givenName", "New" + random.nextInt(1000));
        }
        if (fate < 2 && random.nextBoolean()) {
            users.set(row, "username", "fresh" + random.nextInt(1 << 20));
            users.set(row, "email", "fresh" + random.nextInt(1 << 20) + "@example.org");
        }
    }

    /// Some leave; of those who come some have a leaver's login, and some somebody's whole name.
    private void leaveAndCome(Sheet users, Sheet roles, Sheet enrollments) {
        List<List<String>> leavers = users.rows.stream()
                .filter(row -> !users.get(row, "grades").isEmpty() && random.nextInt(15) == 0)
                .toList();
        int n = 0;
        for (List<String> leaver : leavers) {
            String gone = leaver.getFirst();
            String comes = "newcomer-" + n;
            List<String> row = new ArrayList<>(leaver);
            KEYS.forEach(key -> users.set(row, key, ""));
            row.set(0, comes);
            List<String> like = users.rows.get(random.nextInt(users.rows.size()));
            boolean namesake = n % 3 == 0;
            users.set(row, "givenName", namesake ? users.get(like, "givenName") : "Come" + n);
            users.set(row, "familyName", namesake ? users.get(like, "familyName") : "Lately" + n);
            if (n % 3 == 1) {
                users.set(row, "username", users.get(leaver, "username"));
                users.set(row, "identifier", users.get(leaver, "identifier"));
            }
            users.rows.remove(leaver);
            users.rows.add(row);
            for (List<String> role : roles.rows) {
                if (roles.get(role, "userSourcedId").equals(gone)) {
                    roles.set(role, "userSourcedId", comes);
                }
            }
            for (List<String> enrollment : enrollments.rows) {
                if (enrollments.get(enrollment, "userSourcedId").equals(gone)) {
                    enrollments.set(enrollment, "userSourcedId", comes);
                }
            }
            n++;
        }
    }

    /// Half of a class goes on as another one, with another code.
    private void split(Path folder, Sheet enrollments) throws IOException {
        Sheet classes = new Sheet(folder, "classes");
        List<String> klass = classes.rows.get(random.nextInt(classes.rows.size()));
        List<String> half = new ArrayList<>(klass);
        half.set(0, "split-off");
        classes.set(half, "classCode", "K-SPLIT");
        classes.rows.add(half);
        classes.write();
        for (List<String> row : enrollments.rows) {
            if (enrollments.get(row, "classSourcedId").equals(klass.getFirst()) && random.nextBoolean()) {
                enrollments.set(row, "classSourcedId", "split-off");
            }
        }
    }
}
