package org.rosterkeep.courier;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.rosterkeep.courier.wire.Code;

/// What passes and what does not, in pieces of every size: where a piece ends must not matter.
class ScreenTest {
    private static final Given GIVEN = Given.of(Map.of(
            "user", Set.of("givenName", "roles", "grades"),
            "class", Set.of("title", "course", "school", "terms"),
            "org", Set.of("name", "type")));
    private static final String USER =
            "{\"sourcedId\":\"p1\",\"status\":\"active\",\"dateLastModified\":\"2026-11-01T00:00:00.000Z\",\"enabledUser\":\"true\",\"givenName\":\"Mia\\u00e4"
                + " \\\"x\\\"\",\"familyName\":\"Withheld\",\"grades\":[\"03\",\"04\"],"
                + "\"roles\":[{\"roleType\":\"primary\",\"role\":\"student\",\"org\":{\"href\":\"h\",\"sourcedId\":\"o1\",\"type\":\"org\"}}]}";
    private static final String GONE =
            "{\"sourcedId\":\"p2\",\"status\":\"tobedeleted\",\"dateLastModified\":\"2026-11-01T00:00:00.000Z\","
                + "\"enabledUser\":true,\"givenName\":\"Withheld\",\"familyName\":\"Withheld\",\"username\":\"p2\",\"role\":\"student\",\"orgs\":[]}";
    private static final String ORG =
            "{\"sourcedId\":\"o1\",\"name\":\"School\",\"type\":\"school\",\"identifier\":\"o1\"}";
    private static final String GOOD =
            "{ \"orgs\" : [" + ORG + "],\"users\":[" + USER + "," + GONE + "],\"classes\":[]}";
    private static final String USERS_HEAD =
            "sourcedId,status,dateLastModified,enabledUser,username,userIds,givenName,familyName,"
                    + "email,agentSourcedIds,grades,password,preferredGivenName,primaryOrgSourcedId\r\n";
    private static final String USERS = USERS_HEAD + "p1,,,true,p1,,\"Mia, \"\"x\"\"\",Withheld,,,\"03,04\",,,\r\n";
    private static final String MANIFEST = "propertyName,value\r\n"
            + "manifest.version,1.0\r\n"
            + "oneroster.version,1.2\r\n"
            + "file.users,bulk\r\n"
            + "source.systemName,Rosterkeep\r\n";

    private final List<String> persons = new ArrayList<>();

    @Test
    @DisplayName(
            "records with the fields that are given pass, in pieces of every size, and everybody in them is counted")
    void jsonPasses() {
        passes(this::json, GOOD.getBytes(StandardCharsets.UTF_8));
        assertEquals(List.of("p1"), persons);
    }

    @Test
    @DisplayName("a field, a collection or an entity that is not given does not pass, wherever it hides")
    void jsonField() {
        for (var bad : List.of(
                GOOD.replace("\"grades\"", "\"email\""),
                GOOD.replace("\"grades\"", "\"gr\\u0061ds\""),
                GOOD.replace("\"familyName\":\"Withheld\"", "\"familyName\":\"Miller\""),
                GOOD.replace("\"familyName\":\"Withheld\"", "\"familyName\":[\"Withheld\"]"),
                GOOD.replace("\"username\":\"p2\"", "\"username\":\"p1\""),
                GOOD.replace("\"enabledUser\":\"true\"", "\"enabledUser\":\"false\""),
                GOOD.replace("\"href\":\"h\"", "\"email\":\"h\""),
                GOOD.replace("\"givenName\":\"Mia", "\"metadata\":{\"a\":1},\"givenName\":\"Mia"),
                GOOD.replace("\"grades\":[\"03\",\"04\"]", "\"grades\":[{\"sourcedId\":\"x\"}]"),
                GOOD.replace("\"classes\"", "\"courses\""),
                GOOD.replace("\"classes\"", "\"demographics\""),
                GOOD.replace("\"classes\"", "\"orgs\""),
                GOOD.replace("\"classes\":[]", "\"note\":\"x\""),
                GOOD.replace("\"identifier\":\"o1\"", "\"identifier\":\"district 4\""))) {
            fails(this::json, bad);
        }
    }

