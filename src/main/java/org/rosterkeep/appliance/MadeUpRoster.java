package org.rosterkeep.appliance;

import de.siegmar.fastcsv.writer.CsvWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.Month;
import java.util.List;
import java.util.function.Consumer;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.rosterkeep.appliance.MadeUpCast.Person;

/// A [MadeUpCast] as a delivery, a OneRoster 1.2 zip: every column that the house can keep is filled, so that whatever
/// a client misses is missing because of the rule. Equal arguments, equal bytes.
///
/// @param today the day on which the rehearsal began: ages are reckoned from it
record MadeUpRoster(RehearsalScale scale, MadeUpCast cast, LocalDate today) {
    private static final List<String> FILES = List.of(
            "academicSessions orgs courses classes users roles userProfiles enrollments demographics".split(" "));
    private static final List<String> ABSENT =
            List.of(("categories classResources courseResources lineItems lineItemLearningObjectiveIds"
                            + " lineItemScoreScales resources results resultLearningObjectiveIds resultScoreScales"
                            + " scoreScales userResources")
                    .split(" "));
    private static final String YEAR = "rehearsal-year";
    private static final String FIRST = "rehearsal-term-1";
    private static final String SECOND = "rehearsal-term-2";

    /// One file being written.
    private record Sheet(CsvWriter out) {
        void row(Object... cells) {
            var texts = new String[cells.length];
            for (int i = 0; i < cells.length; i++) {
                texts[i] = cells[i].toString();
            }
            out.writeRecord(texts);
        }

        void head(String columns) {
            out.writeRecord(columns.split(","));
        }
    }

