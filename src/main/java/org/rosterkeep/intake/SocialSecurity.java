package org.rosterkeep.intake;

import java.util.Locale;
import java.util.Set;

/// Recognises numbers that are never stored (privacy.md section 4): by the name of their type and by their shape.
final class SocialSecurity {
    private static final Set<String> TYPES = Set.of(
            "ssn",
            "socialsecurity",
            "socialsecuritynumber",
            "socialsecurityno",
            "itin",
            "tin",
            "taxid",
            "taxpayerid",
            "nationalinsurance",
            "nationalinsurancenumber");

    private SocialSecurity() {}

    /// Whether a user id's type says that the id is such a number.
    static boolean type(String type) {
        StringBuilder letters = new StringBuilder();
        type.toLowerCase(Locale.ROOT).chars().filter(Character::isLetter).forEach(letters::appendCodePoint);
        return TYPES.contains(letters.toString());
    }

    /// Whether the text is three, two and four digits with `-`, spaces or `.` between them, or nine digits that could
    /// have been issued (no area 000, 666 or from 900, no group 00, no serial 0000) and are not known to be local.
    static boolean shape(String text, boolean nineDigitsAreLocal) {
        int length = text.length();
        if (length == 11) {
            char gap = text.charAt(3);
            boolean parted = (gap == '-' || gap == ' ' || gap == '.') && text.charAt(6) == gap;
            return parted && digits(text, 0, 3) && digits(text, 4, 6) && digits(text, 7, 11);
        }
        if (length != 9 || nineDigitsAreLocal || !digits(text, 0, 9)) {
            return false;
        }
        boolean area = text.charAt(0) != '9' && !text.startsWith("000") && !text.startsWith("666");
        return area && !text.startsWith("00", 3) && !text.endsWith("0000");
    }

    private static boolean digits(String text, int from, int to) {
        for (int i = from; i < to; i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return true;
    }
}
