package org.rosterkeep.backup;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// How far an erasure ledger had come: its last number and the beginning of that line's hash, as
/// `12-9f3a5c0d1e2b`. Kept
/// apart from the ledger, and short enough to be read out and typed; an older ledger cannot agree with it.
public record Witness(long number, String hash) {
    private static final Pattern FORM = Pattern.compile("(\\d{1,18})-([0-9a-f]{12})");
    static final int HASH_LETTERS = 12;

    /// Reads what somebody typed, or a line of a file.
    public static Optional<Witness> of(String text) {
        Matcher matcher = FORM.matcher(text.strip());
        return matcher.matches()
                ? Optional.of(new Witness(Long.parseLong(matcher.group(1)), matcher.group(2)))
                : Optional.empty();
    }

    /// What a file says; empty when there is none that can be understood.
    public static Optional<Witness> read(Path file) {
        try {
            return Files.isRegularFile(file)
                    ? of(Files.readString(file, StandardCharsets.US_ASCII)
                            .lines()
                            .findFirst()
                            .orElse(""))
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    void write(Path file) throws IOException {
        Durable.write(file, (this + "\n").getBytes(StandardCharsets.US_ASCII));
    }

    @Override
    public String toString() {
        return number + "-" + hash;
    }
}
