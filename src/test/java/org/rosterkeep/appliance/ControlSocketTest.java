package org.rosterkeep.appliance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rosterkeep.commands.ControlClient;
import org.rosterkeep.log.Log;

class ControlSocketTest {
    @TempDir
    private Path directory;

    private final ByteArrayOutputStream logged = new ByteArrayOutputStream();
    private final List<String> heard = new ArrayList<>();
    private Home home;
    private ControlSocket socket;

    @BeforeEach
    void listen() throws IOException {
        home = new Home(directory.resolve("h"));
        home.make();
        var verbs = new Verbs((verb, operation) -> operation)
                .with("echo", (call, meanwhile) -> {
                    meanwhile.progress("thinking");
                    meanwhile.data(new byte[] {1, 2, 3}, 2);
                    return Answer.of(
                            Json.createObjectBuilder()
                                    .add("said", call.text("word"))
                                    .add("by", call.caller().user())
                                    .build(),
                            "said " + call.text("word"));
                })
                .with("fail", (call, meanwhile) -> {
                    throw new IllegalStateException("Wilhelmina");
                });
        socket = ControlSocket.listen(
                home.socket(),
                verbs,
                new Log(new PrintStream(logged, true, StandardCharsets.UTF_8), Clock.systemUTC()));
    }

    @AfterEach
    void close() throws IOException {
        socket.close();
    }

    private int call(String verb, JsonObject args) {
        return new ControlClient(home).call(verb, args, new ControlClient.Ear() {
            @Override
            public void progress(String line) {
                heard.add("progress " + line);
            }

            @Override
            public void data(byte[] bytes) {
                heard.add("data " + bytes.length);
            }

            @Override
            public void answer(JsonObject json, Iterable<String> lines) {
                lines.forEach(line -> heard.add("line " + line));
                heard.add("json " + json);
            }

            @Override
            public void error(String what, String why, String todo) {
                heard.add("error " + what + " " + why + " " + todo);
            }
        });
    }

    @Test
    @DisplayName("answers with progress, bytes, lines and JSON, and knows the caller by the kernel's word")
    void answers() {
        assertEquals(
                0,
                call("echo", Json.createObjectBuilder().add("word", "hallå\n").build()));
        var user = System.getProperty("user.name");
        assertEquals(
                List.of(
                        "progress thinking",
                        "data 2",
                        "line said hallå\n",
                        "json {\"said\":\"hallå\\n\",\"by\":\"" + user + "\"}"),
                heard);
    }

    @Test
    @DisplayName("a missing argument and an unknown verb are wrong use")
    void wrongUse() {
        assertEquals(2, call("echo", JsonObject.EMPTY_JSON_OBJECT));
        assertTrue(heard.getLast().contains("needs word"), heard.getLast());
        assertEquals(2, call("dance", JsonObject.EMPTY_JSON_OBJECT));
    }

    @Test
    @DisplayName("a bug answers with a code that is also in the log, and with nobody's name")
    void bugs() {
        assertEquals(1, call("fail", JsonObject.EMPTY_JSON_OBJECT));
        var log = logged.toString(StandardCharsets.UTF_8);
        var code = heard.getLast().replaceAll(".*code is ([A-Z0-9-]+)\\..*", "$1");
        assertTrue(log.contains("\"error\":\"" + code + "\""), log);
        assertFalse((log + heard).contains("Wilhelmina"));
    }

    @Test
    @DisplayName("the socket and all directories are closed to other users")
    void modes() throws IOException {
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(home.socket())));
        for (var path : List.of(home.directory(), home.run(), home.districts(), home.tls(), home.log())) {
            assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(path)));
        }
    }

    @Test
    @DisplayName("replaces the socket that a crash left behind")
    void stale() throws IOException {
        socket.close();
        Files.createFile(home.socket());
        listen();
        assertEquals(
                0, call("echo", Json.createObjectBuilder().add("word", "again").build()));
    }

    @Test
    @DisplayName("nobody there: not running, exit code 6")
    void nobody() throws IOException {
        socket.close();
        var trouble = assertThrows(Trouble.class, () -> call("echo", JsonObject.EMPTY_JSON_OBJECT));
        assertEquals(Exit.NOT_RUNNING, trouble.exit());
    }
}