    byte[] zip() {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes, StandardCharsets.UTF_8)) {
            file(zip, "manifest", this::manifest);
            file(zip, "orgs", this::orgs);
            file(zip, "academicSessions", this::sessions);
            file(zip, "courses", this::courses);
            file(zip, "classes", this::classes);
            file(zip, "users", this::users);
            file(zip, "roles", this::roles);
            file(zip, "userProfiles", this::profiles);
            file(zip, "enrollments", this::enrolments);
            file(zip, "demographics", this::demographics);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static void file(ZipOutputStream zip, String name, Consumer<Sheet> sheet) throws IOException {
        var entry = new ZipEntry(name + ".csv");
        entry.setTimeLocal(LocalDate.EPOCH.withYear(1980).atStartOfDay());
        zip.putNextEntry(entry);
        Writer text = new java.io.StringWriter();
        try (var out = CsvWriter.builder().build(text)) {
            sheet.accept(new Sheet(out));
        }
        zip.write(text.toString().getBytes(StandardCharsets.UTF_8));
        zip.closeEntry();
    }

    private void manifest(Sheet sheet) {
        sheet.head("propertyName,value");
        sheet.row("manifest.version", "1.0");
        sheet.row("oneroster.version", "1.2");
        FILES.forEach(name -> sheet.row("file." + name, "bulk"));
        ABSENT.forEach(name -> sheet.row("file." + name, "absent"));
        sheet.row("source.systemName", "Rehearsal");
        sheet.row("source.systemCode", "REHEARSAL");
    }

    private void orgs(Sheet sheet) {
        sheet.head("sourcedId,status,dateLastModified,name,type,identifier,parentSourcedId");
        int n = 0;
        for (var org : cast.orgs()) {
            sheet.row(org.id(), "", "", org.name(), org.type(), "R" + n++, org.parent());
        }
    }

    /// The school year is the calendar year, so that the day of the rehearsal is always inside it.
    private void sessions(Sheet sheet) {
        sheet.head("sourcedId,status,dateLastModified,title,type,startDate,endDate,parentSourcedId,schoolYear");
        var start = today.withDayOfYear(1);
        var half = LocalDate.of(today.getYear(), Month.JULY, 1);
        var end = start.plusYears(1);
        session(sheet, YEAR, "Rehearsal Year", "schoolYear", start, end, "");
        session(sheet, FIRST, "First Term", "term", start, half, YEAR);
        session(sheet, SECOND, "Second Term", "term", half, end, YEAR);
        session(sheet, "rehearsal-period-1", "First Grading Period", "gradingPeriod", start, half, FIRST);
        session(sheet, "rehearsal-period-2", "Second Grading Period", "gradingPeriod", half, end, SECOND);
    }

    private static void session(
            Sheet sheet, String id, String title, String type, LocalDate start, LocalDate end, String parent) {
        sheet.row(id, "", "", title, type, start, end, parent, start.getYear());
    }

    private String course(MadeUpCast.Group group) {
        return "rehearsal-course-" + group.number() % scale.subjects().size();
    }

    private String subject(int number) {
        return scale.subjects().get(number % scale.subjects().size());
    }

    private void courses(Sheet sheet) {
        sheet.head("sourcedId,status,dateLastModified,schoolYearSourcedId,title,courseCode,grades,orgSourcedId,"
                + "subjects,subjectCodes");
        for (int n = 0; n < scale.subjects().size(); n++) {
            var grades = String.join(",", scale.grades());
            var code = "RC-" + n;
            sheet.row(
                    "rehearsal-course-" + n,
                    "",
                    "",
                    YEAR,
                    subject(n),
                    code,
                    grades,
                    cast.orgs().get(1).id(),
                    subject(n),
                    "S" + n);
        }
    }

    private void classes(Sheet sheet) {
        sheet.head("sourcedId,status,dateLastModified,title,grades,courseSourcedId,classCode,classType,location,"
                + "schoolSourcedId,termSourcedIds,subjects,subjectCodes,periods");
        for (var group : cast.groups()) {
            int n = group.number();
            sheet.row(
                    group.id(),
                    "",
                    "",
                    group.title(),
                    group.grade(),
                    course(group),
                    "RK-" + n,
                    n % 4 == 0 ? "homeroom" : "scheduled",
                    "Room " + n,
                    group.school(),
                    FIRST + "," + SECOND,
                    subject(n),
                    "S" + n % scale.subjects().size(),
                    "1," + (2 + n % 5));
        }
    }

    private void users(Sheet sheet) {
        sheet.head("sourcedId,status,dateLastModified,enabledUser,username,userIds,givenName,familyName,middleName,"
                + "identifier,email,sms,phone,agentSourcedIds,grades,password,userMasterIdentifier,"
                + "resourceSourcedIds,preferredGivenName,preferredMiddleName,preferredFamilyName,"
                + "primaryOrgSourcedId,pronouns");
        cast.people().forEach(person -> user(sheet, person));
    }

    private void user(Sheet sheet, Person person) {
        var login = login(person);
        sheet.row(
                person.id(),
                "",
                "",
                "true",
                login,
                "{LOCAL:R-" + login + "}",
                person.given(),
                person.family(),
                one(scale.middle(), person),
                "R-" + person.number(),
                login + "@rehearsal.invalid",
                "+0 555 0100",
                "+0 555 0199",
                String.join(",", person.agents()),
                person.grade(),
                "",
                "master-" + login,
                "",
                "Preferred " + person.given(),
                one(scale.middle(), person),
                "Preferred " + person.family(),
                person.org(),
                one(scale.pronouns(), person));
    }

    /// Unique, because the id is.
    private static String login(Person person) {
        return person.id().substring("rehearsal-".length());
    }

    private static String one(List<String> words, Person person) {
        return words.get(person.number() % words.size());
    }

    private void roles(Sheet sheet) {
        sheet.head("sourcedId,status,dateLastModified,userSourcedId,roleType,role,beginDate,endDate,orgSourcedId,"
                + "userProfileSourcedId");
        cast.people()
                .forEach(person -> sheet.row(
                        "role-" + person.id(),
                        "",
                        "",
                        person.id(),
                        "primary",
                        person.role(),
                        today.withDayOfYear(1),
                        today.withDayOfYear(1).plusYears(1),
                        person.org(),
                        "profile-" + person.id()));
    }

    private void profiles(Sheet sheet) {
        sheet.head("sourcedId,status,dateLastModified,userSourcedId,profileType,vendorId,applicationId,description,"
                + "credentialType,username,password");
        cast.people()
                .forEach(person -> sheet.row(
                        "profile-" + person.id(),
                        "",
                        "",
                        person.id(),
                        "rehearsal",
                        "rehearsal",
                        "rehearsal",
                        "A made-up account",
                        "none",
                        login(person),
                        ""));
    }

    private void enrolments(Sheet sheet) {
        sheet.head("sourcedId,status,dateLastModified,classSourcedId,schoolSourcedId,userSourcedId,role,primary,"
                + "beginDate,endDate");
        for (var one : cast.enrolments()) {
            sheet.row(
                    one.id(),
                    "",
                    "",
                    one.group().id(),
                    one.group().school(),
                    one.user(),
                    one.role(),
                    one.role().equals("teacher"),
                    today.withDayOfYear(1),
                    today.withDayOfYear(1).plusYears(1));
        }
    }

    private void demographics(Sheet sheet) {
        sheet.head("sourcedId,status,dateLastModified,birthDate,sex,americanIndianOrAlaskaNative,asian,"
                + "blackOrAfricanAmerican,nativeHawaiianOrOtherPacificIslander,white,demographicRaceTwoOrMoreRaces,"
                + "hispanicOrLatinoEthnicity,countryOfBirthCode,stateOfBirthAbbreviation,cityOfBirth,"
                + "publicSchoolResidenceStatus");
        for (var person : cast.people()) {
            int n = person.number();
            sheet.row(
                    person.id(),
                    "",
                    "",
                    today.minusYears(age(person)),
                    n % 2 == 0 ? "female" : "male",
                    "false",
                    n % 3 == 0,
                    n % 5 == 0,
                    "false",
                    n % 4 == 0,
                    "false",
                    n % 7 == 0,
                    "ZZ",
                    "ZZ",
                    "Rehearsal City",
                    "Rehearsal residence");
        }
    }

    private int age(Person person) {
        return person.role().equals("student")
                ? scale.ages().get(person.number() % scale.ages().size())
                : scale.ageOfAdults();
    }
}