    @Test
    @DisplayName("what is not the JSON of OneRoster records does not pass")
    void jsonForm() {
        for (var bad : List.of(
                "",
                "[]",
                "{",
                "{}x",
                "1",
                "{\"users\":[1]}",
                "{\"users\":{}}",
                "{\"users\":[[]]}",
                "{\"users\":[{}]}",
                "{\"users\":[{\"givenName\":\"a\",\"sourcedId\":\"p1\"}]}",
                "{\"users\":[{\"sourcedId\":\"p1\",\"sourcedId\":\"p2\"}]}",
                "{\"users\":[{\"sourcedId\":1}]}",
                "{\"users\":[{\"sourcedId\":\"p1\",\"status\":\"Mia\"}]}",
                "{\"users\":[{\"sourcedId\":\"p1\",\"dateLastModified\":\"Mia Miller\"}]}",
                "{\"users\":[{\"sourcedId\":\"p1\",\"givenName\":{\"a\":1}}]}",
                "{\"users\":[{\"sourcedId\":\"p1\",\"givenName\":\"a\nb\"}]}",
                "{\"users\":[{\"sourcedId\":\"" + "p".repeat(600) + "\"}]}",
                "{\"users\":[{\"" + "n".repeat(600) + "\":\"\"}]}",
                "{\"users\":[{\"sourcedId\":\"p1\",\"givenName\":nul}]}",
                "{\"users\":[{\"sourcedId\":\"p1\",\"givenName\":0001}]}",
                "{\"users\":[{\"sourcedId\":\"p1\",,}]}",
                "{\"users\":[],}",
                "{\"users\":[}]",
                "{\"users\" []}",
                GOOD.substring(0, GOOD.length() - 1))) {
            fails(this::json, bad);
        }
    }

    @Test
    @DisplayName("files with all columns pass when those that are not given are empty or stand in")
    void zipPasses() throws Exception {
        var files = new LinkedHashMap<String, String>();
        files.put("users.csv", USERS);
        files.put(
                "roles.csv",
                "sourcedId,status,dateLastModified,userSourcedId,roleType,role,beginDate,endDate,orgSourcedId,"
                        + "userProfileSourcedId\r\np1.0,,,p1,primary,student,,,o1,\r\n");
        files.put("manifest.csv", MANIFEST);
        passes(this::zip, zipped(files));
        assertEquals(List.of("p1"), persons);
    }

    @Test
    @DisplayName("a value in a column that is not given, a column or a file that is unknown does not pass")
    void zipField() throws Exception {
        for (var users : List.of(
                USERS.replace("Withheld", "Miller"),
                USERS.replace(",,\"03", ",guardian,\"03"),
                USERS.replace("true,p1", "true,mia.miller"),
                USERS.replace(",,,\r\n", ",secret,,\r\n"),
                USERS.replace(",,,\r\n", ",,Mimi,\r\n"),
                USERS.replace("password", "metadata.shoe"),
                USERS.replace("p1,,,true", "p1,Mia,,true"),
                USERS.replace("p1,,,true", "p1,,Mia,true"),
                USERS.replace(",,,\r\n", ",,,,more\r\n"),
                USERS.replace(",,,\r\n", ",,\r\n"),
                USERS + "\r\n",
                USERS + ",,,,,,,,,,,,,\r\n",
                USERS + "\"",
                "")) {
            fails(this::zip, zipped(Map.of("users.csv", users)));
        }
        for (var name : List.of("demographics.csv", "notes.csv", "../users.csv", "users.txt", "users.csv/a.csv")) {
            fails(this::zip, zipped(Map.of(name, USERS)));
        }
        for (var manifest : List.of(
                MANIFEST.replace("bulk", "Mia"),
                MANIFEST.replace("Rosterkeep", "Mia Miller"),
                MANIFEST.replace("1.2", "Mia"),
                MANIFEST.replace("file.users", "note"),
                MANIFEST.replace("bulk", "bulk,Mia"))) {
            fails(this::zip, zipped(Map.of("manifest.csv", manifest)));
        }
    }

