package org.rosterkeep.intake;

import static org.rosterkeep.intake.Severity.CELL;
import static org.rosterkeep.intake.Severity.FILE;
import static org.rosterkeep.intake.Severity.NOTE;
import static org.rosterkeep.intake.Severity.REFUSED;
import static org.rosterkeep.intake.Severity.ROW;
import static org.rosterkeep.intake.Severity.WARNING;

import java.util.Locale;

/// Everything an import can find, with a sentence for people. Codes are stable: manuals and alerts name them.
public enum FindingCode {
    SOURCE_UNREADABLE(REFUSED, "The delivery cannot be opened. Check that it exists and that the service may read it."),
    SOURCE_CHANGED(REFUSED, "A file changed while it was being read. Deliver it again when it is complete."),
    ARCHIVE_NOT_A_ZIP(REFUSED, "This is not a zip archive, or its end is missing. Deliver it again."),
    ARCHIVE_TOO_LARGE(REFUSED, "The archive is larger than the limit for deliveries."),
    ARCHIVE_TOO_MANY_FILES(REFUSED, "The archive holds more files than a delivery may have."),
    ARCHIVE_UNPACKS_TOO_LARGE(REFUSED, "The archive would unpack to more than the limit, or to more than it says."),
    ARCHIVE_RATIO(
            REFUSED, "A file in the archive is packed so tightly that it can only be meant to exhaust the machine."),
    ARCHIVE_PATH(REFUSED, "A name in the archive leads out of it or into nested folders. Pack the files flat."),
    ARCHIVE_FILE_TWICE(REFUSED, "The archive holds the same file twice, so nobody can say which one is meant."),
    ARCHIVE_LINK(REFUSED, "The archive holds a link or a device instead of a file."),
    ARCHIVE_ENCRYPTED(REFUSED, "The archive is encrypted. Deliver it unencrypted over an encrypted way."),
    ARCHIVE_METHOD(REFUSED, "A file is packed with a method OneRoster does not use. Pack with ordinary deflate."),
    ARCHIVE_CHECKSUM(REFUSED, "A file in the archive is damaged: its checksum does not match. Deliver it again."),
    ARCHIVE_INCONSISTENT(REFUSED, "The archive contradicts itself about what it holds. Pack it again."),
    NUL_BYTE(REFUSED, "A file holds zero bytes. It is no CSV text, or not in UTF-8."),
    TOO_MANY_ROWS(REFUSED, "A file has more rows than the limit."),
    MANIFEST_MISSING(REFUSED, "There is no manifest.csv. OneRoster 1.0 deliveries, which have none, are not read."),
    MANIFEST_UNREADABLE(REFUSED, "manifest.csv is not a table of propertyName and value."),
    MANIFEST_VERSION(REFUSED, "manifest.csv names a OneRoster version other than 1.1 and 1.2."),
    MANIFEST_MODE(REFUSED, "manifest.csv gives a file a mode other than absent, bulk and delta."),
    MANIFEST_CONFLICT(REFUSED, "manifest.csv says two different things about the same file."),

    MAPPING_UNREADABLE(
            REFUSED,
            "The mapping cannot be read. It is a CSV file with the columns oldSourcedId and newSourcedId, and entity"
                    + " where not every line is a user's."),
    MAPPING_EMPTY(REFUSED, "The mapping gives nobody another id."),
    MAPPING_LINE(
            REFUSED, "The line has more or fewer cells than the header, or an entity that OneRoster does not know."),
    MAPPING_ID(REFUSED, "An id on this line is missing, too long or has characters that OneRoster forbids."),
    MAPPING_OLD_TWICE(REFUSED, "The record on this line has another new id already. One old record has one new id."),
    MAPPING_NEW_TWICE(REFUSED, "The new id on this line is given to another record already."),
    MAPPING_CHAIN(
            REFUSED,
            "The new id on this line is the old id of another line. Rename in two deliveries, the second over ids that"
                    + " nobody has."),
    MAPPING_OLD_UNKNOWN(REFUSED, "The old id on this line is not in the roster. Correct the line or take it out."),
    MAPPING_NEW_TAKEN(
            REFUSED,
            "The new id on this line belongs to another record of the roster already. Correct the line; if the new"
                    + " system was imported without a mapping before, go back to the backup from before that."),
    MAPPING_NEEDS_BULK(
            REFUSED,
            "A change of source system takes a whole delivery: users.csv in bulk mode, and no file as a delta."),

