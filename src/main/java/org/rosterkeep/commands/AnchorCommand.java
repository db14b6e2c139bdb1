package org.rosterkeep.commands;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.rosterkeep.appliance.Answer;
import org.rosterkeep.appliance.Exit;
import org.rosterkeep.appliance.Table;
import org.rosterkeep.appliance.Trouble;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `rosterkeep operator anchor`: writes down for the courier whose signatures count. The courier takes nobody's
/// word for
/// it but that of the file's owner, who compares the fingerprints with what the people themselves say.
@Command(
        name = "anchor",
        description = "Write down whose signatures the courier believes; for the machine's owner.",
        footer = {
            "",
            "Shows each key's fingerprint, and asks. People who have left stay: what they signed stays signed.",
            "Examples:",
            "  rosterkeep operator anchor --district springfield",
            "  rosterkeep operator anchor --district springfield --to operators.json --yes"
        })
final class AnchorCommand implements Callable<Integer> {
    private static final String DISTRICT = "district";

    @Mixin
    private Common common;

    @Option(
            names = {"-d", "--district"},
            paramLabel = "NAME",
            required = true,
            description = "Whose operators.")
    private String district = "";

    @Option(
            names = "--to",
            paramLabel = "FILE",
            defaultValue = "/etc/rosterkeep-courier/operators.json",
            description = "The courier's list (default: ${DEFAULT-VALUE}).")
    private Path to;

    @Option(names = "--yes", description = "Do not ask.")
    private boolean yes;

    @Override
    public Integer call() {
        var heard = new Heard();
        var args = new Common.Args().with(DISTRICT, district).build();
        int exit = new ControlClient(common.home()).call("operator list", args, heard);
        if (exit != Exit.OK.code()) {
            return exit;
        }
        var fresh = anchors(heard.answer);
        lines(fresh).forEach(common.out()::println);
        common.out().flush();
        if (!yes && !agreed()) {
            throw new Trouble(
                    Exit.REFUSED,
                    "Nothing was written.",
                    "You did not say yes.",
                    "Compare the fingerprints, and try again.");
        }
        write(all(fresh));
        return common.answer(Answer.of(
                Json.createObjectBuilder().add("anchored", fresh.size()).build(),
                "The courier believes these, from the next order on: " + to));
    }

    private List<JsonObject> anchors(JsonObject answer) {
        var anchors = new ArrayList<JsonObject>();
        for (var operator : answer.getJsonArray("operators").getValuesAs(JsonObject.class)) {
            var name = operator.getString("name");
            anchors.add(Json.createObjectBuilder()
                    .add(DISTRICT, district)
                    .add("operator", name)
                    .add("roles", operator.getJsonArray("roles"))
                    .add("publicKeys", operator.getJsonArray("publicKeys"))
                    .build());
        }
        return anchors;
    }

    private static List<String> lines(List<JsonObject> anchors) {
        var table = new Table("OPERATOR", "ROLES", "FINGERPRINT");
        for (var anchor : anchors) {
            var roles = new TreeSet<>(anchor.getJsonArray("roles").getValuesAs(JsonString::getString));
            for (var key : anchor.getJsonArray("publicKeys").getValuesAs(JsonString::getString)) {
                table.row(anchor.getString("operator"), String.join(", ", roles), fingerprint(key));
            }
        }
        return table.linesOr("There is no operator.");
    }

    private static String fingerprint(String key) {
        try {
            var digest = MessageDigest.getInstance("SHA-256")
                    .digest(Base64.getDecoder().decode(key));
            return "SHA256:" + Base64.getEncoder().withoutPadding().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static boolean agreed() {
        var console = System.console();
        if (console == null || !console.isTerminal()) {
            throw Trouble.wrongUse(
                    "Nobody can be asked.", "There is no terminal.", "Look at the list, and give --yes.");
        }
        return "yes".equals(console.readLine("Are these their keys? Write yes: "));
    }

    /// Those of other districts stay as they are.
    private JsonArray all(List<JsonObject> fresh) {
        var all = Json.createArrayBuilder();
        before().stream()
                .filter(one -> !one.asJsonObject().getString(DISTRICT, "").equals(district))
                .forEach(all::add);
        fresh.forEach(all::add);
        return all.build();
    }

    private JsonArray before() {
        if (!Files.exists(to)) {
            return JsonValue.EMPTY_JSON_ARRAY;
        }
        try (var reader = Json.createReader(Files.newBufferedReader(to, StandardCharsets.UTF_8))) {
            return reader.readArray();
        } catch (IOException | JsonException e) {
            throw new Trouble(
                            Exit.FAILED,
                            "The courier's list cannot be read.",
                            to + " is damaged, or not yours to read.",
                            "Look at it, or move it away and anchor every district anew.")
                    .because(e);
        }
    }

    private void write(JsonArray all) {
        try {
            var folder = to.toAbsolutePath().getParent();
            if (folder != null && !Files.isDirectory(folder)) {
                Files.createDirectories(folder);
                Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
            }
            var beside = to.resolveSibling("." + to.getFileName() + ".new");
            Files.writeString(beside, all + "\n", StandardCharsets.UTF_8);
            // The courier reads it, and only its owner writes it.
            Files.setPosixFilePermissions(beside, PosixFilePermissions.fromString("rw-r--r--"));
            Files.move(beside, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new Trouble(
                            Exit.FAILED,
                            "The courier's list could not be written.",
                            "Writing " + to + " stopped with " + e.getClass().getSimpleName() + ".",
                            "Be root, or name another file with --to.")
                    .because(e);
        }
    }

    /// Keeps the answer instead of printing it.
    private final class Heard implements ControlClient.Ear {
        private JsonObject answer = JsonValue.EMPTY_JSON_OBJECT;

        @Override
        public void progress(String line) {
            common.hint(line);
        }

        @Override
        public void data(byte[] bytes) {
            throw new IllegalStateException("a list brings no file");
        }

        @Override
        public void answer(JsonObject json, Iterable<String> lines) {
            answer = json;
        }

        @Override
        public void error(String what, String why, String todo) {
            common.trouble(what, why, todo);
        }
    }
}
