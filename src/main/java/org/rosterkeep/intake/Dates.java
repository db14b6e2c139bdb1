package org.rosterkeep.intake;

import java.time.LocalDate;
import java.time.YearMonth;
import java.util.Optional;

/// Dates and years as OneRoster writes them (oneroster.md 8.2).
final class Dates {
    private Dates() {}

    /// `YYYY-MM-DD`; empty for anything else, also for a day that never was.
    static Optional<LocalDate> read(String text) {
        if (text.length() != 10 || text.charAt(4) != '-' || text.charAt(7) != '-') {
            return Optional.empty();
        }
        int year = number(text, 0, 4);
        int month = number(text, 5, 7);
        int day = number(text, 8, 10);
        boolean real = year >= 1
                && month >= 1
                && month <= 12
                && day >= 1
                && day <= YearMonth.of(year, month).lengthOfMonth();
        return real ? Optional.of(LocalDate.of(year, month, day)) : Optional.empty();
    }

    /// The year in which a school year ends: `2027`, or of two neighbouring years (`2026-2027`, `2026/27`) the later.
    static Optional<String> schoolYear(String text) {
        if (text.length() == 4 && number(text, 0, 4) >= 1000) {
            return Optional.of(text);
        }
        boolean two = (text.length() == 9 || text.length() == 7) && (text.charAt(4) == '-' || text.charAt(4) == '/');
        if (!two) {
            return Optional.empty();
        }
        int first = number(text, 0, 4);
        int second = number(text, 5, text.length());
        int next = text.length() == 9 ? first + 1 : (first + 1) % 100;
        return first >= 1000 && second == next ? Optional.of(Integer.toString(first + 1)) : Optional.empty();
    }

    /// Whether a person born then is 13 on that day. Born on 29 February, one is older from 1 March.
    static boolean thirteen(LocalDate born, LocalDate today) {
        LocalDate birthday = born.plusYears(13);
        LocalDate from = birthday.getDayOfMonth() == born.getDayOfMonth() ? birthday : birthday.plusDays(1);
        return !today.isBefore(from);
    }

    /// The number those digits write; -1 when they are no digits.
    private static int number(String text, int from, int to) {
        int number = 0;
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            if (c < '0' || c > '9') {
                return -1;
            }
            number = number * 10 + c - '0';
        }
        return number;
    }
}