    FILE_MISSING(FILE, "manifest.csv announces this file, but it was not delivered. Its records stay as they were."),
    FILE_NOT_DECLARED(FILE, "The file was delivered, but manifest.csv does not announce it. It was not read."),
    FILE_EMPTY(FILE, "The file has no rows. That is read as absent: nothing is removed because of it."),
    FILE_COLUMN_MISSING(FILE, "A column that OneRoster always requires is missing. The file was not used."),
    FILE_COLUMN_TWICE(FILE, "Two columns have the same name. The file was not used."),
    FILE_COLUMNS_TOO_MANY(FILE, "The file has more columns than the limit. It was not used."),
    FILE_QUOTE_OPEN(FILE, "A quotation mark opens here and never closes. The file was not used."),
    FILE_ALL_QUARANTINED(FILE, "Not one row could be used. Nothing is removed because of this file."),

    ROW_SHAPE(ROW, "The row has more or fewer cells than the header."),
    ROW_QUOTES(ROW, "Text follows a closing quotation mark."),
    ROW_CELL_TOO_LONG(ROW, "A cell without which the record cannot be used is longer than the limit."),
    ROW_NOT_UTF8(
            ROW,
            "A cell without which the record cannot be used holds bytes that are not UTF-8 (often Windows-1252). Export"
                    + " in UTF-8."),
    ID_MISSING(ROW, "The row has no sourcedId."),
    ID_NOT_ALLOWED(ROW, "The sourcedId is longer than 255 characters or has characters OneRoster forbids."),
    ID_TWICE(ROW, "The same sourcedId occurs more than once in this file; none of the copies was used."),
    STATUS_NOT_ALLOWED(ROW, "status is neither active nor tobedeleted."),
    VALUE_REQUIRED(ROW, "A value is missing without which the record cannot be used."),
    VALUE_NOT_ALLOWED(ROW, "The value is not one of those OneRoster allows here."),
    VALUE_NOT_A_DATE(ROW, "The value is not a date of the form YYYY-MM-DD."),
    VALUE_NOT_A_YEAR(ROW, "The value is not a year of the form YYYY."),
    REFERENCE_NOT_ALLOWED(ROW, "The reference has characters OneRoster forbids in an id."),
    REFERENCE_UNKNOWN(ROW, "The row refers to a record that is neither in this delivery nor in the roster."),
    PERSON_UNMATCHED(
            ROW,
            "A person whom the mapping does not name and the roster does not know. Waits until a mapping names them or"
                    + " a second person says that they are new."),
    PERSON_ERASED(
            ROW,
            "This person was erased. The row was left out; have the person taken out of the source system, or lift the"
                    + " erasure."),
    USER_WITHOUT_ROLE(ROW, "The user has no role at any organisation."),
    ROLE_QUARANTINED(ROW, "The user's only roles were put aside, so the user was too."),
    SOCIAL_SECURITY_NUMBER(
            ROW,
            "An identifier is, or looks like, a social security number, which is never stored. If nine-digit numbers"
                    + " are local ones here, the district's setting can say so."),

    CELL_TOO_LONG(CELL, "The cell is longer than the limit. What the record had there stays."),
    CELL_NOT_UTF8(
            CELL,
            "The cell holds bytes that are not UTF-8 (often Windows-1252). What the record had there stays. Export in"
                    + " UTF-8."),
    CELL_NOT_ALLOWED(CELL, "The value is not one of those OneRoster allows here. What the record had there stays."),
    CELL_NOT_A_DATE(CELL, "The value is not a date of the form YYYY-MM-DD. What the record had there stays."),
    CELL_REFERENCE_NOT_ALLOWED(
            CELL, "The reference has characters OneRoster forbids in an id. What the record had there stays."),
    CELL_REFERENCE_UNKNOWN(
            CELL,
            "The reference is to a record that is neither in this delivery nor in the roster. What the record had there"
                    + " stays."),
    VALUE_NOT_A_LIST(CELL, "The list is not of the form OneRoster asks for. What the record had there stays."),
    REFERENCE_CYCLE(CELL, "The record would be its own ancestor. The parent it had before stays."),