    @Test
    @DisplayName(
            "in a package there is no place beside the files: every bit that is changed, added or left out is noticed")
    void zipForm() throws Exception {
        byte[] good = zipped(Map.of("users.csv", USERS));
        fails(this::zip, java.util.Arrays.copyOf(good, good.length - 1));
        fails(this::zip, java.util.Arrays.copyOf(good, good.length + 1));
        int harmless = 0;
        var random = new Random(5);
        for (int at = 0; at < good.length; at++) {
            byte[] changed = good.clone();
            changed[at] ^= (byte) (1 << random.nextInt(8));
            try {
                screened(this::zip, changed, changed.length);
                // The last bits behind what is packed say nothing; there are fewer than eight.
                assertEquals(1, ++harmless, "byte " + at + " of " + good.length + " may be anything");
            } catch (Refused e) {
                assertEquals(true, e.code() == Code.PAYLOAD_FORM || e.code() == Code.PAYLOAD_FIELD);
            }
        }
    }

    @Test
    @DisplayName("extra fields, comments, stored entries and second entries of one name do not pass")
    void zipHiding() throws Exception {
        fails(this::zip, zipped(zip -> {
            var entry = new ZipEntry("users.csv");
            entry.setExtra(new byte[] {1, 2, 1, 0, 'x'});
            zip.putNextEntry(entry);
        }));
        fails(this::zip, zipped(zip -> {
            zip.setComment("Mia");
            zip.putNextEntry(new ZipEntry("users.csv"));
        }));
        fails(this::zip, zipped(zip -> {
            var entry = new ZipEntry("users.csv");
            entry.setComment("Mia");
            zip.putNextEntry(entry);
        }));
        fails(this::zip, zipped(zip -> {
            zip.putNextEntry(new ZipEntry("dir/"));
            zip.closeEntry();
            zip.putNextEntry(new ZipEntry("users.csv"));
        }));
        fails(this::zip, new byte[0]);
        fails(this::zip, zipped(Map.of()));
    }

    @Test
    @DisplayName("a webhook tells of a change and of nobody")
    void notices() {
        String good =
                "{\"event\":\"changed\",\"delivery\":\"d\",\"edition\":7,\"collections\":[\"users\",\"classes\"]}";
        passes(this::notice, good.getBytes(StandardCharsets.UTF_8));
        for (var bad : List.of(
                "[]",
                "{\"name\":\"Mia\"}",
                good.replace("users", "Mia"),
                good.replace("\"d\"", "{}"),
                good.replace("\"d\"", "\"" + "x".repeat(300) + "\""),
                " ".repeat(5000) + good,
                good + good)) {
            fails(this::notice, bad);
        }
    }

    private Screen json() {
        return new JsonScreen(GIVEN, persons::add);
    }

    private Screen zip() {
        return new ZipScreen(GIVEN, persons::add);
    }

    private Screen notice() {
        return new NoticeScreen();
    }

    private void passes(Supplier<Screen> screen, byte[] payload) {
        for (int size : new int[] {1, 2, 3, 7, 64, payload.length}) {
            persons.clear();
            screened(screen, payload, size);
        }
    }

    private void fails(Supplier<Screen> screen, String payload) {
        fails(screen, payload.getBytes(StandardCharsets.UTF_8));
    }

    private static void fails(Supplier<Screen> screen, byte[] payload) {
        for (int size : new int[] {1, 5, Math.max(1, payload.length)}) {
            assertThrows(
                    Refused.class,
                    () -> screened(screen, payload, size),
                    () -> new String(payload, StandardCharsets.ISO_8859_1));
        }
    }

    private static void screened(Supplier<Screen> screen, byte[] payload, int size) {
        var one = screen.get();
        for (int at = 0; at < payload.length; at += size) {
            one.take(payload, at, Math.min(size, payload.length - at));
        }
        one.end();
    }

    private interface Packing {
        void into(ZipOutputStream zip) throws IOException;
    }

    private static byte[] zipped(Packing packing) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes)) {
            packing.into(zip);
            zip.write(USERS.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }

    static byte[] zipped(Map<String, String> files) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes)) {
            for (var file : files.entrySet()) {
                var entry = new ZipEntry(file.getKey());
                entry.setTimeLocal(LocalDateTime.of(2026, 11, 1, 0, 0));
                zip.putNextEntry(entry);
                zip.write(file.getValue().getBytes(StandardCharsets.UTF_8));
            }
        }
        return bytes.toByteArray();
    }
}
