package org.rosterkeep.rules;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// What can happen that a clock of a pack counts from (privacy.md sections 7 and 9.1). A pack's file names them
/// by their
/// words; a word that is not here is no clock's start.
public enum Milestone {
    /// Somebody of the district, or of whom it speaks, found out that something happened.
    DISCOVERED("it was discovered"),
    /// It is reasonably certain that personal data were concerned.
    AWARE("the district became aware that personal data are concerned"),
    CONFIRMED("it was confirmed"),
    DETERMINED("it was determined to be a breach"),
    HIGH_RISK("a high risk for people was found"),
    SIGNIFICANT("it was found significant"),
    IDENTIFIED("a material breach of the agreement was identified"),
    VENDOR_NOTICE("the notice of a vendor was received"),
    NOTICE_GIVEN("the vendor was given formal notice"),
    PEOPLE_TOLD("the people concerned were told"),
    DELAY_ENDED("the reason for a lawful delay ended"),
    RECEIVED("a request was received"),
    SIGNED("an agreement was signed"),
    CHANGED("data were corrected, erased or restricted");

    private final String sentence;

    Milestone(String sentence) {
        this.sentence = sentence;
    }

    /// For people: `it was discovered`.
    public String sentence() {
        return sentence;
    }

    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /// Empty when there is no such word.
    public static Optional<Milestone> find(String word) {
        return Arrays.stream(values()).filter(one -> one.word().equals(word)).findFirst();
    }

    static Milestone of(String word) {
        return find(word).orElseThrow(() -> new IllegalArgumentException("a clock that nothing starts"));
    }
}