    VALUE_MISSING(WARNING, "OneRoster requires a value here. The record was used without it."),
    AGENT_UNKNOWN(WARNING, "An agent is neither in this delivery nor in the roster. The link was left out."),
    DATES_REVERSED(WARNING, "The end lies before the beginning."),
    BIRTH_DATE_IMPLAUSIBLE(WARNING, "The date of birth lies in the future or too far back. The age counts as unknown."),
    USER_LOST_ROLES(WARNING, "A user in the roster has no role any longer. The record stays, but no vendor gets it."),
    USER_NEEDS_ROW(
            WARNING,
            "A user is no guardian any longer. What was not kept of a guardian (name, address) comes with the next row"
                    + " in users.csv."),
    ROLE_PRIMARY_TWICE(WARNING, "The user has more than one primary role at one organisation."),
    REMOVALS_HELD(WARNING, "More records are missing than is usual. They stay until a person releases the removal."),
    ROLES_HELD(
            WARNING,
            "More roles are missing than is usual. They stay until a delivery is whole again, or until a person who has"
                    + " looked at this one imports it with --confirm-removals."),
    REMOVALS_UNCERTAIN(
            WARNING, "Some rows could not be told apart, so what is missing is not certain. Removals are held."),

    RECORD_UNMAPPED(
            WARNING,
            "The record is new under this mapping and was added. If it is an old one, vendors see it twice until its"
                    + " removal is released."),
    REMOVALS_WAIT(WARNING, "Removals that were held stay held, because new persons still wait to be recognised."),
    UNMATCHED_SAME_PERSON(
            WARNING, "Who imported the delivery that first named a person cannot also say that the person is new."),

    ARCHIVE_FOLDER(NOTE, "All files lie in one folder inside the archive."),
    FILE_UNKNOWN(NOTE, "The delivery holds a file that OneRoster does not know. It was not opened."),
    FILE_NOT_KEPT(NOTE, "The file was counted only: this version keeps no gradebook and no resources."),
    FILE_ELEMENT_OFF(NOTE, "The file was checked, but nothing of it is kept with the present settings."),
    MANIFEST_PROPERTY_MISSING(NOTE, "manifest.csv does not mention this file; it counts as absent."),
    MANIFEST_VERSION_UNUSUAL(NOTE, "The version is written unusually; its meaning is clear."),
    BYTE_ORDER_MARK(NOTE, "The file begins with a byte order mark."),
    LINE_ENDS(NOTE, "Lines do not end with carriage return and line feed."),
    COLUMN_CASE(NOTE, "A column's name is written in another case, or with spaces."),
    COLUMN_ORDER(NOTE, "The columns are not in the standard's order."),
    COLUMN_ABSENT(NOTE, "An optional column is missing."),
    COLUMN_UNKNOWN(NOTE, "A column is not part of the standard. It was not read."),
    SPACES_TRIMMED(NOTE, "There are spaces around values."),
    VALUE_CASE(NOTE, "A word is written in another case than the standard's."),
    SCHOOL_YEAR_RANGE(NOTE, "schoolYear names two years; the one in which the school year ends was taken."),
    STATUS_IN_BULK(NOTE, "status and dateLastModified are filled, though this is a bulk file."),
    STATUS_MISSING_IN_DELTA(NOTE, "status is empty in a delta file; the row counts as active."),
    STATUS_INACTIVE(NOTE, "status is inactive, the word of OneRoster 1.0; it was read as tobedeleted."),
    DELETED_UNKNOWN(NOTE, "The row deletes a record that is not in the roster.");

    private final Severity severity;
    private final String sentence;

    FindingCode(Severity severity, String sentence) {
        this.severity = severity;
        this.sentence = sentence;
    }

    public Severity severity() {
        return severity;
    }

    /// Whether a whole file could not be used because of it; one that is empty, or that nobody announced, is no loss.
    boolean losesFile() {
        return severity == FILE && this != FILE_EMPTY && this != FILE_NOT_DECLARED;
    }

    /// The same flaw in a cell without which the record can be used: it costs the cell and not the row.
    FindingCode ofCell() {
        return switch (this) {
            case ROW_CELL_TOO_LONG -> CELL_TOO_LONG;
            case ROW_NOT_UTF8 -> CELL_NOT_UTF8;
            case VALUE_NOT_ALLOWED -> CELL_NOT_ALLOWED;
            case VALUE_NOT_A_DATE -> CELL_NOT_A_DATE;
            case REFERENCE_NOT_ALLOWED -> CELL_REFERENCE_NOT_ALLOWED;
            case REFERENCE_UNKNOWN -> CELL_REFERENCE_UNKNOWN;
            default -> {
                if (severity != CELL) {
                    throw new IllegalStateException("no flaw of a cell: " + word());
                }
                yield this;
            }
        };
    }

    /// What it means and what to do, for people.
    public String sentence() {
        return sentence;
    }

    /// `row-not-utf8`: the code as reports and alerts write it.
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
