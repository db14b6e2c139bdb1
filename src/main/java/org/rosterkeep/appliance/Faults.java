package org.rosterkeep.appliance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import org.rosterkeep.access.AccessFault;
import org.rosterkeep.backup.BackupFault;
import org.rosterkeep.breach.BreachFault;
import org.rosterkeep.custody.CustodyFault;
import org.rosterkeep.intake.Landing;
import org.rosterkeep.keys.KeyFault;
import org.rosterkeep.ledger.LedgerFault;
import org.rosterkeep.log.Event;
import org.rosterkeep.log.Fact;
import org.rosterkeep.log.Log;
import org.rosterkeep.notices.NoticeFault;
import org.rosterkeep.retention.RetentionFault;
import org.rosterkeep.rights.RightsFault;
import org.rosterkeep.rules.RulesFault;
import org.rosterkeep.vault.VaultFault;

/// The faults of the rooms in words for people. The rooms' sentences name no person, so they may be shown; every other
/// exception's message may not.
public final class Faults {
    private Faults() {}

    /// Of any failure; the disk's own say only that there is no room, or that it could not be read or written.
    public static Optional<Trouble> told(Throwable fault) {
        return switch (fault) {
            case RuntimeException ours -> told(ours);
            case IOException disk -> Optional.of(disk(disk));
            default -> Optional.empty();
        };
    }

    /// What the operating system says when a disk is full; its other sentences may hold a path.
    private static boolean full(Throwable fault) {
        for (var cause = Optional.of(fault);
                cause.isPresent();
                cause = Optional.ofNullable(cause.get().getCause())) {
            if (String.valueOf(cause.get().getMessage()).endsWith("No space left on device")) {
                return true;
            }
        }
        return false;
    }

    private static Trouble disk(IOException fault) {
        return new Trouble(
                        Exit.FAILED,
                        "A file could not be read or written.",
                        full(fault)
                                ? "There is no room left on the disk."
                                : "The operating system refused ("
                                        + fault.getClass().getSimpleName() + ").",
                        "Check the disk and this user's rights, then try again.")
                .because(fault);
    }

    public static Optional<Trouble> told(RuntimeException fault) {
        return switch (fault) {
            case UncheckedIOException disk ->
                Optional.ofNullable(disk.getCause()).map(Faults::disk);
            case KeyFault tls
            when tls.code() == KeyFault.Code.CERTIFICATE ->
                Optional.of(new Trouble(
                        Exit.FAILED,
                        "The certificate or its key cannot be used (CERTIFICATE).",
                        sentence(tls),
                        "Restore the files under tls/, or those the settings name; see: rosterkeep paths"));
            case Trouble trouble -> Optional.of(trouble);
            case AccessFault access -> Optional.of(refused(exit(access.code()), access));
            case CustodyFault custody -> Optional.of(refused(Exit.REFUSED, custody));
            case BreachFault breach -> Optional.of(refused(exit(breach.code()), breach));
            case RightsFault rights -> Optional.of(refused(exit(rights.code()), rights));
            case RetentionFault retention -> Optional.of(refused(exit(retention.code()), retention));
            case RulesFault rules -> Optional.of(refused(exit(rules.code()), rules));
            case KeyFault keys ->
                Optional.of(new Trouble(
                        exit(keys.code()),
                        "The district's keys cannot be had (" + keys.code() + ").",
                        sentence(keys),
                        todo(keys.code())));
            case BackupFault backup ->
                Optional.of(new Trouble(
                        backup.code() == BackupFault.Code.UNAVAILABLE || backup.code() == BackupFault.Code.NO_ROOM
                                ? Exit.FAILED
                                : Exit.REFUSED,
                        "This was not done (" + backup.code() + ").",
                        sentence(backup),
                        todo(backup.code())));
            case VaultFault vault ->
                Optional.of(new Trouble(
                        Exit.FAILED,
                        "The district's store cannot do this (" + vault.code() + ").",
                        sentence(vault),
                        "Nothing was lost that had been confirmed. See the manual under this code."));
            case LedgerFault ledger ->
                Optional.of(new Trouble(
                        Exit.FAILED,
                        "The ledger cannot do this (" + ledger.code().word() + ").",
                        sentence(ledger),
                        "Nothing leaves until it can. See the manual under this code."));
            case NoticeFault notice ->
                Optional.of(new Trouble(
                        notice.code() == NoticeFault.Code.UNKNOWN ? Exit.NOT_FOUND : Exit.REFUSED,
                        "This was not done.",
                        notice.code().words() + ".",
                        "See: rosterkeep notice list"));
            case Landing.LandingBusy busy ->
                Optional.of(new Trouble(
                        Exit.REFUSED,
                        "An import is already running.",
                        "There can be only one at a time.",
                        "Wait for it; see: rosterkeep status"));
            default -> Optional.empty();
        };
    }

    /// What a district is told that could not be opened.
    static District.State blocked(RuntimeException fault, Log log, DistrictName district) {
        return switch (fault) {
            case KeyFault keys -> blocked(keys.code().name(), keys, log, district);
            case BackupFault backup -> blocked(backup.code().name(), backup, log, district);
            case VaultFault vault -> blocked(vault.code().name(), vault, log, district);
            case LedgerFault ledger -> blocked(ledger.code().word(), ledger, log, district);
            default -> {
                var code = log.say(Event.DISTRICT_BLOCKED, fault, new Fact.In(district.text()));
                yield new District.State.Blocked(code, "something unforeseen happened");
            }
        };
    }

