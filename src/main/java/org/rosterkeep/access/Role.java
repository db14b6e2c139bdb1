package org.rosterkeep.access;

import java.util.Optional;
import java.util.Set;
import org.rosterkeep.rules.Endorsement;

/// What an operator is trusted with (security.md section 5.1). One person may have several; a rule still needs two
/// persons.
public enum Role {
    /// Operators, clients, settings.
    ADMINISTRATOR("administrator"),
    /// Rules and requests.
    PRIVACY_OFFICER("privacy-officer"),
    /// The second signature under a rule.
    APPROVER("approver"),
    /// Reads the ledger and nothing else.
    AUDITOR("auditor"),
    /// Imports and backups.
    OPERATOR("operator"),
    /// Vendors, agreements, and drafts of rules.
    VENDOR_MANAGER("vendor-manager"),
    /// Says what they think of a rule; never approves one.
    DATA_PROTECTION_OFFICER("data-protection-officer"),
    /// Answers for student data where the law wants such a person; approves rules as an approver does.
    STUDENT_DATA_MANAGER("student-data-manager");

    private final String word;

    Role(String word) {
        this.word = word;
    }

    public String word() {
        return word;
    }

    public static Optional<Role> named(String word) {
        for (Role role : values()) {
            if (role.word.equals(word)) {
                return Optional.of(role);
            }
        }
        return Optional.empty();
    }

    static boolean may(Set<Role> roles, Endorsement.Act act) {
        return switch (act) {
            case PROPOSE -> roles.contains(PRIVACY_OFFICER) || roles.contains(VENDOR_MANAGER);
            case APPROVE ->
                !roles.contains(DATA_PROTECTION_OFFICER)
                        && (roles.contains(APPROVER) || roles.contains(STUDENT_DATA_MANAGER));
            case RESUME, RELEASE, FORGET -> roles.contains(PRIVACY_OFFICER) || roles.contains(APPROVER);
            case OPINION -> roles.contains(DATA_PROTECTION_OFFICER);
        };
    }
}
