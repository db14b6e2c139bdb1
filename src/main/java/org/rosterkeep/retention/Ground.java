package org.rosterkeep.retention;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/// Why somebody is erased: one of a few words, because a reason in free words would name the person whom it erases.
public enum Ground {
    /// The person, or who speaks for them, wants it.
    ASKED("asked"),
    /// What it was kept for is over.
    NOT_NEEDED("not-needed"),
    /// It rested on a consent that was taken back.
    CONSENT_WITHDRAWN("consent-withdrawn"),
    /// An objection was upheld.
    OBJECTION_UPHELD("objection-upheld"),
    /// It should never have been kept.
    UNLAWFUL("unlawful"),
    /// A law or an authority wants it.
    LAW("law");

    private final String word;

    Ground(String word) {
        this.word = word;
    }

    public String word() {
        return word;
    }

    public static Optional<Ground> named(String word) {
        return Arrays.stream(values()).filter(one -> one.word.equals(word)).findFirst();
    }

    /// All words, for people.
    public static String words() {
        return Arrays.stream(values()).map(Ground::word).collect(Collectors.joining(", "));
    }
}