    private static District.State blocked(String code, RuntimeException fault, Log log, DistrictName district) {
        log.say(Event.DISTRICT_BLOCKED, fault, new Fact.In(district.text()));
        return new District.State.Blocked(
                code, fault.getMessage() + (full(fault) ? ", as there is no room left on the disk" : ""));
    }

    private static String todo(KeyFault.Code code) {
        return switch (code) {
            case LAST_WAY -> "Nothing was changed. Add another: rosterkeep key way add -h";
            case NO_SUCH_WAY -> "Nothing was changed. See which there are: rosterkeep key way list";
            case WRONG_SHARE, SHARE_MISREAD -> "Nothing was changed, and the shares given before are still there.";
            case TOKEN -> "Nothing was changed. Look at the token before trying again: its tries are counted.";
            case NOT_APPROVED -> "Nothing was changed. See what is permitted: rosterkeep doctor";
            default -> "Nothing was changed. Check what was given, or restore the key file.";
        };
    }

    private static String todo(BackupFault.Code code) {
        return switch (code) {
            case NOT_A_BACKUP -> "Nothing was changed. Name a file whose name ends in .rkb.";
            case NEWER_VERSION -> "Nothing was changed. Install the version that made it, or a newer one.";
            case BACKUP_DAMAGED -> "Nothing was changed. Take another copy of it, or an older backup.";
            case SHARE_MISSING ->
                "Nothing was changed. Name the copy of the safe with --safe, or take a younger backup.";
            case ERASURES_MISSING, ERASURES_OLD, ERASURES_DAMAGED ->
                "Nothing was changed. Find the newest copy of the safe: without it, erased people would come back.";
            case NO_ROOM -> "Nothing was changed. Make room on the disk, then try again.";
            case UNAVAILABLE -> "Nothing was changed. Check the disk and this user's rights, then try again.";
        };
    }

    /// A room's message is "what: what to do".
    private static Trouble refused(Exit exit, RuntimeException fault) {
        var message = String.valueOf(fault.getMessage());
        int colon = message.lastIndexOf(": ");
        var what = colon < 0 ? message : message.substring(0, colon);
        var todo = colon < 0 ? "See: rosterkeep -h" : message.substring(colon + 2);
        return new Trouble(exit, "This was not done.", capital(what) + ".", capital(todo) + ".");
    }

    private static String sentence(RuntimeException fault) {
        return capital(String.valueOf(fault.getMessage())) + ".";
    }

    private static String capital(String text) {
        return text.isEmpty() ? text : Character.toUpperCase(text.charAt(0)) + text.substring(1);
    }

    private static Exit exit(AccessFault.Code code) {
        return switch (code) {
            case CLIENT_UNKNOWN, OPERATOR_UNKNOWN -> Exit.NOT_FOUND;
            case CRYPTOGRAPHY_MISSING, DOCUMENT_DAMAGED -> Exit.FAILED;
            default -> Exit.REFUSED;
        };
    }

    private static Exit exit(BreachFault.Code code) {
        return switch (code) {
            case UNKNOWN, DUTY_UNKNOWN -> Exit.NOT_FOUND;
            case TEXT, EVIDENCE, FUTURE -> Exit.WRONG_USE;
            case DAMAGED -> Exit.FAILED;
            case CLOSED, DUTY_OPEN, LATE -> Exit.REFUSED;
        };
    }

    private static Exit exit(KeyFault.Code code) {
        return switch (code) {
            case WRONG_UNSEALING, WRONG_KIT, WRONG_SHARE, LAST_WAY, NOT_APPROVED, TOKEN -> Exit.REFUSED;
            case KIT_MISREAD, SHARE_MISREAD -> Exit.WRONG_USE;
            case NO_SUCH_WAY -> Exit.NOT_FOUND;
            default -> Exit.FAILED;
        };
    }

    private static Exit exit(RightsFault.Code code) {
        return switch (code) {
            case PERSON_UNKNOWN, CLASS_UNKNOWN, ORG_UNKNOWN, ENTRY_UNKNOWN, RECIPIENT_UNKNOWN -> Exit.NOT_FOUND;
            case DATA_DAMAGED, DOSSIER_DAMAGED -> Exit.FAILED;
            case SAME_PERSON -> Exit.NEEDS_ANOTHER;
            case NOT_NAMED,
                    NOT_PROTECTED,
                    TOO_LONG,
                    OVER_ALREADY,
                    TEXT_WRONG,
                    FIELD_UNKNOWN,
                    ELEMENT_UNKNOWN,
                    ELEMENT_ORDINARY,
                    ROLE_MISSING -> Exit.REFUSED;
        };
    }

    private static Exit exit(RetentionFault.Code code) {
        return switch (code) {
            case NOT_HELD, NOTHING_ASKED -> Exit.NOT_FOUND;
            case DOCUMENT_DAMAGED -> Exit.FAILED;
            case SAME_PERSON -> Exit.NEEDS_ANOTHER;
            case REFERENCE_WRONG, ROLE_MISSING, HELD, ERASED_ALREADY, UNDER_WAY -> Exit.REFUSED;
        };
    }

    private static Exit exit(RulesFault.Code code) {
        return switch (code) {
            case RULE_UNKNOWN, SOURCE_UNKNOWN, VENDOR_UNKNOWN, AGREEMENT_UNKNOWN, NOT_RESTRAINED -> Exit.NOT_FOUND;
            case CHARTER_DAMAGED, DOCUMENT_DAMAGED -> Exit.FAILED;
            case SAME_PERSON -> Exit.NEEDS_ANOTHER;
            default -> Exit.REFUSED;
        };
    }
}
