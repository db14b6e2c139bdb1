package org.rosterkeep.intake;

import org.rosterkeep.roster.Field;

/// Which fields of one user are kept. Whose record it is decides the element: a guardian's name is not a pupil's name,
/// and somebody who is a guardian and something else gets the stricter of both (privacy.md section 4).
record Person(Keeping keeping, boolean guardian, boolean onlyGuardian) {
    private static final String GUARDIAN_EMAIL = "guardian.email";

    /// @param thirteen whether the person is known to be 13 or older; telephone numbers of others are never kept
    boolean keeps(Field field, boolean thirteen) {
        return withheld(field, thirteen).isEmpty();
    }

    /// The element that is in the way of keeping the field; empty when nothing is.
    String withheld(Field field, boolean thirteen) {
        String ordinary = field.element();
        String guardians = guardians(field);
        if (guardian && !guardians.isEmpty()) {
            if (!keeping.keeps(guardians)) {
                return guardians;
            }
            if (onlyGuardian) {
                return phone(field) && !thirteen ? "demo.age13plus" : "";
            }
        }
        if (always(field)) {
            return "";
        }
        if (!keeping.keeps(ordinary)) {
            return ordinary;
        }
        return phone(field) && !thirteen ? "demo.age13plus" : "";
    }

    /// The guardian's element of a field; empty when it has none.
    private static String guardians(Field field) {
        return switch (field) {
            case USER_GIVEN_NAME,
                    USER_FAMILY_NAME,
                    USER_MIDDLE_NAME,
                    USER_PREFERRED_FIRST_NAME,
                    USER_PREFERRED_MIDDLE_NAME,
                    USER_PREFERRED_LAST_NAME -> "guardian.name";
            case USER_EMAIL -> GUARDIAN_EMAIL;
            case USER_SMS, USER_PHONE -> "guardian.phone";
            default -> "";
        };
    }

    private static boolean phone(Field field) {
        return field == Field.USER_SMS || field == Field.USER_PHONE;
    }

    /// What no user's record can be without.
    private static boolean always(Field field) {
        return field == Field.USER_SOURCED_ID
                || field.need() == Field.Need.GRANT
                || field.need() == Field.Need.INTERNAL;
    }

    /// A guardian's username is mostly the private e-mail address, and then counts as one.
    boolean keepsUsername(String username) {
        boolean address = guardian && username.indexOf('@') >= 0;
        return keeping.keeps(Field.USER_USERNAME) && (!address || keeping.keeps(GUARDIAN_EMAIL));
    }

    /// The element to count a dropped username under.
    String usernameElement(String username) {
        return guardian && username.indexOf('@') >= 0 && !keeping.keeps(GUARDIAN_EMAIL)
                ? GUARDIAN_EMAIL
                : Field.USER_USERNAME.element();
    }
}
