package org.rosterkeep.appliance;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.rosterkeep.commands.Trial;

/// The made-up roster in which everything about one student says the same word, and the search for that word.
final class Canary {
    static final String WORD = "qzxcanary";
    static final String PERSON = WORD + "-p";
    /// Numbers can hold no word.
    static final String DIGITS = "5559876543";

    private static final String SCHOOL = "s02";

    private Canary() {}

    /// Writes the roster; it differs a little from turn to turn, in the canary, too.
    static Path zip(Path into, int turn) throws IOException {
        var victim = victim();
        try (var in = sample();
                var out = new ZipOutputStream(Files.newOutputStream(into))) {
            for (var entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                var text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
                out.putNextEntry(new ZipEntry(entry.getName()));
                out.write(changed(entry.getName(), text, victim, turn).getBytes(StandardCharsets.UTF_8));
                out.closeEntry();
            }
            out.putNextEntry(new ZipEntry("userProfiles.csv"));
            out.write(("sourcedId,status,dateLastModified,userSourcedId,profileType,vendorId,applicationId,description,"
                            + "credentialType,username,password\n" + WORD + "-q,,," + PERSON + "," + WORD + "-t,"
                            + WORD + "-v,app," + WORD + " told so,oauth," + WORD + "-c,\n")
                    .getBytes(StandardCharsets.UTF_8));
            out.closeEntry();
        }
        return into;
    }

    private static ZipInputStream sample() {
        return new ZipInputStream(
                Objects.requireNonNull(Trial.class.getResourceAsStream("sample-roster.zip")), StandardCharsets.UTF_8);
    }

    /// Some student of the second school.
    private static String victim() throws IOException {
        try (var in = sample()) {
            for (var entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                if (entry.getName().equals("roles.csv")) {
                    return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                            .lines()
                            .filter(line -> line.contains(",student,") && line.contains("," + SCHOOL + ","))
                            .map(line -> line.split(",", -1)[3])
                            .skip(3)
                            .findFirst()
                            .orElseThrow();
                }
            }
        }
        throw new IOException("roles.csv");
    }

    private static String changed(String file, String text, String victim, int turn) {
        var lines = new ArrayList<String>();
        for (var line : text.lines().toList()) {
            if (file.equals("manifest.csv")) {
                lines.add(line.equals("file.userProfiles,absent") ? "file.userProfiles,bulk" : line);
            } else {
                lines.add(line.contains(victim) ? mine(file, line.replace(victim, PERSON), turn) : line);
            }
        }
        return String.join("\n", lines) + "\n";
    }

    private static String mine(String file, String line, int turn) {
        var cells = line.split(",", -1);
        switch (file) {
            case "users.csv" -> {
                if (!cells[0].equals(PERSON)) {
                    return line;
                }
                cells[4] = WORD + ".u" + turn;
                cells[5] = "{state:" + WORD + "-s}";
                cells[6] = "QzxCanary" + turn;
                cells[7] = "QZXCANARY";
                cells[8] = WORD + "-middle";
                cells[9] = WORD + "-local";
                cells[10] = WORD + "@students.example.org";
                cells[11] = "+1-" + DIGITS;
                cells[12] = "+1-" + DIGITS;
                cells[16] = WORD + "-master";
                cells[17] = WORD + "-preferred";
                cells[18] = WORD + "-pm";
                cells[19] = WORD + "-pf";
                cells[21] = WORD + "/they";
            }
            case "enrollments.csv" -> cells[0] = WORD + "-" + cells[0];
            case "roles.csv" -> cells[0] = WORD + "-r";
            case "demographics.csv" -> {
                cells[12] = "US";
                cells[14] = WORD + " city";
            }
            default -> {
                return line;
            }
        }
        return String.join(",", cells);
    }

    /// How the word is found there; empty when it is not: in either case, in UTF-8 and UTF-16, and in base64.
    static Optional<String> in(byte[] bytes) {
        var text = new String(bytes, StandardCharsets.ISO_8859_1);
        var lower = text.toLowerCase(Locale.ROOT);
        for (var word : List.of(WORD, DIGITS)) {
            var wide = word.chars().mapToObj(Character::toString).collect(Collectors.joining("\0"));
            if (lower.contains(word)) {
                return Optional.of(lower.substring(
                        Math.max(0, lower.indexOf(word) - 20), Math.min(lower.length(), lower.indexOf(word) + 40)));
            }
            if (lower.contains(wide)) {
                return Optional.of("UTF-16");
            }
            for (var spelt : List.of(word, word.toUpperCase(Locale.ROOT), "QzxCanary")) {
                for (int before = 0; before < 3; before++) {
                    if (text.contains(core(spelt, before))) {
                        return Optional.of("base64");
                    }
                }
            }
        }
        return Optional.empty();
    }

    /// What base64 makes of a word that has so many bytes before it, without what its neighbours decide.
    private static String core(String word, int before) {
        var all = Base64.getEncoder()
                .withoutPadding()
                .encodeToString((" ".repeat(before) + word).getBytes(StandardCharsets.UTF_8));
        int from = before == 0 ? 0 : before + 1;
        int whole = (before + word.length()) / 3 * 4;
        return all.substring(from, Math.min(all.length(), whole));
    }
}
