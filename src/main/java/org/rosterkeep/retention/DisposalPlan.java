package org.rosterkeep.retention;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/// Every place where a value of a person can rest, and what an erasure does there (`disposal-plan.txt`). A table, a
/// kind of document or a file that is not in it fails a test.
///
/// @param all in the order of the file
public record DisposalPlan(List<Place> all) {
    public DisposalPlan {
        all = List.copyOf(all);
    }

    /// What sort of place it is.
    public enum Kind {
        COLUMN,
        SPACE,
        DOCUMENT,
        FILE,
        MEMORY,
        ELSEWHERE
    }

    /// What becomes of what is there.
    public enum Fate {
        GOES,
        /// What is left tells nobody anything of the person.
        BARE,
        STAYS,
        /// It never holds anything of a person.
        NONE
    }

    /// @param what it holds
    /// @param how it goes, or why it does not
    public record Place(Kind kind, String name, String what, Fate fate, String how) {
        /// For people.
        public String line() {
            return name + ": " + what + " (" + how + ")";
        }
    }

    public static DisposalPlan shipped() {
        try (var in = Objects.requireNonNull(DisposalPlan.class.getResourceAsStream("disposal-plan.txt"))) {
            return new DisposalPlan(new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(DisposalPlan::place)
                    .toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Place place(String line) {
        String[] parts = Arrays.stream(line.split("\\|", -1)).map(String::strip).toArray(String[]::new);
        return new Place(
                Kind.valueOf(parts[0].toUpperCase(Locale.ROOT)),
                parts[1],
                parts[2],
                Fate.valueOf(parts[3].toUpperCase(Locale.ROOT)),
                parts[4]);
    }

    public List<Place> of(Fate fate) {
        return all.stream().filter(one -> one.fate() == fate).toList();
    }

    public Optional<Place> find(Kind kind, String name) {
        return all.stream()
                .filter(one -> one.kind() == kind && one.name().equals(name))
                .findFirst();
    }
}
